import { serialize } from 'node:v8'
import { isHeldBack } from '../pages/publication.ts'
import type { ParsedPage } from '../pages/read-page.ts'
import type { ReadPage } from './parsed-pages.ts'
import { arePageColumns, areTexts } from './check-cache.ts'
import { once, type Lazy } from './columns.ts'

/** So many pages are one part: to know one of them takes no more than that. */
const TOGETHER = 500

/** Of the pages of a site, the paths of all in one part, and then the pages, so many in each; each part is serialized. */
export function packPages(pages: ReadonlyMap<string, ReadPage>): readonly Uint8Array[] {
  const all = [...pages]
  const parts: PageColumns[] = []
  for (let at = 0; at < all.length; at += TOGETHER)
    parts.push(columnsOf(new Map(all.slice(at, at + TOGETHER))))
  return [[...pages.keys()], ...parts].map(part => serialize(part))
}

/** Pages by their paths, each as it was read. */
export interface PagesInParts {
  /** One, without most of the others. */
  one(path: string): ReadPage | undefined
  /** Undefined when one of the parts is none. */
  readonly all: Lazy<ReadonlyMap<string, ReadPage> | undefined>
}

/** What `packPages` has made. */
export function pagesInParts([paths, ...parts]: readonly Lazy<unknown>[]): PagesInParts {
  const opened = parts.map(part => once(() => pagesIn(part())))
  const index = once(() => {
    const value = paths?.()
    return areTexts(value) ? (value as readonly string[]) : []
  })
  return {
    one: path => opened[Math.floor(index().indexOf(path) / TOGETHER)]?.()?.get(path),
    all: once(() => {
      const pages = new Map<string, ReadPage>()
      for (const part of opened) {
        const some = part()
        if (!some) return undefined
        for (const [path, read] of some) pages.set(path, read)
      }
      return pages
    }),
  }
}

/** Pages in columns: those that have the same fields in the same order, as templates may list them, are one table. */
interface PageColumns {
  /** The paths of all. */
  readonly paths: readonly string[]
  /** Of each, the number of its table, or -1 where it is in none. */
  readonly tables: readonly number[]
  readonly columns: readonly TableOfPages[]
  /** Pages that are held back, and those that fit nowhere, by path. */
  readonly others: ReadonlyMap<string, ReadPage>
}

interface TableOfPages {
  readonly fields: readonly string[]
  /** A column for each field. */
  readonly values: readonly unknown[][]
  readonly aliases: ParsedPage['aliases'][]
  readonly namesakes: ParsedPage['namesake'][]
  readonly metadata: ParsedPage['metadata'][]
  readonly windows: ParsedPage['window'][]
}

function columnsOf(pages: ReadonlyMap<string, ReadPage>): PageColumns {
  const tables = new Map<string, number>()
  const all = { paths: [...pages.keys()], tables: [] as number[], columns: [] as TableOfPages[] }
  const others = new Map<string, ReadPage>()
  for (const [path, read] of pages) {
    const fields = isHeldBack(read) ? [] : Object.keys(read.page)
    if (isHeldBack(read) || fields.includes('__proto__')) {
      others.set(path, read)
      all.tables.push(-1)
      continue
    }
    const name = JSON.stringify(fields)
    let number = tables.get(name)
    if (number === undefined) {
      tables.set(name, (number = all.columns.length))
      all.columns.push({
        fields,
        values: fields.map(() => []),
        aliases: [],
        namesakes: [],
        metadata: [],
        windows: [],
      })
    }
    all.tables.push(number)
    const table = all.columns[number]!
    for (const [at, field] of fields.entries()) table.values[at]!.push(read.page[field])
    table.aliases.push(read.aliases)
    table.namesakes.push(read.namesake)
    table.metadata.push(read.metadata)
    table.windows.push(read.window)
  }
  return { ...all, others }
}

/** `like` is a page of the same table: a copy comes with its fields in place, which takes half of the time. */
function pageAt({ fields, values, ...rest }: TableOfPages, row: number, like: object = {}): ParsedPage {
  const page: Record<string, unknown> = { ...like }
  for (let at = 0; at < fields.length; at++) page[fields[at]!] = values[at]![row]
  return {
    page: page as ParsedPage['page'],
    aliases: rest.aliases[row]!,
    namesake: rest.namesakes[row],
    metadata: rest.metadata[row]!,
    window: rest.windows[row],
  }
}

/** The pages by their paths, each as it was read. Undefined when these are no columns of pages. */
function pagesIn(value: unknown): ReadonlyMap<string, ReadPage> | undefined {
  if (!arePageColumns(value)) return undefined
  const { paths, tables, columns, others } = value as PageColumns
  const next = columns.map(() => 0)
  const last: object[] = []
  const pages = new Map<string, ReadPage>()
  for (const [row, path] of paths.entries()) {
    const number = tables[row]!
    const table = columns[number]
    const at = next[number]!
    next[number] = at + 1
    const read = table && at < table.metadata.length ? pageAt(table, at, last[number]) : others.get(path)
    if (!read) return undefined
    if ('page' in read) last[number] ??= read.page
    pages.set(path, read)
  }
  return pages
}
