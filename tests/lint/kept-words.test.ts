import { array, assert, constantFrom, oneof, property } from 'fast-check'
import { expect, test } from 'vitest'
import { createMarkdown } from '../../src/build/render/render-markdown.ts'
import { typesetInline } from '../../src/lint/markdown-it-plugin.ts'
import { fix, lint } from './fix.ts'

/** Words that some rule or other would change inside, and at their ends. */
const kept = [
  'of it',
  "don't",
  'a - b',
  '"so"',
  'в лесу',
  'и т.д.',
  '5 kg',
  'Mr. X',
  "'tis",
  'x--y',
  '10 000',
  'a "b" c',
]
const around = [
  'in',
  'a',
  '- ',
  '"',
  '“quoted”',
  'слово',
  'же',
  '(see',
  '5',
  '—',
  "it's",
  '*so*',
  '`code`',
  '\n',
  '\n\n',
  '.',
  ',',
]

const texts = array(oneof(constantFrom(...kept), constantFrom(...around)), {
  minLength: 1,
  maxLength: 14,
}).map(parts => parts.join(' '))

/** How often each of them stands in a text, by itself. */
const occurrences = (text: string): readonly number[] =>
  kept.map(word => {
    const written = word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    return text.match(new RegExp(`(?<![\\p{L}\\p{N}])${written}(?![\\p{L}\\p{N}])`, 'gu'))?.length ?? 0
  })

test('no rule changes anything inside a word of lint.words.keep, in the source', () => {
  assert(
    property(
      texts,
      constantFrom('en', 'en-GB', 'ru', 'fr'),
      constantFrom('typograf', 'book'),
      (text, lang, preset) => {
        const fixed = fix(text, { lang, section: { words: { keep: kept }, preset } })
        expect(occurrences(fixed)).toEqual(occurrences(text))
      },
    ),
    { numRuns: 400 },
  )
})

const markdown = createMarkdown()

test('nor in a build that sets the text in place, nor does it report anything there', () => {
  const html = (text: string, lang: string, words: { keep: string[] } | undefined) =>
    markdown(text, {
      lang,
      resolve: destination => destination,
      imageSize: () => undefined,
      readInline:
        words &&
        (state => {
          typesetInline(
            state,
            { path: 'page.md', text },
            { lang, noBreakSpace: 'character', rules: {}, words },
          )
        }),
    }).replaceAll('&quot;', '"')
  assert(
    property(texts, constantFrom('en', 'ru'), (text, lang) => {
      expect(occurrences(html(text, lang, { keep: kept }))).toEqual(occurrences(html(text, lang, undefined)))
    }),
    { numRuns: 400 },
  )
  const alone = lint('It is 10 - 5 here.', { lang: 'en', section: { words: { keep: ['10 - 5'] } } })
  expect(alone.map(({ code }) => code)).not.toContain('imprimatur/minus-or-range')
})
