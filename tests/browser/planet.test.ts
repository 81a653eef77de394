import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from 'playwright-core'
import { serveFeeds } from '../planet/feed-server.ts'
import { fetchPlanet, planetSite } from '../planet/planet-site.ts'
import { atom, rss } from '../planet/read/shape.ts'
import { buildSite, newVisit, openBrowser, serve, violations, type Served } from './browser.ts'

/** The policy that the host sends would keep much of it from happening; here nothing does but what was done to the entries. */
const UNPROTECTED = { bypassCSP: true }

let browser: Browser
let site: Served
/** A host of the attacker’s: only entries lead to it. */
let elsewhere: Awaited<ReturnType<typeof serveFeeds>>

/** What has been tried on readers of feeds; `HOST` is a server of the attacker’s. Each would set a mark, or ask for something. */
const attacks: readonly string[] = [
  '<script>window.ran = 1</script>',
  '<script src="HOST/1.js"></script>',
  '<img src="HOST/2.png"><img src=x onerror="window.ran = 2"><img srcset="HOST/2b.png 1x" alt="A picture">',
  '<svg onload="window.ran = 3"><image href="HOST/3.svg"/><use href="HOST/3.svg#x"/></svg>',
  '<iframe src="HOST/4"></iframe><iframe srcdoc="<script>parent.ran = 4</script>"></iframe>',
  '<object data="HOST/5"></object><embed src="HOST/5b">',
  '<link rel="stylesheet" href="HOST/6.css"><style>@import "HOST/6b.css"; * { background: url(HOST/6c) }</style>',
  '<p style="background: url(HOST/7); position: fixed; inset: 0">over everything</p>',
  '<meta http-equiv="refresh" content="0; url=HOST/8"><base href="HOST/">',
  '<video autoplay src="HOST/9.mp4" poster="HOST/9.png"></video><audio autoplay src="HOST/9.ogg"></audio>',
  '<form action="HOST/10"><input autofocus onfocus="window.ran = 10"><button>Go on</button></form>',
  '<details open ontoggle="window.ran = 11"><summary>s</summary></details>',
  '<a href="javascript:window.ran = 12" id="bait">bait</a><a href="&#x6A;avascript:window.ran = 12" class="bait">bait</a>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.ran=13&gt;">',
  '<noscript><p title="</noscript><img src=HOST/14 onerror=window.ran=14>"></noscript>',
  '<svg></p><style><a id="</style><img src=HOST/15 onerror=window.ran=15>">',
  '<template><img src="HOST/16"></template><xmp><img src="HOST/16b"></xmp><plaintext><img src="HOST/16c">',
  '<div id="main"><a name="location">clobbered</a></div><form id="getElementById"></form>',
  '</div></article></main></body><h1>Another page</h1><script>window.ran = 18</script>',
  '<table background="HOST/19"><td background="HOST/19b"></table><body background="HOST/19c" onload="window.ran = 19">',
  '<link rel="dns-prefetch" href="HOST"><link rel="preload" as="image" href="HOST/20"><link rel="modulepreload" href="HOST/20b">',
  '<p>\u202Eeverything behind this is turned round',
]

beforeAll(async () => {
  elsewhere = await serveFeeds((_, response) =>
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('x'),
  )
  const armed = attacks.map(attack => attack.replaceAll('HOST', elsewhere.url))
  const escaped = (html: string) => html.replace(/[&<>]/g, c => `&#${c.charCodeAt(0)};`)
  const inAtom = armed.map(
    (attack, n) =>
      `<entry><id>a:${n}</id><title type="html">${escaped(`Title ${n} ${attack}`)}</title><link href="https://blog.example/${n}"/><author><name>${escaped(attack)}</name></author><published>2026-01-01T00:00:${String(n).padStart(2, '0')}Z</published><content type="html">${escaped(attack)}</content></entry>`,
  )
  const inRss = armed.map(
    (attack, n) =>
      `<item><title>${escaped(attack)}</title><link>javascript:window.ran=1</link><guid isPermaLink="false">"onmouseover="${n}</guid><description><![CDATA[${attack.replaceAll(']]>', '')}]]></description></item>`,
  )
  const feeds = await serveFeeds(({ url }, response) =>
    response.end(url === '/atom' ? atom(inAtom.join('')) : rss(inRss.join(''))),
  )
  const root = planetSite(
    { '"><script>window.ran = 0</script>': `${feeds.url}/atom`, Rss: `${feeds.url}/rss` },
    {
      'imprimatur.config.json': '{ "site": { "url": "https://planet.example" } }',
      'layouts/default.ejs':
        '<!doctype html><html lang="en"><head><title><%= page.title %></title><link rel="icon" href="data:,"><%- metadata() %></head><body><main id="main"><h1><%= page.title %></h1><%- body %></main><footer><p>End.</p></footer></body></html>',
      'pages/planet.yaml': `title: Planet\nfeeds:\n  - name: '"><script>window.ran = 0</script>'\n    url: ${feeds.url}/atom\n  - name: Rss\n    url: ${feeds.url}/rss\n`,
    },
  )
  const { code, report } = await fetchPlanet(root)
  if (code !== 0) throw new Error(JSON.stringify(report))
  site = await serve(buildSite(root))
  browser = await openBrowser()
})

afterAll(async () => {
  await browser.close()
  await site.close()
})

test('of a page of hostile entries nothing runs, and nothing is asked of anybody else', async () => {
  const { page, requests, consoleErrors, settled, close } = await newVisit(browser, UNPROTECTED)
  await page.goto(`${site.url}/planet/`)
  await settled()
  expect(await page.locator('article').count()).toBe(40)
  for (const bait of await page.getByText('bait', { exact: true }).all()) await bait.click()
  await page.mouse.move(10, 10)
  await page.keyboard.press('Tab')
  await settled()
  expect(await page.evaluate('window.ran')).toBeUndefined()
  expect(page.url()).toBe(`${site.url}/planet/`)
  expect(requests.filter(url => !url.startsWith('data:'))).toEqual([`${site.url}/planet/`])
  expect(elsewhere.requests).toEqual([])
  expect(consoleErrors).toEqual([])
  await close()
})

test('the page around them is whole, and good for everybody', async () => {
  const { page, close } = await newVisit(browser, UNPROTECTED)
  await page.goto(`${site.url}/planet/`)
  expect(await page.locator('h1').allTextContents()).toEqual(['Planet'])
  expect(await page.locator('body > *').count()).toBe(2)
  expect(await page.locator('#main').count()).toBe(1)
  expect(
    await page
      .locator('article :is(script, style, iframe, img, form, input, [id], [style], [class*=bait])')
      .count(),
  ).toBe(0)
  // Nothing behind an entry is turned round by it.
  const box = async (text: string) => (await page.getByText(text).boundingBox())!
  expect((await box('End.')).x).toBeLessThan(50)
  expect(await violations(page)).toEqual([])
  await close()
})

test('the same entries as they were sent would have done all that', async () => {
  const { page, requests, close } = await newVisit(browser, UNPROTECTED)
  await page.goto(`${site.url}/planet/`)
  for (const attack of attacks.filter(each => !each.includes('http-equiv'))) {
    const sent = attack.replaceAll('HOST', elsewhere.url)
    await page.setContent(`<!doctype html><body>${sent}`, { waitUntil: 'load' })
  }
  expect(requests.filter(url => url.startsWith(elsewhere.url)).length).toBeGreaterThan(10)
  await close()
})
