import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { destination } from '../../../src/build/links/destination.ts'

/** By nothing but the URL Standard, for a site that is all of its host. */
function byUrl(address: string, page: string) {
  const url = new URL(address, `https://example.com${page}`)
  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text).normalize('NFC')
    } catch {
      return text
    }
  }
  const path = decoded(url.pathname).slice(1)
  return {
    kind: 'internal',
    path: path === '' || path.endsWith('/') ? `${path}index.html` : path,
    fragment: decoded(url.hash.slice(1).replace(/:~:.*$/s, '')),
  }
}

test('an address within the site leads where the URL Standard says', () => {
  const part = fc.constantFrom('a', 'b-c', '.', '..', 'x.html', '%41', '%D1%8F', 'я', 'e\u0301', '~', '&')
  const path = fc
    .tuple(fc.constantFrom('', '/'), fc.array(part, { maxLength: 4 }), fc.constantFrom('', '/'))
    .map(([start, parts, end]) => start + parts.join('/') + end)
    .filter(each => !each.startsWith('//'))
  const tail = fc.constantFrom('', '?q=1', '#', '#part', '#%D1%8F', '#a%', '?q#part', '#part:~:text=a')
  const page = fc.constantFrom(
    '/',
    '/a/',
    '/a/b/',
    '/a/b.html',
    '/404.html',
    '/%D1%8F/',
    '/a/.well-known/x',
    '/a~b/',
  )
  fc.assert(
    fc.property(path, tail, page, (written, behind, from) => {
      const address = written + behind
      const expected = byUrl(address, from)
      const { fragment, ...found } = destination(address, from, 'https://example.com') as typeof expected
      expect(found).toEqual({ kind: expected.kind, path: expected.path })
      expect(fragment).toBe(expected.fragment)
    }),
    { numRuns: 3000 },
  )
})
