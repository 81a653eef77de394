import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codes } from '../src/core/codes.ts'
import { repository } from './program.ts'
import { pathsOf } from './tree.ts'

const tests = join(repository, 'tests')

/** Where tests have what they expect: `expected.*` of a fixture, and the tests themselves. */
const expectations = pathsOf(tests).filter(
  path => /(?:^|\/)expected\.[^/]*$/.test(path) || (path.endsWith('.test.ts') && path !== 'codes.test.ts'),
)

const expected = new Set(
  expectations.flatMap(
    path => readFileSync(join(tests, path), 'utf8').match(/[a-z][a-z-]*(?:\/[a-zA-Z][a-zA-Z\d-]*)+/g) ?? [],
  ),
)

test.each(Object.keys(codes))('a test expects %s', code => expect(expected).toContain(code))

test('each code has a description', () => {
  for (const [code, { title }] of Object.entries<{ title: string }>(codes)) {
    expect(code).toMatch(/^[a-z]+(?:-[a-zA-Z]+)*(?:\/[a-zA-Z][a-zA-Z\d-]*)+$/)
    expect(title).toMatch(/^[“§¶№]?\p{L}?.*[^.]$/u)
  }
})
