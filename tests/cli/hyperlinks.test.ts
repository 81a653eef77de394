import { hostname } from 'node:os'
import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { fileAddress, hasHyperlinks, linked } from '../../src/cli/reporters/hyperlinks.ts'
import { folderWith } from '../folder.ts'
import { imprimatur } from '../program.ts'

const terminal = { isTerminal: true }

describe('a terminal shows links', () => {
  test.each([
    { VTE_VERSION: '7200' },
    { WT_SESSION: 'x' },
    { TERM_PROGRAM: 'iTerm.app' },
    { TERM: 'xterm-kitty' },
    { FORCE_HYPERLINK: '1' },
    { FORCE_HYPERLINK: '1', NO_COLOR: '1' },
  ])('as %o', env => {
    expect(hasHyperlinks(terminal, env)).toBe(true)
  })

  test.each([
    {},
    { TERM: 'xterm-256color' },
    { VTE_VERSION: '5000' },
    { VTE_VERSION: '7200', NO_COLOR: '1' },
    { VTE_VERSION: '7200', CI: 'true' },
    { VTE_VERSION: '7200', TERM: 'dumb' },
    { VTE_VERSION: '7200', FORCE_HYPERLINK: '0' },
  ])('not as %o', env => {
    expect(hasHyperlinks(terminal, env)).toBe(false)
  })

  test('and what is none only when it is told to', () => {
    expect(hasHyperlinks({ isTerminal: false }, { VTE_VERSION: '7200' })).toBe(false)
    expect(hasHyperlinks({ isTerminal: false }, { FORCE_HYPERLINK: '1' })).toBe(true)
  })
})

const bad = { 'pages/тире (1).md': 'A  - "b".\n', 'layouts/default.ejs': '<%- body %>' }

test('the place of a finding leads to its file, on this machine, and is the same text', async () => {
  const site = folderWith(bad)
  const plain = await imprimatur(['lint', '--verbose'], { cwd: site })
  const { stdout } = await imprimatur(['lint', '--verbose'], { cwd: site, env: { FORCE_HYPERLINK: '1' } })
  const address = `file://${hostname()}${new URL(`file://${site}/pages/%D1%82%D0%B8%D1%80%D0%B5%20(1).md`).pathname}`
  expect(stdout).toContain(`\u001B]8;;${address}\u001B\\pages/тире (1).md:1:`)
  expect(stdout.replaceAll(/\u001B\]8;;[^\u001B]*\u001B\\/g, '')).toBe(plain.stdout)
  expect(plain.stdout).not.toContain('\u001B')
})

test.each(['json', 'sarif', 'concise', 'github'])('no link is in %s', async format => {
  const { stdout } = await imprimatur(['lint', '--format', format], {
    cwd: folderWith(bad),
    env: { FORCE_HYPERLINK: '1' },
  })
  expect(stdout).not.toContain('\u001B')
})

test('no name of a file puts a sign into a link that a terminal would obey', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), name => {
      const usable = name.replaceAll(/[\0/]/g, '_')
      fc.pre(usable.isWellFormed() && !['.', '..'].includes(usable))
      const site = folderWith({ [usable]: '' })
      expect(fileAddress(usable, site) ?? '').toMatch(/^[!-~]*$/)
    }),
    { numRuns: 60 },
  )
  expect(fileAddress('is not there', folderWith())).toBeUndefined()
  expect(linked('a', undefined)).toBe('a')
})
