import type { JsonSchema } from '../core/value-kinds.ts'
import slugify from '@sindresorhus/slugify'
import { diagnostic } from '../core/diagnostic.ts'
import { digest } from '../core/hash.ts'
import { readSource } from '../core/read-file.ts'
import type { Diagnostic, Result, SourceFile, Span } from '../core/types.ts'
import { formFaults } from '../keys/manifest/form.ts'
import { required, toJsonSchema, type RecordKind, type ScalarKind } from '../keys/manifest/kinds.ts'
import { readDocument, type LocatedDocument } from '../keys/manifest/yaml-document.ts'
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

interface WrittenFeed {
  readonly url: string
  readonly name: string
}

interface WrittenList {
  readonly title: string
  readonly feeds: readonly WrittenFeed[]
}

const address = /^https?:\/\/[^\s/?@]+(?:[/?]\S*)?$/i

const feedAddress: ScalarKind = {
  expected: 'the http or https address of a feed, without a password, such as https://example.org/atom.xml',
  accepts: value => typeof value === 'string' && address.test(value) && URL.canParse(value),
  jsonSchema: { type: 'string', format: 'uri', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://[^\\s/?@]+(?:[/?]\\S*)?$' },
}

const name: ScalarKind = {
  expected: 'a name of one line',
  accepts: value => typeof value === 'string' && /^\P{C}{1,200}$/u.test(value) && value.trim() !== '',
  jsonSchema: { type: 'string', minLength: 1, maxLength: 200 },
}

const feed: RecordKind<WrittenFeed> = {
  expected: 'a mapping, such as { url: https://example.org/atom.xml, name: A friend }',
  fields: {
    url: required(feedAddress, 'Of an Atom, RSS or JSON feed.'),
    name: required(name, 'What readers see as the source; no two feeds have one.'),
  },
}

const list: RecordKind<WrittenList> = {
  expected: 'a mapping: title, feeds',
  fields: {
    title: required(name, 'Of the page.'),
    feeds: required({ expected: 'a list of feeds, each with url and name', items: feed }),
  },
}

/** For editors: what an author may write, draft 2020-12. */
export const exportSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Imprimatur planet',
  description: 'The feeds that a site gathers on one page.',
  ...toJsonSchema(list),
})

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
  const wrong = formFaults(located, list, { value: 'planet/value', unknownKey: 'planet/unknown-key' })
  if (wrong.length > 0) return { diagnostics: wrong }

  const value = located.value as WrittenList
  const feeds = value.feeds.map((written, n): ListedFeed => {
    const span = located.spanOf(['feeds', n, 'url'])
    const shown = written.name.trim().normalize('NFC')
    return { url: new URL(written.url).href, name: shown, keptPath: keptPath(shown), span }
  })
  const twice = [
    ...duplicates(located, feeds, 'url', ({ url }) => url),
    ...duplicates(located, feeds, 'name', feed => feed.keptPath),
  ]
  if (twice.length > 0) return { diagnostics: twice }
  return { value: { file, title: value.title.trim(), feeds }, diagnostics: [] }
}

/** `Блог друга` -> `planet/blog-druga.json`. A name without letters or digits has a file named for its digest. */
function keptPath(shown: string): string {
  const slug = slugify(shown, { decamelize: false }).slice(0, 80)
  return `${KEPT_FOLDER}/${slug === '' ? digest([shown]).toLowerCase() : slug}.json`
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
