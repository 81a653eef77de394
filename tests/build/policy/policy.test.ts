import { join } from 'node:path'
import { readFileSync, rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { allows, forbidsInline, sitePolicy, writePolicy } from '../../../src/build/policy/policy.ts'
import { violationsIn } from '../../../src/build/policy/violations.ts'
import { folderWith } from '../../folder.ts'
import { build, imprimatur } from '../../program.ts'
import { writeFiles } from '../../tree.ts'

const policyOf = (policy: false | Record<string, readonly string[]>) =>
  sitePolicy({ build: { policy } } as unknown as Parameters<typeof sitePolicy>[0])!

describe('what a policy allows', () => {
  test.each([
    [["'self'"], 'https://example.org/a', true],
    [["'self'"], 'https://example.org:444/a', false],
    [['https://a.org'], 'https://a.org/x', true],
    [['https://a.org'], 'http://a.org/x', false],
    [['a.org'], 'https://a.org/x', true],
    [['*.a.org'], 'https://b.a.org/x', true],
    [['*.a.org'], 'https://a.org/x', false],
    [['https://a.org/x/'], 'https://a.org/x/y', true],
    [['https://a.org/x'], 'https://a.org/x/y', false],
    [['https://a.org:*'], 'https://a.org:8/x', true],
    [['https:'], 'https://b.org/', true],
    [['data:'], 'data:image/png,x', true],
    [['*'], 'data:image/png,x', false],
    [['*'], 'https://b.org/', true],
    [["'unsafe-inline'"], 'https://a.org/', false],
  ])('%j, %s: %s', (sources, address, expected) =>
    expect(allows(new Map([['img-src', sources]]), 'img-src', new URL(address), 'https://example.org')).toBe(
      expected,
    ),
  )

  test('inline things by unsafe-inline, or by their hash', () => {
    const hash = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    expect(forbidsInline(new Map(), 'style-src-attr')).toBe(false)
    expect(forbidsInline(new Map([['default-src', ["'self'"]]]), 'style-src-attr')).toBe(true)
    expect(forbidsInline(new Map([['style-src', ["'unsafe-inline'"]]]), 'style-src-attr')).toBe(false)
    const hashed = new Map([['script-src', [hash]]])
    expect(forbidsInline(hashed, 'script-src-elem', "alert('Hello, world.');")).toBe(false)
    expect(forbidsInline(hashed, 'script-src-elem', 'alert(1)')).toBe(true)
  })

  test('what is added stands beside the site’s own', () => {
    const policy = policyOf({
      'script-src': ['https://a.org'],
      'frame-src': ['https://b.org'],
      'base-uri': ["'self'"],
    })
    expect(writePolicy(policy)).toContain("script-src 'self' https://a.org;")
    expect(writePolicy(policy)).toContain("base-uri 'self';")
    expect(writePolicy(policy)).toMatch(/; frame-src https:\/\/b\.org$/)
    expect(sitePolicy({ build: { policy: false } } as never)).toBeUndefined()
  })
})

test('a page in which nothing is forbidden has no violation', () => {
  const html = `<!doctype html><title>style="x"</title><!-- <p style="x"> --><link rel="canonical" href="https://b.org/">
<script type="application/ld+json">{}</script><a href="https://b.org/">b</a><img src="/a.png" alt='onclick="x"'>
<pre><code>&lt;p style="x"&gt;</code></pre><script src="/a.js"></script><textarea><p style="x"></textarea>`
  const looked = { policy: policyOf({}), site: 'https://example.org', from: '/a/' }
  expect(violationsIn(html, looked)).toEqual([])
})

const config = (policy?: unknown) => ({ 'imprimatur.config.json': JSON.stringify({ build: { policy } }) })
const policyIn = (cwd: string) =>
  /Content-Security-Policy: .*/.exec(readFileSync(join(cwd, 'docs/_headers'), 'utf8'))?.[0]

const site = {
  'layouts/default.ejs':
    '<title><%= page.title %></title>\n<script src="https://count.example/x.js"></script>\n<%- body %>',
  'pages/a.md': '# A\n\n<p style="color: red">x</p>\n',
  'pages/b.md': '# B\n\n<img src="https://pictures.example/a.png" alt="">\n',
  'pages/main.css': 'p { background: url(https://pictures.example/b.png) }',
}
const findings = [
  'policy/violation layouts/default.ejs:2:14',
  'policy/violation pages/a.md:3:4',
  'policy/violation pages/b.md:3:11',
  'policy/violation pages/main.css:1:21',
]

test('what breaks the policy is told with its place, in every build, and then no policy is written', async () => {
  const cwd = folderWith(site)
  for (const args of [[], [], ['--check']]) {
    expect(await build({ cwd }, ...args)).toMatchObject({ code: 0, findings })
    expect(policyIn(cwd)).toBeUndefined()
  }
  writeFiles(cwd, { 'pages/a.md': '# A\n' })
  expect((await build({ cwd })).findings).toEqual(findings.filter(each => !each.includes('a.md')))
  writeFiles(cwd, { 'layouts/default.ejs': '<%- body %>', 'pages/main.css': '', 'pages/b.md': '# B\n' })
  expect(await build({ cwd })).toMatchObject({ code: 0, findings: [] })
  expect(policyIn(cwd)).toContain("default-src 'none'")
})

test('with all of it allowed, the policy is written, and a page later that breaks it takes it away again', async () => {
  const allowed = {
    'script-src': ['https://count.example'],
    'style-src': ["'unsafe-inline'"],
    'img-src': ['https://pictures.example'],
  }
  const cwd = folderWith({ ...site, ...config(allowed) })
  expect(await build({ cwd })).toMatchObject({ code: 0, findings: [] })
  expect(policyIn(cwd)).toContain("script-src 'self' https://count.example; style-src 'self' 'unsafe-inline'")
  writeFiles(cwd, { 'pages/c.md': '<a href="/a/" onclick="x()">c</a>\n' })
  expect((await build({ cwd })).findings).toEqual(['policy/violation pages/c.md:1:15'])
  expect(policyIn(cwd)).toBeUndefined()
  rmSync(join(cwd, 'pages/c.md'))
  expect((await build({ cwd })).findings).toEqual([])
  expect(policyIn(cwd)).toBeDefined()
})

test('nobody is told of a policy that is not this program’s to write', async () => {
  expect(await build({ cwd: folderWith({ ...site, ...config(false) }) })).toMatchObject({ findings: [] })
  expect(await build({ cwd: folderWith({ ...site, 'pages/_headers': '' }) })).toMatchObject({ findings: [] })
})

test.each([{ 'script-source': [] }, { 'img-src': ['a; b'] }, { 'img-src': 'x' }, true])(
  '%j is no policy',
  async policy => {
    expect(await build({ cwd: folderWith({ ...site, ...config(policy) }) })).toMatchObject({
      code: 2,
      findings: ['config/value imprimatur.config.json:1:11'],
    })
  },
)

test('a shard, which does not see every page, refuses what would take the policy away', async () => {
  const cwd = folderWith(site)
  const { code, stdout } = await imprimatur(['build', '--shard', '1/2'], { cwd })
  expect([code, stdout]).toEqual([1, expect.stringContaining('error policy/violation')])
})
