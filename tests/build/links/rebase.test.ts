import * as fc from 'fast-check'
import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { describe, expect, test } from 'vitest'
import { rebaseCss, rebaseHtml } from '../../../src/build/links/rebase.ts'

describe('the base path is put before', () => {
  test.each([
    ['<a href="/a/">', '<a href="/b/a/">'],
    ["<a href='/'>", "<a href='/b/'>"],
    ['<a href=/a/?x=1>', '<a href=/b/a/?x=1>'],
    ['<A HREF = "/a/">', '<A HREF = "/b/a/">'],
    ['<a\nhref="\n/a/">', '<a\nhref="\n/b/a/">'],
    ['<a href="&#47;a/">', '<a href="/b&#47;a/">'],
    [
      '<img src="/a.png" srcset="/a.png 1x, /b,c.png 2x,/d.png 3x">',
      '<img src="/b/a.png" srcset="/b/a.png 1x, /b/b,c.png 2x,/b/d.png 3x">',
    ],
    ['<link rel=preload imagesrcset="/a.png">', '<link rel=preload imagesrcset="/b/a.png">'],
    ['<video poster="/a.png">', '<video poster="/b/a.png">'],
    ['<object data="/a.svg">', '<object data="/b/a.svg">'],
    ['<form action="/find"><button formaction="/x">', '<form action="/b/find"><button formaction="/b/x">'],
    ['<svg><use xlink:href="/i.svg#a"/></svg>', '<svg><use xlink:href="/b/i.svg#a"/></svg>'],
    ['<script src="/a.js">"/x/"</script>', '<script src="/b/a.js">"/x/"</script>'],
    ['<style>a { background: url(/a.png) }</style>', '<style>a { background: url(/b/a.png) }</style>'],
    ['<p style="background: url(&quot;/a.png&quot;)">', '<p style="background: url(&quot;/b/a.png&quot;)">'],
    [
      '<meta http-equiv="refresh" content="0; url=/a/">',
      '<meta http-equiv="refresh" content="0; url=/b/a/">',
    ],
    ['<meta property="og:image" content="/a.png">', '<meta property="og:image" content="/b/a.png">'],
  ])('%s', (html, rebased) => expect(rebaseHtml(html, '/b')).toBe(rebased))
})

describe('nothing is put before', () => {
  test.each([
    '<a href="//example.org/">',
    '<a href="/\\example.org/">',
    '<a href="a/">',
    '<a href="#a">',
    '<a href="https://example.org/a/">',
    '<a href="mailto:a@example.org">',
    '<p title="/a/" data-x="/a/">',
    '<img alt="write href=/x or src=\'/y\'">',
    '<meta name="description" content="/etc/hosts explained">',
    '<!-- <a href="/a/"> -->',
    '<textarea><a href="/a/"></textarea>',
    '<p>href="/a/"</p>',
  ])('%s', html => expect(rebaseHtml(html, '/b')).toBe(html))
})

test('a stylesheet is rebased, and its comments are not', () => {
  const css = '@import "/a.css"; /* url(/x) */ a { src: url( "/f.woff2" ), url(b.png), url(//h/c) }'
  expect(rebaseCss(css, '/b')).toBe(
    '@import "/b/a.css"; /* url(/x) */ a { src: url( "/b/f.woff2" ), url(b.png), url(//h/c) }',
  )
})

/** What a browser makes of the HTML: every attribute of every element. */
function attributesOf(html: string): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = []
  const walk = (node: DefaultTreeAdapterTypes.ChildNode) => {
    if ('attrs' in node) for (const { name, value } of node.attrs) found.push([name, value])
    if ('childNodes' in node) node.childNodes.forEach(walk)
  }
  parse(html).childNodes.forEach(walk)
  return found
}

const value = fc.oneof(
  fc.constantFrom(
    '/',
    '/a/',
    '//h/a',
    '/\\h',
    'a',
    '#a',
    '',
    'https://example.org/a',
    '/a?b=c&amp;d',
    '/a/?q=href="/x"',
  ),
  fc.string({
    unit: fc.constantFrom('/', 'a', '=', '>', '<', "'", ' ', 'href=', '&#47;', '\\'),
    maxLength: 8,
  }),
)
const attribute = fc.tuple(fc.constantFrom('href', 'alt', 'title', 'src', 'cite', 'data-href'), value)
const page = fc.array(
  fc.tuple(
    fc.constantFrom('a', 'img', 'p', 'q', 'b'),
    fc.uniqueArray(attribute, { selector: ([name]) => name, maxLength: 3 }),
  ),
  { maxLength: 5 },
)

test('a browser sees the same page, and each address that began at the root below the base', () => {
  fc.assert(
    fc.property(page, tags => {
      const html = `<body>${tags.map(([name, attributes]) => `<${name}${attributes.map(([key, text]) => ` ${key}="${text.replaceAll('"', '&quot;')}"`).join('')}>x`).join('')}`
      const isAddress = (name: string) => ['href', 'src', 'cite'].includes(name)
      const expected = attributesOf(html).map(([name, text]) => {
        const isMoved = isAddress(name) && /^\s*\/(?![/\\])/.test(text)
        return [name, isMoved ? text.replace('/', '/b/') : text]
      })
      expect(attributesOf(rebaseHtml(html, '/b'))).toEqual(expected)
    }),
  )
})
