import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CacheEntry } from '../../../src/build/cache/render-file.ts'
import { withLengths, openPart, splitParts } from '../../../src/build/cache/columns.ts'
import { packEntries, wholeEntry } from '../../../src/build/cache/entry-columns.ts'
import {
  allOf,
  openColumns,
  openSince,
  packPlaces,
  packSince,
  partsOf,
  withChanges,
  type FilesOfBuild,
} from '../../../src/build/cache/kept-files.ts'
import { packPages } from '../../../src/build/cache/page-columns.ts'
import type { ReadPage } from '../../../src/build/cache/parsed-pages.ts'
import { distribute } from '../../../src/build/workers/distribute.ts'
import { isHeldBack } from '../../../src/build/pages/publication.ts'

const text = fc.oneof(
  fc.constantFrom('', 'a', 'b\n', 'пост', '\0', '__proto__', 'constructor'),
  fc.string({ unit: 'grapheme' }),
)
const texts = fc.array(text, { maxLength: 3 })
const required = {
  url: text,
  path: text,
  source: text,
  layout: text,
  lang: text,
  title: text,
  tags: texts,
  css: texts,
}
const fields = fc.record(
  {
    ...required,
    year: fc.nat(),
    date: text,
    description: fc.option(text, { nil: undefined }),
    author: fc.record({ name: text }),
    anything: fc.anything({ withDate: true, withMap: true, withTypedArray: false, withObjectString: false }),
  },
  { requiredKeys: Object.keys(required) as (keyof typeof required)[] },
)
/** Fields in any order. */
const page = fc.tuple(fields, fc.infiniteStream(fc.nat())).map(([each, order]) => {
  const ranks = new Map(Object.keys(each).map(key => [key, order.next().value as number]))
  return Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => ranks.get(a)! - ranks.get(b)!))
})
const window = fc.option(fc.tuple(fc.double(), fc.constantFrom(5, Infinity)), { nil: undefined })
const read = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      page,
      aliases: fc.array(fc.record({ url: text, path: text })),
      namesake: fc.option(text, { nil: undefined }),
      metadata: text,
      window,
    }),
  },
  { weight: 1, arbitrary: fc.record({ source: text, why: text, window }) },
) as unknown as fc.Arbitrary<ReadPage>
const links = fc.record({
  addresses: text,
  ids: text,
  unresolved: fc.array(fc.record({ path: text, fragment: text, own: fc.boolean() }), { maxLength: 2 }),
  violations: fc.array(fc.record({ directive: text, source: text, written: text }), { maxLength: 1 }),
})
const number = fc.double({ noNaN: true })
const entry = fc.record({
  maker: text,
  stamp: fc.option(fc.record({ ino: number, size: number, mtimeMs: number, ctimeMs: number }), {
    nil: undefined,
  }),
  typography: fc.array(fc.record({ code: text, severity: text, message: text }), { maxLength: 1 }),
  dependencies: fc.record({
    dependencies: text,
    fingerprint: text,
    links: fc.option(links, { nil: undefined }),
  }),
}) as unknown as fc.Arbitrary<CacheEntry>
const mapOf = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(fc.nat(9).map(String), value), { maxLength: 9 }).map(all => new Map(all))
const files = fc.record({ pages: mapOf(read), entries: mapOf(entry) })

/** In parts, packed as by so many threads. */
const packed = ({ pages, entries }: FilesOfBuild, threads = 1 + (entries.size % 3)) => {
  const groups = distribute([...entries], threads).map(group => packEntries(new Map(group)))
  return partsOf({ pages: packPages(pages), entries: groups }, path => entries.get(path)?.stamp)
}

/** Columns as they come back from a file; those of parts for which `isWhole` is false are damaged. */
const opened = (kept: FilesOfBuild, isWhole: (part: number) => boolean = () => true) => {
  const parts = packed(kept)
  const bytes = Buffer.concat(withLengths(parts))
  return openColumns(splitParts(bytes, parts.length).map((part, at) => openPart(part, () => isWhole(at))))
}

/** Everything, with the order of fields. */
const whole = ({ pages, entries }: FilesOfBuild) => ({
  pages: new Map(
    [...pages].map(([path, each]) => [
      path,
      isHeldBack(each) ? each : { ...each, page: Object.entries(each.page) },
    ]),
  ),
  entries: new Map([...entries].map(([path, each]) => [path, wholeEntry(each)])),
})

