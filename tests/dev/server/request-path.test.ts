import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { requestedPath, withSlash } from '../../../src/dev/server/request-path.ts'

test.each([
  ['/', ''],
  ['/?q', ''],
  ['/posts/2026/a/', 'posts/2026/a/'],
  ['/main.css?v=1', 'main.css'],
  ['/lost+found/', 'lost+found/'],
  ['/%D1%91.md', 'ё.md'],
  ['/e%CC%81', 'é'],
  ['/a%20b', 'a b'],
  ['/%23#x', '#'],
  ['/.well-known/security.txt', '.well-known/security.txt'],
  ['/..a/b..', '..a/b..'],
  ['/%252e%252e/', '%2e%2e/'],
])('%s asks for “%s”', (target, path) => expect(requestedPath(target)).toBe(path))

test.each([
  '/..',
  '/../etc/passwd',
  '/%2e%2e/etc/passwd',
  '/a/%2E./b',
  '/a/.%2e',
  '/./a',
  '/a/.',
  '/..%2f..%2fetc/passwd',
  '/..%5c..%5cetc',
  '/a\\b',
  '/a%00.html',
  '/a%0d%0ab',
  '/%7f',
  '//evil.example.org/',
  '/a//b',
  '/%',
  '/%ff',
  'http://evil.example.org/',
  '*',
  '',
])('%s asks for nothing', target => expect(requestedPath(target)).toBeUndefined())

test('whatever is asked for, nothing leads out of the site', () => {
  const part = fc.constantFrom('/', '.', '..', '%2e', '%2f', '%5c', '%00', '\\', 'a', '%', '?', '#', '%c0%ae')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), parts => {
      const path = requestedPath(`/${parts.join('')}`)
      if (path === undefined) return
      expect(path.split('/')).not.toContain('..')
      expect(path).not.toMatch(/^\/|\\|\0/)
    }),
    { numRuns: 2000 },
  )
})

test('a folder’s slash comes before the question', () => {
  expect(withSlash('/a?b=c/d')).toBe('/a/?b=c/d')
  expect(withSlash('/a#b')).toBe('/a/')
})
