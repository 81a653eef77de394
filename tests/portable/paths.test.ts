import { posix, win32 } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { windowsFault } from '../../src/build/pages/addresses.ts'
import { isWithin, pathBelow } from '../../src/config/site-root.ts'

describe('a file as seen from a folder', () => {
  test.each([
    ['C:\\site', 'C:\\site\\pages\\a b.md', 'pages/a b.md'],
    // Editors write the drive in lower case, and Windows has no case.
    ['C:\\Site', 'c:\\site\\Pages\\a.md', 'Pages/a.md'],
    ['C:\\site\\', 'C:/site/pages/a.md', 'pages/a.md'],
    ['C:\\site', 'C:\\other\\a.md', '../other/a.md'],
    ['C:\\site', 'D:\\a.md', 'D:/a.md'],
    ['\\\\host\\share\\site', '\\\\host\\share\\site\\pages\\a.md', 'pages/a.md'],
    ['C:\\site', 'C:\\site', ''],
  ])('on Windows, from %s: %s', (folder, file, seen) => {
    expect(pathBelow(folder, file, win32)).toBe(seen)
  })

  test('elsewhere a backslash is a sign like any other', () => {
    expect(pathBelow('/site', '/site/pages/a\\b.md', posix)).toBe('pages/a\\b.md')
  })

  const names = fc.array(fc.stringMatching(/^[a-z][a-z0-9 .-]{0,6}[a-z0-9]$/), { minLength: 1, maxLength: 4 })

  test('is the same on every system, whatever signs it has, and is found again from there', () => {
    fc.assert(
      fc.property(names, names, (folder, below) => {
        const expected = below.join('/')
        for (const [system, root] of [
          [posix, '/'],
          [win32, 'C:\\'],
        ] as const) {
          const outer = system.join(root, ...folder)
          const file = system.join(outer, ...below)
          expect(pathBelow(outer, file, system)).toBe(expected)
          expect(system.resolve(outer, expected)).toBe(file)
          expect(isWithin(outer, file, system)).toBe(true)
          expect(isWithin(file, outer, system)).toBe(false)
        }
      }),
    )
  })
})

describe('a folder within another', () => {
  test.each([
    ['C:\\repo', 'C:\\repo', true],
    ['C:\\repo', 'c:\\REPO\\site', true],
    ['C:\\repo', 'C:\\repository', false],
    ['C:\\repo', 'C:\\..repo', false],
    ['C:\\repo', 'C:\\repo\\..site', true],
    // Between drives nothing is relative.
    ['C:\\repo', 'D:\\repo\\site', false],
    ['\\\\host\\share', 'C:\\repo', false],
  ])('on Windows, of %s: %s is %s', (outer, inner, within) => {
    expect(isWithin(outer, inner, win32)).toBe(within)
  })
})

describe('names that Windows has no file of', () => {
  test.each([
    'CON',
    'con.md',
    'aux.md',
    'Nul',
    'com1',
    'LPT9.tar.gz',
    'COM¹',
    'prn ',
    'a:b',
    'what?.html',
    'a*',
    'a|b',
    '<a>',
    'a.',
    'a ',
    'a. .',
  ])('%j is one', name => {
    expect(windowsFault(name)).toMatch(/Windows/)
  })

  test.each(['console', 'aux-files', 'com', 'com10', 'nuller.md', '.nojekyll', 'a.b', 'тире', "it's", 'lpt'])(
    '%j is none',
    name => {
      expect(windowsFault(name)).toBeUndefined()
    },
  )
})
