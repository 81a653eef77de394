import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../../folder.ts'
import { build, imprimatur } from '../../program.ts'
import { pathsOf } from '../../tree.ts'
import { bare, builtSite } from '../built-site.ts'

describe('defaults of a folder', () => {
  test('are what its pages say that say nothing; the nearest folder wins, field by field', async () => {
    const { output, findings } = await builtSite({
      'layouts/post.ejs': '<%= [page.lang, page.mine, page.tags, page.section, page.url].join(" ") %>',
      'layouts/other.ejs': 'other',
      'pages/_defaults.yaml': 'mine: outer\nlayout: post\ntags: one\n',
      'pages/posts/_defaults.yml': '# for posts\nmine: 1\nlang: de\npermalink: /p/:slug/\n',
      'pages/a.md': '',
      'pages/posts/b.md': '',
      'pages/posts/x/c.md': '---\nlang: fr\nmine:\ntags: []\n---\n',
      'pages/posts/x/d.md': '---\nlayout: other\npermalink: /d/\nsection: s\n---\n',
    })
    expect([findings, output]).toEqual([
      [],
      {
        'a/index.html': 'en outer one  /a/',
        'p/b/index.html': 'de 1 one posts /p/b/',
        'p/c/index.html': 'fr 1  posts /p/c/',
        'd/index.html': 'other',
      },
    ])
  })

  test('may keep its pages back, and are no file of the site', async () => {
    const { output, unpublished, findings } = await builtSite({
      'pages/a.md': '',
      'pages/b/_defaults.yaml': 'draft: true\n',
      'pages/b/c.md': '',
      'pages/b/d.md': '---\ndraft: false\n---\n',
    })
    expect([Object.keys(output), unpublished, findings]).toEqual([['a/index.html', 'b/d/index.html'], 1, []])
  })

  test('do not say what is wrong with a page once for each of its pages, but where they are written', async () => {
    const pages = { 'pages/posts/a.md': '', 'pages/posts/b.md': '' }
    const found = async (defaults: string) =>
      (await builtSite({ ...bare, ...pages, 'pages/posts/_defaults.yaml': defaults })).findings
    expect(await found('layout: [a]\n')).toEqual(['front-matter/value pages/posts/_defaults.yaml:1:9'])
    expect(await found('a: 1\ndratf: true\n')).toEqual([
      'front-matter/misspelt pages/posts/_defaults.yaml:2:1',
    ])
    expect(await found('a: 1\ntitle: A\n')).toEqual(['front-matter/reserved pages/posts/_defaults.yaml:2:1'])
    expect(await found('- a\n')).toEqual(['front-matter/syntax pages/posts/_defaults.yaml:1:1'])
    expect(new Set(await found('x: 1\nlayout: gone\n'))).toEqual(
      new Set(['template/missing pages/posts/_defaults.yaml:2:9']),
    )
    expect(new Set(await found('permalink: /:year/:slug/\n'))).toEqual(
      new Set(['route/address pages/posts/_defaults.yaml:1:12']),
    )
    expect(await found('')).toEqual([])
  })

  test('tell build and linter alike in which language a page is', async () => {
    const cwd = folderWith({
      ...bare,
      'layouts/default.ejs': '<html lang="<%= page.lang %>"><%- body %>',
      'pages/a.md': 'He said "yes".\n',
      'pages/b/_defaults.yaml': 'lang: de\n',
      'pages/b/a.md': 'He said "yes".\n',
      'pages/c.de.md': 'He said "yes".\n',
    })
    for (let n = 0; n < 2; n++) {
      const { stdout } = await imprimatur(['lint', '--diff'], { cwd })
      expect(stdout.match(/(?<=^\+He.*)[“„]yes[”“]/gm)).toEqual(['“yes”', '„yes“', '„yes“'])
      await imprimatur(['lint'], { cwd })
    }
    expect(await build({ cwd })).toMatchObject({ code: 0 })
    expect(pathsOf(join(cwd, 'docs'))).toContain('de/c/index.html')
    expect((await imprimatur(['build', '--check'], { cwd })).code).toBe(0)
  })

  test('of typography: fix count for the linter, too', async () => {
    const cwd = folderWith({
      ...bare,
      'pages/a.md': 'He said "yes".\n',
      'pages/b/_defaults.yaml': 'typography: fix\n',
      'pages/b/a.md': 'She said "yes".\n',
    })
    const { stdout } = await imprimatur(['lint', '--format', 'concise'], { cwd })
    expect(stdout).toContain('pages/a.md:1:9')
    expect(stdout).not.toContain('pages/b/a.md')
  })
})
