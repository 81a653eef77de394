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
  const { name: _, body, contentType, url = 'https://blog.example/feed.xml', ...told } = shape
  const { entries, omissions = [], ...about } = told
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
