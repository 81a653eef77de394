import { assert, integer, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CODE_GROUND,
  contrast,
  ENOUGH,
  onDark,
  PAPER,
  readableColour,
} from '../../src/config/theme/colour.ts'
import { faceNames } from '../../src/config/theme/theme-config.ts'
import { loadConfig } from '../../src/config/config.ts'
import { textOfPart } from '../../src/theme/parts.ts'
import { themeAssets } from '../../src/theme/assets.ts'
import { settingsCss } from '../../src/theme/settings-css.ts'
import { builtSite } from '../build/built-site.ts'
import { folderWith } from '../folder.ts'
import type { Files } from '../tree.ts'

async function load(theme: unknown) {
  const { value, diagnostics } = await loadConfig(
    folderWith({ 'pages/index.md': '', 'imprimatur.config.json': JSON.stringify({ theme }) }),
  )
  return { theme: value?.theme, found: diagnostics.map(({ message, hint }) => `${message}: ${hint}`) }
}

describe('a setting that is wrong', () => {
  test.each([
    [{ colur: '#000' }, /“theme\.colur” is no key: did you mean “colour”/],
    [{ face: 'literatura' }, /did you mean “literata”\?/],
    [{ measure: 12 }, /must be a number from 45 to 90/],
    [{ size: '18px' }, /must be a number from 14 to 26/],
    [{ colour: 'red' }, /“red” is not # and three or six digits/],
    [{ colour: '#ff8800' }, /its contrast with the paper is 2\.\d, and text needs 4\.5/],
    [{ colour: '#757575' }, /its contrast with what is under code is 4\.1, and text needs 4\.5/],
    [{ languages: ['en', 'russian language'] }, /each item a language tag/],
    [{ navigation: ['about'] }, /“about” begins neither with a slash/],
    [{ navigation: [{ url: '/a/', titel: 'A' }] }, /“titel” is no key of an item: did you mean “title”/],
    [{ navigation: [{ title: 'A' }] }, /an item has no url/],
    [{ navigation: [{ url: '/a/', title: { 'in English': 'A' } }] }, /the title of \/a\/ must be text/],
    [{ footer: { en: 1 } }, /what it says in en is no text/],
    [{ footer: {} }, /it has no language/],
    [{ name: 'imprimature' }, /did you mean “imprimatur”\? correct it/],
  ])('%j', async (theme, message) => {
    const { found } = await load(theme)
    expect(found).toEqual([expect.stringMatching(message)])
  })
})

test('the name alone and an object without settings are one', async () => {
  const [name, object] = [await load('imprimatur'), await load({})]
  expect(name.theme).toEqual(object.theme)
  expect(name.theme).toMatchObject({ measure: 66, size: 18, languages: ['en'] })
})

describe('what the stylesheets are made of', () => {
  test('every custom property that one uses, one of them sets', async () => {
    const { theme } = await load('imprimatur')
    const css = settingsCss(theme!, 'https://example.org') + textOfPart('pages/main.css')
    const set = new Set([...css.matchAll(/(?<!var\()(--[a-z-]+):/g)].map(([, name]) => name))
    for (const [, name] of css.matchAll(/var\((--[a-z-]+)/g)) expect(set).toContain(name)
  })

  test('no setting is set by both, so that what a site says is what counts', async () => {
    const { theme } = await load('imprimatur')
    const screen = textOfPart('pages/main.css').replace(/@media print \{[^]*/, '')
    for (const [, name] of settingsCss(theme!, 'https://example.org').matchAll(/(?<!var\()(--[a-z-]+):/g))
      expect(screen).not.toContain(`${name}:`)
  })

  test('the grounds that colours are judged on are those of the theme', () => {
    const grounds = (name: string) =>
      [...textOfPart('pages/main.css').matchAll(new RegExp(`--${name}: (#[\\da-f]+)`, 'g'))]
        .slice(0, 2)
        .map(([, ground]) => ground)
    expect(grounds('paper')).toEqual([PAPER.light, PAPER.dark])
    expect(grounds('code')).toEqual([CODE_GROUND.light, CODE_GROUND.dark])
  })

  test('every colour of code can be read on what is under code', async () => {
    const { theme } = await load('imprimatur')
    const css = `${settingsCss(theme!, 'https://example.org')}${textOfPart('pages/main.css')}`
    const rules = [...css.matchAll(/^(?:[^{}\n]*\.hljs-[^{}]*)\{\s*color: ([^;]+);/gm)].map(
      ([, colour]) => colour,
    )
    const names = rules.flatMap(colour => /^var\((--[a-z]+)\)$/.exec(colour ?? '')?.[1] ?? [])
    expect(rules.filter(colour => colour !== 'inherit')).toHaveLength(names.length)
    expect(names).toEqual(['--quiet', '--rubric', '--string', '--number', '--ink'])
    for (const at of [0, 1]) {
      const valueOf = (name: string) =>
        [...css.matchAll(new RegExp(`${name}: (#[0-9a-f]+);`, 'g'))][at]?.[1] ?? ''
      const isReadable = (name: string) => contrast(valueOf(name), valueOf('--code')) >= ENOUGH
      expect(names.filter(name => !isReadable(name))).toEqual([])
    }
  })

  test('measure and size are in the numbers that were asked for', async () => {
    const { theme } = await load({ measure: 60, size: 20, colour: '#004488' })
    const css = settingsCss(theme!, 'https://example.org')
    expect(css).toContain('--size: clamp(125%, 111.111% + 0.3vw, 145.833%);')
    expect(css).toMatch(/:root \{\n {2}--size: [^\n]*\n {2}--measure: 28\.636rem;\n {2}--rubric: #004488;/)
    expect(css).toMatch(/:root:lang\(ru\),[^{]*\{\n {2}--measure: 30rem;/)
  })
})

test('whatever colour is accepted, links and code can be read on every ground', () => {
  const colour = tuple(...Array.from({ length: 3 }, () => integer({ min: 0, max: 255 }))).map(
    channels => `#${channels.map(each => each.toString(16).padStart(2, '0')).join('')}`,
  )
  assert(
    property(colour, each => {
      const isReadable = [PAPER.light, CODE_GROUND.light].every(ground => contrast(each, ground) >= ENOUGH)
      expect(readableColour.accepts(each)).toBe(isReadable)
      expect(readableColour.why?.(each) === undefined).toBe(isReadable)
      for (const ground of [PAPER.dark, CODE_GROUND.dark])
        expect(contrast(onDark(each), ground)).toBeGreaterThanOrEqual(ENOUGH)
    }),
  )
  // The ends of the scale, as WCAG has them.
  expect([contrast('#fff', '#000000'), contrast('#777', '#777777')]).toEqual([21, 1])
})

describe('navigation, languages and footer', () => {
  const pages = {
    'pages/index.md': '# Home\n',
    'pages/index.ru.md': '# Дом\n',
    'pages/about.md': '# About me\n',
    'pages/about.ru.md': '# Обо мне\n',
    'pages/now.md': '# Now\n',
    'pages/posts/a.md': '---\ndate: 2026-01-02\ntags: [one]\n---\n# A\n',
    'pages/posts/b.ru.md': '---\ndate: 2026-01-03\n---\n# Б\n',
  }
  const site = (theme: object, files: Files = {}) =>
    builtSite({
      ...pages,
      'layouts/default.ejs': "<%- include('partials/header') %><%- include('partials/footer') %>",
      'imprimatur.config.json': JSON.stringify({
        site: { url: 'https://example.org', lang: 'en', title: 'Mine', description: 'Words.' },
        theme: { languages: ['en', 'ru'], ...theme },
      }),
      ...files,
    })
  const links = (html = '') =>
    [...html.replace(/<footer>[^]*/, '').matchAll(/<a href="([^"]*)"[^>]*>([^<]*)</g)].map(
      ([, url, title]) => `${url} ${title}`,
    )

  test('without a setting: what there is of posts, tags and a page about the site, in the page’s language', async () => {
    const { output, findings } = await site({})
    expect(findings).toEqual([])
    expect(links(output['index.html'])).toEqual([
      '/posts/ Posts',
      '/tags/ Tags',
      '/about/ About me',
      '/ru/ Русский',
    ])
    expect(links(output['ru/index.html'])).toEqual([
      '/posts/ Записи',
      '/tags/ Темы',
      '/ru/about/ Обо мне',
      '/ English',
    ])
    // A page that is in one language alone leads to the home of the other.
    expect(links(output['now/index.html']).at(-1)).toBe('/ru/ Русский')
    expect(links(output['about/index.html']).at(-1)).toBe('/ru/about/ Русский')
  })

  test('as it is written: addresses, titles, titles by language, other sites', async () => {
    const { output, findings } = await site({
      navigation: [
        '/now/',
        { url: '/about/', title: { en: 'Who', ru: 'Кто' } },
        { url: 'https://elsewhere.example/', title: 'Elsewhere' },
      ],
      footer: { en: 'Set by hand', ru: 'Набрано вручную' },
    })
    expect(findings).toEqual([])
    expect(links(output['index.html']).slice(0, 3)).toEqual([
      '/now/ Now',
      '/about/ Who',
      'https://elsewhere.example/ Elsewhere',
    ])
    expect(links(output['ru/index.html']).slice(0, 2)).toEqual(['/now/ Now', '/ru/about/ Кто'])
    expect(output['ru/index.html']).toContain('<a href="/now/" lang="en">Now</a>')
    expect(output['now/index.html']).toContain('<a href="/now/" aria-current="page">')
    expect(output['ru/index.html']).toContain('<p lang="ru">Набрано вручную</p>')
    expect(output['index.html']).toContain('<p lang="en">Set by hand</p>')
  })

  test('on a site of one language nothing speaks of others', async () => {
    const { output } = await site({ languages: [] }, { 'pages/index.ru.md': '---\nlang: en\n---\n' })
    expect(output['index.html']).not.toContain('hreflang')
  })
})

describe('a face', () => {
  test.each(faceNames)('%s has its stylesheet, its fonts and their licence, and no other has', async face => {
    const { theme } = await load({ face })
    const assets = themeAssets(theme!, 'https://example.org').map(({ path }) => path)
    const css = settingsCss(theme!, 'https://example.org')
    const named = [...css.matchAll(/url\(([^)]*)\)/g)].map(([, url = '']) => url)
    expect(assets.filter(path => path.endsWith('.woff2')).toSorted()).toEqual([...new Set(named)].toSorted())
    expect(assets).toEqual(expect.arrayContaining([`fonts/${face}/OFL.txt`, 'fonts/source-code/OFL.txt']))
    expect(css).toMatch(/--serif: 'Imprimatur Serif', /)
  })

  test.each(faceNames)('%s: the fonts that a page asks for first are there', async face => {
    const { output, findings } = await builtSite({
      'pages/index.md': '---\nlang: ru\nlayout: post\n---\n',
      'layouts/default.ejs': '<%- theme.fonts.join(" ") %>',
      'layouts/post.ejs': '<%- theme.fonts.join(" ") %>',
      'imprimatur.config.json': JSON.stringify({ theme: { face }, build: { extras: false } }),
    })
    expect(findings).toEqual([])
    const fonts = (output['index.html'] ?? '').split(' ').filter(Boolean)
    expect(fonts.length).toBeGreaterThan(1)
    for (const font of fonts) expect(output).toHaveProperty([font.slice(1)])
  })

  test('the more room its letters take, the wider the measure', async () => {
    const rems = async (face: string) => {
      const { theme } = await load({ face })
      return Number(/--measure: ([\d.]+)rem/.exec(settingsCss(theme!, 'https://example.org'))?.[1])
    }
    expect(await rems('source-sans')).toBeLessThan(await rems('source-serif'))
    expect(await rems('source-serif')).toBeLessThan(await rems('literata'))
  })
})
