import { describe, expect, test } from 'vitest'
import { defineRule, type RuleDefinition, type RuleText } from '../../src/config/rule-definition.ts'
import { loadConfig } from '../../src/config/config.ts'
import { createTypesetter } from '../../src/build/render/typography.ts'
import { fixSource } from '../../src/lint/fix.ts'
import { lintSource } from '../../src/lint/lint.ts'
import type { LintSettings } from '../../src/lint/lint-settings.ts'
import { lintFaults } from '../../src/lint/settings.ts'
import { typesetInline } from '../../src/lint/markdown-it-plugin.ts'
import { everyWritten } from './fix.ts'
import { createMarkdown } from '../../src/build/render/render-markdown.ts'

const leader = defineRule({
  code: 'own/leader',
  title: 'Three middle dots are a leader',
  why: 'They are one sign.',
  writes: '⋯·',
  languages: ['en'],
  examples: [{ lang: 'en', before: 'Well···', after: 'Well⋯' }],
  run: text => text.replace(/·{3}/g, '⋯'),
})

test('nothing here is a matter of the program’s own rules', () => {
  expect([...leader.writes].filter(character => everyWritten.includes(character))).toEqual([])
})

const settings = (...ownRules: readonly RuleDefinition[]): LintSettings => ({
  lang: 'en',
  noBreakSpace: 'entity',
  rules: {},
  ownRules,
})

function fix(text: string, ...rules: readonly RuleDefinition[]) {
  const file = { path: 'page.md', text }
  const found = lintSource(file, settings(...rules))
  const { value, diagnostics } = fixSource(file, found)
  return { found, text: value?.text, withheld: diagnostics }
}

test('a rule of a configuration is found and fixed, and nothing that is no text', () => {
  const page = 'Well··· `a···`\n\n## So··· it is\n\n<!-- typography-next-line off: own/leader -->\nNo···\n'
  const { found, text, withheld } = fix(page, leader)
  expect(withheld).toEqual([])
  expect(found.map(({ code, message, hint }) => [code, message, hint])).toContainEqual([
    'own/leader',
    '`Well···` should be `Well⋯`',
    leader.title,
  ])
  expect(text).toBe(page.replace('Well···', 'Well⋯').replace('So··· it is', 'So⋯ it&nbsp;is'))
})

test('it runs before the others, which see what it has written', () => {
  const lower = {
    ...leader,
    writes: '-–',
    run: ((text): void => text.replace(/ -~ /g, ' - ')) as typeof leader.run,
  }
  expect(fix('a word -~ a word', { ...lower, writes: '~' }).text).toBe('a&nbsp;word&nbsp;— a&nbsp;word')
})

test('the language and the level that it has count', () => {
  const file = { path: 'page.md', text: 'Well···' }
  const level = (rules: LintSettings['rules'], lang = 'en') =>
    lintSource(file, { ...settings(leader), rules, lang }).map(({ severity }) => severity)
  expect([level({}), level({ 'own/leader': 'off' }), level({ 'own/leader': 'error' })]).toEqual([
    ['warning'],
    [],
    ['error'],
  ])
  expect(level({}, 'ru')).toEqual([])
})

test('`^` and `$` are a paragraph’s ends, and a report changes nothing', () => {
  const shouting = defineRule({
    ...leader,
    code: 'own/shouting',
    writes: '',
    run: text => text.report(/^(\p{Lu}{3,})!$/gu, (_, word) => `${word} is loud`),
  })
  const { found, text } = fix('WORD!\n\nour WORD!\n\nLOUD!\n', shouting)
  expect(found.map(({ message, span, fix: own }) => [message, span, own])).toEqual([
    ['WORD is loud', [0, 5], undefined],
    ['LOUD is loud', [18, 23], undefined],
  ])
  expect(text).toBe('WORD!\n\nour WORD!\n\nLOUD!\n')
})

