import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HtmlValidate } from 'html-validate'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pathsOf } from '../tree.ts'
import {
  newVisit,
  observeShifts,
  openBrowser,
  ownSite,
  serve,
  shifted,
  violations,
  type Served,
} from './browser.ts'

const english = '/posts/2026/what_a_fingerprint_is/'
const russian = '/posts/2025/kavychki/'
const kinds = [
  '/',
  '/posts/',
  '/posts/2026/',
  english,
  russian,
  '/about/',
  '/about/markdown/',
  '/tags/',
  '/tags/keys/',
  '/404.html',
]

let browser: Browser
let site: Served
let docs = ''

beforeAll(async () => {
  docs = await ownSite()
  site = await serve(docs)
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await site.close()
})

/** A page as a browser opens it for the first time, with all that it asked for and complained of. */
async function open(path: string, options: BrowserContextOptions = {}) {
  const visit = await newVisit(browser, { viewport: { width: 1200, height: 900 }, ...options })
  await observeShifts(visit.page)
  await visit.page.goto(`${site.url}${path}`)
  // Without scripts nobody says when a page was drawn.
  if (options.javaScriptEnabled !== false) await visit.settled()
  return visit
}

describe.each(kinds)('%s', path => {
  // One visit, under the policy of its host; what it asked for and complained of is looked at before anything is done to it.
  let visit: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    visit = await open(path)
  })
  afterAll(() => visit?.close())

  test('asks no other host, logs nothing, shifts no layout, and is small', async () => {
    const { page, requests, consoleErrors } = visit
    expect(requests.filter(url => !url.startsWith(site.url))).toEqual([])
    expect(consoleErrors).toEqual([])
    expect(await shifted(page)).toBeLessThan(0.02)
    const sizes = requests.map(url => readFileSync(join(docs, fileOf(url))).length)
    const sum = (of: RegExp) =>
      requests.reduce((all, url, i) => all + (of.test(url) ? (sizes[i] ?? 0) : 0), 0)
    // One page is there to show every face, bold italic among them.
    expect(sum(/\.woff2$/)).toBeLessThanOrEqual((path === '/about/markdown/' ? 140 : 120) * 1024)
    expect(sum(/./)).toBeLessThanOrEqual(200 * 1024)
    expect(await page.locator('link[rel=stylesheet], script[src]').count()).toBe(1)
    expect(await page.evaluate(`document.fonts.check("1rem 'Imprimatur Serif'")`)).toBe(true)
  })

  test.each([
    [320, 'light'],
    [1440, 'dark'],
  ] as const)(
    'at %i pixels, %s: nothing that axe objects to, nothing sideways',
    async (width, colorScheme) => {
      const { page } = visit
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme })
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate('[innerWidth, document.documentElement.scrollWidth]')).toEqual([
        width,
        expect.toSatisfy((shown: number) => shown <= width),
      ])
    },
  )
})

const fileOf = (url: string) => {
  const path = decodeURIComponent(new URL(url).pathname)
  return path.endsWith('/') ? `${path}index.html` : path
}

/** How many characters of a page’s own prose a line has room for. */
const MEASURE = `
  (() => {
    let characters = 0
    let width = 0
    const range = document.createRange()
    for (const p of document.querySelectorAll('.e-content > p:not([class])')) {
      range.selectNodeContents(p)
      const rows = new Map()
      for (const { left, right, bottom } of range.getClientRects()) {
        const row = Math.round(bottom / 12)
        const [from, to] = rows.get(row) ?? [left, right]
        rows.set(row, [Math.min(from, left), Math.max(to, right)])
      }
      for (const [from, to] of rows.values()) width += to - from
      characters += p.innerText.length
    }
    return document.querySelector('.e-content > p:not([class])').clientWidth * characters / width
  })()
`

describe.each([english, russian])('%s', path => {
  let visit: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    visit = await open(path)
  })
  afterAll(() => visit?.close())

  test.each([600, 820, 1024, 1440, 2000])(
    '%i pixels wide, has lines of 60 to 75 characters, in 18 pixels or more',
    async width => {
      const { page } = visit
      await page.setViewportSize({ width, height: 900 })
      const measure = await page.evaluate<number>(MEASURE)
      expect(measure).toBeGreaterThanOrEqual(60)
      expect(measure).toBeLessThanOrEqual(75)
      const size = await page.evaluate<string>(
        'getComputedStyle(document.querySelector(".e-content > p:not([class])")).fontSize',
      )
      expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(18)
    },
  )
})

test('without JavaScript nothing is missing', async () => {
  const { page, close } = await open(english, { javaScriptEnabled: false })
  for (const part of ['h1', '.toc', '.e-content > p:not([class])', 'pre', '.tags', 'footer']) {
    expect(await page.locator(part).first().isVisible()).toBe(true)
  }
  await close()
})

test('the Tab key visits the page in its order, with a visible focus', async () => {
  const { page, close } = await open(english)
  const places: number[] = []
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab')
    const [place, style, width] = await page.evaluate<[number, string, string]>(`(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
      return [[...document.querySelectorAll('*')].indexOf(document.activeElement), outlineStyle, outlineWidth]
    })()`)
    places.push(place)
    expect([style, Number.parseFloat(width) >= 2]).toEqual(['solid', true])
  }
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  expect(new Set(places).size).toBe(places.length)
  await close()
})

test.each(['/atom.xml', '/rss.xml'])('%s can be read in a browser', async path => {
  const { page, consoleErrors, close } = await open(path)
  expect(consoleErrors).toEqual([])
  const text = await page.evaluate<string>(
    'document.documentElement.innerText ?? document.documentElement.textContent',
  )
  expect(text).toMatch(/What\sa\sfingerprint\sis/)
  const seen = (name: string) =>
    page.evaluate<string>(`getComputedStyle(document.getElementsByTagName('${name}')[0]).display`)
  expect(await seen('title')).toBe('block')
  expect(await seen(path === '/rss.xml' ? 'content:encoded' : 'content')).toBe('none')
  await close()
})

test('every page is HTML as the standard has it', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:standard', 'html-validate:a11y'] })
  const pages = pathsOf(docs).filter(path => path.endsWith('.html'))
  expect(pages.length).toBeGreaterThan(20)
  for (const path of pages) {
    const { results } = await validator.validateFile(join(docs, path))
    const violations = results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, line }) => `${line}: ${ruleId} ${message}`),
    )
    expect({ path, violations }).toEqual({ path, violations: [] })
  }
})
