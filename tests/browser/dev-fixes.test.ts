import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import type { Diagnostic } from '../../src/core/types.ts'
import { fixSource } from '../../src/lint/fix.ts'
import { lintSource } from '../../src/lint/lint.ts'
import { pageSettings } from '../../src/lint/settings.ts'
import { startDev, type Dev } from '../dev/dev-server.ts'
import { folderWith } from '../folder.ts'
import { imprimatur } from '../program.ts'
import { replaceFiles } from '../tree.ts'
import { openBrowser, violations } from './browser.ts'

/** As strict as a page can be: nothing from elsewhere, nothing inline. */
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'">`

const layout = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${policy}<title>Fixes</title>
<link rel="stylesheet" href="<%= asset('/main.css') %>"></head>
<body><main><%- body %></main></body></html>
`

/** One finding for each word with a number, in every construct that a page has. */
const markdown = `# One alpha1 - beta

Gamma2 - delta, and "epsilon3" too.

> Zeta4 - eta, said "theta5" to *nobody - iota6* else.

- Kappa7 - lambda
- "mu8" and [nu9 - xi](/) here

| Omicron10 - pi | Rho |
| --- | --- |
| "sigma11" | Tau12 - upsilon |

Phi13 - chi[^1]\\
"psi14" **and "omega15"** then

[^1]: Alpha16 - beta "gamma17".

## Delta18 - "epsilon19"

Zeta20 - eta "theta21" iota22 - kappa

1. Lambda23 - mu
2. "nu24"
`.replaceAll('\n', '\r\n')

const html = '<p>One alpha - <em>beta "gamma"</em></p>\n<p title="a - b">Delta &amp; epsilon - zeta</p>\n'
const ejs = '<% for (const n of [1, 2]) { %><p>Eta - theta <%= n %> "iota"</p><% } %>\n'

const files = {
  'layouts/default.ejs': layout,
  'pages/main.css': 'body { max-width: 40em; font: 18px serif }\n',
  'pages/index.md': markdown,
  'pages/plain.html': html,
  'pages/made.ejs': ejs,
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

async function open(path: string) {
  const page = await browser.newPage()
  const consoleErrors: string[] = []
  page.on('console', message => consoleErrors.push(message.text()))
  page.on('pageerror', error => consoleErrors.push(String(error)))
  await page.goto(dev.url + path)
  return { page, notes: page.locator('imprimatur-notes'), consoleErrors }
}

const slowly = { interval: 500 }

const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** What the linter finds in a source as it is now. */
async function findings(path: string) {
  const { value: config } = await loadConfig(root)
  const file = { path, text: read(path) }
  return { file, found: lintSource(file, pageSettings(config!)(path)) }
}

/** What `lint --fix` makes of a source, of these findings alone. */
const fixed = (file: { path: string; text: string }, some: readonly Diagnostic[]) =>
  fixSource(file, some).value!.text

const pressOn = async (page: Page, name: string, how: 'click' | 'Enter') => {
  const mark = page
    .locator('imprimatur-notes')
    .getByRole('button', { name: `\`${name}`, exact: false })
    .first()
  await mark.waitFor()
  if (how === 'click') return mark.click()
  await mark.focus()
  return mark.press('Enter')
}

test('twenty fixes from the page, five undone: the source is byte for byte what lint --fix makes of them', async () => {
  const { page, consoleErrors } = await open('/')
  const history = [read('pages/index.md')]
  for (let i = 0; i < 20; i++) {
    const { file, found } = await findings('pages/index.md')
    // From all over the page, in no order.
    const chosen = found[(i * 7) % found.length]!
    const expected = fixed(file, [chosen])
    expect(expected).not.toBe(file.text)
    const name = /^`(.*)` should be/.exec(chosen.message)![1]!
    // A mark that is pressed before the page has come anew with the last fix is refused, and pressed again.
    await expect
      .poll(async () => {
        if (read('pages/index.md') === file.text)
          await pressOn(page, `${name}\` should be`, i % 2 === 0 ? 'click' : 'Enter').catch(() => false)
        return read('pages/index.md')
      }, slowly)
      .toBe(expected)
    history.push(expected)
  }
  expect(new Set(history).size).toBe(21)
  const notes = page.locator('imprimatur-notes')
  for (let i = 19; i >= 15; i--) {
    // Each change is one finding less: by their number the page shows that it has come anew with the last.
    const { found } = await findings('pages/index.md')
    await expect.poll(() => notes.locator('ol > li').count()).toBe(found.length)
    await notes.getByRole('button', { name: 'should be' }).first().focus()
    await page.keyboard.press('u')
    await expect.poll(() => read('pages/index.md')).toBe(history[i])
    await notes.getByText('Undone.').waitFor({ state: 'attached' })
  }
  expect(consoleErrors.filter(text => !text.includes('status of 409'))).toEqual([])
  await page.close()
})