describe('a rule that is wrong is a diagnostic that names it and the page', () => {
  const wrong = (run: RuleDefinition['run'], writes = '⋯') => fix('Well···', { ...leader, writes, run })

  test.each<[string, RuleDefinition['run'], RegExp]>([
    [
      'takes away what it does not name',
      text => text.replace(/·{3}/g, '⋯'),
      /own\/leader changes "·", which/,
    ],
    ['writes what it does not name', text => text.replace(/l(?=·)/g, 'L'), /own\/leader changes "L", which/],
    [
      'throws',
      () => {
        throw new Error('no such thing')
      },
      /no such thing/,
    ],
    ['returns no text', text => text.replace(/·/g, () => 5 as unknown as string), /returned 5/],
  ])('it %s', (_, run, message) => {
    const { found, text } = wrong(run)
    expect(found).toMatchObject([{ code: 'lint/rule-failed', severity: 'error', file: { path: 'page.md' } }])
    expect(found[0]?.message).toMatch(/^The rule own\/leader failed on this page: /)
    expect(found[0]?.message).toMatch(message)
    expect(text).toBe('Well···')
  })

  test('it never comes to rest: what it did is not made', () => {
    const { found, text } = fix('Well· Then in a box', {
      ...leader,
      run: each => each.replace(/·/, '··'),
    })
    expect(found[0]).toMatchObject({ code: 'lint/rule-failed', severity: 'error' })
    expect(found[0]?.message).toMatch(/^The rule own\/leader failed on this page: it finds something/)
    expect(text).toBe('Well· Then in&nbsp;a&nbsp;box')
    const toAndFro = (each: RuleText) => {
      each.replace(/⋯/g, '···')
      each.replace(/·{3}/g, '⋯')
    }
    expect(fix('Well···', { ...leader, run: toAndFro }).found.map(({ code }) => code)).toEqual([
      'lint/rule-failed',
    ])
  })

  test('the other rules do their work', () => {
    const { found } = fix('in a box···', {
      ...leader,
      run: () => {
        throw new Error('no')
      },
    })
    expect(found.map(({ code }) => code)).toEqual([
      'lint/rule-failed',
      'common/nbsp/afterShortWord',
      'common/nbsp/afterShortWord',
    ])
  })
})

test('what would make markup of text is withheld', () => {
  const stars = {
    ...leader,
    writes: '*~',
    run: ((text): void => text.replace(/~/g, '*')) as typeof leader.run,
  }
  const { text, withheld } = fix('a ~word~ here is', stars)
  expect(withheld.map(({ code }) => code)).toContain('lint/left-alone')
  expect(text).not.toContain('*word*')
})

test('a build sets it in place, and says when it fails', () => {
  const markdown = createMarkdown()
  const render = (text: string, rule: RuleDefinition) => {
    const codes: string[] = []
    const html = markdown(text, {
      lang: 'en',
      resolve: destination => destination,
      imageSize: () => undefined,
      readInline: state =>
        codes.push(
          ...typesetInline(state, { path: 'page.md', text }, settings(rule)).map(({ code }) => code),
        ),
    })
    return [html, codes]
  }
  expect(render('*Well*···', leader)).toEqual(['<p><em>Well</em>⋯</p>\n', []])
  expect(render('Well···', { ...leader, writes: '⋯' })).toEqual(['<p>Well···</p>\n', ['lint/rule-failed']])
})

test.each([
  ['rus', 'did you mean “ru”?'],
  ['EN', 'did you mean “en”?'],
  ['', 'write one of ru, en'],
])('a language that there is not is refused: %j', async (lang, hint) => {
  const { value: config } = await loadConfig('.', {}, { folders: 'any' })
  if (!config) throw new Error('no configuration')
  const faults = (languages: readonly string[]) =>
    lintFaults({ lint: { ...config.lint, ownRules: [{ ...leader, languages }] } })
  expect(faults(['ru', lang])).toMatchObject([{ code: 'config/rule', severity: 'error' }])
  expect(faults([lang])[0]?.message).toContain(JSON.stringify(lang))
  expect(faults([lang])[0]?.hint).toContain(hint)
  expect(faults(['ru', 'en-GB', 'en-US'])).toEqual([])
})

test('the dev session and the build lint by it', async () => {
  const { value: config } = await loadConfig('.', {}, { folders: 'any' })
  if (!config) throw new Error('no configuration')
  const typesetter = createTypesetter({ ...config, lint: { ...config.lint, ownRules: [leader] } })
  const found = typesetter.lint({ path: 'page.md', text: 'Well···' }, 'en')
  expect(found.map(({ code }) => code)).toEqual(['own/leader'])
})
