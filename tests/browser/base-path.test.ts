import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { repository } from '../program.ts'
import { pathsOf } from '../tree.ts'
import { buildSite, newVisit, openBrowser, serve, type Served } from './browser.ts'

/** The repository’s own site under a path of a host that has nothing else. */
let browser: Browser
let host: Served
let docs = ''

beforeAll(async () => {
  browser = await openBrowser()
  const site = folderWith()
  cpSync(repository, site, {
    recursive: true,
    filter: path => !/\/(?:\.git|node_modules|dist|docs|tests)$/.test(path),
  })
  docs = join(site, 'docs')
  host = await serve(docs, '/blog')
  const config = join(site, 'imprimatur.config.ts')
  writeFileSync(config, readFileSync(config, 'utf8').replace(/(?<=url: ')[^']*/, `${host.url}/`))
  cpSync(buildSite(site), docs, { recursive: true })
})
afterAll(async () => {
  await browser.close()
  await host.close()
})

test('a reader who follows every link asks for nothing outside the path, and finds everything', async () => {
  const visit = await newVisit(browser, {})
  const missing: string[] = []
  visit.page.on('response', response => {
    if (response.status() >= 400 && !response.url().endsWith('/404.html')) missing.push(response.url())
  })
  const start = `${host.url}/`
  const seen = new Set([start])
  for (const address of seen) {
    if (!/\/(?:[^/]*\.html)?$/.test(address)) {
      const { status } = await fetch(address)
      if (status >= 400) missing.push(address)
      continue
    }
    await visit.page.goto(address)
    const links = await visit.page.$$eval('a[href], link[href]', each =>
      each.map(element => (element as HTMLAnchorElement).href),
    )
    for (const link of links.map(each => each.replace(/#.*/s, '')))
      if (new URL(link).origin === new URL(start).origin) seen.add(link)
  }
  const outside = [...seen, ...visit.requests].filter(url => !url.startsWith(start))
  await visit.close()
  expect(missing).toEqual([])
  expect(outside).toEqual([])
  expect(seen.size).toBeGreaterThan(20)
}, 120_000)

test('its feeds are valid', () => {
  const feeds = pathsOf(docs).filter(path => /(?:^|\/)(?:atom|rss)\.xml$/.test(path))
  expect(feeds.length).toBeGreaterThan(1)
  for (const path of feeds) {
    const schema = join(repository, 'tests/schemas', path.endsWith('rss.xml') ? 'rss.rng' : 'atom.rng')
    const { status, stderr } = spawnSync(
      'xmllint',
      ['--noout', '--nonet', '--relaxng', schema, join(docs, path)],
      { encoding: 'utf8' },
    )
    expect([path, status, stderr.includes('validates')]).toEqual([path, 0, true])
    expect(readFileSync(join(docs, path), 'utf8')).not.toMatch(/(?:href|src)=(?:"|&quot;)\/(?!blog\/)/)
  }
})
