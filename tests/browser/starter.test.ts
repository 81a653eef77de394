import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { packedPackage } from '../packed-package.ts'
import { execute } from '../program.ts'
import { newVisit, observeShifts, openBrowser, serve, shifted, violations, type Served } from './browser.ts'

/** What somebody has who begins with one command, in an empty folder, with nothing installed. */
let browser: Browser
let site: Served
const above = folderWith()
const root = join(above, 'my-site')
const year = '2026'

/** `npx` of the package, as it is in the registry. */
async function npx(tarball: string, cwd: string, ...args: readonly string[]): Promise<string> {
  const env = {
    npm_config_loglevel: 'error',
    npm_config_update_notifier: 'false',
    SOURCE_DATE_EPOCH: '1798000000',
  }
  const { code, stdout, stderr } = await execute(
    'npx',
    ['--yes', '--offline', `--package=${tarball}`, '--', 'imprimatur', ...args],
    {
      cwd,
      env,
    },
  )
  expect([args[0], code, stderr]).toEqual([args[0], 0, ''])
  return stdout
}

beforeAll(async () => {
  const tarball = await packedPackage()
  await npx(tarball, above, 'init', 'my-site')
  // A photograph as it comes from the camera, and what else is wider than a telephone.
  const picture = new PNG({ width: 4000, height: 300 })
  picture.data.fill(128)
  writeFileSync(join(root, `pages/posts/${year}/wide.png`), PNG.sync.write(picture))
  writeFileSync(
    join(root, `pages/posts/${year}/wide.md`),
    `---\ntitle: A photograph\ndate: ${year}-01-02\n---\n\n![A grey wall](wide.png)\n\n![A grey wall](wide.png 'A wall.')\n\n\`\`\`\n${'a long line of code '.repeat(20)}\n\`\`\`\n\n| ${'a | '.repeat(30)}\n| ${'--- | '.repeat(30)}\n| ${'word | '.repeat(30)}\n`,
  )
  expect(await npx(tarball, root, 'build')).toMatch(/^docs\/: \d+ written, 0 removed, 0 unchanged\n$/)
  site = await serve(join(root, 'docs'))
  browser = await openBrowser()
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await site?.close()
})

const kinds = [
  '/',
  '/ru/',
  '/posts/',
  '/ru/posts/',
  `/posts/${year}/wide/`,
  '/about/',
  '/ru/about/',
  '/about/keys/',
  '/tags/',
  '/tags/beginnings/',
  '/404.html',
]

/** A page as a browser opens it for the first time, with all that it asked for and complained of. */
async function open(path: string, options: BrowserContextOptions = {}) {
  const visit = await newVisit(browser, { viewport: { width: 1200, height: 900 }, ...options })
  await observeShifts(visit.page)
  await visit.page.goto(`${site.url}${path}`)
  await visit.settled()
  return visit
}

describe.each(kinds)('%s', path => {
  // One visit, under the policy of its host; what it asked for and complained of is looked at before anything is done to it.
  let visit: Awaited<ReturnType<typeof open>>
  beforeAll(async () => {
    visit = await open(path)
  })
  afterAll(() => visit?.close())

  test('asks no other host, logs nothing and shifts no layout', async () => {
    const { page, requests, consoleErrors } = visit
    expect(requests.filter(url => !url.startsWith(site.url))).toEqual([])
    expect(consoleErrors).toEqual([])
    expect(await shifted(page)).toBeLessThan(0.02)
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
      const [red = 0] = await page.evaluate<number[]>(
        `getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)`,
      )
      expect(red > 128).toBe(colorScheme === 'light')
    },
  )
})

test('a photograph of 4,000 pixels is as wide as the text at most', async () => {
  const { page, close } = await open(`/posts/${year}/wide/`, { viewport: { width: 320, height: 900 } })
  for (const width of [320, 820, 1600]) {
    await page.setViewportSize({ width, height: 900 })
    const shown = await page.$$eval('article img', all => all.map(each => each.getBoundingClientRect().width))
    expect(shown.length).toBe(2)
    for (const each of shown) expect(each).toBeLessThanOrEqual(width)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  }
  await close()
})

test('on paper there is the text, black on white, and nothing to click', async () => {
  const { page, close } = await open('/about/', { colorScheme: 'dark' })
  await page.emulateMedia({ media: 'print' })
  const [ink, paper] = await page.evaluate<string[]>(
    '[getComputedStyle(document.body).color, getComputedStyle(document.documentElement).getPropertyValue("--paper")]',
  )
  expect([ink, paper?.trim()]).toEqual(['rgb(0, 0, 0)', '#fff'])
  expect(await page.locator('header nav').first().isVisible()).toBe(false)
  expect(await page.locator('h1').isVisible()).toBe(true)
  await close()
})

test('each language leads to the other, and back', async () => {
  const { page, close } = await open('/')
  await page.getByRole('link', { name: 'Русский' }).click()
  expect(new URL(page.url()).pathname).toBe('/ru/')
  await page.getByRole('link', { name: 'Об авторе' }).click()
  expect(new URL(page.url()).pathname).toBe('/ru/about/')
  await page.getByRole('link', { name: 'English' }).click()
  expect(new URL(page.url()).pathname).toBe('/about/')
  await close()
})