test.each([
  ['pages/index.md', '/'],
  ['pages/plain.html', '/plain/'],
  ['pages/made.ejs', '/made/'],
])('all that is safe on a page at once is what the command makes of it: %s', async (path, address) => {
  replaceFiles(root, files)
  const copy = folderWith()
  cpSync(root, copy, { recursive: true })
  await imprimatur(['lint', '--fix', path], { cwd: copy })
  const { page, notes } = await open(address)
  await notes.locator('.drawer > summary').click()
  await notes.getByRole('button', { name: /^Set all \d+ that are safe$/ }).click()
  await expect.poll(() => read(path)).toBe(readFileSync(join(copy, path), 'utf8'))
  await notes.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => read(path)).toBe(files[path as keyof typeof files])
  await page.close()
})

test('marks lie over their very characters, and the text itself is not changed', async () => {
  replaceFiles(root, files)
  const { page, notes } = await open('/plain/')
  const mark = notes.getByRole('button', { name: 'epsilon - should be', exact: false })
  await notes.getByRole('button', { name: '`epsilon -`' }).waitFor()
  expect(await mark.count()).toBe(0)
  const [box, text] = await Promise.all([
    notes.getByRole('button', { name: '`epsilon -`' }).boundingBox(),
    page.evaluate<{ x: number; right: number }>(`(() => {
      const node = document.querySelectorAll('p')[1].firstChild
      const range = document.createRange()
      range.setStart(node, node.data.indexOf(' -'))
      range.setEnd(node, node.data.indexOf(' -') + 2)
      const { x, right } = range.getBoundingClientRect()
      return { x, right }
    })()`),
  ])
  expect(Math.abs(box!.x - text.x)).toBeLessThan(0.6)
  expect(Math.abs(box!.x + box!.width - text.right)).toBeLessThan(0.6)
  expect(await page.locator('main').innerHTML()).toContain('Delta &amp; epsilon - zeta')
  await page.close()
})

test('what a template repeats is marked each time, and fixed once', async () => {
  replaceFiles(root, files)
  const { page, notes } = await open('/made/')
  const mark = notes.getByRole('button', { name: 'Eta -' })
  await mark.waitFor()
  // One button, with a second part.
  expect(await mark.locator('i').count()).toBe(1)
  await mark.click()
  await expect.poll(() => read('pages/made.ejs')).toBe(ejs.replace('Eta -', 'Eta&nbsp;—'))
  await page.close()
})

test('with keys alone: to the first mark, what it is, set, to the next, undo', async () => {
  replaceFiles(root, files)
  const { page, notes } = await open('/plain/')
  await notes.getByRole('button', { name: '`alpha -`' }).waitFor()
  await page.keyboard.press('F8')
  const tip = notes.getByRole('tooltip')
  await tip.getByText('alpha⍽—').waitFor()
  expect(await tip.textContent()).toContain('en-US/dash/main')
  await page.keyboard.press('Enter')
  await expect.poll(() => read('pages/plain.html')).toBe(html.replace('alpha -', 'alpha&nbsp;—'))
  // The focus is on what is the first mark now.
  await tip.getByText('“gamma”').waitFor()
  await page.keyboard.press('ArrowRight')
  await tip.getByText('epsilon⍽—').waitFor()
  await page.keyboard.press('u')
  await expect.poll(() => read('pages/plain.html')).toBe(html)
  await page.close()
})

test('a mark that is scrolled to is explained where it is then', async () => {
  replaceFiles(root, { ...files, 'pages/main.css': 'body { padding-top: 3000px }\n' })
  const { page, notes } = await open('/plain/')
  const mark = notes.getByRole('button', { name: '`alpha -`' })
  await mark.waitFor({ state: 'attached' })
  await page.keyboard.press('F8')
  await expect.poll(() => page.evaluate('scrollY')).toBeGreaterThan(1000)
  await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))')
  const [tip, at] = await Promise.all([notes.getByRole('tooltip').boundingBox(), mark.boundingBox()])
  expect(Math.abs(tip!.y - at!.y)).toBeLessThan(150)
  replaceFiles(root, files)
  await page.close()
})

