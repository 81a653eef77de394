import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDev, type Dev } from '../dev/dev-server.ts'
import { folderWith } from '../folder.ts'
import { replaceFiles } from '../tree.ts'
import { openBrowser } from './browser.ts'

/** As strict as a page can be: nothing from elsewhere, nothing inline. */
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'">`

const files = {
  'layouts/default.ejs': `<!doctype html>
<html lang="en"><head><meta charset="utf-8">${policy}<title><%= page.title %></title>
<link rel="stylesheet" href="<%= asset('/main.css') %>"></head>
<body><main><%- body %></main></body></html>
`,
  'pages/index.md': '# Home\n',
  'pages/long.md': `# Long\n\n${'A paragraph.\n\n'.repeat(200)}`,
  'pages/main.css': 'h1 { color: rgb(255, 0, 0) }\n',
}

let browser: Browser
let root = ''
let dev: Dev

beforeAll(async () => {
  root = folderWith(files)
  ;[browser, dev] = await Promise.all([openBrowser(), startDev(root)])
})

afterAll(async () => {
  await browser.close()
  expect(await dev.stop()).toBe('SIGINT')
})

/** An open page that has received its state; `loads` counts how often it was asked for. */
async function open(path: string) {
  const page = await browser.newPage()
  const consoleErrors: string[] = []
  let loads = 0
  page.on('console', message => consoleErrors.push(message.text()))
  page.on('pageerror', error => consoleErrors.push(String(error)))
  // A load may be cut short by the next change; the request for the page is made all the same.
  page.on('request', request => (loads += Number(request.isNavigationRequest())))
  const events = page.waitForResponse(/\/\.imprimatur\/events/)
  await page.goto(dev.url + path)
  await events
  return { page, consoleErrors, loads: () => loads }
}

const colour = (page: Page) => page.evaluate<string>('getComputedStyle(document.querySelector("h1")).color')

/** A style that the server’s own stylesheet sets, inside the shadow root. */
const POSITION =
  'getComputedStyle(document.querySelector("imprimatur-notes").shadowRoot.querySelector("details")).position'

test('a page that changes is there, under a strict policy, and nothing complains', async () => {
  const { page, consoleErrors, loads } = await open('/')
  replaceFiles(root, { 'pages/index.md': '# Changed\n' })
  await page.getByRole('heading', { name: 'Changed' }).waitFor()
  replaceFiles(root, {
    'layouts/default.ejs': files['layouts/default.ejs'].replace('<main>', '<main id="new">'),
  })
  await page.locator('#new').waitFor()
  expect(loads()).toBe(3)
  expect(consoleErrors).toEqual([])
  replaceFiles(root, files)
  await page.close()
})

test('a policy of _headers forbids what it would forbid on a host, and the client follows all the same', async () => {
  replaceFiles(root, {
    'pages/_headers': "/*\n  Content-Security-Policy: default-src 'none'; style-src 'sha256-none'\n",
    'layouts/default.ejs': files['layouts/default.ejs'].replace(policy, ''),
  })
  const { page, consoleErrors } = await open('/')
  await expect.poll(() => consoleErrors.join()).toMatch(/main\.css/)
  expect(await colour(page)).not.toBe('rgb(255, 0, 0)')
  replaceFiles(root, { 'pages/index.md': '---\ntags: {}\n---\n# Home\n' })
  await page.locator('imprimatur-notes').getByText('front-matter/value').waitFor()
  await expect.poll(() => page.evaluate(POSITION)).toBe('fixed')
  rmSync(join(root, 'pages/_headers'))
  replaceFiles(root, { ...files, 'pages/index.md': '# Followed\n' })
  await page.getByRole('heading', { name: 'Followed' }).waitFor()
  await expect.poll(() => colour(page)).toBe('rgb(255, 0, 0)')
  replaceFiles(root, files)
  await page.close()
})

test('a stylesheet is swapped without a reload', async () => {
  const { page, consoleErrors, loads } = await open('/')
  await page.evaluate('window.here = true')
  expect(await colour(page)).toBe('rgb(255, 0, 0)')
  replaceFiles(root, { 'pages/main.css': 'h1 { color: rgb(0, 0, 255) }\n' })
  await expect.poll(() => colour(page)).toBe('rgb(0, 0, 255)')
  await expect.poll(() => page.locator('link[rel=stylesheet]').count()).toBe(1)
  expect([await page.evaluate('window.here'), loads()]).toEqual([true, 1])
  replaceFiles(root, files)
  await expect.poll(() => colour(page)).toBe('rgb(255, 0, 0)')
  expect(consoleErrors).toEqual([])
  await page.close()
})

test('the reader stays where the reader was', async () => {
  const { page } = await open('/long/')
  await page.evaluate('scrollTo(0, 1500)')
  replaceFiles(root, { 'pages/long.md': `${files['pages/long.md']}The last paragraph.\n` })
  await page.getByText('The last paragraph.').waitFor()
  await expect.poll(() => page.evaluate('scrollY')).toBe(1500)
  await page.close()
})

test('an error is shown over the page, with its place and line, and disappears when it is mended', async () => {
  const { page, loads } = await open('/')
  await page.evaluate('window.here = true')
  replaceFiles(root, { 'pages/index.md': '---\ntags: {}\n---\n# Home\n' })
  const notes = page.locator('imprimatur-notes')
  await notes.getByText('pages/index.md:2:7').waitFor()
  await notes.getByText('front-matter/value').waitFor()
  await notes.getByText('2 │ tags: {}').waitFor()
  await notes.getByText('as it was before the mistake').waitFor()
  expect(await page.getByRole('heading', { name: 'Home' }).isVisible()).toBe(true)
  await expect.poll(() => page.evaluate(POSITION)).toBe('fixed')
  replaceFiles(root, files)
  await notes.waitFor({ state: 'detached' })
  // The page is what it was before the mistake: there is nothing to load.
  expect([await page.evaluate('window.here'), loads()]).toEqual([true, 1])
  await page.close()
})

test('bad typography is a folded note, which can be hidden', async () => {
  replaceFiles(root, { 'pages/index.md': '# Home\n\nOne - two, and <script>alert(1)</script>.\n' })
  const { page } = await open('/')
  const notes = page.locator('imprimatur-notes')
  // The dash, and a script that the policy of the site forbids.
  await notes.getByText('2 warnings').click()
  await notes.getByText('en-US/dash/main').click()
  expect(await notes.locator('pre ins').textContent()).toContain('One⍽— two')
  expect(await notes.locator('script').count()).toBe(0)
  await notes.getByRole('button', { name: 'Hide' }).click()
  await notes.waitFor({ state: 'detached' })
  replaceFiles(root, files)
  await page.close()
})

test('where a page cannot be made at all, it comes when it can', async () => {
  replaceFiles(root, { 'pages/new.ejs': '<% if (' })
  const { page } = await open('/new/')
  await page.getByRole('heading', { name: 'This page cannot be made' }).waitFor()
  await page.locator('imprimatur-notes').getByText('pages/new.ejs:1:1').waitFor()
  replaceFiles(root, { 'pages/new.ejs': '<h1>New</h1>' })
  await page.getByRole('heading', { name: 'New', exact: true }).waitFor()
  rmSync(join(root, 'pages/new.ejs'))
  await page.getByRole('heading', { name: 'Nothing is here' }).waitFor()
  expect(await page.locator('imprimatur-notes').count()).toBe(0)
  await page.close()
})
