import { isMap, isNode, type Document as YamlDocument } from 'yaml'
import { pageFields, similarField } from '../../document/front-matter.ts'
import type { Fields } from '../../document/field-syntax.ts'
import { canonicalLanguage, languageTag } from '../../core/value-kinds.ts'
import { oldDate } from './dates.ts'
import { list, text } from './generator.ts'
import type { OldFrontMatter } from './old-front-matter.ts'

export interface Conversion {
  /** With its fences; nothing when there are no fields. */
  readonly text: string
  readonly notes: readonly string[]
  /** Fields of the author’s own whose names are nearly those of fields that are read. */
  readonly similar: readonly string[]
  readonly aliases: readonly string[]
  readonly isHidden: boolean
  /** An ISO day or time. */
  readonly date: string | undefined
}

interface ConvertedPage {
  /** Where the page was; undefined when only the old generator knew. */
  readonly address: string | undefined
  /** Where it is by its place in the new site. */
  readonly natural: string
  readonly layout: string | undefined
  /** Whether the old layouts come along. */
  readonly keepsLayout: boolean
  readonly completed: Fields
  readonly tags: readonly string[]
  /** Where it was besides. */
  readonly also: readonly string[]
  /** What an alias without a slash in front begins at. */
  readonly aliasBase: string
  /** Takes an alias, if nothing else has its address. */
  claimAlias(alias: string): boolean
  /** When neither front matter nor the text has one. */
  readonly fallbackTitle: string | undefined
}

/** Other names of fields that we have; of several, the first that there is. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  updated: ['updated', 'lastmod', 'last_modified_at', 'modified', 'last_updated'],
  date: ['date', 'pubDate', 'created'],
  publishDate: ['publishDate', 'publishdate'],
  expiryDate: ['expiryDate', 'expirydate'],
  description: ['description', 'summary', 'subtitle', 'excerpt'],
  lang: ['lang', 'language', 'locale'],
  translationOf: ['translationOf'],
}

/** Gone: what they said is said by others, or by nobody. */
const ABSORBED = new Set([
  'permalink',
  'url',
  'slug',
  'path',
  'save_as',
  'redirect_from',
  'aliases',
  'alias',
  'tags',
  'tag',
  'categories',
  'category',
  'taxonomies',
  'draft',
  'drafts',
  'published',
  'hidden',
  'status',
  'unlisted',
  'layout',
  'template',
  ...Object.values(NAMES).flat(),
])

/** The names of fields that say something, for a generator that takes them in any case. */
const MEANT = new Map(
  ['title', 'topics', 'weight', ...ABSORBED].map(name => [name.toLowerCase(), name] as const),
)

/** `Tags` is `tags`, where nothing is called so already. */
export function inKnownCase({ document, fields, ...rest }: OldFrontMatter): OldFrontMatter {
  const names = Object.keys(fields).flatMap(name => {
    const meant = MEANT.get(name.toLowerCase())
    return meant === undefined || Object.hasOwn(fields, meant) ? [] : [[name, meant] as const]
  })
  for (const [name, meant] of names) rename(document, name, meant)
  const renamed = new Map(names)
  return {
    ...rest,
    document,
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [renamed.get(name) ?? name, value]),
    ),
  }
}