test('a script of the page that has changed the text: what cannot be found is in the drawer only', async () => {
  replaceFiles(root, {
    ...files,
    'pages/change.js':
      'document.querySelector("p").prepend("New ", document.createElement("b")); document.querySelectorAll("p")[1].textContent = "Other"\n',
    'pages/plain.html': `${html}<script src="/change.js"></script>\n`,
  })
  const { page, notes } = await open('/plain/')
  await notes.getByRole('button', { name: '`alpha -`' }).waitFor()
  expect(await notes.getByRole('button', { name: '`epsilon -`' }).count()).toBe(0)
  await notes.locator('.drawer > summary').click()
  await notes.locator('li.unmarked').getByText('epsilon -').first().waitFor()
  replaceFiles(root, files)
  await page.close()
})

test.each(['light', 'dark'] as const)(
  'axe has nothing to say of the open drawer and a mark, %s',
  async colorScheme => {
    replaceFiles(root, files)
    const { page, notes } = await open('/')
    await page.emulateMedia({ colorScheme })
    await notes
      .getByRole('button', { name: '`One alpha1 -`' })
      .or(notes.getByRole('button', { name: 'alpha1 -' }))
      .first()
      .waitFor()
    await notes.locator('.drawer > summary').click()
    await page.keyboard.press('F8')
    expect(await violations(page)).toEqual([])
    await page.close()
  },
)

test('a first touch says what a mark is, and the second one sets it', async () => {
  replaceFiles(root, files)
  const context = await browser.newContext({ hasTouch: true })
  const page = await context.newPage()
  await page.goto(`${dev.url}/plain/`)
  const notes = page.locator('imprimatur-notes')
  const mark = notes.getByRole('button', { name: 'alpha -' })
  // The files that were just laid down may load the page again at any moment, after which a touch is a first one again.
  const tip = notes.getByRole('tooltip').getByText('alpha⍽—')
  await expect
    .poll(async () => {
      await mark.tap()
      return tip.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      )
    }, slowly)
    .toBe(true)
  expect(read('pages/plain.html')).toBe(html)
  await expect
    .poll(async () => {
      if (read('pages/plain.html') === html) await mark.tap()
      return read('pages/plain.html')
    }, slowly)
    .toBe(html.replace('alpha -', 'alpha&nbsp;—'))
  await context.close()
})

test('a draft says that it is one', async () => {
  replaceFiles(root, { ...files, 'pages/plan.md': '---\ndraft: true\n---\nSecret.\n' })
  const { page, notes } = await open('/plan/')
  await notes.getByText('Not published: a draft').waitFor()
  expect(await page.getByText('Secret.').isVisible()).toBe(true)
  await page.close()
})

/** Short words fill every line, whatever the width is; then words that are tied into one. */
const lines = `<p>${'abc '.repeat(500)}</p>
<p class="initial">${'abc '.repeat(500)}</p>
<p>${Array.from({ length: 15 }, () => 'word').join('&nbsp;')}</p>
`

test('the lines of a page at three widths, also where nothing else is wrong', async () => {
  replaceFiles(root, {
    ...files,
    'pages/main.css': `main { max-width: 100% } .initial::first-letter { float: left; font-size: 36px }
`,
    'pages/lines.html': lines,
  })
  const { page, notes, consoleErrors } = await open('/lines/')
  await page.waitForFunction(() => document.readyState === 'complete')
  const pressF8 = async () => {
    await page.keyboard.press('F8')
    return notes.count()
  }
  await expect.poll(pressF8).toBe(1)
  await notes.locator('.drawer > summary').click()
  await notes.getByRole('button', { name: 'Lines' }).click()
  for (const width of [360, 820, 1600])
    await notes.getByRole('heading', { name: `At ${width} pixels` }).waitFor()
  // An initial beside the text is no line of it.
  expect(await notes.getByText('is short by more').count()).toBe(0)
  expect(await notes.getByText('are short by more').count()).toBe(0)
  expect(await notes.getByText('1 chain of tied words').count()).toBe(3)
  await notes.getByText('1 chain of tied words').first().click()
  await notes
    .getByRole('button', { name: /^word(⍽word){14}$/ })
    .first()
    .click()
  expect(consoleErrors).toEqual([])
  expect(await page.locator('iframe').count()).toBe(0)
  await page.close()
})
