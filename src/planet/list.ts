import slugify from '@sindresorhus/slugify'
import { diagnostic, suggestion } from '../core/diagnostic.ts'
import { digest } from '../core/hash.ts'
import { readSource } from '../core/read-file.ts'
import type { Diagnostic, Result, SourceFile, Span } from '../core/types.ts'
import { text, type Kind } from '../core/value-kinds.ts'
import { readDocument, type LocatedDocument, type Path } from '../keys/manifest/yaml-document.ts'
import { hasPlanet, KEPT_FOLDER, listPath } from './paths.ts'

/** A feed that the planet gathers. */
export interface ListedFeed {
  /** Absolute, http or https. */
  readonly url: string
  /** What readers see as the source; no two feeds of a list have one. */
  readonly name: string
  /** The file that keeps it, from the root of the site. */
  readonly keptPath: string
  /** Where its address is written. */
  readonly span: Span
}

/** `planet.yaml`. */
export interface PlanetList {
  readonly file: SourceFile
  readonly title: string
  readonly feeds: readonly ListedFeed[]
}

const feedAddress: Kind = {
  expected: 'the address of a feed, without a password, such as https://example.org/atom.xml',
  accepts: value =>
    typeof value === 'string' && /^https?:\/\/[^\s/@]+(?:[/?]\S*)?$/i.test(value) && URL.canParse(value),
}

const name: Kind = {
  expected: 'a name of one line',
  accepts: value => typeof value === 'string' && /^\P{C}{1,200}$/u.test(value) && value.trim() !== '',
}

const listKinds: Readonly<Record<string, Kind>> = {
  title: name,
  feeds: { expected: 'a list of feeds, each with url and name', accepts: Array.isArray },
}

const feedKinds: Readonly<Record<string, Kind>> = { url: feedAddress, name }

/** Reads and checks `planet.yaml` in the folder of pages, which is relative to the root. Everything in it is reported with its place. */
export function readPlanetList(root: string, pages: string): Result<PlanetList> {
  const path = listPath(pages)
  if (!hasPlanet(root, pages)) {
    const hint = `write into it, say: title: Planet, and below feeds: a line - { url: https://example.org/atom.xml, name: A friend }`
    return { diagnostics: [diagnostic('planet/list', `There is no ${path}`, { hint })] }
  }
  const { value: file, diagnostics } = readSource(root, path)
  return file ? parsePlanetList(file) : { diagnostics }
}

export function parsePlanetList(file: SourceFile): Result<PlanetList> {
  const why = 'the list is read by people, too'
  const { value: located, diagnostics } = readDocument(file, {
    code: 'planet/yaml',
    name: 'The list of feeds',
    why,
  })
  if (!located) return { diagnostics }
  const { value } = located
  if (!isRecord(value)) {
    const hint = 'its keys are title and feeds'
    return {
      diagnostics: [
        diagnostic('planet/value', 'The list must be a mapping', { hint, file, span: located.start }),
      ],
    }
  }
  const wrong = [
    ...checkFields(located, [], listKinds),
    ...(Array.isArray(value.feeds) ? value.feeds : []).flatMap((feed: unknown, n) => {
      if (isRecord(feed)) return checkFields(located, ['feeds', n], feedKinds)
      const hint = 'write - { url: https://example.org/atom.xml, name: A friend }'
      const message = 'A feed must be a mapping'
      return [diagnostic('planet/value', message, { hint, file, span: located.spanOf(['feeds', n]) })]
    }),
  ]
  if (wrong.length > 0) return { diagnostics: wrong }

  const feeds = (value.feeds as readonly { url: string; name: string }[]).map((feed, n): ListedFeed => {
    const span = located.spanOf(['feeds', n, 'url'])
    const shown = feed.name.trim().normalize('NFC')
    return { url: new URL(feed.url).href, name: shown, keptPath: keptPath(shown), span }
  })
  const twice = [
    ...duplicates(located, feeds, 'url', ({ url }) => url),
    ...duplicates(located, feeds, 'name', feed => feed.keptPath),
  ]
  if (twice.length > 0) return { diagnostics: twice }
  return { value: { file, title: String(value.title).trim(), feeds }, diagnostics: [] }
}

/** `Блог друга` -> `planet/blog-druga.json`. A name without letters or digits has a file named for its digest. */
function keptPath(shown: string): string {
  const slug = slugify(shown, { decamelize: false }).slice(0, 80)
  return `${KEPT_FOLDER}/${slug === '' ? digest([shown]).toLowerCase() : slug}.json`
}

function checkFields(
  { file, value, spanOf, keySpanOf }: LocatedDocument,
  path: Path,
  kinds: Readonly<Record<string, Kind>>,
): readonly Diagnostic[] {
  const fields = path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value)
  const known = Object.keys(kinds)
  const diagnostics: Diagnostic[] = []
  for (const key of Object.keys(fields as object)) {
    if (known.includes(key)) continue
    const hint = `${suggestion(key, known)}the keys here are ${known.join(', ')}`
    const span = keySpanOf([...path, key])
    diagnostics.push(diagnostic('planet/unknown-key', `“${key}” is no key here`, { hint, file, span }))
  }
  for (const [key, kind] of Object.entries(kinds)) {
    const written = (fields as Record<string, unknown>)[key]
    const span = spanOf([...path, key])
    if (written === undefined || written === null) {
      const hint = `add it; it must be ${kind.expected}`
      diagnostics.push(diagnostic('planet/value', `“${key}” is missing`, { hint, file, span }))
    } else if (!kind.accepts(written)) {
      const hint = text.accepts(written) ? 'correct it' : 'correct it; a number or a date goes in quotes'
      const message = `“${key}” must be ${kind.expected}`
      diagnostics.push(diagnostic('planet/value', message, { hint, file, span }))
    }
  }
  return diagnostics
}

function duplicates(
  { file, spanOf }: LocatedDocument,
  feeds: readonly ListedFeed[],
  key: 'url' | 'name',
  same: (feed: ListedFeed) => string,
): readonly Diagnostic[] {
  const known = new Map<string, ListedFeed>()
  return feeds.flatMap((feed, n) => {
    const other = known.get(same(feed))
    if (!other) {
      known.set(same(feed), feed)
      return []
    }
    const [message, hint] =
      key === 'url'
        ? [`“${other.name}” has this address, too`, 'leave one of them out']
        : [`“${other.name}” and “${feed.name}” would be kept in one file, ${feed.keptPath}`, 'rename one']
    return [diagnostic('planet/duplicate', message, { hint, file, span: spanOf(['feeds', n, key]) })]
  })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