/** Makes the old front matter what this program reads. A field that is not known stays as the author’s own. */
export function convertFields({ document, fields }: OldFrontMatter, page: ConvertedPage): Conversion {
  const notes: string[] = []
  const { address, natural, completed } = page
  const set = new Map<string, unknown>()
  const all: Fields = { ...completed, ...fields }
  const find = (name: string) =>
    (NAMES[name] ?? [name])
      .map(each => all[each])
      .find(value => value !== undefined && value !== null && value !== '')

  const title = text(
    typeof all.title === 'number' || typeof all.title === 'boolean' ? String(all.title) : all.title,
  )
  const named = title ?? page.fallbackTitle
  if (named !== undefined) set.set('title', named)
  const description = text(find('description'))
  if (description !== undefined) set.set('description', description)
  for (const name of ['date', 'updated', 'publishDate', 'expiryDate']) {
    const value = find(name)
    if (value === undefined) continue
    const day = oldDate(value)
    if (day === undefined)
      notes.push(
        `the date ${JSON.stringify(value)} in “${name}” is none that can be understood, and is left out`,
      )
    else set.set(name, day)
  }
  const lang = text(find('lang'))
  if (lang !== undefined && languageTag.accepts(lang)) set.set('lang', canonicalLanguage(lang))
  else if (lang !== undefined) notes.push(`“${lang}” is no language, and is left out`)
  const { tags } = page
  if (tags.length > 0) set.set('tags', tags)
  const isHidden =
    isTrue(all.draft) ||
    isTrue(all.drafts) ||
    isFalse(all.published) ||
    isTrue(all.hidden) ||
    /^(?:draft|hidden)$/i.test(text(all.status) ?? '')
  if (isHidden) set.set('draft', true)
  const aliases = [
    ...new Set([...list(all.aliases), ...list(all.alias), ...list(all.redirect_from), ...page.also]),
  ]
    .map(each =>
      /^https?:/.test(each)
        ? each.replace(/^https?:\/\/[^/]*/, '')
        : each.startsWith('/')
          ? each
          : page.aliasBase + each,
    )
    .filter(each => each !== address && each !== natural && each !== '' && !/[?#\\]|\/\/|\.\.\//.test(each))
  const claimed = aliases.filter(each => {
    const isFree = page.claimAlias(each)
    if (!isFree) notes.push(`its alias ${each} is the address of something else`)
    return isFree
  })
  if (claimed.length > 0) set.set('aliases', claimed)
  if (address === undefined)
    notes.push('its address is computed by the old generator, and is that of its file now')
  else if (address !== natural) set.set('permalink', address)
  const written = text(all.layout) ?? text(all.template)
  if (page.keepsLayout) {
    if (written !== undefined) set.set('layout', written)
  } else if (page.layout !== undefined) set.set('layout', page.layout)

  const others = Object.entries(fields).filter(([name]) => !ABSORBED.has(name) && name !== 'title')
  const renamed: [from: string, to: string][] = []
  for (const [name, value] of others) {
    const known = Object.hasOwn(pageFields, name) ? pageFields[name] : undefined
    if (!known || value === null || set.has(name) || known.kind?.accepts(value)) continue
    const meant = [Number(value), String(value), list(value)].find(each => known.kind?.accepts(each))
    if (meant !== undefined && typeof value !== 'object') {
      set.set(name, meant)
      continue
    }
    renamed.push([name, `old_${name}`])
    notes.push(`“${name}” means something else here, and is “old_${name}” now`)
  }
  for (const [name, value] of Object.entries(completed))
    if (!set.has(name) && !ABSORBED.has(name) && !Object.hasOwn(fields, name)) set.set(name, value)
  const similar = others
    .map(([name]) => name)
    .filter(name => !Object.hasOwn(pageFields, name) && similarField(name) !== undefined)
  const date = text(set.get('date')) ?? text(set.get('publishDate'))
  return { text: write(document, set, renamed), notes, similar, aliases: claimed, isHidden, date }
}

const isTrue = (value: unknown) =>
  value === true || (typeof value === 'string' && /^(?:true|yes|on)$/i.test(value))
const isFalse = (value: unknown) =>
  value === false || (typeof value === 'string' && /^(?:false|no|off)$/i.test(value))

/** In the old order; what is new stands last. */
function write(
  document: YamlDocument,
  set: ReadonlyMap<string, unknown>,
  renamed: readonly (readonly [from: string, to: string])[],
): string {
  const places = new Map(
    [...set.keys()].map(
      name => [name, [name, ...(NAMES[name] ?? [])].find(each => document.has(each))] as const,
    ),
  )
  const kept = new Set([...places.values()].filter(each => each !== undefined))
  for (const name of ABSORBED) if (!kept.has(name)) document.delete(name)
  for (const [name, value] of set) {
    const place = places.get(name)
    if (place === undefined || place === name) {
      if (JSON.stringify(document.toJS()[name]) !== JSON.stringify(value)) setValue(document, name, value)
    } else {
      rename(document, place, name)
      setValue(document, name, value)
    }
  }
  for (const [from, to] of renamed) rename(document, from, to)
  return `---\n${document.toString({ lineWidth: 0, flowCollectionPadding: false })}---\n`
}

/** A comment behind the old value stays. */
function setValue(document: YamlDocument, name: string, value: unknown): void {
  const node = document.createNode(value, { flow: true })
  const old = document.get(name, true)
  if (isNode(old)) node.comment = old.comment
  document.set(name, node)
}

function rename(document: YamlDocument, from: string, to: string): void {
  const { contents } = document
  if (!isMap(contents)) return
  const pair = contents.items.find(item => String(item.key) === from)
  if (pair) pair.key = document.createNode(to)
}
