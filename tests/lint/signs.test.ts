import { array, assert, constantFrom, property } from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Preset } from '../../src/config/lint-config.ts'
import { runRules } from '../../src/lint/engine/engine.ts'
import type { Permission } from '../../src/lint/engine/permission.ts'
import { isAlike, Signs } from '../../src/lint/engine/signs.ts'
import { english } from '../../src/lint/languages/en.ts'
import { wordsOf } from '../../src/lint/languages/lexicon.ts'
import { russian } from '../../src/lint/languages/ru.ts'
import { ruleSet, type PreparedRule, type RuleSet } from '../../src/lint/rules/rule-set.ts'
import { rules } from '../../src/lint/rules/rules.ts'

const anything: Permission = {
  write: () => true,
  insertAfter: () => true,
  grows: () => true,
  breakAfter: () => true,
  breaksHard: () => false,
  between: () => '',
  sourceOf: () => '',
}

const every = ruleSet()
const unasked = ({ rule, ...prepared }: PreparedRule): PreparedRule => {
  const { needs: _, behindNumber: __, guard: ___, ...facts } = rule
  return { ...prepared, rule: facts }
}
/** Every rule runs on every text. */
const unfiltered: RuleSet = {
  ...every,
  writing: every.writing.map(unasked),
  reporting: every.reporting.map(unasked),
}
const levels = Object.fromEntries([...every.codes].map(code => [code, 'warn'] as const))

const langs = ['en', 'en-GB', 'ru', 'fr', 'de'] as const

function outcome(text: string, lang: (typeof langs)[number], set: RuleSet, preset: Preset = 'typograf') {
  const failed: string[] = []
  const { changes, reports } = runRules(text, {
    lang,
    preset,
    rules: set,
    levels: set === every ? levels : { ...levels },
    permission: anything,
    failed: (rule, why) => void failed.push(`${rule}: ${why}`),
  })
  return JSON.stringify([changes.map(({ cell, text: by, rule }) => [cell, by, rule]), reports, failed])
}

/** What each rule's examples are made of, and units behind a number; a text ends as every segment does. */
const words = [
  ...[english, russian].flatMap(({ units }) => wordsOf(units).map(unit => `5 ${unit}. `)),
  ...new Set(
    rules.flatMap(({ examples }) => examples.flatMap(({ before }) => before.split(/(?<=\s)|(?=\s)/))),
  ),
]
const texts = array(
  constantFrom(...words, ' ', '\u00A0', '\n', '\u2029', '5', '.', 'Дж. ', 'я', 'A', '-', '—', '"', "'"),
  {
    maxLength: 30,
  },
).map(each => `${each.join('')}\u2029`)

test('a rule does the same whether or not it is first asked what it needs', () => {
  assert(
    property(
      texts,
      constantFrom(...langs),
      constantFrom<Preset>('typograf', 'book'),
      (text, lang, preset) => {
        expect(outcome(text, lang, every, preset)).toBe(outcome(text, lang, unfiltered, preset))
      },
    ),
    { numRuns: 1000 },
  )
})

const pages = ['pages', 'docs-dev', 'node_modules/markdown-it', 'node_modules/highlight.js'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => `${folder}/${name}`),
)

test.each(pages)('and so it does in %s', path => {
  const text = readFileSync(path, 'utf8').replace(/\n{2,}/g, '\u2029')
  for (const lang of ['en', 'ru'] as const)
    expect(outcome(text, lang, every)).toBe(outcome(text, lang, unfiltered))
})

const kinds = [' \u00A0\u202F', '"«»“', "'’", '-–—', '5', 'ж', 'Ж', 'a', 'A', '.', '\n', '№', ',']

test('places stay true while like takes the place of like', () => {
  const pairs = constantFrom(...kinds.flatMap(kind => [...kind].map(each => [each, kind] as const)))
  assert(
    property(array(pairs, { maxLength: 40 }), each => {
      const before = each.map(([character]) => character).join('')
      const after = each.map(([, kind]) => kind.at(-1)).join('')
      for (const [i, code] of [...before].entries())
        expect(isAlike(code.charCodeAt(0), after.charCodeAt(i))).toBe(true)
      expect(new Signs(after)).toEqual(new Signs(before))
    }),
  )
})
