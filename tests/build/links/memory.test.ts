import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { sitePolicy } from '../../../src/build/policy/policy.ts'
import { checkPolicy } from '../../../src/build/policy/violations.ts'
import { collectLinks } from '../../../src/build/links/collect-links.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Megabytes. */
const held = () => {
  collectGarbage()
  return process.memoryUsage().heapUsed / 1e6
}

test('of a page that was read, its links are kept, and not its HTML', () => {
  const origin = 'https://example.org'
  const links = collectLinks({
    origin,
    has: () => false,
    isRedirect: () => false,
    elsewhere: [],
    external: true,
    policy: checkPolicy(sitePolicy({ build: {} } as Parameters<typeof sitePolicy>[0]), origin),
  })
  const kept: unknown[] = []
  const before = held()
  for (let page = 0; page < 50; page++) {
    const html = `<p>${'words '.repeat(200_000)}</p><a href="https://elsewhere.example/a/place/${page}/"><a href="/a/place/that/is/not/there/${page}/" id="a-name-of-the-page-${page}" onclick="doSomethingOfTheAuthor(${page})">`
    links.page({ url: `/${page}/`, path: `${page}/index.html`, source: `pages/${page}.md` }, html, html)
    kept.push(links.lastLinks)
  }
  expect(links.findings().violations.length).toBe(50)
  expect(held() - before).toBeLessThan(10)
  expect(kept.length).toBe(50)
})
