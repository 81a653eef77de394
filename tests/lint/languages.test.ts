import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languageOf, languages } from '../../src/document/language.ts'
import { rules } from '../../src/lint/rules/rules.ts'
import { repository } from '../program.ts'
import { fix } from './fix.ts'

const manual = readFileSync(join(repository, 'pages/about/linter.md'), 'utf8')

/** Those written in Cyrillic: in Latin letters, a paragraph would be taken for one in another language. */
const cyrillic = new Set(['ru', 'be', 'bg', 'sr', 'uk'])
const letters: Readonly<Record<string, string>> = { x: 'х', y: 'у', z: 'с', l: 'л', a: 'а', p: 'п' }

const between = 'apostrophes between letters'
const elided = 'apostrophes between letters and behind elisions'

/** The others get apostrophes between letters, and nothing else. */
const whatItGets: Readonly<Record<string, string>> = {
  ru: 'everything',
  en: 'everything',
  'en-GB': 'everything; the spaced dash is –',
  it: elided,
  ca: elided,
  fr: `${elided}; narrow spaces within « » and before ; ! ?, a no-break space before :`,
}

describe.each(languages)('%s', lang => {
  const written = (text: string) =>
    cyrillic.has(lang) ? text.replace(/[a-z]/gi, letter => letters[letter.toLowerCase()] ?? letter) : text
  const read = (text: string) =>
    cyrillic.has(lang)
      ? text.replace(/[хус]/g, letter => ({ х: 'x', у: 'y', с: 'z' })[letter] ?? letter)
      : text
  const set = (text: string) => fix(text, { lang, noBreakSpace: 'character' })
  const nested = read(set(written('xxx "yyy "zzz" yyy" xxx.')))
    .slice(4, -5)
    .replaceAll('\u202F', ' ')

  test('has quotation marks at both levels, and an apostrophe', () => {
    expect(nested).toMatch(/^(\P{L}+)yyy (\P{L}+)zzz(\P{L}+) yyy(\P{L}+)$/u)
    expect(nested).not.toContain('"')
    expect(set(written("xxx l'yyy xxx"))).toBe(written('xxx l’yyy xxx'))
    const once = set(written('xxx "yyy "zzz" yyy" xxx.'))
    expect(set(once)).toBe(once)
  })

  test('stands in the manual’s table as it is set', () => {
    expect(manual).toContain(`\n| \`${lang}\` | \`${nested}\` | `)
  })

  test('gets what stands in the table’s last column', () => {
    const name = new Intl.DisplayNames('en', { type: 'language' }).of(lang)
    const row = manual.split('\n').find(line => line.startsWith(`| \`${lang}\` `))
    const said = row?.split('|')[3]?.trim().replaceAll('&nbsp;', ' ').replaceAll('`', '')
    expect(said).toBe(`${name}: ${whatItGets[lang] ?? between}`)
  })

  // In English and Russian these are told from quotation marks.
  test.skipIf(/^(?:en|ru)/.test(lang))('has apostrophes behind elisions if the table says so', () => {
    const text = written('xxx l')
    const isSet = ['11e', '`api`', '«xxx»', '"xxx"'].map(next =>
      set(`${text}'${next} xxx`).startsWith(`${text}’`),
    )
    expect(isSet).toEqual(isSet.map(() => whatItGets[lang]?.includes('elisions') === true))
  })

  test('has nothing else done to it, unless it is English, Russian or French', () => {
    const text = written('Xxx xx 5 xxx - xxx a xxx, p. 5 xx; xxx--xxx ? xxx : xxx !')
    expect(set(text) !== text).toBe(['en', 'en-GB', 'fr', 'ru'].includes(lang))
  })
})

test('what the table says of some languages is so', () => {
  const set = (text: string, lang: string) => fix(text, { lang, noBreakSpace: 'character' })
  expect(set('xxx ; xxx ! xxx ? xxx : "xxx"', 'fr')).toBe(
    'xxx\u202F; xxx\u202F! xxx\u202F? xxx\u00A0: «\u202Fxxx\u202F»',
  )
  expect(set('word - word', 'en-GB')).toBe('word\u00A0– word')
  // Every rule that is on, but those of one language alone, is at work in both that get everything.
  const shared = rules.filter(({ languages: of = [] }) => of.length > 1)
  expect(shared.filter(({ languages: of }) => !of?.includes('ru') || !of.includes('en'))).toEqual([])
})

test('languages go by their subtag', () => {
  expect(
    ['EN_gb', 'en-GB-oxendict', 'en-AU', 'nb', 'nn-NO', 'fr-CA', 'ja', 'zz', ''].map(languageOf),
  ).toEqual(['en-GB', 'en-GB', 'en', 'no', 'no', 'fr', undefined, undefined, undefined])
})
