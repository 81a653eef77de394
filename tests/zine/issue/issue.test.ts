import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { exportSchema } from '../../../src/zine/issue/form.ts'
import { parseIssue, readIssue } from '../../../src/zine/issue/issue.ts'
import { place } from '../../build/built-site.ts'
import { folderWith } from '../../folder.ts'

const parse = (text: string) => parseIssue({ path: 'zines/01.yaml', text }, '01', 'en')
const findings = (text: string) => parse(text).diagnostics.map(place)

test('the file of a zine is read', () => {
  const { value, diagnostics } = parse(
    `title: Знаки\nissue: 7\ndate: 2026-11-21\nlanguage: ru\nposts:\n  - pages/a.md\n  - { tag: keys }\n  - { section: posts, year: 2025 }\npaper: half-letter\ncover: cover.png\ncolophon: |\n  *Hello*\n`,
  )
  expect(diagnostics).toEqual([])
  expect(value).toMatchObject({
    title: 'Знаки',
    number: '7',
    date: '2026-11-21',
    lang: 'ru',
    posts: ['pages/a.md', { tag: 'keys' }, { section: 'posts', year: 2025 }],
    paper: { name: 'Half Letter', sheet: { name: 'Letter' } },
    cover: 'cover.png',
    colophon: '*Hello*\n',
  })
})

const HEAD = 'title: A\ndate: 2026-11-21\n'

describe('faults are reported with their place', () => {
  test.each([
    ['', 'zine/value zines/01.yaml:1:1'],
    ['- a', 'zine/value zines/01.yaml:1:1'],
    [`${HEAD}posts: [`, 'zine/yaml zines/01.yaml:3:9'],
    [`${HEAD}posts: &a [b]`, 'zine/yaml zines/01.yaml:3:11'],
    [HEAD, 'zine/value zines/01.yaml:1:1'],
    [`${HEAD}posts: []`, 'zine/value zines/01.yaml:3:8'],
    [`${HEAD}posts: [{}]`, 'zine/value zines/01.yaml:3:9'],
    [`${HEAD}posts: [{ tags: a }]`, 'zine/unknown-key zines/01.yaml:3:11'],
    [`${HEAD}posts: [3]`, 'zine/value zines/01.yaml:3:9'],
    [`${HEAD}post: [a]\nposts: [a]`, 'zine/unknown-key zines/01.yaml:3:1'],
    [`title: A\ndate: 2026-02-30\nposts: [a]`, 'zine/value zines/01.yaml:2:7'],
    [`title: 12\ndate: 2026-02-20\nposts: [a]`, 'zine/value zines/01.yaml:1:8'],
    [`${HEAD}posts: [a]\npaper: a4`, 'zine/value zines/01.yaml:4:8'],
    [`${HEAD}posts: [a]\nlanguage: Russian!`, 'zine/value zines/01.yaml:4:11'],
    [`${HEAD}posts: [a]\nfonts: { text: A }`, 'zine/value zines/01.yaml:4:8'],
    [`title:\ndate: 2026-02-20\nposts: [a]`, 'zine/value zines/01.yaml:1:7'],
  ])('%j: %s', (text, finding) => expect(findings(text)).toEqual([finding]))
})

test('the nearest name is suggested', () =>
  expect(parse(`${HEAD}posts: [a]\ncolofon: x`).diagnostics[0]?.hint).toContain('“colophon”'))

test.each([
  ['zines/none.yaml', 'zine/file zines/none.yaml'],
  ['pages/a.yaml', 'zine/file pages/a.yaml'],
  ['zines/a.md', 'zine/file zines/a.md'],
  ['zines/a/b.yaml', 'zine/file zines/a/b.yaml'],
  ['zines/a b.yaml', 'zine/file zines/a b.yaml'],
])('%s is no zine', (path, finding) => {
  const { diagnostics } = readIssue(folderWith({ 'zines/a b.yaml': '' }), path, 'en')
  expect(diagnostics.map(each => place({ ...each, span: undefined }))).toEqual([finding])
})

test('the committed JSON Schema is that of the form', () => {
  const committed = readFileSync(new URL('../../../schema/zine.schema.json', import.meta.url), 'utf8')
  expect(committed, 'run: npm run schema').toBe(`${JSON.stringify(exportSchema(), null, 2)}\n`)
})
