import * as fc from 'fast-check'
import TypografModule from 'typograf'
import { describe, expect, test } from 'vitest'
import { fixSource } from '../../src/lint/fix.ts'
import { lintSource } from '../../src/lint/lint.ts'
import type { LintSettings } from '../../src/lint/lint-settings.ts'
import { optionalCodes, ruleCodes, unavailableCodes } from '../../src/lint/rules/rule-codes.ts'
import { settingsOfRules } from '../../src/lint/rules/rule-settings.ts'
import { everyRule, rules } from '../../src/lint/rules/rules.ts'
import { saysTheSame } from '../../src/lint/safety/same-meaning.ts'
import { documents } from './documents.ts'

const Typograf = TypografModule as unknown as {
  getRules(): readonly { readonly name: string; readonly settings?: object }[]
}
const ofTypograf = Typograf.getRules()
const optional = everyRule.filter(({ isOptional }) => isOptional)
const off = Object.fromEntries(rules.map(({ code }) => [code, 'off' as const]))

const settingsWith = (lang: string, ...on: readonly string[]): LintSettings => ({
  lang,
  noBreakSpace: 'entity',
  rules: { ...off, ...Object.fromEntries(on.map(code => [code, 'warn' as const])) },
})

function fixed(text: string, settings: LintSettings): string {
  const file = { path: 'page.md', text }
  const { value, diagnostics } = fixSource(file, lintSource(file, settings))
  expect(diagnostics).toEqual([])
  return value?.text ?? text
}

test('every rule of Typograf can be turned on by its name, or is listed with the reason why not', () => {
  const known = new Set([...ruleCodes, ...optionalCodes, ...unavailableCodes.keys()])
  expect(ofTypograf.map(({ name }) => name).filter(name => !known.has(name))).toEqual([])
  const own = [...known].filter(code => !code.startsWith('imprimatur/'))
  expect(own.filter(code => !ofTypograf.some(({ name }) => name === code))).toEqual([])
})

test('the codes are known without the rules', () => {
  expect(new Set(optional.map(({ code }) => code))).toEqual(optionalCodes)
})

test('what can be set in a rule is what Typograf has, with its defaults', () => {
  const known = new Set<string>([...ruleCodes, ...optionalCodes])
  const theirs = ofTypograf.filter(
    ({ name, settings }) => settings && known.has(name) && name !== 'common/punctuation/quote',
  )
  expect(settingsOfRules).toEqual(Object.fromEntries(theirs.map(({ name, settings }) => [name, settings])))
})

describe.each(optional)('$code', ({ code, title, writes, writesText, isTextAllowed, examples }) => {
  test.each(examples)('does what its example shows when it is on, and nothing when it is not', example => {
    const { lang, before, after } = example
    const settings = { ...settingsWith(lang, code), fix: 'unsafe' } as const
    expect(fixed(before, { ...settingsWith(lang), fix: 'unsafe' })).toBe(before)
    expect(fixed(before, settings)).toBe(after)
    expect(fixed(after, settings)).toBe(after)
    expect(before).not.toBe(after)
  })

  test('writes letters or digits only where that has to be allowed', () => {
    expect(writes).not.toMatch(/[\p{L}\p{N}]/u)
    const letters = (text: string) => text.replaceAll('&nbsp;', '').replace(/[^\p{L}\p{N}]/gu, '')
    for (const { lang, before, after } of examples) {
      const found = lintSource({ path: 'page.md', text: before }, settingsWith(lang, code))
      const isKept = letters(before) === letters(after.replaceAll('&#8239;', ''))
      expect(writesText ? true : isKept).toBe(true)
      expect(found.some(({ fix }) => fix?.safe === false)).toBe(!isKept && !isTextAllowed)
    }
    expect(title).not.toMatch(/\.$/)
  })

  test('leaves code, addresses and tags alone', () => {
    const [{ lang, before } = { lang: 'en', before: '' }] = examples
    const text = `\`${before}\` <b title="${before.replaceAll('"', '')}">x</b>\n\n    ${before}\n`
    expect(fixed(text, { ...settingsWith(lang, code), fix: 'unsafe' })).toBe(text)
  })
})

/** What rules write that may write letters, too, and is safe: brackets of a telephone number, signs for their letters. */
const signs = '()©®™×xXхХcCсСrRtTmM'

test('all of them at once keep what a page says, but for what they may write', () => {
  const all = Object.fromEntries(optional.map(({ code }) => [code, 'warn' as const]))
  const writes = everyRule.map(rule => rule.writes).join('')
  const lang = fc.constantFrom('en', 'ru', 'fr')
  fc.assert(
    fc.property(documents(), lang, fc.constantFrom('safe', 'unsafe'), (text, own, fix) => {
      const file = { path: 'page.md', text }
      const settings = { lang: own, noBreakSpace: 'entity', rules: all, fix } as const
      const { value = file } = fixSource(file, lintSource(file, settings))
      const letters = fix === 'unsafe' ? text + value.text : signs
      expect(saysTheSame(file, value, { writes: writes + letters.replace(/[&<>]/g, '') })).toBe(true)
    }),
    { numRuns: 150 },
  )
})
