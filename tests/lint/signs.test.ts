import { array, assert, constantFrom, nat, property, tuple } from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import type { Preset } from '../../src/config/lint-config.ts'
import type { Step } from '../../src/lint/engine/align.ts'
import { EditBuffer } from '../../src/lint/engine/edit-buffer.ts'
import { runRules } from '../../src/lint/engine/engine.ts'
import type { Permission } from '../../src/lint/engine/permission.ts'
import { readSigns, signsBehind } from '../../src/lint/engine/signs/signs.ts'
import { applyEdits } from '../../src/lint/fix.ts'
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
  const { needs: _, behindNumber: __, abbreviations: ___, guard: ____, ...facts } = rule
  return { ...prepared, signs: undefined, behindNumber: undefined, rule: facts }
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

const kinds = [' \u00A0\u202F', '"«»“\'’', '-–—', '5', 'ж', 'Ж', 'a', 'A', '.', '\n', '№', ',']

test('signs are followed through an edit, or the text has to be read again', () => {
  const pairs = constantFrom(...kinds.flatMap(kind => [...kind].map(each => [each, kind] as const)))
  const becomes = constantFrom('same', 'same', 'like', 'nothing', 'two', 'another', 'line')
  let followed = 0
  assert(
    property(array(tuple(pairs, becomes), { maxLength: 40 }), each => {
      const before = each.map(([[character]]) => character).join('')
      const steps: Step[] = each.flatMap(([[character, kind], how], at) => {
        const text = {
          same: character,
          like: kind.at(-1) as string,
          nothing: '',
          two: `${character}A`,
          another: 'b',
          line: /[ \u00A0\u202F]/.test(character) ? '\n' : character === '\n' ? ' ' : character,
        }[how]
        return text === character ? [] : [{ at, remove: 1, text } as const]
      })
      const text = applyEdits(
        before,
        steps.map(step => ({ span: [step.at, step.at + 1], text: step.text })),
      )
      const was = readSigns(before)
      const signs = signsBehind(was, steps, before, text)
      if (!signs) return
      followed++
      const { found, behindNumbers, ...places } = readSigns(text)
      expect(signs).toMatchObject(places)
      // What it had before is nobody's harm.
      expect(found & ~signs.found).toBe(0)
      expect([...behindNumbers].filter(letter => !signs.behindNumbers.has(letter))).toEqual([])
    }),
    { numRuns: 4000 },
  )
  expect(followed).toBeGreaterThan(100)
})

test.each([
  ['a -- b', [{ at: 3, remove: 1, text: '' }], 'a - b'],
  [
    'a --- b "c"',
    [
      { at: 2, remove: 1, text: '' },
      { at: 3, remove: 1, text: '—' },
      { at: 4, remove: 1, text: '' },
    ],
    'a — b "c"',
  ],
  ['5 "a" b', [{ at: 2, remove: 1, text: '‘' }], '5 ‘a" b'],
] as const)('in %j they are', (before, steps, after) => {
  const signs = signsBehind(readSigns(before), steps, before, after)
  const { found: _, ...places } = readSigns(after)
  expect(signs).toMatchObject(places)
})

test('signs are followed into the segments that are read again, and back', () => {
  const dash = every.writing.find(({ code }) => code === 'en-US/dash/main') as PreparedRule
  let narrowed = 0
  assert(
    property(
      array(texts, { maxLength: 4 }),
      array(array(nat(), { maxLength: 3 }), { maxLength: 3 }),
      (each, passes) => {
        const buffer = new EditBuffer(each.join(''), anything)
        buffer.rule = dash
        const isTrue = () => {
          const { found, behindNumbers, ...places } = readSigns(buffer.text)
          expect(buffer.signs).toMatchObject(places)
          expect(found & ~buffer.signs.found).toBe(0)
          expect([...behindNumbers].filter(letter => !buffer.signs.behindNumbers.has(letter))).toEqual([])
        }
        for (const wanted of passes) {
          const blanks = [...buffer.text].flatMap((character, at) => (character === ' ' ? [at] : []))
          const some = new Set(wanted.flatMap(number => blanks[number % blanks.length] ?? []))
          buffer.rewrite(
            [...some].map(at => [{ at, text: '\u00A0' }]),
            { again: true },
          )
          if (!buffer.narrow()) break
          narrowed++
          isTrue()
        }
        buffer.widen()
        isTrue()
      },
    ),
    { numRuns: 1000 },
  )
  expect(narrowed).toBeGreaterThan(100)
})

/** Rules that are told where to look, and the same without. */
test('a rule finds the same at the places that it names as everywhere', () => {
  const replace = EditBuffer.prototype.replace
  const everywhere: typeof replace = function (this: EditBuffer, replacements, options) {
    const searched = replacements.map(({ pattern, wanted, again }) => ({
      pattern: new RegExp(pattern.source, pattern.flags.replace('y', 'g')),
      wanted,
      again,
    }))
    return replace.call(this, searched, options)
  }
  assert(
    property(
      texts,
      constantFrom('en', 'ru'),
      constantFrom<Preset>('typograf', 'book'),
      (text, lang, preset) => {
        const there = outcome(text, lang, every, preset)
        const spy = vi.spyOn(EditBuffer.prototype, 'replace').mockImplementation(everywhere)
        try {
          expect(outcome(text, lang, every, preset)).toBe(there)
        } finally {
          spy.mockRestore()
        }
      },
    ),
    { numRuns: 1000 },
  )
})
