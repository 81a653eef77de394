import { describe, expect, test } from 'vitest'
import { partsIn, readPart, textOfPart } from '../../src/theme/parts.ts'
import { build, imprimatur } from '../program.ts'
import { folderWith } from '../folder.ts'
import { builtSite, place } from '../build/built-site.ts'
import { loadConfig } from '../../src/config/config.ts'
import type { Files } from '../tree.ts'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOf, writeFiles } from '../tree.ts'

const config = { 'imprimatur.config.json': '{ "theme": "imprimatur", "build": { "typography": "off" } }' }
const pages = {
  'pages/index.md': '# Home\n',
  'pages/about.md': '# About\n',
  'pages/posts/2026/a.md': '---\nlayout: post\ndate: 2026-01-02\n---\n# A post\n\nWords.\n',
}

/** Fonts of the other faces are in no site that does not ask for them. */
const used = partsIn('pages').filter(part => !/\/(?:literata|source-sans)\//.test(part))

/** A site in a folder of its own, without layouts. */
const themed = (files: Files = {}) => folderWith({ ...config, ...pages, ...files })

async function built(root: string) {
  const run = await build({ cwd: root })
  expect(run.findings).toEqual([])
  return bytesOf(join(root, 'docs'))
}

test('layouts, partials, styles and fonts come from the package', async () => {
  const output = await built(themed())
  const post = output['posts/2026/a/index.html']
  expect(post).toContain('<article class="h-entry">')
  expect(post).toMatch(/href="\/main\.css\?v=[\da-f]{8}"/)
  expect(output['main.css']).toContain(Buffer.from(readPart('pages/main.css')).toString('latin1'))
  for (const part of used.filter(each => each !== 'pages/main.css'))
    expect([part, output[part.slice('pages/'.length)]]).toEqual([
      part,
      Buffer.from(readPart(part)).toString('latin1'),
    ])
  // Every font that a stylesheet names is there.
  const fonts = [...(output['main.css'] ?? '').matchAll(/url\(([^)]*)\)/g)].map(([, url = '']) => url)
  expect(fonts.length).toBeGreaterThan(4)
  for (const font of fonts) expect(output).toHaveProperty([font])
})

test('a site without the key is as it was: nothing of the theme is in it', async () => {
  const { output } = await builtSite({ 'pages/index.md': 'Home\n' })
  expect(Object.keys(output)).toEqual(['index.html'])
})

test.each([
  ['one page', { 'pages/index.md': '# Home\n' }],
  ['pages without a home', { 'pages/a.md': '# A\n', 'pages/b/c.md': '# C\n' }],
  ['a dated page in no section', { 'pages/a.md': '---\ndate: 2026-01-02\nlayout: post\n---\n# A\n' }],
  ['a post without a date', { 'pages/posts/a.md': '---\nlayout: post\n---\n# A\n' }],
  [
    'a page of its own for posts',
    { 'pages/posts/index.md': '# Mine\n', 'pages/posts/a.md': '---\ndate: 2026-01-02\n---\n# A\n' },
  ],
  [
    'a section of another name',
    { 'pages/notes/a.md': '---\ndate: 2026-01-02\ntags: [b]\nlayout: post\n---\n# A\n' },
  ],
  ['404 alone', { 'pages/404.md': '# Nothing\n' }],
])('a site of %s is built without a word, with what the program makes and without', async (_, files) => {
  for (const extras of [true, false]) {
    const root = folderWith({
      'imprimatur.config.json': JSON.stringify({ theme: 'imprimatur', build: { typography: 'off', extras } }),
      ...files,
    })
    const { code, findings, report } = await build({ cwd: root })
    expect([code, findings, report.diagnostics]).toEqual([0, [], []])
  }
})

