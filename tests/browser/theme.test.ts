import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import {
  buildSite,
  newVisit,
  observeShifts,
  openBrowser,
  serve,
  shifted,
  violations,
  type Served,
} from './browser.ts'

/** Whatever is wide, long or many, in a site of its own that the theme lays out. */
const word = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const cyrillic = 'превысокомногорассмотрительствующийвысокопревосходительнейшийгосударь'
const key = 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqskftcrr'

const notes = (long: string) => `
[^1]: Short.
[^2]: ${'Longer than the line that its mark is in, and than the next one. '.repeat(4)}
[^3]: Of several paragraphs.

    The second, with ${long}.

    - a list
    - of two

[^4]: With code:

        const line = 'that is longer than a note is wide, by far and on every screen'

[^5]: ${key}
`
const text = (lang: string, long: string, opening: string) => `---
layout: post
lang: ${lang}
date: 2026-01-02
description: ${opening}
---

${`${opening} `.repeat(3)} Many notes[^1] on one line[^2], one after the other[^3][^4].

${long} and \`${key}\`[^5], ***both*** and **bold** and *italic*, U+00A0, <https://example.org/${'a/'.repeat(40)}>, a [link](https://example.org/b).

## ${long}

${'Text that goes on for a while, so that there is something between them. '.repeat(20)}

\`\`\`js
const line = '${'long '.repeat(60)}'
\`\`\`

| ${'Column | '.repeat(12)}
| ${'--- | '.repeat(12)}
| ${'0xDEADBEEFDEADBEEF | '.repeat(12)}

![A picture](wide.svg "Its caption")

<details><summary>Folded</summary>

What is in it, with a note[^6].

</details>

[^6]: Of what is folded.
${notes(long)}`

const files: Readonly<Record<string, string>> = {
  'imprimatur.config.json': JSON.stringify({
    site: { title: 'Everything', url: 'https://blog.example.org', lang: 'en' },
    theme: { name: 'imprimatur', languages: ['en', 'ru'] },
  }),
  'pages/index.md': '# Everything\n\nThe first, which is large.\n\nThe second.\n\nThe third.\n',
  'pages/posts/en.md': text(
    'en',
    word,
    'The compositor sets one line after another, every one as wide as the last.',
  ),
  'pages/posts/ru.md': text(
    'ru',
    cyrillic,
    'Щедрый наборщик ставит строку за строкой, и каждая не шире прежней.',
  ),
  'pages/posts/wide.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="900"/>',
}

let browser: Browser
let site: Served

beforeAll(async () => {
  site = await serve(buildSite(folderWith(files)))
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await site.close()
})

async function open(path: string, options: BrowserContextOptions) {
  const visit = await newVisit(browser, options)
  await observeShifts(visit.page)
  await visit.page.goto(`${site.url}${path}`)
  await visit.settled()
  return visit
}

const at = (width: number, rest: BrowserContextOptions = {}) => ({
  viewport: { width, height: 900 },
  ...rest,
})

/** Where the notes and their marks are, in the order of the notes. */
const placesOf = (page: Page) =>
  page.evaluate<{ note: DOMRect; mark: DOMRect; text: DOMRect; gone: boolean }[]>(`
    [...document.querySelectorAll('.footnote-item')].map(item => {
      const mark = document.getElementById(item.id.replace('fn', 'fnref'))
      const box = element => element.getBoundingClientRect().toJSON()
      return { note: box(item), mark: box(mark), text: box(document.querySelector('article')), gone: !mark.checkVisibility({ contentVisibilityAuto: true }) }
    })`)

const posts = ['/posts/en/', '/posts/ru/']

