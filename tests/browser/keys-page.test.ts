import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HtmlValidate } from 'html-validate'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { languages, type WordLanguage } from '../../src/keys/page/words/languages.ts'
import { folderWith } from '../folder.ts'
import { buildSite, newVisit, openBrowser, ownSite, root, serve, violations, type Served } from './browser.ts'

/** A key that is on no page. */
const unknown = 'f'.repeat(64)
let browser: Browser
let docs = ''
const sites: Partial<Record<WordLanguage, Served>> = {}

/** The site itself, and as it would be were its keys page Russian. */
beforeAll(async () => {
  docs = await ownSite()
  sites.en = await serve(docs)
  sites.ru = await serve(buildSite(russianSite()))
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  for (const site of Object.values(sites)) await site.close()
})

function russianSite(): string {
  const folder = folderWith()
  for (const name of ['pages', 'layouts', 'imprimatur.config.ts', 'package.json'])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const page = join(folder, 'pages/about/keys.ejs')
  writeFileSync(page, "---\ntitle: Ключи\nlang: ru\n---\n<%- include('partials/keys/page') %>\n")
  return folder
}

/** The keys page, with everything that the browser asked for and complained of. */
async function open(
  options: BrowserContextOptions & { readonly withoutScript?: boolean; readonly lang?: WordLanguage } = {},
) {
  const { withoutScript = false, lang = 'en', ...rest } = options
  const visit = await newVisit(browser, rest)
  if (withoutScript) await visit.context.route('**/*.js', route => route.abort())
  await visit.page.goto(`${sites[lang]!.url}/about/keys/`)
  return visit
}

describe.each(['light', 'dark'] as const)('%s', colorScheme => {
  test.each(languages)(
    'in “%s”: whole with its script and without, everything open, and no violation, at every width',
    async lang => {
      for (const withoutScript of [false, true]) {
        const { page, context } = await open({ colorScheme, bypassCSP: true, withoutScript, lang })
        await openAll(page)
        expect(await page.locator('[data-fingerprint]').count()).toBe(5)
        // What needs the script is hidden without it: one width is enough for that.
        for (const width of withoutScript ? [320] : [320, 360, 820, 1600]) {
          await page.setViewportSize({ width, height: 900 })
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
          expect(await page.locator('#keys-compare-text').isVisible()).toBe(!withoutScript)
          expect({ width, violations: await violations(page) }).toEqual({ width, violations: [] })
        }
        await context.close()
      }
    },
  )
})

/** Opens every part that can be, which a reader does one by one. */
const openAll = (page: Page) =>
  page.locator('details').evaluateAll(all => {
    for (const each of all as HTMLDetailsElement[]) {
      each.removeAttribute('name')
      each.open = true
    }
  })

test('with JavaScript off everything is there but what needs it', async () => {
  const { page, context } = await open({ javaScriptEnabled: false })
  const pictures = page.locator('img[alt^="QR"]')
  // All devices together, each alone, and the one for Kaidan.
  expect(await pictures.count()).toBe(6)
  expect(await pictures.first().isVisible()).toBe(true)
  expect(await page.locator('.keys-copy').first().isVisible()).toBe(false)
  expect(await page.locator('#keys-compare-text').isVisible()).toBe(false)
  await page.locator('.keys-app summary').first().click()
  expect(await page.locator('.keys-forms pre').first().isVisible()).toBe(true)
  await context.close()
})

describe('what a reader sees first', () => {
  const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }
  const screen = { viewport: { width: 1600, height: 900 } }
  const boxOf = async (page: Page, selector: string) => (await page.locator(selector).first().boundingBox())!

  test.each(languages)(
    'in “%s”, on a phone: the button, on the first screen, as wide as it; the code comes below',
    async lang => {
      const { page, context } = await open({ ...phone, lang })
      const [button, code] = [await boxOf(page, '.keys-open'), await boxOf(page, '.keys-scan img')]
      expect(button.y + button.height).toBeLessThanOrEqual(phone.viewport.height)
      expect(button.width).toBeGreaterThan(300)
      expect(button.height).toBeGreaterThan(44)
      expect(code.y).toBeGreaterThan(button.y + button.height)
      await context.close()
    },
  )

  test.each(languages)(
    'in “%s”, beside a screen: the code, left of the button, and both at once',
    async lang => {
      const { page, context } = await open({ ...screen, lang })
      const [button, code] = [await boxOf(page, '.keys-open'), await boxOf(page, '.keys-scan img')]
      expect(code.x + code.width).toBeLessThanOrEqual(button.x)
      expect(button.y).toBeLessThan(code.y + code.height)
      await context.close()
    },
  )

  test('the button is the link of all devices, the other link only writes, and no link is a trust message', async () => {
    const { page, context } = await open()
    const hrefs = await page
      .locator('a[href^="xmpp:"]')
      .evaluateAll(all => all.map(each => each.getAttribute('href')!))
    expect(new Set(hrefs).size).toBe(2)
    const [link, write] = [...new Set(hrefs)]
    expect(link).toMatch(/^xmpp:press@example\.org\?roster;omemo-sid-\d+=[0-9a-f]{64};/)
    expect(write).toBe('xmpp:press@example.org?message')
    expect(await page.locator('.keys-open').getAttribute('href')).toBe(link)
    await context.close()
  })

  test('one app at a time is open, with three steps, its form of every device, and how one sees that it worked', async () => {
    const { page, context } = await open()
    for (const summary of await page.locator('.keys-app > summary').all()) {
      await summary.click()
      expect(await page.locator('.keys-app[open]').count()).toBe(1)
      const app = page.locator('.keys-app[open]')
      expect(await app.locator('li').count()).toBe(3)
      expect(await app.locator('.keys-forms dt').count()).toBeGreaterThanOrEqual(4)
      expect(await app.locator('.keys-worked').isVisible()).toBe(true)
      expect(await app.locator('.keys-failed').isVisible()).toBe(true)
    }
    await context.close()
  })
})

