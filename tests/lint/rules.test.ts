import { describe, expect, test } from 'vitest'
import { rules } from '../../src/lint/rules.ts'
import { fix } from './fix.ts'

describe.each(rules)('$name', ({ name, examples, reportsOnly }) => {
  test.each(examples)('$lang: $before', ({ lang, before, after }) => {
    expect(fix(before, { lang, rule: name })).toBe(after)
  })

  test('shows what it does', () => {
    const works = name === 'imprimatur/foreign-quote' || name === 'imprimatur/front-matter' || reportsOnly
    expect(works || examples.some(({ before, after }) => before !== after)).toBe(true)
  })
})
