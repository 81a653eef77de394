import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languageOf, languages } from '../../src/document/language.ts'
import { repository } from '../program.ts'
import { fix } from './fix.ts'

const readme = readFileSync(join(repository, 'README.md'), 'utf8')

describe.each(languages)('%s', lang => {
  const set = (text: string) => fix(text, { lang, noBreakSpace: 'character' })
  const nested = set('xxx "yyy "zzz" yyy" xxx.').slice(4, -5).replaceAll('\u202F', ' ')

  test('has quotation marks at both levels, and an apostrophe', () => {
    expect(nested).toMatch(/^(\P{L}+)yyy (\P{L}+)zzz(\P{L}+) yyy(\P{L}+)$/u)
    expect(nested).not.toContain('"')
    expect(set("xxx l'yyy xxx")).toBe('xxx l’yyy xxx')
    expect(fix(set('xxx "yyy "zzz" yyy" xxx.'), { lang, noBreakSpace: 'character' })).toBe(
      set('xxx "yyy "zzz" yyy" xxx.'),
    )
  })

  test('stands in the README’s table as it is set', () => {
    expect(readme).toMatch(new RegExp(`^\\| \`${lang}\` +\\| ${nested} +\\|`, 'm'))
  })

  test('has nothing else done to it, unless it is English, Russian or French', () => {
    const text = 'Xxx xx 5 xxx - xxx a xxx, p. 5 xx; xxx--xxx ? xxx : xxx !'
    expect(set(text) !== text).toBe(['en', 'en-GB', 'fr', 'ru'].includes(lang))
  })
})

test('languages go by their subtag', () => {
  expect(
    ['EN_gb', 'en-GB-oxendict', 'en-AU', 'nb', 'nn-NO', 'fr-CA', 'ja', 'zz', ''].map(languageOf),
  ).toEqual(['en-GB', 'en-GB', 'en', 'no', 'no', 'fr', undefined, undefined, undefined])
})
