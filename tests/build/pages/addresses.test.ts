import * as fc from 'fast-check'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readFileName } from '../../../src/document/place/file-name.ts'
import { address, addressOf as of, writtenAddress } from '../../../src/build/pages/addresses.ts'
import { claimPaths } from '../../../src/build/pages/path-claims.ts'

const addressOf = (source: string, slug?: string) =>
  of(source, { name: readFileName(source), slug, siteLang: 'en' })

const at = (path: string, url: string) => ({ path, url })

describe('an address from a place', () => {
  test.each([
    ['posts/2026/some_post.md', at('posts/2026/some_post/index.html', '/posts/2026/some_post/')],
    ['index.md', at('index.html', '/')],
    ['index.ejs', at('index.html', '/')],
    ['posts/index.html', at('posts/index.html', '/posts/')],
    ['404.md', at('404.html', '/404.html')],
    ['ru/404.html', at('ru/404.html', '/ru/404.html')],
    ['lost+found.md', at('lost+found/index.html', '/lost+found/')],
    ['encrypted_XMPP.md', at('encrypted_XMPP/index.html', '/encrypted_XMPP/')],
    ['v1.2.md', at('v1.2/index.html', '/v1.2/')],
    ['a b.md', at('a b/index.html', '/a%20b/')],
    ['what?#.md', at('what?#/index.html', '/what%3F%23/')],
    ['100%.md', at('100%/index.html', '/100%25/')],
    ['кавычки.md', at('кавычки/index.html', '/%D0%BA%D0%B0%D0%B2%D1%8B%D1%87%D0%BA%D0%B8/')],
    ['index/index.md', at('index/index.html', '/index/')],
  ])('%s', (source, expected) => expect(addressOf(source)).toEqual(expected))

  test('decomposed letters are composed', () => {
    expect(addressOf('e\u0301.md')).toEqual(at('\u00E9/index.html', '/%C3%A9/'))
  })

  test.each([
    ['posts/a.md', 'b', 'posts/b/index.html'],
    ['posts/index.md', 'b', 'b/index.html'],
    ['a.md', 'Å', 'Å/index.html'],
  ])('%s with the slug %s', (source, slug, path) => expect(addressOf(source, slug)).toMatchObject({ path }))

  test.each(['..', '.', '', 'a/b', '/a', 'a\\b', '../..', 'a\0', 'a\nb', '\uD800', 'x'.repeat(256)])(
    'the slug %j is refused',
    slug => expect(addressOf('posts/a.md', slug)).toBeTypeOf('string'),
  )
})

describe('an address that is written out', () => {
  test.each([
    ['/a/b/', 'a/b/index.html'],
    ['/a/b', 'a/b/index.html'],
    ['a/b/', 'a/b/index.html'],
    ['/a/b.html', 'a/b.html'],
    ['/feed.xml', 'feed.xml'],
    ['/', 'index.html'],
    ['/%D0%BA/', 'к/index.html'],
    ['/a%20b/', 'a b/index.html'],
    ['/100%/', '100%/index.html'],
    ['/posts/v1.2/', 'posts/v1.2/index.html'],
    ['/encrypted_XMPP/', 'encrypted_XMPP/index.html'],
  ])('%s', (written, path) => expect(writtenAddress(written)).toMatchObject({ path }))

  test.each([
    '../../etc/x',
    '/../x/',
    '/a/../../x/',
    '/a/./b/',
    '/%2e%2e/x/',
    '/a%2f..%2f..%2fx/',
    '//example.org/',
    'https://example.org/',
    'mailto:a@example.org',
    'C:\\x',
    '\\x',
    '/a%5Cb/',
    '/a//b/',
    '/a%00b/',
    '/a\0b/',
    '/a%0Ab/',
    `/${'ж'.repeat(128)}/`,
    '/\uDC00/',
    '/.imprimatur-files',
    '/.imprimatur/',
  ])('%j is refused', written => expect(writtenAddress(written)).toBeTypeOf('string'))

  test('255 bytes are allowed', () => {
    expect(writtenAddress(`/${'ж'.repeat(127)}x/`)).toMatchObject({ path: `${'ж'.repeat(127)}x/index.html` })
  })

  test('an address and its path name one another', () => {
    for (const written of ['/ё/', '/a b/', '/x%3Fy%23z/', '/50%25/', '/a+b&c=d/']) {
      const { url, path } = writtenAddress(written) as { url: string; path: string }
      expect(`${decodeURIComponent(url).slice(1)}index.html`).toBe(path)
    }
  })

  test.each(['/?p=123', '/a/?b', '/a/#b', '/a.html#b'])(
    '%s is none: no host looks for such a file',
    written => expect(writtenAddress(written)).toContain('behind ? or #'),
  )

  test('no text leads out of the site', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '',
      '%2e%2e',
      '%2F',
      '..%2f',
      '\\',
      'a',
      'b.html',
      '\0',
      '~',
      '%',
      '?#',
    )
    const text = fc.oneof(
      fc.array(part, { maxLength: 6 }).map(parts => parts.join('/')),
      fc.string({ unit: 'binary', maxLength: 20 }),
    )
    const stays = (place: ReturnType<typeof address>) => {
      if (typeof place === 'string') return
      expect(posix.join('/site', place.path)).toBe(`/site/${place.path}`)
      expect(place.path.split('/')).not.toContain('')
      expect(place.path).not.toMatch(/^\.imprimatur|[\0-\x1f\\]/)
      expect(new URL(place.url, 'https://example.org').origin).toBe('https://example.org')
      expect(place.url).toMatch(/^\/(?!\/)[\x21-\x7e]*$/)
    }
    fc.assert(
      fc.property(text, written => {
        stays(writtenAddress(written))
        stays(addressOf('posts/2026/a.md', written))
        stays(addressOf(`${written}.md`, undefined))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('collisions', () => {
  const found = (...paths: string[]) =>
    claimPaths(paths.map((path, i) => ({ path, source: `${i}.md` }))).collisions.map(({ message }) => message)

  test('none', () => expect(found('index.html', 'a/index.html', 'a/b/index.html', 'a.html')).toEqual([]))
  test('both sources and the address are named', () => {
    expect(found('a/index.html', 'a/index.html')).toEqual(['0.md and 1.md both want the address /a/'])
    expect(found('index.html', 'index.html')).toEqual(['0.md and 1.md both want the address /'])
    expect(found('reindex.html', 'reindex.html')).toEqual([
      '0.md and 1.md both want the address /reindex.html',
    ])
  })
  test('three sources with one address are two collisions', () => {
    expect(found('a', 'a', 'a')).toHaveLength(2)
  })
  test('a file where another wants a folder', () => {
    expect(found('a', 'a/index.html')).toEqual([
      '0.md and 1.md both want “a”, one as a file, one as a folder',
    ])
    expect(found('a/b/c/d', 'a/b')).toEqual(['1.md and 0.md both want “a/b”, one as a file, one as a folder'])
  })
})
