import { describe, expect, test } from 'vitest'
import { ruleLanguages } from '../../src/lint/rules/levels.ts'
import { ruleCodes } from '../../src/lint/rules/rule-codes.ts'
import { everyRule, rules } from '../../src/lint/rules/rules.ts'
import { fix } from './fix.ts'
import { fixturesOf, outcomeOf, strayFixtures } from './rule-fixtures.ts'

test('every fixture is of a rule and has a language', () => {
  expect(strayFixtures(everyRule.map(({ code }) => code))).toEqual([])
})

test.each(everyRule)('$code is for languages that there are', ({ languages = [], examples }) => {
  const named = [...languages, ...examples.map(({ lang }) => lang)]
  expect(named.filter(lang => !ruleLanguages.includes(lang))).toEqual([])
})

describe.each(rules)('$code', ({ code, examples, writes, run, doneBy, title, why }) => {
  test.each(examples)('$lang: $before', ({ lang, before, after }) => {
    expect(fix(before, { lang, rule: code })).toBe(after)
  })

  test('has a fixture in which it does something, and each is as it says', () => {
    const fixtures = fixturesOf(code)
    expect(fixtures.map(fixture => ({ ...fixture, ...outcomeOf(code, fixture) }))).toEqual(fixtures)
    const atWork = fixtures.filter(({ before, after, reports }) => before !== after || reports.length > 0)
    expect(doneBy ?? atWork).not.toEqual([])
  })

  test('shows what it does, when it changes anything', () => {
    expect(writes === '' || examples.some(({ before, after }) => before !== after)).toBe(true)
  })

  test('runs, or says where its work is done', () => expect([run, doneBy]).toContain(undefined))

  test('nothing is left to fill in', () => {
    expect(JSON.stringify([title, why, examples, fixturesOf(code)])).not.toContain('TODO')
  })

  test('says in one line what it wants', () => expect(title).toMatch(/^[“§¶№]?\p{L}?[^\n]*[^.\n]$/u))

  test('writes no letter and no digit', () => expect(writes).not.toMatch(/[\p{L}\p{N}]/u))
})

test('the codes are known without the rules, in their order', () => {
  expect([...ruleCodes]).toEqual(rules.map(({ code }) => code))
})
