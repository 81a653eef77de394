import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { beforeAll, describe, expect, test } from 'vitest'
import { imageCandidates, styleReferences } from '../../src/build/links/references.ts'
import { folderWith } from '../folder.ts'
import { imprimatur, repository } from '../program.ts'
import { bytesOf } from '../tree.ts'
import { builtSite } from './built-site.ts'

/** A path that is in no page, so that every occurrence is the base path. */
const BASE = '/under-this-path'

async function built(root: string, url: string) {
  const site = folderWith()
  cpSync(root, site, {
    recursive: true,
    filter: path => !/\/(?:\.git|node_modules|dist|docs|tests)$/.test(path),
  })
  const config = join(site, 'imprimatur.config.ts')
  writeFileSync(config, readFileSync(config, 'utf8').replace(/(?<=url: ')[^']*/, url))
  const { code, stderr } = await imprimatur(['build'], { cwd: site })
  expect(stderr).not.toContain('error')
  expect(code).toBe(0)
  return bytesOf(join(site, 'docs'))
}

const own = folderWith({
  'imprimatur.config.ts':
    "export default { site: { url: 'https://example.org', title: 'T', lang: 'en', image: '/pic.svg' }, dirs: { assets: 'static' } }",
  'pages/index.md':
    '---\naliases: [/home/]\n---\n# Home\n\n[post](posts/a.md) [abs](/posts/a/) ![pic](pic.svg) <a href="/posts/a/">raw</a>\n',
  'pages/404.md': '# Nothing\n\n[home](/)\n',
  'pages/pic.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
  'pages/main.css': '@import "/other.css"; a { background: url(/pic.svg) }',
  'pages/other.css': '',
  'pages/go.md': '---\nlayout: redirect\nredirectTarget: /posts/a/\n---\n',
  'pages/posts/a.md':
    '---\ndate: 2026-01-02\ntags: [x y]\nguid: /old/\nimage: /pic.svg\n---\n# A\n\n![pic](/pic.svg) [b](b.md#c)\n',
  'pages/posts/b.md':
    '---\ndate: 2026-01-03\nlang: ru\ntranslationOf: a.md\n---\n# B\n\n## C\n\n<img srcset="/pic.svg 1x, ../../pic.svg 2x" alt="">\n',
  'pages/own.xml.ejs':
    '---\nlayout: none\npermalink: /own.xml\n---\n<x><%= withBase("/a/") %> <%= absolute("/a/") %> <%= absolute("b.png") %></x>',
  'static/plain.html': '<a href="/posts/a/">x</a>',
  'layouts/default.ejs':
    '<!doctype html><html lang="<%= page.lang %>"><head><title>x</title><%- metadata() %><link rel="stylesheet" href="<%= asset("main.css") %>"></head><body><script>const start = "<%= withBase("/") %>"</script><a href="<%= archive({ tag: "x y" }) %>">x</a><%- body %><% if (page.next) { %><a href="<%= page.next.url %>">n</a><% } %></body></html>',
})

describe.each([
  ['a site with everything', own],
  ['the repository’s own', repository],
])('%s', (_name, root) => {
  let plain: Readonly<Record<string, string>> = {}
  let based: Readonly<Record<string, string>> = {}
  beforeAll(async () => {
    plain = await built(root, 'https://base-of-tests.example')
    based = await built(root, `https://base-of-tests.example${BASE}/`)
  })

  test('differs under a path by the path alone', () => {
    const without = Object.entries(based).map(([path, text]) => [path, text.replaceAll(BASE, '')])
    expect(Object.fromEntries(without)).toEqual(plain)
  })

  test('points at nothing of its host that is not below the path', () => {
    const outside = Object.entries(based).flatMap(([path, text]) =>
      addressesOf(path, text)
        .map(address => new URL(address, `https://base-of-tests.example${BASE}/${path}`))
        .filter(({ host, pathname }) => host === 'base-of-tests.example' && !pathname.startsWith(`${BASE}/`))
        .map(({ pathname }) => `${path}: ${pathname}`),
    )
    expect(outside).toEqual([])
    expect(Object.entries(based).flatMap(each => addressesOf(...each)).length).toBeGreaterThan(20)
  })
})

/** Every address of a page or stylesheet, as a browser takes it. */
function addressesOf(path: string, text: string): readonly string[] {
  if (path.endsWith('.css')) return styleReferences(text).map(([address]) => address)
  if (!path.endsWith('.html')) return []
  const found: string[] = []
  const walk = (node: DefaultTreeAdapterTypes.ChildNode) => {
    if ('attrs' in node)
      for (const { name, value } of node.attrs) {
        if (['href', 'src', 'poster', 'action'].includes(name)) found.push(value)
        if (name === 'srcset') found.push(...imageCandidates(value).map(([address]) => address))
        if (name === 'content' && value.startsWith('0; url=')) found.push(value.slice('0; url='.length))
      }
    if ('childNodes' in node) node.childNodes.forEach(walk)
  }
  parse(text).childNodes.forEach(walk)
  return found.filter(address => URL.canParse(address, 'https://base-of-tests.example'))
}

describe('a wrong address is reported', () => {
  const at = (url: string, files = {}) =>
    builtSite({
      'imprimatur.config.json': JSON.stringify({ site: { url } }),
      'pages/index.md': 'x',
      ...files,
    })

  test.each([
    ['https://example.org/?a=1#x', '“?a=1#x” can be no part'],
    ['https://example.org/#x', '“#x” can be no part'],
    ['https://me:secret@example.org/', 'a name or password can be no part'],
    ['https://example.org/blog/index.html', 'the file index.html can be no part'],
  ])('%s is refused', async (url, why) => {
    const { diagnostics } = await at(url)
    expect(diagnostics.map(({ code }) => code)).toEqual(['config/value'])
    expect(diagnostics[0]?.hint).toContain(why)
  })

  test('a path loses its last slash and what no page could quote', async () => {
    const { output } = await at("https://Example.org/a'b//", { 'pages/index.md': '[x](/#x)\n' })
    expect(output['index.html']).toContain('href="/a%27b/#x"')
  })
})
