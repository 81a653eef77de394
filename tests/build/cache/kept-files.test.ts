import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CacheEntry } from '../../../src/build/cache/render-file.ts'
import type { FilesOfBuild } from '../../../src/build/cache/kept-files.ts'
import { wholeEntry } from '../../../src/build/cache/entry-columns.ts'
import {
  openFiles,
  openSince,
  packFiles,
  packPlaces,
  packSince,
} from '../../../src/build/cache/kept-files.ts'
import type { ReadPage } from '../../../src/build/cache/parsed-pages.ts'
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
      const opened = openFiles(packFiles(kept))
      expect(opened && whole(opened)).toEqual(whole(kept))
      expect(openSince(opened!, packPlaces('here'))).toEqual({ ...opened, places: 'here' })
    }),
  )
})

test('what has changed since is laid over the columns, again and again', () => {
  fc.assert(
    fc.property(files, fc.array(files, { minLength: 1, maxLength: 4 }), (first, changes) => {
      const columns = openFiles(packFiles(first))!
      let now = openSince(columns, packPlaces(''))!
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
        now = openSince(columns, packSince(columns, next)!)!
        expect({ ...whole(now), places: now.places }).toEqual({ ...whole(next), places })
      }
    }),
  )
})

test('when much has changed, columns are written anew', () => {
  const entries = new Map(fc.sample(entry, { numRuns: 60, seed: 1 }).map((each, at) => [String(at), each]))
  const columns = openFiles(packFiles({ pages: new Map(), entries: new Map() }))!
  expect(packSince(columns, { places: '', pages: new Map(), entries })).toBeUndefined()
  expect(
    packSince(columns, { places: '', pages: new Map(), entries: new Map([...entries].slice(0, 50)) }),
  ).toBeDefined()
})
