import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync, gzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tryItFiles } from '../../tools/try-it/files.ts'
import { fix } from '../../src/linter.ts'
import { bundleLinter, differing, lintAll, lintInBareContext, type Linted } from '../linter/compare.ts'
import { sampleTexts } from '../linter/texts.ts'
import { newVisit, openBrowser, ownSite, root, serve, violations, type Served } from './browser.ts'

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

const TEXT = 'He said "so" - in a box.\n'

async function open(address: string, options: BrowserContextOptions = {}) {
  const visit = await newVisit(browser, {
    viewport: { width: 1200, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  })
  const { page } = visit
  await page.goto(`${site.url}${address}`)
  const status = page.locator('#try-status')
  /** Waits for the answer to what was asked last. */
  const settled = () => page.locator('#try-before[aria-busy=false]').waitFor()
  await settled()
  return {
    ...visit,
    status,
    settled,
    async paste(text: string) {
      await page.locator('#try-text').fill(text)
      await settled()
    },
    before: () => page.locator('#try-before').textContent(),
    after: () => page.locator('#try-after').textContent(),
    clipboard: () => page.evaluate<string>('navigator.clipboard.readText()'),
  }
}

test('what the page runs is in step: npm run build writes it', async () => {
  for (const [name, text] of Object.entries(await tryItFiles()))
    for (const folder of ['pages', 'docs'])
      expect(readFileSync(join(root, folder, 'try', name), 'utf8') === text, `${folder}/try/${name}`).toBe(
        true,
      )
})

test('all that it loads is less than 300 KB, compressed; none of the linter is in what the page itself runs', async () => {
  const { requests, close } = await open('/try/')
  await close()
  const own = requests.filter(url => !url.includes('/fonts/'))
  expect(own.some(url => url.includes('/try/worker.js'))).toBe(true)
  const size = (url: string) => {
    const { pathname } = new URL(url)
    return gzipSync(readFileSync(join(docs, pathname.endsWith('/') ? `${pathname}index.html` : pathname)), {
      level: 9,
    }).length
  }
  expect(own.reduce((sum, url) => sum + size(url), 0)).toBeLessThan(300_000)
  expect(readFileSync(join(docs, 'try/try.js')).length).toBeLessThan(20_000)
})

test('paste, see, be told why, fix, copy, share, open again; and all of it without a network', async () => {
  const { page, context, requests, consoleErrors, paste, before, after, status, settled, clipboard, close } =
    await open('/try/')
  // Everything is there; from here on nothing can be asked of anybody.
  const loaded = requests.length
  await context.setOffline(true)
  await paste(TEXT)
  expect(await before()).toBe(TEXT)
  expect(await after()).toBe('He&nbsp;said “so”&nbsp;— in&nbsp;a&nbsp;box.\n')
  expect(await status.textContent()).toBe('5 places, of which 5 are set below.')

  const note = page.locator('#try-note')
  expect(await note.isVisible()).toBe(false)
  const quote = page.locator('#try-before mark', { hasText: '"' }).first()
  await quote.focus()
  expect(await note.textContent()).toContain('common/punctuation/quote')
  expect(await quote.getAttribute('aria-describedby')).toBe('try-note')
  const { pathname, hash } = new URL((await note.locator('a').getAttribute('href'))!)
  expect(readFileSync(join(docs, pathname, 'index.html'), 'utf8')).toContain(`id="${hash.slice(1)}"`)
  await page.locator('#try-before mark').last().hover()
  expect(await note.textContent()).toContain('common/nbsp/beforeShortLastWord')
  await page.keyboard.press('Escape')
  expect(await note.isVisible()).toBe(false)

  await page.locator('#try-copy').click()
  await expect.poll(() => status.textContent()).toContain('clipboard')
  expect(await clipboard()).toBe('He&nbsp;said “so”&nbsp;— in&nbsp;a&nbsp;box.\n')
  await page.locator('#try-space').selectOption('character')
  await settled()
  await page.locator('#try-share').click()
  await expect.poll(() => status.textContent()).toContain('sent nowhere')
  const address = await clipboard()
  expect(address).toBe(page.url())
  expect(address).toMatch(/\/try\/#1\.[\w-]+$/)
  // The browser itself asks for the icon of an address that it has not seen.
  expect(requests.slice(loaded).filter(url => !url.includes('/favicon.'))).toEqual([])
  expect(consoleErrors.filter(text => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
  await close()

  const again = await open(new URL(address).pathname + new URL(address).hash)
  expect(await again.before()).toBe(TEXT)
  expect(await again.after()).toBe(fix(TEXT, { noBreakSpace: 'character' }).text)
  // What follows the # is nobody's but the browser's.
  expect(again.requests.filter(url => url.includes('#1.') && !url.startsWith(`${site.url}/try/`))).toEqual([])
  await again.close()
})

test('it may ask nothing of anybody, and is told so by its browser', async () => {
  const { page, close } = await open('/try/')
  expect(await page.evaluate("fetch('/').then(() => 'answered', () => 'refused')")).toBe('refused')
  const worker = page.workers()[0]!
  expect(worker.url()).toContain('/try/worker.js')
  await close()
})

describe('an address that somebody else made', () => {
  const packed = (text: string) => `1.${deflateRawSync(text, { level: 9 }).toString('base64url')}`

  test('is text, whatever is in it', async () => {
    const text = '<img src=x onerror="document.title=1"><script>document.title=2</script> "in a box" <b>\n'
    for (const format of ['markdown', 'html']) {
      const { page, before, after, consoleErrors, requests, close } = await open(
        `/try/#${packed(JSON.stringify({ text, format, lang: 'en' }))}`,
      )
      expect(await before()).toBe(text)
      expect(await after()).toContain('<script>document.title=2</script>')
      expect(await page.locator('#try-before *:not(mark), #try-after *:not(ins)').count()).toBe(0)
      expect(await page.title()).toBe('Try it · Imprimatur')
      expect(consoleErrors).toEqual([])
      expect(requests.filter(url => url.endsWith('/x'))).toEqual([])
      await close()
    }
  })

  test.each([
    ['broken', '1.%%%'],
    ['no text', packed('{"text":5}')],
    ['a bomb', packed(`{"text":"${' '.repeat(50_000_000)}"}`)],
  ])('is refused when it is %s, and the page goes on', async (_, fragment) => {
    const { status, paste, after, consoleErrors, close } = await open(`/try/#${fragment}`)
    expect(await status.textContent()).toBe('The address of this page holds no text that can be read.')
    await paste(TEXT)
    expect(await after()).toContain('“so”')
    expect(consoleErrors).toEqual([])
    await close()
  })

  test('is opened in a page that is open', async () => {
    const { page, before, close } = await open('/try/')
    await page.evaluate(hash => void (location.hash = hash), packed(JSON.stringify({ text: 'in a tin' })))
    await expect.poll(before).toBe('in a tin')
    await close()
  })
})

test('200 KB are set beside the page, and not every place is a mark', async () => {
  const { page, settled, after, status, close } = await open('/try/')
  const text = `${TEXT}\n`.repeat(200_000 / TEXT.length)
  await page.evaluate(given => navigator.clipboard.writeText(given), text)
  await page.locator('#try-text').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+v')
  await settled()
  expect(await after()).toBe(fix(text).text)
  expect(await status.textContent()).toContain('Only the first 3,000 places are marked.')
  expect(await page.locator('#try-before mark').count()).toBe(3000)
  await close()
})

describe.each([
  ['/try/', 'en', '“does not break”'],
  ['/try/ru/', 'ru', '«не&nbsp;рвется»'],
])('%s', (path, lang, quoted) => {
  test.each([
    [320, 'light'],
    [1440, 'dark'],
  ] as const)(
    'at %i pixels, %s: an example, nothing that axe objects to, nothing sideways',
    async (width, colorScheme) => {
      const { page, after, close } = await open(path, { viewport: { width, height: 900 }, colorScheme })
      expect(await page.locator('html').getAttribute('lang')).toBe(lang)
      expect(await after()).toContain(quoted)
      await page.locator('#try-before mark').first().focus()
      await page.locator('#try-share').click()
      await page.locator('#try-address').waitFor()
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      await close()
    },
  )
})

test('without JavaScript it says what else there is', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${site.url}/try/`)
  expect(await page.locator('#try-text').isVisible()).toBe(false)
  expect(await page.locator('main').innerText()).toContain('imprimatur lint --stdin --diff')
  await context.close()
})

test('imprimatur/lint finds and fixes in Chromium what it does elsewhere', async () => {
  const [texts, code] = [sampleTexts(), await bundleLinter()]
  const page = await browser.newPage()
  await page.addScriptTag({ content: code })
  const linted = JSON.parse(await page.evaluate<string>(lintAll(texts))) as Linted
  await page.close()
  expect(differing(linted, lintInBareContext(code, texts))).toEqual([])
})
