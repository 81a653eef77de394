import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import jsQr from 'jsqr'
import { PNG } from 'pngjs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { openBrowser, ownSite, serve, violations, type Served } from './browser.ts'

/** The card of the demonstration, in a browser and on paper. */
let browser: Browser
let site: Served
let page: Page
let output = ''

beforeAll(async () => {
  output = await ownSite()
  site = await serve(output)
  browser = await openBrowser()
  page = await browser.newPage()
  await page.goto(`${site.url}/about/keys/card/`)
})
afterAll(async () => {
  await browser?.close()
  await site?.close()
})

/** What each decoder reads of the codes in a picture; they share no code with each other or with this program. */
function decode(file: string): readonly string[] {
  const { data, width, height } = PNG.sync.read(readFileSync(file))
  const one = jsQr.default(new Uint8ClampedArray(data), width, height)?.data ?? ''
  const other = execFileSync('zbarimg', ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', file], {
    encoding: 'utf8',
  })
  return [one.trimEnd(), other.trimEnd()]
}

const keys = () =>
  JSON.parse(readFileSync(join(output, 'about/keys/keys.json'), 'utf8')) as {
    signer: { key: string }
  }

test('on paper there are two sides of a card and a poster, and nothing of the site around them', async () => {
  const folder = folderWith()
  const pdf = join(folder, 'card.pdf')
  await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: false })
  const sizes = [
    ...execFileSync('pdfinfo', ['-l', '-1', pdf], { encoding: 'utf8' }).matchAll(
      /Page +\d+ size: +([\d.]+) x ([\d.]+)/g,
    ),
  ]
  const millimetres = sizes.map(([, ...side]) => side.map(points => Math.round((Number(points) / 72) * 25.4)))
  expect(millimetres).toEqual([
    [74, 105],
    [74, 105],
    [210, 297],
  ])
  execFileSync('pdftoppm', ['-r', '300', '-png', pdf, join(folder, 'sheet')])
  const sheets = readdirSync(folder)
    .filter(name => name.endsWith('.png'))
    .toSorted()
  const [front, back, poster] = sheets.map(name => decode(join(folder, name)))
  const text = (n: number) =>
    execFileSync('pdftotext', ['-f', String(n), '-l', String(n), pdf, '-'], { encoding: 'utf8' }).replace(
      /\s+/g,
      ' ',
    )
  const link = /href="(xmpp:[^"]*omemo-sid[^"]*)"/.exec(
    readFileSync(join(output, 'about/keys/index.html'), 'utf8'),
  )![1]!
  const signer = keys().signer.key
  const card = `BEGIN:VCARD\nVERSION:3.0\nN:Press@Example.org;;;;\nFN:Press@Example.org\nIMPP:${link}\nNOTE:The keys of this address are signed with ${signer}\nEND:VCARD`
  expect(front).toEqual([link, link])
  expect(poster).toEqual([link, link])
  expect(back).toEqual([card, card])
  for (const n of [2, 3]) {
    expect(text(n)).toContain('imprimatur.example.org/about/keys/')
    expect(text(n).replaceAll(' ', '')).toContain(signer)
  }
  expect([1, 2, 3].map(text).join(' ')).not.toMatch(/Skip to|Imprimatur|Print this/)
  for (const n of [1, 3]) expect(text(n)).toContain('Press@Example.org')
})

test('nothing of a sheet is cut off, and the fonts are the site’s', async () => {
  const sheets = await page.$$eval('.keys-sheet', all =>
    all.map(sheet => ({
      overflow: sheet.scrollHeight - sheet.clientHeight,
      font: getComputedStyle(sheet).fontFamily,
      body: getComputedStyle(document.body).fontFamily,
    })),
  )
  expect(sheets).toHaveLength(3)
  for (const { overflow, font, body } of sheets) {
    expect(overflow).toBeLessThanOrEqual(0)
    expect(font).toBe(body)
  }
})

test('everybody can read it', async () => {
  expect(await violations(page)).toEqual([])
})
