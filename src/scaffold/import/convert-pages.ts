import { append } from '../../core/lists/long-lists.ts'
import { join, posix } from 'node:path'
import { readFileName } from '../../document/place/file-name.ts'
import { readRegularFile } from '../../core/read-file.ts'
import { convertBody } from './body.ts'
import { decoded, isUnusable, type Claims } from './claims.ts'
import { convertFields, inKnownCase } from './front-matter.ts'
import type { OldContents, OldPage, OldSite, PublishedPage } from './generator.ts'
import { text } from './generator.ts'
import { readOldFrontMatter } from './old-front-matter.ts'
import type { ImportNote } from './report.ts'
import { createSpelling, termsOf } from './terms.ts'

interface Converting {
  readonly root: string
  readonly site: OldSite
  readonly contents: OldContents
  readonly claims: Claims
  readonly today: string
}

interface ConvertedPages {
  /** Path in the new site -> contents. */
  readonly files: Map<string, string | Uint8Array>
  readonly addresses: readonly string[]
  readonly notes: readonly ImportNote[]
  readonly similar: ReadonlySet<string>
  readonly published: readonly PublishedPage[]
  readonly pages: number
}

/** Pages and what is copied: each at its address, which it claims. */
export function convertPages({ root, site, contents, claims, today }: Converting): ConvertedPages {
  const notes: ImportNote[] = []
  const files = new Map<string, string | Uint8Array>()
  const addresses: string[] = []
  const similar = new Set<string>()
  const published: PublishedPage[] = []
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
    const read = readOldFrontMatter(page.from, written ?? '')
    const old = contents.fieldsInAnyCase ? inKnownCase(read) : read
    const natural = naturalAddress(page.to)
    const all = { ...page.fields, ...old.fields }
    const known = page.address(all)
    const address = known === undefined ? undefined : escaped(known)
    const own = claim(address ?? natural, page.from)
    const tags = termsOf(all, contents.terms)
    return {
      page,
      old,
      all,
      tags,
      natural,
      address: own === natural ? address : own,
      isRead: written !== undefined,
    }
  })
  const spell = createSpelling(pages.flatMap(({ tags }) => tags))
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
  for (const { page, old, all, tags, natural, address, isRead } of pages) {
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
    const own = address ?? natural
    const beside = (name: string) => {
      const copied = copies.get(posix.join(posix.dirname(from), name))
      const isFound = claims.has(
        posix.join(
          decoded(own)
            .slice(1)
            .replace(/(?<![^/])[^/]*$/, ''),
          name,
        ),
      )
      return copied === undefined || isFound ? undefined : `/${copied}`
    }
    const body = convertBody(old.body, { contents, from, target, beside, isHtml: to.endsWith('.html') })
    const spelt = [...new Set(tags.map(spell))]
    const fields = convertFields(old, {
      address,
      natural,
      layout: page.layout ?? (page.isPost && hasDate(page, old.fields) ? 'post' : undefined),
      keepsLayout: contents.layouts !== undefined,
      completed: page.fields ?? {},
      tags: spelt,
      also: page.also?.(all) ?? [],
      aliasBase: contents.aliasesFrom === 'site' ? '/' : own.replace(/(?<![^/])[^/]*$/, ''),
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
    if (fields.isHidden) {
      if (contents.publishesDrafts && page.fields?.draft === undefined && all.published !== false)
        note(
          undefined,
          `its old generator published it, though it says that it is none to be seen: nothing is at ${[own, ...fields.aliases].join(', ')} now`,
        )
      continue
    }
    append(addresses, [own], fields.aliases)
    const { date } = fields
    if ((date ?? '').slice(0, 10) <= today)
      published.push({
        from,
        to,
        address: own,
        isPost: page.isPost,
        fields: all,
        tags: spelt,
        date,
        lang: text(all.lang),
      })
  }
  return { files, addresses, notes, similar, published, pages: pages.length }
}

/** What a host takes for the end of a path, or the program for a part of a pattern, is a character of this one. */
const escaped = (address: string) => address.replace(/[?#]|:(?=[a-z])/g, encodeURIComponent)

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
        return `${decoded(address).replace(/^\/|[^/]*$/g, '')}${from.slice(folder.length + 1)}`
    }
    return to
  }
}

/** As build/pages/addresses.ts has it; what was told by a language in a name is told by a field now. */
const naturalAddress = (to: string) =>
  `/${posix
    .join(posix.dirname(to), `${readFileName(to).stem}/`)
    .replace(/(^|\/)index\/$/, '$1')
    .replace(/(^|\/)404\/$/, '$1404.html')}`

const titleOf = (to: string) => {
  const name =
    to
      .replace(/(?:\/_?index)?\.\w+$/, '')
      .split('/')
      .at(-1) ?? to
  return name.replace(/^\d{4}-\d{2}-\d{2}-/, '').replace(/[-_]+/g, ' ')
}

function freePath(files: ReadonlyMap<string, unknown>, to: string): string {
  let free = to
  for (let n = 2; files.has(`pages/${free}`); n++) free = to.replace(/\.\w+$/, end => `-${n}${end}`)
  return free
}
