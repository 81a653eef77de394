import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { partsIn, partSource, textOfPart } from '../../src/theme/parts.ts'
import { readWords } from '../../src/theme/words.ts'
import { builtSite, place } from '../build/built-site.ts'
import { folderWith } from '../folder.ts'
import { build } from '../program.ts'
import { bytesOf, writeFiles, type Files } from '../tree.ts'

const config = { 'imprimatur.config.json': '{ "theme": "imprimatur", "build": { "extras": false } }' }

async function words(files: Files) {
  const { value } = await loadConfig(folderWith({ 'pages/index.md': '', ...config, ...files }))
  if (!value) throw new Error('the configuration is good')
  return readWords(value)
}

describe('the theme’s own', () => {
  const tables = partsIn('layouts').filter(part => part.startsWith('layouts/words/'))

  test.each(tables)('%s has every word, and no other', async table => {
    const { words: all } = await words({})
    const lang = /(\w+)\.yaml$/.exec(table)?.[1] ?? ''
    for (const name of all.names) expect([name, all.findIn(name, lang)]).toEqual([name, expect.any(String)])
    expect(textOfPart(table)).toBeTruthy()
  })

  test('every word that a template asks for is there, and every word that is there is asked for', async () => {
    const { words: all } = await words({})
    const templates = partsIn('layouts').filter(part => part.endsWith('.ejs'))
    const asked = templates.flatMap(part =>
      [...textOfPart(part).matchAll(/\bword\('(\w+)'/g)].map(([, name = '']) => name),
    )
    // A link to /about/ has its name from here.
    expect(new Set([...asked, 'about'])).toEqual(new Set(all.names))
  })

  test('no template has words of a language, or asks what the language is', () => {
    for (const part of partsIn('layouts').filter(each => each.endsWith('.ejs'))) {
      const text = textOfPart(part)
      expect(text).not.toMatch(/\p{Script=Cyrillic}/u)
      expect(text).not.toMatch(/lang\s*===?\s*['"]/)
      // What stands between tags: nothing but names of formats, signs and the number of an error.
      const said = text
        .replace(/^---\n[^]*?\n---\n/, '')
        .replace(/<%[^]*?%>/g, '')
        .replace(/<[^>]*>/g, ' ')
      expect(said.match(/\p{L}{2,}/gu) ?? []).toSatisfy((found: readonly string[]) =>
        found.every(each => ['RSS', 'Atom', 'JSON', 'Feed'].includes(each)),
      )
    }
  })
})

describe('a site’s own, in layouts/words/', () => {
  test('take the place of single words, and leave the others', async () => {
    const { words: all, diagnostics } = await words({
      'layouts/words/ru.yaml': 'posts: Заметки\nmine: Своё\n',
    })
    expect(diagnostics).toEqual([])
    expect([all.find('posts', 'ru'), all.find('tags', 'ru'), all.find('mine', 'ru')]).toEqual([
      'Заметки',
      'Темы',
      'Своё',
    ])
  })

  test('are found in the language, in that without a region, in the site’s, in English', async () => {
    const { words: all } = await words({
      'imprimatur.config.json': '{ "theme": "imprimatur", "site": { "lang": "ru" } }',
      'layouts/words/pt.yaml': 'posts: Textos\ntags: Temas\n',
      'layouts/words/pt-BR.yaml': 'posts: Artigos\n',
      'layouts/words/en.yaml': 'odd: Odd\n',
    })
    const found = ['posts', 'tags', 'about', 'odd', 'none'].map(name => all.find(name, 'pt-BR'))
    expect(found).toEqual(['Artigos', 'Temas', 'О сайте', 'Odd', undefined])
  })

  test('what is wrong with them is found where it is written, all of it', async () => {
    const { diagnostics } = await words({
      'layouts/words/de.yaml': 'postz: Beiträge\ntags: [1]\nabout:\n',
      'layouts/words/deutsch sprache.yaml': 'posts: Beiträge\n',
      'layouts/words/fr.yaml': 'posts: "a\n',
    })
    expect(diagnostics.map(place)).toEqual([
      'words/similar layouts/words/de.yaml:1:1',
      'words/value layouts/words/de.yaml:2:7',
      'words/language layouts/words/deutsch sprache.yaml',
      'front-matter/syntax layouts/words/fr.yaml:2:1',
    ])
    expect(diagnostics[0]?.hint).toContain('“posts”')
  })

  test('a template that asks for none of them is told which there are', async () => {
    const { diagnostics } = await builtSite({
      ...config,
      'layouts/default.ejs': "<p>\n<%= word('newset') %></p>",
      'pages/index.md': '',
    })
    expect(diagnostics.map(place)).toEqual(['words/unknown layouts/default.ejs:2:5'])
    expect(diagnostics[0]?.hint).toContain('“newest”')
  })

  test('serve layouts of a site without a theme, too', async () => {
    const { output } = await builtSite({
      'layouts/words/en.yaml': "many: '{n} of {all}'",
      'layouts/default.ejs': "<%= word('many', { n: 1, all: 2 }) %>",
      'pages/index.md': '',
    })
    expect(output['index.html']).toBe('1 of 2')
  })
})

describe('a language that the theme has no words in', () => {
  const pages = {
    'pages/index.md': '',
    'pages/a.md': '---\nlang: de\n---\n',
    'pages/b.md': '---\nlang: de\n---\n',
  }

  test('is told once, with the file to write, and has those of the site’s language', async () => {
    const { diagnostics, output } = await builtSite({
      ...config,
      ...pages,
      'layouts/default.ejs': "<%= word('posts') %>",
    })
    expect(diagnostics.map(place)).toEqual(['words/missing'])
    expect(diagnostics[0]?.hint).toContain('layouts/words/de.yaml')
    expect(output['a/index.html']).toBe('Posts')
  })

  test('is told which words are still lacking', async () => {
    const english = partSource('layouts/words/en.yaml')?.text ?? ''
    const { diagnostics } = await builtSite({
      ...config,
      ...pages,
      'layouts/words/de.yaml': english.replace(/^tags:.*$/m, 'tags:').replace(/^later:.*\n/m, ''),
    })
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'The theme has no word for “later”, “tags” in the language de, and shows those of en',
    ])
  })

  test('a page without a layout needs none', async () => {
    const { diagnostics } = await builtSite({ ...config, 'pages/a.md': '---\nlang: de\nlayout: none\n---\n' })
    expect(diagnostics).toEqual([])
  })
})

test('the next build knows when a word changes', async () => {
  const files = {
    'imprimatur.config.json': '{ "theme": "imprimatur", "build": { "typography": "off" } }',
    'pages/index.md': '',
    'pages/posts/a.md': '---\ndate: 2026-01-02\ntags: [one]\nlayout: post\n---\n',
  }
  const root = folderWith(files)
  const built = async (site: string) => {
    expect((await build({ cwd: site })).findings).toEqual([])
    return bytesOf(join(site, 'docs'))
  }
  const before = await built(root)
  const own = { 'layouts/words/en.yaml': 'tags: Topics\nposts: Notes\n' }
  writeFiles(root, own)
  const after = await built(root)
  expect(after).toEqual(await built(folderWith({ ...files, ...own })))
  expect(after['tags/index.html']).toContain('<h1>Topics</h1>')
  rmSync(join(root, 'layouts/words/en.yaml'))
  expect(await built(root)).toEqual(before)
})
