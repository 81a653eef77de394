import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sitePolicy, writePolicy } from '../../src/build/policy/policy.ts'
import { violationsIn } from '../../src/build/policy/violations.ts'
import { newVisit, openBrowser } from './browser.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

/** One of everything that a policy may forbid; each address is its own. */
const html = `<!doctype html>
<html><head><title>t</title>
<link rel="stylesheet" href="https://a.test/style.css"><link rel="icon" href="/own.ico">
<link rel="canonical" href="https://a.test/canonical"><link rel="manifest" href="https://a.test/manifest.json">
<style>p { color: red }</style>
<script>window.a = 1</script><script type="module">window.b = 1</script>
<script type="application/ld+json">{}</script><script type="text/template"><p style="x"></script>
<script src="https://a.test/script.js"></script><script src="/own.js"></script>
</head><body>
<p style="color: red">x</p><!-- <p style="x"> -->
<img src="https://a.test/img.png"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><img src="/own.png">
<img srcset="https://a.test/srcset.png 1x">
<picture><source srcset="https://a.test/picture.png"><img src="/own2.png"></picture>
<video src="https://a.test/video.mp4" poster="https://a.test/poster.png" preload="auto"></video>
<audio src="https://a.test/audio.mp3" preload="auto"></audio>
<iframe src="https://a.test/frame.html"></iframe>
<object data="https://a.test/object.pdf" type="application/pdf"></object>
<embed src="https://a.test/embed.pdf" type="application/pdf">
<form action="/own"></form><a href="https://a.test/link">a</a>
<svg><image href="https://a.test/svg.png" width="9" height="9"/></svg>
</body></html>`

const policies = [
  {},
  { 'style-src': ["'unsafe-inline'"], 'img-src': ['data:', 'https://a.test'] },
  { 'script-src': ["'unsafe-inline'", 'a.test'], 'media-src': ['https:'], 'frame-src': ['*.test'] },
]

test.each(policies)('a browser under %j forbids what a build says', async policy => {
  const site = 'http://site.test'
  const rules = sitePolicy({ build: { policy } } as unknown as Parameters<typeof sitePolicy>[0])!
  const { page, settled, close } = await newVisit(browser, {})
  await page.route('**/*', route => {
    const isPage = route.request().url() === `${site}/`
    return route.fulfill({
      status: isPage ? 200 : 404,
      contentType: 'text/html',
      headers: { 'content-security-policy': writePolicy(rules) },
      body: isPage ? html : '',
    })
  })
  await page.addInitScript(() => {
    const found: string[] = []
    Object.assign(globalThis, { found })
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      found.push(`${effectiveDirective.replace(/-(?:elem|attr)$/, '')} ${blockedURI}`),
    )
  })
  await page.goto(`${site}/`)
  const said = violationsIn(html, { policy: rules, site, from: '/' }).map(
    ({ directive, source, written }) =>
      `${directive} ${source === "'unsafe-inline'" ? 'inline' : source === 'data:' ? 'data' : /^(?:frame|object)-src/.test(directive) ? source : written}`,
  )
  // Chromium tells of what is within a frame by its origin alone, and fetches a manifest only when somebody installs the page.
  const isLoaded = (each: string) => !each.startsWith('manifest-src')
  const expected = new Set(said.filter(isLoaded))
  const seen = async () =>
    new Set(await page.evaluate(() => (globalThis as unknown as { found: string[] }).found))
  await expect.poll(seen).toEqual(expected)
  // And no more comes.
  await settled()
  expect(await seen()).toEqual(expected)
  await close()
})
