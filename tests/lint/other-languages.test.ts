import { array, assert, constantFrom, property, tuple } from 'fast-check'
import { encodeHTML } from 'entities'
import { describe, expect, test } from 'vitest'
import { createParser } from '../../src/document/markdown.ts'
import { applyEdits } from '../../src/lint/fix.ts'
import { lintPage, lintSource } from '../../src/lint/lint.ts'
import type { Diagnostic } from '../../src/core/types.ts'

const LANGUAGE = 'imprimatur/language'
const settings = { lang: 'ru', noBreakSpace: 'entity', rules: {} } as const

const lint = (body: string, lang = 'ru') =>
  lintSource({ path: 'a.md', text: `---\nlang: ${lang}\n---\n\n${body}` }, settings)
const languages = (found: readonly Diagnostic[]) => found.filter(({ code }) => code === LANGUAGE)

describe('a paragraph in another script than its page', () => {
  const text = 'Вот так.\n\nThe author said "never again" - it isn\'t here.'

  test('is reported once, and no mark of it is set', () => {
    const found = lint(text)
    expect(languages(found)).toHaveLength(1)
    expect(languages(found)).toMatchObject([{ severity: 'warning', fix: { safe: false } }])
    const other = found.filter(({ code }) => code !== LANGUAGE && !code.startsWith('common/nbsp/'))
    expect(other).toEqual([])
  })

  test('is set in its own language once it is marked', () => {
    const [found] = languages(lint(text))
    const file = { path: 'a.md', text: `---\nlang: ru\n---\n\n${text}` }
    const marked = applyEdits(file.text, found?.fix?.edits ?? [])
    expect(marked).toBe(
      '---\nlang: ru\n---\n\nВот так.\n\n<!-- lang: en -->\nThe author said "never again" - it isn\'t here.\n<!-- lang -->',
    )
    const after = lintSource({ ...file, text: marked }, settings)
    expect(languages(after)).toEqual([])
    expect(after.map(({ code }) => code)).toContain('common/punctuation/quote')
  })

  test('is told by every letter, however it is written', () => {
    const letters = Array.from({ length: 0x130 }, (_, i) => 0x400 + i).filter(code =>
      /\p{L}/u.test(String.fromCharCode(code)),
    )
    const written = letters.flatMap(code => {
      const letter = String.fromCharCode(code)
      return [letter, encodeHTML(letter), `&#${code};`, `&#x${code.toString(16)};`]
    })
    expect(letters.length).toBeGreaterThan(250)
    expect(
      written.filter(each => languages(lint(`${each} ${each} ${each} ${each}`, 'en')).length !== 1),
    ).toEqual([])
  })

  test.each([
    ['four words at least', 'Вот так.\n\nChrome, "Firefox", Safari'],
    ['80 % of the letters at least', 'Вот так вот было.\n\nОткройте вкладку "Settings and Tools" again'],
    ['another script', 'Вот так.\n\nОн "сказал" слово своё'],
  ])('needs %s', (_, body) => expect(languages(lint(body))).toEqual([]))

  test('may be suppressed, and the rule be off', () => {
    expect(languages(lint(`<!-- typography off: ${LANGUAGE} -->\n\n${text}`))).toEqual([])
    const off = { ...settings, rules: { [LANGUAGE]: 'off' as const } }
    const found = lintSource({ path: 'a.md', text: `---\nlang: ru\n---\n\n${text}` }, off)
    expect(found.map(({ code }) => code)).toContain('common/punctuation/quote')
  })

  test('has no fix where its letters do not tell the language, or no comment may stand', () => {
    const german = 'Вот так.\n\nEr sagte "daß es so ist" über die Straße.'
    expect(languages(lint(german))).toMatchObject([{ fix: undefined }])
    const heading =
      'Вот так.\n\n# The author said "that" here\n\n[^1]: The author said "that" here\n\nТак[^1].'
    expect(languages(lint(heading)).map(({ fix }) => fix)).toEqual([undefined, undefined])
  })
})

describe('the comments that name a language', () => {
  const parser = createParser()
  const render = (text: string) =>
    parser
      .render(text)
      .replace(/<!-- lang(?:: \w+)? -->/g, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?(<\/?(?:li|p|ul|ol|blockquote|h1)>) ?/g, '$1')

  test('change nothing of a page but its language', () => {
    const words = constantFrom(
      'The author said "never" - and left',
      'The author said\nthat *it* is `so`',
      'Он сказал слово',
      '<br>The author said that it is',
    )
    const prefix = constantFrom('', '> ', '- ', '1. ', '- - ', '> - ', '  ', '# ', '    ', '<p>')
    const block = tuple(prefix, words, constantFrom('\n', '\n\n', '\n\n\n'))
    const blocks = array(block, { minLength: 1, maxLength: 7 })
    let marked = 0
    assert(
      property(blocks, constantFrom('\n', '\r\n'), (parts, lineBreak) => {
        const text = parts.flat().join('').replaceAll('\n', lineBreak)
        const found = languages(
          lintSource({ path: 'a.md', text: `Вот так вот и было оно там всё.\n\n${text}` }, settings),
        )
        const edits = found.flatMap(({ fix }) => fix?.edits ?? [])
        const before = `Вот так вот и было оно там всё.\n\n${text}`
        const after = applyEdits(before, edits)
        if (edits.length > 0) marked++
        expect(render(after)).toBe(render(before))
      }),
      { numRuns: 400, seed: 14 },
    )
    expect(marked).toBeGreaterThan(50)
  })
})

describe('a page whose letters do not tell its language', () => {
  test('is left alone, and said to be', () => {
    const file = { path: 'a.md', text: 'Він каже: "її дім поруч" - і він радіє.' }
    expect(lintPage(file, { ...settings, lang: 'en' })).toMatchObject([
      { code: 'lint/no-rules', severity: 'info' },
    ])
  })
})
