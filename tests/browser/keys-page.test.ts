import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HtmlValidate } from 'html-validate'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildSite, newVisit, openBrowser, serve, violations, type Served } from './browser.ts'

/** A key that is on no page. */
const unknown = 'f'.repeat(64)
let browser: Browser
let site: Served
let docs = ''

beforeAll(async () => {
  docs = buildSite()
  site = await serve(docs)
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await site.close()
})

/** The keys page, with everything that the browser asked for and complained of. */
async function open(options: BrowserContextOptions = {}, isWithoutScript = false) {
  const visit = await newVisit(browser, options)
  if (isWithoutScript) await visit.context.route('**/*.js', route => route.abort())
  await visit.page.goto(`${site.url}/about/keys/`)
  return visit
}

describe.each([320, 1600])('%i pixels wide', width => {
  describe.each(['light', 'dark'] as const)('%s', colorScheme => {
    const options = { viewport: { width, height: 900 }, colorScheme, bypassCSP: true }

    test.each(['with', 'without'])('%s its script: whole, and without a violation', async script => {
      const { page, context } = await open(options, script === 'without')
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(await page.locator('[data-fingerprint]').count()).toBe(5)
      expect(await page.locator('#keys-compare-text').isVisible()).toBe(script === 'with')
      expect(await violations(page)).toEqual([])
      await context.close()
    })
  })
})

test('with JavaScript off everything is there but what needs it', async () => {
  const { page, context } = await open({ javaScriptEnabled: false })
  const pictures = page.locator('img[alt^="QR code"]')
  expect(await pictures.count()).toBe(5)
  for (const picture of await pictures.all()) expect(await picture.isVisible()).toBe(true)
  expect(await page.locator('.keys-copy').first().isVisible()).toBe(false)
  expect(await page.locator('#keys-compare-text').isVisible()).toBe(false)
  await page.locator('.keys-forms summary').first().click()
  expect(await page.locator('.keys-forms pre').first().isVisible()).toBe(true)
  await context.close()
})

test('no other host is asked, and a strict Content-Security-Policy blocks nothing', async () => {
  const { page, requests, consoleErrors, context } = await open()
  await page.locator('#keys-compare-text').fill('xmpp:somebody@example.org?omemo-sid-1=00')
  await page.waitForTimeout(200)
  expect(requests.filter(url => !url.startsWith(site.url))).toEqual([])
  expect(consoleErrors).toEqual([])
  await context.close()
})

describe('the box', () => {
  let page: Page
  beforeAll(async () => {
    const opened = await open()
    page = opened.page
  })
  afterAll(() => page.context().close())

  const answer = async (text: string) => {
    await page.locator('#keys-compare-text').fill(text)
    const output = page.locator('#keys-compare-answer')
    return [await output.getAttribute('data-verdict'), (await output.textContent()) ?? '']
  }
  const rows = () =>
    page
      .locator('[data-fingerprint]')
      .evaluateAll(all => all.map(row => ({ ...(row as HTMLElement).dataset })))

  test('knows every form of every device of the page', async () => {
    const forms = await page.locator('.keys-forms pre').allTextContents()
    expect(forms.length).toBeGreaterThan(20)
    for (const form of forms)
      expect(await answer(form)).toEqual(['listed', expect.stringContaining('This is “')])
    const links = await page.locator('.keys-uri code').allTextContents()
    for (const link of links.filter(text => text.startsWith('xmpp:'))) {
      expect((await answer(link))[0]).toBe('listed')
    }
  })

  test('warns of the revoked, the unknown, the shortened and the contradictory', async () => {
    const [device] = await rows()
    const revoked = (await rows()).find(row => row.revoked !== undefined)
    expect(await answer(revoked!.fingerprint!)).toEqual([
      'revoked',
      expect.stringContaining('Do not trust it'),
    ])
    expect(await answer(unknown)).toEqual(['unlisted', expect.stringContaining('Do not trust it')])
    expect(await answer(device!.fingerprint!.slice(8))).toEqual([
      'unreadable',
      expect.stringContaining('56 digits of 64'),
    ])
    expect((await answer(`xmpp:eve@example.org?omemo-sid-1=${device!.fingerprint}`))[0]).toBe('contradiction')
    expect((await answer(`xmpp:${device!.jid}?omemo-sid-1=${device!.fingerprint}`))[0]).toBe('contradiction')
    expect((await answer('hello'))[0]).toBe('unreadable')
    expect(await answer('')).toEqual(['', ''])
  })

  test('is reached and read by keyboard and by screen reader', async () => {
    await page.getByLabel('Paste a fingerprint or a link').focus()
    await page.keyboard.type('abc')
    expect(await page.getByRole('status').textContent()).toContain('3 digits of 64')
  })
})

test('the copy buttons copy', async () => {
  const { page, context } = await open()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const button = page.locator('.keys-copy').nth(1)
  const label = await button.textContent()
  await button.click()
  await page.waitForFunction(() => document.querySelectorAll('.keys-copy')[1]?.textContent === 'Copied')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await button.getAttribute('data-copy'),
  )
  await page.waitForFunction(text => document.querySelectorAll('.keys-copy')[1]?.textContent === text, label)
  await context.close()
})

test('a printed page still scans', async () => {
  const { page, context } = await open({ colorScheme: 'dark' })
  const folder = mkdtempSync(join(tmpdir(), 'imprimatur-print-'))
  await page.pdf({ path: join(folder, 'keys.pdf'), format: 'A4', printBackground: false })
  execFileSync('pdftoppm', ['-r', '150', '-png', join(folder, 'keys.pdf'), join(folder, 'page')])
  const pictures = readdirSync(folder).filter(name => name.endsWith('.png'))
  const scanned = pictures.flatMap(name => scan(join(folder, name)))
  const links = await page.locator('.keys-uri code').allTextContents()
  expect(scanned).toHaveLength(5)
  expect(scanned).toContain(links[0])
  await context.close()
})

/** zbarimg leaves with an error where a page has no code. */
function scan(file: string): string[] {
  try {
    const text = execFileSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8' })
    return text.trim().split('\n')
  } catch {
    return []
  }
}

test.each(['publishing_your_keys', 'verifying_keys'])('the page %s has no violation', async name => {
  const { page, context } = await open({ bypassCSP: true, viewport: { width: 320, height: 900 } })
  await page.goto(`${site.url}/about/${name}/`)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320)
  // How the site sets code blocks and tables that scroll is the layout’s business, not the text’s.
  expect((await violations(page)).filter(text => !text.startsWith('scrollable-region-focusable'))).toEqual([])
  await context.close()
})

test('the HTML is valid', async () => {
  const validator = new HtmlValidate({ extends: ['html-validate:standard', 'html-validate:a11y'] })
  const report = await validator.validateFile(join(docs, 'about/keys/index.html'))
  expect(
    report.results.flatMap(({ messages }) => messages.map(({ message, line }) => `${line}: ${message}`)),
  ).toEqual([])
})