test('files come out of columns as they were, with their fields in the same order', () => {
  fc.assert(
    fc.property(files, kept => {
      const columns = opened(kept)
      expect(whole(allOf(columns)!)).toEqual(whole(kept))
      const now = openSince(columns, packPlaces('here'))!
      expect([now.places, allOf(now)]).toEqual(['here', allOf(columns)])
    }),
  )
})

test('one page is read as among all, and none of a part that is damaged', () => {
  const page = {
    url: '/',
    path: 'index.html',
    source: '',
    layout: '',
    lang: '',
    title: '',
    tags: [],
    css: [],
  }
  const pages = new Map(
    Array.from({ length: 1100 }, (_, at) => [
      `${at}`,
      {
        page: { ...page, title: `Page ${at}` },
        aliases: [],
        metadata: '',
        window: undefined,
      } as unknown as ReadPage,
    ]),
  )
  const kept = { pages, entries: new Map() }
  const titlesOf = (columns: ReturnType<typeof opened>) =>
    [...pages.keys()].map(path => {
      const read = columns.page(path)
      return read && 'page' in read ? read.page.title : undefined
    })
  expect(titlesOf(opened(kept))).toEqual([...pages.keys()].map(at => `Page ${at}`))
  expect(opened(kept).page('1100')).toBeUndefined()
  const count = packed(kept).length
  fc.assert(
    fc.property(fc.nat(count - 1), damaged => {
      const columns = opened(kept, at => at !== damaged)
      const read = titlesOf(columns)
      const missing = read.filter(title => title === undefined).length
      // How many groups of entries there are, entries, the paths of all pages, and 500, 500 and 100 of them.
      expect(missing).toBe(damaged === 0 ? 1100 : ([1100, 500, 500, 100][damaged - (count - 4)] ?? 0))
      expect(columns.pages() === undefined).toBe(damaged === 0 || damaged > count - 4)
      for (const [at, title] of read.entries()) expect([`Page ${at}`, undefined]).toContain(title)
    }),
    { numRuns: 20 },
  )
})

test('a few files that have changed are laid over the columns alone', () => {
  fc.assert(
    fc.property(files, fc.array(files, { maxLength: 3 }), (first, changes) => {
      let now = openSince(opened(first), packPlaces('here'))!
      let expected = allOf(now)!
      for (const change of changes) {
        // None is new.
        const known = <T>(all: ReadonlyMap<string, T>, before: ReadonlyMap<string, unknown>) =>
          new Map([...all].filter(([path]) => before.has(path)))
        const changed = {
          pages: known(change.pages, expected.pages),
          entries: known(change.entries, expected.entries),
        }
        expected = {
          pages: withChanges(expected.pages, changed.pages),
          entries: withChanges(expected.entries, changed.entries),
        }
        now = openSince(opened(first), now.packWith(changed)!)!
        expect([now.places, whole(allOf(now)!)]).toEqual(['here', whole(expected)])
        for (const path of expected.pages.keys()) expect(now.page(path)).toEqual(now.pages()!.get(path))
      }
    }),
  )
})

test('what has changed since is laid over the columns, again and again', () => {
  fc.assert(
    fc.property(files, fc.array(files, { minLength: 1, maxLength: 4 }), (first, changes) => {
      const columns = opened(first)
      let now = { ...allOf(columns)!, places: '' }
      for (const [at, { pages, entries }] of changes.entries()) {
        const places = String(at)
        // Half of what there was stays, or is gone.
        const half = <T>(all: ReadonlyMap<string, T>) =>
          [...all].filter(([path]) => Number(path) % 2 === at % 2)
        const next = {
          places,
          pages: new Map([...half(now.pages), ...pages]),
          entries: new Map([...half(now.entries), ...entries]),
        }
        const read = openSince(columns, packSince(columns, next)!)!
        now = { ...allOf(read)!, places: read.places }
        expect({ ...whole(now), places: now.places }).toEqual({ ...whole(next), places })
      }
    }),
  )
})

test('when much has changed, columns are written anew', () => {
  const entries = new Map(fc.sample(entry, { numRuns: 60, seed: 1 }).map((each, at) => [String(at), each]))
  const columns = opened({ pages: new Map(), entries: new Map() })
  expect(packSince(columns, { places: '', pages: new Map(), entries })).toBeUndefined()
  expect(
    packSince(columns, { places: '', pages: new Map(), entries: new Map([...entries].slice(0, 50)) }),
  ).toBeDefined()
})
