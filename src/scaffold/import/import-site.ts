import { join, posix } from 'node:path'
import { readRegularFile } from '../../core/read-file.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { readFileName } from '../../document/place/file-name.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import { createClaims, isUnusable } from './claims.ts'
import { convertBody } from './body.ts'
import { eleventy } from './generators/eleventy.ts'
import { convertFields } from './front-matter.ts'
import { readOldFrontMatter } from './old-front-matter.ts'
import { completeSite } from './new-site.ts'
import type { Generator, OldContents, OldPage, OldSite } from './generator.ts'
import { hexo } from './generators/hexo.ts'
import { hugo } from './generators/hugo.ts'
import { jekyll } from './generators/jekyll.ts'
import { nanogen } from './generators/nanogen.ts'
import { openOldSite } from './old-site.ts'
import { pelican } from './generators/pelican.ts'
import { reportText, type ImportNote } from './report.ts'
import { zola } from './generators/zola.ts'

/** Those that are told by most come first. */
const generators: readonly Generator[] = [nanogen, pelican, eleventy, zola, hexo, hugo, jekyll]

export interface ImportedSite {
  readonly generator: string
  /** Path in the new site -> contents. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** Every address that the old site had, as far as its sources say: a page, a file, or an alias. */
  readonly addresses: readonly string[]
  readonly notes: readonly ImportNote[]
  readonly pages: number
}

/** Where the report lies in the new site. */
export const REPORT = 'IMPORT.md'

/** Reads a site of another generator, and makes of it the files of a site of this one. `root` is absolute, `today` an ISO day. */
export function importSite(root: string, today: string): Result<ImportedSite> {
  const opened = open(root)
  if (!opened.value) return { diagnostics: opened.diagnostics }
  const site = opened.value
  const generator = generators.find(each => each.recognises(site))
  if (!generator) {
    const hint = `what is known are sites of ${generators
      .map(({ name }) => name)
      .toSorted()
      .join(', ')}, by their configuration; name the folder that it is in`
    return {
      diagnostics: [
        diagnostic('import/unknown', `${root} is no site of a generator that is known`, { hint }),
      ],
    }
  }
  const contents = generator.read(site)
  const imported = convert({ root, site, contents, today })
  const report = reportText(generator.name, imported)
  return {
    value: { ...imported, generator: generator.name, files: new Map([...imported.files, [REPORT, report]]) },
    diagnostics: [],
  }
}

function open(root: string): Result<OldSite> {
  try {
    return { value: openOldSite(root), diagnostics: [] }
  } catch (error) {
    const hint = 'name the folder of the old site: imprimatur import DIR NEW'
    const found: Diagnostic = diagnostic(
      'import/read',
      `${root} cannot be read: ${(error as Error).message}`,
      { hint },
    )
    return { diagnostics: [found] }
  }
}

interface Importing {
  readonly root: string
  readonly site: OldSite
  readonly contents: OldContents
  readonly today: string
}

