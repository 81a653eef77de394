import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fix, type Case } from './fix.ts'

for (const name of ['cases', 'more-cases', 'typographer']) {
  const cases = JSON.parse(
    readFileSync(new URL(`../fixtures/lint/${name}.json`, import.meta.url), 'utf8'),
  ) as Case[]

  describe(`${name}.json`, () => {
    test.each(cases)('$name', example => {
      const fixed = fix(example.source, example)
      expect(fixed).toBe(example.fixed)
      expect(fix(fixed, example)).toBe(fixed)
    })
  })
}
