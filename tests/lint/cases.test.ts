import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fix, lint, type Case } from './fix.ts'

/** `policy.json` has cases for what the linter decides; `policy.test.ts` says which sentence each belongs to. */
for (const name of ['cases', 'more-cases', 'typographer', 'policy']) {
  const cases = JSON.parse(
    readFileSync(new URL(`../fixtures/lint/${name}.json`, import.meta.url), 'utf8'),
  ) as Case[]

  describe(`${name}.json`, () => {
    test.each(cases)('$name', ({ source, file, front = '', config, reported, ...example }) => {
      const options = { ...example, path: file, section: config?.lint ?? {} }
      const wanted = front + example.fixed
      const fixed = fix(front + source, options)
      expect(fixed).toBe(wanted)
      expect(fix(fixed, options)).toBe(fixed)
      const left = lint(fixed, options).map(({ code }): string => code)
      expect(missing(reported, left)).toEqual([])
    })
  })
}

/** What should be reported and is not; `*` is anything at all. */
const missing = (wanted: readonly string[] | undefined, left: readonly string[]) =>
  (wanted ?? []).filter(code => (code === '*' ? left.length === 0 : !left.includes(code)))
