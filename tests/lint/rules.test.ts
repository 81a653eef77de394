import { describe, expect, test } from 'vitest'
import { ruleCodes } from '../../src/lint/rules/rule-codes.ts'
import { rules } from '../../src/lint/rules/rules.ts'
import { fix } from './fix.ts'

describe.each(rules)('$code', ({ code, examples, writes, run, doneBy, title }) => {
  test.each(examples)('$lang: $before', ({ lang, before, after }) => {
    expect(fix(before, { lang, rule: code })).toBe(after)
  })

  test('shows what it does, when it changes anything', () => {
    expect(writes === '' || examples.some(({ before, after }) => before !== after)).toBe(true)
  })

  test('runs, or says where its work is done', () => expect([run, doneBy]).toContain(undefined))

  test('says in one line what it wants', () => expect(title).toMatch(/^[“§¶№]?\p{L}?[^\n]*[^.\n]$/u))

  test('writes no letter and no digit', () => expect(writes).not.toMatch(/[\p{L}\p{N}]/u))
})

test('the codes are known without the rules, in their order', () => {
  expect([...ruleCodes]).toEqual(rules.map(({ code }) => code))
})
