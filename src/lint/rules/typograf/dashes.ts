import type { EditBuffer, Rewrite } from '../../engine/edit-buffer.ts'
import type { Rule } from '../rule.ts'
import { blanks, dashes } from '../characters.ts'
import { englishDash } from '../../engine/english-dash.ts'
import { isNoDash, isOperation, spacedDash } from '../../engine/dashes.ts'

export const russianDash: Rule = {
  code: 'ru/dash/main',
  title: 'A hyphen between blanks is a dash, tied to the word before it; speech begins with one',
  why: 'A line that begins with a dash reads like direct speech. Between two numbers it is a minus or a range, and stays.',
  writes: blanks + dashes,
  languages: ['ru'],
  guard: /[-‒–—][ \u00A0\n]/,
  examples: [
    { lang: 'ru', before: 'Типографика - набор правил', after: 'Типографика&nbsp;— набор правил' },
    { lang: 'ru', before: 'слово — дело', after: 'слово&nbsp;— дело' },
    { lang: 'ru', before: '– Привет, – сказал он.', after: '—&nbsp;Привет,&nbsp;— сказал он.' },
    { lang: 'ru', before: '\\- Привет.', after: '—&nbsp;Привет.' },
    { lang: 'ru', before: 'итого: 10 - 5', after: 'итого: 10 - 5' },
  ],
  run(buffer, context) {
    buffer.replace([
      {
        pattern: spacedDash,
        wanted: ({ 0: found, index }) =>
          isNoDash(buffer, [index, index + found.length]) ||
          isOperation(buffer.text, [index, index + found.length], context)
            ? found
            : '\u00A0—',
        again: false,
      },
      { pattern: /(?<=\n)--(?=[ \u00A0])/g, wanted: () => '—', again: false },
    ])
    setSpeech(buffer)
  },
}

/** A dash that begins a paragraph, or a line of it behind a hard break, and the blank behind it. */
const begins = /(?<=^|[\n\u2029])[-–—][ \u00A0](?=[\p{L}«„"“…])/gu
const goesOn = /[,.!?…][»“"]?[ \u00A0][-–—][ \u00A0\n]/

function setSpeech(buffer: EditBuffer): void {
  const { text } = buffer
  const changes: (readonly Rewrite[])[] = []
  for (const { index: at, 0: found } of text.matchAll(begins)) {
    if (text[at - 1] === '\n' && !buffer.breaksHard(at - 1)) continue
    const end = text.indexOf('\u2029', at)
    // What begins with a hyphen may be a list as well, unless its author has escaped it.
    if (
      found[0] === '-' &&
      buffer.sourceOf(at) === '-' &&
      !goesOn.test(text.slice(at + 2, end < 0 ? undefined : end))
    )
      continue
    const change: Rewrite[] = []
    if (found[0] !== '—') change.push({ at, text: '—' })
    if (found[1] === ' ') change.push({ at: at + 1, text: '\u00A0' })
    if (change.length > 0) changes.push(change)
  }
  buffer.rewrite(changes)
}

export const americanDash = englishDash(
  {
    code: 'en-US/dash/main',
    title: 'A hyphen between blanks is a dash, tied to the word before it',
    why: 'A hyphen joins, a dash parts; and no line should begin with one. Between two numbers it is a minus or a range, and stays.',
    languages: ['en-US'],
    examples: [
      { lang: 'en', before: 'the end -- a word', after: 'the end&nbsp;— a word' },
      { lang: 'en', before: 'the result: 10 - 5', after: 'the result: 10 - 5' },
      { lang: 'en', before: '2010-2020, well-known, --fix', after: '2010-2020, well-known, --fix' },
    ],
  },
  () => '—',
)

export const britishDash = englishDash(
  {
    code: 'en-GB/dash/main',
    title: 'In Britain a hyphen between blanks is a short dash, tied to the word before it',
    why: 'British publishers set the shorter dash, with blanks; a long one that was typed stays. Between two numbers it is a minus or a range.',
    languages: ['en-GB'],
    examples: [{ lang: 'en-GB', before: 'the end - a word', after: 'the end&nbsp;– a word' }],
  },
  typed => (typed === '—' ? '—' : '–'),
)
