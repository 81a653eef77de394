import { array, assert, constantFrom, nat, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFeed, type ReadEntry } from '../../../src/planet/read/read-feed.ts'
import { dangersIn } from '../dangers.ts'
import { atomShapes } from './atom-shapes.ts'
import { oddShapes } from './odd-shapes.ts'
import { rssShapes } from './rss-shapes.ts'
import type { ExpectedEntry, Shape } from './shape.ts'

const shapes: readonly Shape[] = [...atomShapes, ...rssShapes, ...oddShapes]

const iso = (moment: number | undefined) =>
  moment === undefined ? undefined : new Date(moment).toISOString()

/** An entry with the fields that the shape is about. */
const shown = (entry: ReadEntry, fields: ExpectedEntry) => {
  const all = { ...entry, published: iso(entry.published), updated: iso(entry.updated) }
  return Object.fromEntries(Object.keys(fields).map(key => [key, all[key as keyof ExpectedEntry]]))
}

test('there are sixty shapes, and no name twice', () => {
  expect(new Set(shapes.map(({ name }) => name)).size).toBe(shapes.length)
  expect(shapes.length).toBeGreaterThanOrEqual(60)
})

describe.each(shapes)('$name', shape => {
  const { name: _, body, contentType, url = 'https://blog.example/feed.xml', ...expected } = shape
  const { entries, omissions = [], ...about } = expected
  const read = readFeed({ body: Buffer.from(body), contentType, url })
  if ('code' in read) throw new Error(`${shape.name}: ${read.message}`)

  test('nothing is lost', () => {
    expect(read.entries.map((entry, n) => shown(entry, entries[n] ?? {}))).toEqual(entries)
    expect(read.omissions).toEqual(omissions)
    expect(read).toMatchObject(about)
  })

  test('nothing runs', () => {
    expect(read.entries.flatMap(({ content = '' }) => dangersIn(content))).toEqual([])
  })
})

/** A part of one feed in the place of a part of another. */
const graft = record({
  onto: constantFrom(...shapes),
  from: constantFrom(...shapes),
  cuts: array(nat(2000), { minLength: 4, maxLength: 4 }),
})

test('whatever is left of a feed, or has got into it, is read or refused, and nothing of it runs', () => {
  assert(
    property(graft, ({ onto, from, cuts: [start = 0, length = 0, at = 0, size = 0] }) => {
      const [one, other] = [Buffer.from(onto.body).subarray(0, 20_000), Buffer.from(from.body)]
      const part = other.subarray(at, at + size)
      const body = Buffer.concat([one.subarray(0, start), part, one.subarray(start + (length % 200))])
      const read = readFeed({ body, contentType: from.contentType, url: 'https://blog.example/' })
      const entries = 'code' in read ? [] : read.entries
      expect(entries.flatMap(({ content = '' }) => dangersIn(content))).toEqual([])
      const links = entries.flatMap(({ link }) => link ?? [])
      expect(links.filter(link => !/^https?:\/\/[^/]/.test(link))).toEqual([])
      const lines = entries.flatMap(({ title, author }) => [title ?? [], author ?? []].flat())
      expect(lines.filter(line => /[\0-\x1f\u202E]/.test(line) || line.length > 600)).toEqual([])
    }),
    { numRuns: 500 },
  )
})
