import { describe, expect, test } from 'vitest'
import { createDevSession } from '../../src/dev/session.ts'
import { folderWith } from '../folder.ts'
import { writeFiles } from '../tree.ts'

const page = (fields: string) => `---\n${fields}\n---\nWords\n`

test('a page appears and expires at its time in a dev session, though no file changes', async () => {
  const root = folderWith({
    'layouts/default.ejs': '<%- body %>',
    'pages/comes.md': page('date: 2026-06-01T12:00:00Z'),
    'pages/goes.md': page('expiryDate: 2026-06-01T13:00:00Z'),
  })
  let time = Date.parse('2026-06-01T11:00:00Z')
  const session = createDevSession({ root, overrides: {}, now: () => new Date(time) })
  const isPublished = (path: string) => session.has(path) && session.read(path)?.notice === undefined
  const there = () => ['comes/index.html', 'goes/index.html'].map(isPublished)
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

test('a page that changes after its site was looked at stays as it was until that is heard of', async () => {
  const root = folderWith({
    'layouts/default.ejs': '<%- page.title %>: <%- body %>',
    'pages/a.md': page('title: One'),
  })
  const session = createDevSession({ root, overrides: {}, now: () => new Date() })
  const contents = () => String(session.read('a/index.html')?.contents)
  await session.refresh()
  expect(contents()).toContain('One: <p>Words')
  writeFiles(root, { 'layouts/default.ejs': '<%- page.title %>! <%- body %>' })
  await session.refresh()
  writeFiles(root, { 'pages/a.md': '---\ntitle: Two\n---\nOther words\n' })
  expect(contents()).toContain('One: <p>Words')
  await session.refresh()
  expect(contents()).toContain('Two! <p>Other words')
})

describe('a page that is held back', () => {
  const session = async (fields: string) => {
    const root = folderWith({
      'layouts/default.ejs': '<%- body %> <% for (const each of pages) { %><%= each.url %> <% } %>',
      'pages/index.md': 'Home\n',
      'pages/plan.md': page(fields),
    })
    const created = createDevSession({ root, overrides: {}, now: () => new Date('2026-06-01') })
    await created.refresh()
    return { root, created }
  }

  test.each([
    ['draft: true', 'Not published: a draft'],
    ['date: 2027-01-01', 'Not published: its date, 2027-01-01, is still to come'],
    ['expiryDate: 2026-01-01', 'Not published: past its expiryDate, 2026-01-01'],
  ])('is at its address, with a word about it, and nowhere else: %s', async (fields, notice) => {
    const { created } = await session(fields)
    const served = created.read('plan/index.html')!
    expect([served.notice, String(served.contents)]).toEqual([notice, expect.stringContaining('Words')])
    expect(created.has('plan/index.html')).toBe(true)
    expect(String(created.read('index.html')!.contents)).not.toContain('/plan/')
    expect(String(created.read('sitemap.xml')!.contents)).not.toContain('plan')
    expect(created.read('plam/index.html')).toBeUndefined()
  })

  test('follows its source, and has no word about it once it is published', async () => {
    const { root, created } = await session('draft: true')
    const text = () => String(created.read('plan/index.html')!.contents)
    expect(text()).toContain('Words')
    writeFiles(root, { 'pages/plan.md': page('draft: true').replace('Words', 'Other') })
    await created.refresh()
    expect(text()).toContain('Other')
    writeFiles(root, { 'pages/plan.md': page('draft: false') })
    await created.refresh()
    expect(created.read('plan/index.html')!.notice).toBeUndefined()
    expect(String(created.read('index.html')!.contents)).toContain('/plan/')
  })

  test('that would stand in another’s place is at no address', async () => {
    const { root, created } = await session('draft: true')
    writeFiles(root, { 'pages/plan.md': page('draft: true\npermalink: /') })
    await created.refresh()
    expect(created.read('plan/index.html')).toBeUndefined()
    expect(String(created.read('index.html')!.contents)).toContain('Home')
  })
})
