import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../../folder.ts'
import { build } from '../../program.ts'
import { pathsOf } from '../../tree.ts'

const layout = '<title><%= typeset(page.title) %></title><%- body %>'
const page = "---\ntitle: In a box\n---\nIt's in a box\n"
const site = { 'layouts/default.ejs': layout, 'pages/index.md': page }

const home = (cwd: string) => readFileSync(join(cwd, 'docs/index.html'), 'utf8')

describe('build --typography', () => {
  test('warn reports each page once and builds it as it is', async () => {
    const cwd = folderWith(site)
    const { code, findings, report } = await build({ cwd })
    expect([code, findings]).toEqual([0, ['page/typography pages/index.md']])
    expect(report.diagnostics[0]?.message).toBe('3 places are badly set')
    expect(home(cwd)).toContain("<p>It's in a box</p>")
    expect((await build({ cwd })).findings).toEqual(findings)
  })

  test('fix sets the page on its way, and leaves the source alone', async () => {
    const cwd = folderWith(site)
    const { code, findings } = await build({ cwd }, '--typography', 'fix')
    expect([code, findings]).toEqual([0, []])
    expect(home(cwd)).toBe('<title>In\u00a0a\u00a0box</title><p>It’s in\u00a0a\u00a0box</p>\n')
    expect(readFileSync(join(cwd, 'pages/index.md'), 'utf8')).toBe(page)
  })

  test('fix sets every page, of whatever kind its front matter is', async () => {
    const cwd = folderWith({
      'imprimatur.config.json': '{ "build": { "extras": false } }',
      'pages/a.md': '---yaml\nlayout: none\n---\nA "word".\n',
      'pages/b.markdown': '+++\nlayout = "none"\nlang = "ru"\n+++\nСлово "да".\n',
      'pages/C.MD': '{\n  "layout": "none"\n}\nA "word".\n',
      'pages/d.htm': '\n---\nlayout: none\n---\n<p>A "word".</p>\n',
      'pages/e.md': '---\n{ layout: none, lang: ru_RU }\n---\nСлово "да".\n',
    })
    const { code, findings } = await build({ cwd }, '--typography', 'fix')
    expect([code, findings]).toEqual([0, []])
    const word = (page: string) =>
      readFileSync(join(cwd, `docs/${page}/index.html`), 'utf8').match(/[“«].*[”»]/)?.[0]
    expect(['a', 'b', 'C', 'd', 'e'].map(word)).toEqual(['“word”', '«да»', '“word”', '“word”', '«да»'])
  })

  test('fix says once that pages are in a language without rules, and builds them', async () => {
    const korean = '---\nlang: ko\nlayout: none\n---\nIt is "so"\n'
    const cwd = folderWith({ ...site, 'pages/a.md': korean, 'pages/b.md': korean })
    const { code, findings, report } = await build({ cwd }, '--typography', 'fix')
    expect([code, findings]).toEqual([0, ['lint/no-rules pages/a.md']])
    expect(report.diagnostics[0]?.message).toContain('(ko): 2 pages are published as written')
    expect((await build({ cwd }, '--typography', 'fix')).findings).toEqual(findings)
    const meant = folderWith({ ...site, 'pages/a.md': korean.replace('lang', 'typography: off\nlang') })
    expect((await build({ cwd: meant }, '--typography', 'fix')).findings).toEqual([])
    expect((await build({ cwd }, '--typography', 'warn')).findings).toEqual([
      'page/typography pages/index.md',
    ])
  })

  test('error writes nothing', async () => {
    const cwd = folderWith(site)
    const { code, findings } = await build({ cwd }, '--typography', 'error')
    expect([code, findings]).toEqual([1, ['page/typography pages/index.md']])
    expect(pathsOf(cwd).some(path => path.startsWith('docs/'))).toBe(false)
  })

  test('off reports nothing, and may be set on one page', async () => {
    expect((await build({ cwd: folderWith(site) }, '--typography', 'off')).findings).toEqual([])
    const own = folderWith({ ...site, 'pages/index.md': page.replace('title', 'typography: off\ntitle') })
    expect((await build({ cwd: own })).findings).toEqual([])
  })

  test('anything else is refused', async () => {
    const { code, findings } = await build({ cwd: folderWith(site) }, '--typography', 'fixed')
    expect([code, findings]).toEqual([2, ['usage/option']])
  })
})