describe.each(posts)('%s', path => {
  // One visit for what does nothing to the page but give it another size, or other colours.
  let visit: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    visit = await open(path, at(1280))
  })
  afterAll(() => visit?.close())
  const shownAt = async (width: number, colorScheme: 'light' | 'dark' = 'light') => {
    await visit.page.setViewportSize({ width, height: 900 })
    await visit.page.emulateMedia({ colorScheme })
    return visit.page
  }

  test.each([1280, 1600, 2200])(
    'at %i pixels notes are beside their marks, and none over another',
    async width => {
      const places = await placesOf(await shownAt(width))
      expect(places).toHaveLength(6)
      for (const [i, { note, mark, text: main, gone }] of places.entries()) {
        expect(note.left).toBeGreaterThan(main.right)
        expect(note.right).toBeLessThanOrEqual(width)
        const before = places[i - 1]?.note.bottom ?? 0
        expect(note.top).toBeGreaterThan(before)
        // As high as its mark, unless the note before it is still there or the mark is folded away.
        const off = gone ? 0 : Math.min(Math.abs(note.top - mark.top), note.top - before)
        expect(off).toBeLessThan(18)
      }
    },
  )

  test.each([360, 820, 1100])('at %i pixels they are below the text', async width => {
    const places = await placesOf(await shownAt(width))
    expect(places).toHaveLength(6)
    const lowest = Math.max(...places.map(({ mark }) => mark.bottom))
    for (const { note, text: main } of places) {
      expect(note.top).toBeGreaterThan(lowest)
      expect(note.left).toBeGreaterThanOrEqual(main.left)
      expect(note.right).toBeLessThanOrEqual(main.right + 1)
    }
  })

  test('on paper they are below the text, too, what is folded is open, and links say where they lead', async () => {
    const { page, close } = await open(path, at(1600))
    await page.emulateMedia({ media: 'print' })
    const places = await placesOf(page)
    expect(Math.min(...places.map(({ note }) => note.top))).toBeGreaterThan(
      Math.max(...places.filter(({ gone }) => !gone).map(({ mark }) => mark.bottom)),
    )
    expect(await page.locator('details p').first().isVisible()).toBe(true)
    expect(await page.locator('.colophon').innerText()).toMatch(
      new RegExp(`^https://blog\\.example\\.org${path}, .*2026`),
    )
    const after = (link: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('${link}'), '::after').content`)
    expect(await after('article a[href="https://example.org/b"]')).toContain('https://example.org/b')
    expect(await after('article a.auto')).toBe('none')
    await close()
  })

  test('a note is met once, and one comes back from it', async () => {
    const { page, close } = await open(path, at(1600))
    expect(await page.getByText('Short.').count()).toBe(1)
    for (const id of ['fnref2', 'fnref4']) {
      await page.locator(`#${id}`).click()
      const note = page.locator(`#${id.replace('ref', '')}`)
      await expect.poll(() => note.evaluate(element => element.matches(':target'))).toBe(true)
      await expect.poll(() => note.evaluate(element => element.getBoundingClientRect().top)).toBeLessThan(900)
      await note.locator('.footnote-backref').click()
      await expect.poll(() => new URL(page.url()).hash).toBe(`#${id}`)
    }
    await close()
  })

  test.each([320, 360, 820, 1600])('at %i pixels nothing goes sideways, nothing shifts', async width => {
    const { page, close } = await open(path, at(width))
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
    expect(await shifted(page)).toBeLessThan(0.02)
    await close()
  })

  test.each(['light', 'dark'] as const)('%s: axe objects to nothing', async colorScheme => {
    expect(await violations(await shownAt(1600, colorScheme))).toEqual([])
  })

  test('code and tables take the margin, and what is still cut off scrolls', async () => {
    const page = await shownAt(1600)
    for (const kind of ['.e-content > pre', '.e-content > .table']) {
      const [width, measure, inner, focusable] = await page.evaluate<
        [number, number, number, number]
      >(`(() => {
        const block = document.querySelector('${kind}')
        return [block.clientWidth, document.querySelector('article').clientWidth, block.scrollWidth, block.tabIndex]
      })()`)
      expect(width).toBeGreaterThan(measure * 1.2)
      expect(inner).toBeGreaterThan(width)
      expect(focusable).toBe(0)
    }
  })
})

test('with more notes than have places, the rest stay below the text', async () => {
  const { page, close } = await open('/posts/en/', at(1600))
  await page.evaluate(`(() => {
    const list = document.querySelector('.footnotes ol')
    for (let n = 7; n < 120; n++) list.insertAdjacentHTML('beforeend', '<li id="fn' + n + '" class="footnote-item">More</li>')
  })()`)
  const at99 = await page.locator('#fn99').evaluate(element => getComputedStyle(element).position)
  const at100 = await page.locator('#fn100').evaluate(element => getComputedStyle(element).position)
  expect([at99, at100]).toEqual(['absolute', 'static'])
  expect(await page.locator('.footnotes-sep').isVisible()).toBe(true)
  await close()
})

test('bold italic is a face of its own, and no face is made up', async () => {
  const { page, requests, close } = await open('/posts/ru/', at(820))
  expect(requests.filter(url => url.includes('bold-italic')).length).toBeGreaterThan(0)
  expect(await page.evaluate('getComputedStyle(document.body).fontSynthesis')).toBe('none')
  await close()
})

/** WCAG 2.2, contrast of every text with what is under it, the least for each pair of colours. */
const CONTRASTS = `
  (() => {
    const channel = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    const parse = colour => colour.match(/[\\d.]+/g).map(Number)
    const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
    const ground = element => {
      for (let at = element; at; at = at.parentElement) {
        const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor)
        if (a > 0) return [r, g, b]
      }
      return [255, 255, 255]
    }
    const found = {}
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement
      if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue
      const [ink, paper] = [parse(getComputedStyle(element).color), ground(element)]
      const [low, high] = [luminance(ink), luminance(paper)].sort((a, b) => a - b)
      found[ink.slice(0, 3) + ' on ' + paper] = (high + 0.05) / (low + 0.05)
    }
    return found
  })()
`

test.each(['light', 'dark'] as const)('%s: every text has a contrast of 4.5 at least', async colorScheme => {
  const { page, close } = await open('/posts/en/', at(1600, { colorScheme }))
  const contrasts = await page.evaluate<Record<string, number>>(CONTRASTS)
  expect(Object.keys(contrasts).length).toBeGreaterThan(4)
  for (const [pair, ratio] of Object.entries(contrasts)) expect([pair, ratio >= 4.5]).toEqual([pair, true])
  await close()
})