function convert({ root, site, contents, today }: Importing): Omit<ImportedSite, 'generator'> {
  const notes: ImportNote[] = []
  const files = new Map<string, string | Uint8Array>()
  const addresses: string[] = []
  const similar = new Set<string>()
  const claims = createClaims()
  /** The address, or the next free one like it. */
  const claim = (address: string, from: string): string => {
    const other = claims.claim(address, from)
    if (other === undefined) return address
    notes.push({ file: from, line: undefined, note: `${other} has its address ${address} already` })
    const [, stem = '', end = ''] = /^(.*?)(\/?|\.[a-z]\w*)$/i.exec(address) ?? []
    for (let n = 2; ; n++)
      if (claims.claim(`${stem}-${n}${end}`, from) === undefined) return `${stem}-${n}${end}`
  }
  const pages = contents.pages.map(page => {
    const written = site.text(page.from)
    if (written === undefined)
      notes.push({ file: page.from, line: undefined, note: 'it is not UTF-8, and was left out' })
    const old = readOldFrontMatter(page.from, written ?? '')
    const natural = naturalAddress(page.to)
    const address = page.address({ ...page.fields, ...old.fields })
    const own = claim(address ?? natural, page.from)
    return { page, old, natural, address: own === natural ? address : own, isRead: written !== undefined }
  })
  const targets = new Map(contents.pages.map(({ from, to }) => [from, to]))
  const placeOf = bundlePlaces(
    contents,
    new Map(pages.map(({ page, address, natural }) => [page.from, address ?? natural])),
  )
  const copies = new Map(contents.copied.map(({ from, to }) => [from, placeOf(from, to)]))
  for (const [from, to] of copies) {
    const other = isUnusable(to) ? 'no site' : claims.claim(`/${to}`, from)
    if (other === undefined) {
      files.set(`static/${to}`, readRegularFile(join(root, from)))
      addresses.push(encodeURI(`/${to}`))
    } else
      notes.push({
        file: from,
        line: undefined,
        note: `it was left out: ${other === 'no site' ? 'no file of a site may be called so' : `${other} has its address`}`,
      })
  }
  for (const { page, old, natural, address, isRead } of pages) {
    if (!isRead) continue
    const { from, to } = page
    const target = (source: string) => {
      const other = targets.get(source)
      const copied = copies.get(source)
      return other !== undefined
        ? posix.relative(posix.dirname(to), other)
        : copied === undefined
          ? undefined
          : `/${copied}`
    }
    const body = convertBody(old.body, { contents, from, target })
    const fields = convertFields(old, {
      address,
      natural,
      layout: page.isPost && hasDate(page, old.fields) ? 'post' : undefined,
      keepsLayout: contents.layouts !== undefined,
      completed: page.fields ?? {},
      claimAlias: alias => claims.claim(alias, from) === undefined,
      fallbackTitle: /^\s*#[ \t]/.test(old.body) ? undefined : titleOf(to),
    })
    for (const name of fields.similar) similar.add(name)
    const note = (line: number | undefined, what: string) => notes.push({ file: from, line, note: what })
    for (const each of [...old.notes, ...fields.notes]) note(undefined, each)
    for (const { line, note: what } of body.notes) note(old.line + line + 1, what)
    files.set(
      `pages/${freePath(files, to)}`,
      fields.text + (body.text.startsWith('\n') ? '' : '\n') + body.text,
    )
    addresses.push(address ?? natural, ...fields.aliases)
  }
  for (const { from, to } of contents.layouts ?? []) files.set(to, readRegularFile(join(root, from)))
  for (const from of contents.templates)
    notes.push({ file: from, line: undefined, note: 'a template or data of the old generator' })
  completeSite(files, { contents, claims, today, similar })
  return { files, addresses, notes, pages: pages.length }
}

const hasDate = (page: OldPage, fields: Readonly<Record<string, unknown>>) =>
  [page.fields?.date, fields.date, fields.publishDate, fields.created].some(
    each => each !== undefined && each !== '',
  )

/** The files of a bundle lie where its page is. */
function bundlePlaces(
  contents: OldContents,
  addressOf: ReadonlyMap<string, string>,
): (from: string, to: string) => string {
  if (!contents.hasBundles) return (_, to) => to
  const bundles = new Map(
    [...addressOf].flatMap(([from, address]) =>
      /(?:^|\/)index\.(?:md|markdown)$/.test(from) ? [[posix.dirname(from), address] as const] : [],
    ),
  )
  return (from, to) => {
    for (let folder = posix.dirname(from); folder !== '.'; folder = posix.dirname(folder)) {
      const address = bundles.get(folder)
      if (address !== undefined)
        return `${decodeURI(address).replace(/^\/|[^/]*$/g, '')}${from.slice(folder.length + 1)}`
    }
    return to
  }
}

/** As build/pages/addresses.ts has it; what was told by a language in a name is told by a field now. */
const naturalAddress = (to: string) =>
  `/${posix
    .join(posix.dirname(to), `${readFileName(to).stem}/`)
    .replace(/(^|\/)index\/$/, '$1')
    .replace(/^404\/$/, '404.html')}`

const titleOf = (to: string) => {
  const name =
    to
      .replace(/(?:\/index)?\.md$/, '')
      .split('/')
      .at(-1) ?? to
  return name.replace(/^\d{4}-\d{2}-\d{2}-/, '').replace(/[-_]+/g, ' ')
}

function freePath(files: ReadonlyMap<string, unknown>, to: string): string {
  let free = to
  for (let n = 2; files.has(`pages/${free}`); n++) free = to.replace(/\.md$/, `-${n}.md`)
  return free
}
