import { expect, test } from 'vitest'
import { createDevSession } from '../../src/dev/session.ts'
import { folderWith } from '../folder.ts'

const page = (fields: string) => `---\n${fields}\n---\nWords\n`

test('a page appears and expires at its time in a dev session, though no file changes', async () => {
  const root = folderWith({
    'layouts/default.ejs': '<%- body %>',
    'pages/comes.md': page('date: 2026-06-01T12:00:00Z'),
    'pages/goes.md': page('expiryDate: 2026-06-01T13:00:00Z'),
  })
  let time = Date.parse('2026-06-01T11:00:00Z')
  const session = createDevSession({ root, overrides: {}, now: () => new Date(time) })
  const there = () => ['comes/index.html', 'goes/index.html'].map(path => session.has(path))
  await session.refresh()
  expect([there(), session.nextChange]).toEqual([[false, true], Date.parse('2026-06-01T12:00:00Z')])
  expect(await session.refresh([])).toBe(false)
  time = session.nextChange
  expect(await session.refresh([])).toBe(true)
  expect([there(), session.nextChange]).toEqual([[true, true], Date.parse('2026-06-01T13:00:00Z')])
  time = session.nextChange
  await session.refresh([])
  expect([there(), session.nextChange]).toEqual([[true, false], Infinity])
})

test('a warning of front matter lies over its own page, and over no other', async () => {
  const root = folderWith({
    'layouts/default.ejs': '<%- body %>',
    'pages/a.md': page('Title: A'),
    'pages/b.md': 'Words\n',
  })
  const session = createDevSession({ root, overrides: {}, now: () => new Date() })
  await session.refresh()
  const codes = (path: string) =>
    session
      .read(path)!
      .diagnostics()
      .map(({ code }) => code)
  expect([codes('a/index.html'), codes('b/index.html')]).toEqual([['front-matter/similar'], []])
})