describe.each(['screen', 'print'] as const)('on %s', media => {
  test('fingerprints that are revoked are struck through, and no other is', async () => {
    const { page, context } = await open()
    await page.emulateMedia({ media })
    const lines = await page.locator('[data-fingerprint] .keys-fingerprint').evaluateAll(all =>
      all.map(each => {
        const row = each.closest('tr')!
        const style = getComputedStyle(each)
        return [
          row.dataset.revoked !== undefined,
          style.textDecorationLine === 'line-through' && style.visibility === 'visible',
        ]
      }),
    )
    expect(lines).toHaveLength(5)
    expect(lines.filter(([isRevoked]) => isRevoked)).toHaveLength(1)
    for (const [isRevoked, isStruck] of lines) expect(isStruck).toBe(isRevoked)
    await context.close()
  })

  test('and the stroke is in the picture: the same words without it look otherwise', async () => {
    const { page, context } = await open()
    await page.emulateMedia({ media })
    const code = page.locator('[data-revoked] .keys-fingerprint').first()
    const struck = await code.screenshot()
    await page
      .addStyleTag({ content: '.keys-fingerprint, .keys-revoked { text-decoration: none !important }' })
      .catch(() => {})
    await code.evaluate(each => {
      each.style.textDecoration = 'none'
      each.parentElement!.style.textDecoration = 'none'
    })
    expect(struck.equals(await code.screenshot())).toBe(false)
    await context.close()
  })
})

test('no other host is asked, and a strict Content-Security-Policy blocks nothing', async () => {
  const { page, requests, consoleErrors, context, settled } = await open()
  await page.locator('#keys-compare-text').fill('xmpp:somebody@example.org?omemo-sid-1=00')
  await expect.poll(() => page.locator('#keys-compare-answer').textContent()).not.toBe('')
  await settled()
  expect(requests.filter(url => !url.startsWith(sites.en!.url))).toEqual([])
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
    expect(forms.length).toBeGreaterThan(40)
    for (const form of forms)
      expect(await answer(form)).toEqual(['listed', expect.stringContaining('This is “')])
    const links = await page.locator('.keys-uri code').allTextContents()
    expect(links.filter(text => text.includes('omemo'))).toHaveLength(2)
    for (const link of links) {
      expect((await answer(link))[0]).toBe(link.includes('omemo') ? 'listed' : 'unreadable')
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
    await page.getByLabel('Paste the fingerprint or the link').focus()
    await page.keyboard.type('abc')
    expect(await page.getByRole('status').textContent()).toContain('3 digits of 64')
  })
})

test('the box of a Russian page answers in Russian', async () => {
  const { page, context } = await open({ lang: 'ru' })
  const box = page.locator('#keys-compare-text')
  const answer = page.locator('#keys-compare-answer')
  await box.fill(await page.locator('.keys-forms pre').first().textContent().then(String))
  expect(await answer.textContent()).toMatch(/^Это «phone» \(1204387561\), press@example\.org\.$/)
  for (const text of [unknown, 'hello', 'xmpp:press@example.org?omemo=00', '']) {
    await box.fill(text)
    expect(await answer.textContent()).not.toMatch(/Do not|This|Paste|digits/)
  }
  expect(await answer.evaluate(each => each.closest('[lang]')!.getAttribute('lang'))).toBe('ru')
  await context.close()
})

test('the copy buttons copy', async () => {
  const { page, context } = await open()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const button = page.locator('.keys-devices .keys-copy').first()
  const label = await button.textContent()
  await button.click()
  await page.waitForFunction(
    () => document.querySelector('.keys-devices .keys-copy')?.textContent === 'Copied',
  )
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await button.getAttribute('data-copy'),
  )
  await page.waitForFunction(
    text => document.querySelector('.keys-devices .keys-copy')?.textContent === text,
    label,
  )
  await context.close()
})

test.each(languages)(
  'in “%s”, one printed page for a wall: address, code, signer, where the page is, and the revoked',
  async lang => {
    const { page, context } = await open({ colorScheme: 'dark', lang })
    const folder = mkdtempSync(join(tmpdir(), 'imprimatur-print-'))
    const pdf = join(folder, 'keys.pdf')
    await page.pdf({ path: pdf, format: 'A4', printBackground: false })
    execFileSync('pdftoppm', ['-r', '150', '-png', pdf, join(folder, 'page')])
    const pictures = readdirSync(folder).filter(name => name.endsWith('.png'))
    expect(pictures).toHaveLength(1)
    const [link] = await page.locator('.keys-uri code').allTextContents()
    expect(pictures.flatMap(name => scan(join(folder, name)))).toEqual([link])
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
    for (const part of ['Press@Example.org', 'https://imprimatur.example.org/about/keys/', 'old laptop']) {
      expect(text).toContain(part)
    }
    const signer = await page.locator('.keys-check .keys-long').first().textContent()
    expect(text.replace(/\s/g, '')).toContain(signer!)
    await context.close()
  },
)

/** zbarimg leaves with an error where a page has no code. */
function scan(file: string): string[] {
  try {
    const text = execFileSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file], {
      encoding: 'utf8',
    })
    return text.trim().split('\n')
  } catch {
    return []
  }
}

test.each(['publishing_your_keys', 'verifying_keys'])('the page %s has no violation', async name => {
  const { page, context } = await open({ bypassCSP: true, viewport: { width: 320, height: 900 } })
  await page.goto(`${sites.en!.url}/about/${name}/`)
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