describe('a file of the site of the same name takes the place of one of the theme', () => {
  test.each(partsIn('layouts').filter(part => part.endsWith('.ejs')))('%s', async part => {
    // On the pages that use it, its own words are in the place of the theme’s; the others stay as they are.
    const before = await built(themed())
    const outer = /^---\n[^]*?\n---\n/.exec(textOfPart(part))?.[0] ?? ''
    const after = await built(themed({ [part]: `${outer}<!-- own -->` }))
    expect(Object.keys(after)).toEqual(Object.keys(before))
    const changed = Object.keys(after).filter(path => after[path] !== before[path] && path.endsWith('.html'))
    for (const path of changed) expect(after[path]).toContain('<!-- own -->')
  })

  test.each(used.filter(part => !part.endsWith('.txt')))('%s', async part => {
    const output = await built(themed({ [part]: '/* own */' }))
    expect(output[part.slice('pages/'.length)]).toBe('/* own */')
  })

  test('a page that is to be where a file of the theme would be', async () => {
    const output = await built(
      themed({
        'pages/styles.ejs': '---\nlayout: none\npermalink: /fonts/source-serif/OFL.txt\n---\n/* own */',
      }),
    )
    expect(output['fonts/source-serif/OFL.txt']).toBe('/* own */')
  })

  test('a folder where a file of the theme would be', async () => {
    const output = await built(
      themed({
        'pages/main.css/a.txt': 'a',
        'layouts/partials/head.ejs': '<title><%= page.title %></title>',
      }),
    )
    expect(output['main.css/a.txt']).toBe('a')
    expect(output['main.css']).toBeUndefined()
  })

  test('in folders of other names', async () => {
    const { output, findings } = await builtSite({
      'imprimatur.config.json': JSON.stringify({
        theme: 'imprimatur',
        dirs: { pages: 'content', layouts: 'templates' },
        build: { extras: false },
      }),
      'content/index.md': '# Home\n',
      'content/main.css': '/* own */',
      'templates/partials/footer.ejs': '<footer>own</footer>',
    })
    expect(findings).toEqual([])
    expect(output['index.html']).toContain('<footer>own</footer>')
    expect(output['index.html']).toContain('<header>')
    expect(output['main.css']).toBe('/* own */')
  })
})

test('the next build knows when a file of the site comes into the place of one of the theme, and when it goes', async () => {
  const root = themed()
  const plain = await built(root)
  const own = { 'layouts/partials/footer.ejs': '<footer>own</footer>', 'pages/main.css': '/* own */' }
  writeFiles(root, own)
  const changed = await built(root)
  expect(changed).toEqual(await built(themed(own)))
  expect(changed).not.toEqual(plain)
  for (const path of Object.keys(own)) rmSync(join(root, path))
  expect(await built(root)).toEqual(plain)
  expect((await imprimatur(['build', '--check'], { cwd: root })).code).toBe(0)
})

describe('what is wrong', () => {
  test('in a file of the theme is found at its place in the package, with what to do', async () => {
    const { diagnostics } = await builtSite({
      ...config,
      'layouts/default.ejs': "<%- include('partials/head') %>",
      'pages/index.md': '# Home\n',
      'pages/styles.ejs': '---\nlayout: none\npermalink: /main.css\n---\n',
    })
    const found = diagnostics.find(({ code }) => code === 'template/asset')
    expect(found && place(found)).toMatch(
      /^template\/asset imprimatur\/theme\/layouts\/partials\/head\.ejs:\d+:\d+$/,
    )
    expect(found?.message).toContain('pages/index.md')
    expect(found?.hint).toContain('imprimatur theme eject layouts/partials/head.ejs')
  })

  test('is reported under that path from whatever folder the program is called', async () => {
    const root = themed({
      'pages/index.md': '# Home\n',
      'pages/styles.ejs': '---\nlayout: none\npermalink: /main.css\n---\n',
    })
    const { stderr, stdout } = await imprimatur(['build', '--root', root, '--format', 'concise'], {
      cwd: '/',
    })
    expect(stdout + stderr).toMatch(/^imprimatur\/theme\/layouts\/partials\/head\.ejs:\d+:\d+:/m)
  })

  test('a name that no theme has is named with the nearest', async () => {
    for (const theme of ['imprimature', { name: 'imprimature' }]) {
      const { diagnostics } = await loadConfig(
        folderWith({ 'pages/index.md': '', 'imprimatur.config.json': JSON.stringify({ theme }) }),
      )
      expect(diagnostics.map(place)).toEqual([
        `config/value imprimatur.config.json:1:${typeof theme === 'string' ? 2 : 11}`,
      ])
      expect(`${diagnostics[0]?.message} ${diagnostics[0]?.hint}`).toContain('imprimatur')
    }
  })

  test('a layout that neither the site nor the theme has', async () => {
    const { diagnostics } = await builtSite({ ...config, 'pages/index.md': '---\nlayout: pots\n---\n' })
    expect(diagnostics.map(({ hint }) => hint)).toEqual([
      expect.stringMatching(/^did you mean “post”\?.*the site and its theme have .*tags/),
    ])
  })
})

test('no part is in another’s place: names of the theme’s files are such as a site may have', () => {
  for (const part of [...partsIn('layouts'), ...partsIn('pages')]) expect(part).toMatch(/^[a-zA-Z\d/.-]+$/)
})
