import { execFileSync } from 'node:child_process'
import { createServer } from 'node:http'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { chromium, type Browser, type BrowserContextOptions, type Page, type Request } from 'playwright-core'
import { vi } from 'vitest'
import { folderWith } from '../folder.ts'
import { sharedFolder } from '../shared-folder.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Builds a site with the built program, as a user would, and gives the folder. */
export function buildSite(siteRoot: string, output = join(folderWith(), 'docs')): string {
  execFileSync(process.execPath, [
    join(root, 'dist/cli/main.js'),
    'build',
    '--root',
    siteRoot,
    '--output',
    output,
  ])
  return output
}

/** The repository’s own site, built once for all who look at it and change nothing. */
export async function ownSite(): Promise<string> {
  return join(await sharedFolder('own-site', folder => buildSite(root, join(folder, 'docs'))), 'docs')
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.xml': 'text/xml; charset=utf-8',
  '.json': 'application/json',
}

export interface Served {
  readonly url: string
  close(): Promise<void>
}

/** Any static host, and a strict one: nothing may come from elsewhere, nothing may be inline. `base` is the path that the folder is at. */
export async function serve(folder: string, base = ''): Promise<Served> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname)
    const below = path.startsWith(`${base}/`) ? path.slice(base.length) : '/../outside'
    const file = join(folder, below.endsWith('/') ? `${below}index.html` : below)
    if (below === '/../outside' || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': "default-src 'self'",
    })
    response.end(readFileSync(file))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}${base}`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

/**
 * What Chromium is to do without. A page that is closed while it loads again never closes, for as long as each load gets a frame of its
 * own (RenderDocument, Chromium issue 536385539). Only the last such list counts, so what matters here of Playwright’s own is in it.
 */
const DISABLED_FEATURES = [
  'RenderDocument',
  'PaintHolding',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
]

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', `--disable-features=${DISABLED_FEATURES.join()}`],
  })

/** A page of a new visitor, with everything that it will ask for and complain of. */
export async function newVisit(browser: Browser, options: BrowserContextOptions) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const requests: string[] = []
  const consoleErrors: string[] = []
  const pending = new Set<Request>()
  page.on('request', request => {
    requests.push(request.url())
    pending.add(request)
  })
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', request => void pending.delete(request))
  page.on('console', message => {
    // A browser asks for it by itself where a document has no way to name another icon, as in a feed.
    if (!message.location().url.endsWith('/favicon.ico')) consoleErrors.push(message.text())
  })
  page.on('pageerror', error => consoleErrors.push(String(error)))
  return {
    context,
    page,
    requests,
    consoleErrors,
    /** Waits until all that the page asked for has come, and the page was drawn with it. */
    async settled() {
      await page.waitForLoadState('load')
      await page.evaluate(DRAWN)
      const whenAllHasCome = () => {
        const urls = [...pending].map(request => request.url())
        if (urls.length > 0) throw new Error(`still on its way: ${urls.join(' ')}`)
      }
      await vi.waitFor(whenAllHasCome, { timeout: 60_000, interval: 10 })
      await page.evaluate(DRAWN)
    },
    close: () => context.close(),
  }
}

/** Where there is no document of HTML, no script asks for fonts. */
const DRAWN = `
  Promise.resolve(document.fonts?.ready)
    .then(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))))
    .then(() => true)
`

/** Adds up how far the layout of a page shifts, from the start: `shifted` then says how far. */
export const observeShifts = (page: Page): Promise<unknown> =>
  page.addInitScript(`
    window.shifted = 0
    window.shifts = new PerformanceObserver(list => addShifts(list.getEntries()))
    window.addShifts = all => { for (const { value } of all) window.shifted += value }
    shifts.observe({ type: 'layout-shift', buffered: true })
  `)

/** The sum of what has shifted so far, as Layout Instability has it. */
export const shifted = (page: Page): Promise<number> =>
  page.evaluate<number>('(addShifts(shifts.takeRecords()), shifted)')

/** What axe objects to; the paths to all the nodes that it has passed, which nobody reads, would take half of its time. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations: found } = await page.evaluate<{
    violations: { id: string; nodes: { html: string }[] }[]
  }>('axe.run({ resultTypes: ["violations"], selectors: false })')
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
