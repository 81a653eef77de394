import { firstFrom } from '../../../core/text/first-from.ts'
import type { EditBuffer, Rewrite } from '../../engine/edit-buffer.ts'
import type { Rule } from '../rule.ts'
import { blanks, dashes } from '../characters.ts'
import { setDashes } from '../../engine/dashes.ts'
import { match } from '../../ties/written-number.ts'

export const russianDash: Rule = {
  code: 'ru/dash/main',
  title: 'A hyphen between blanks is a dash, tied to the word before it; speech begins with one',
  why: 'A line that begins with a dash reads like direct speech. Between two numbers it is a minus or a range, and stays.',
  writes: blanks + dashes,
  languages: ['ru'],
  needs: ['dash'],
  cost: 'every dash has neighbours, and most dashes are changed',
  examples: [
    { lang: 'ru', before: 'Типографика - набор правил', after: 'Типографика&nbsp;— набор правил' },
    { lang: 'ru', before: 'слово — дело', after: 'слово&nbsp;— дело' },
    { lang: 'ru', before: '– Привет, – сказал он.', after: '—&nbsp;Привет,&nbsp;— сказал он.' },
    { lang: 'ru', before: '\\- Привет.', after: '—&nbsp;Привет.' },
    { lang: 'ru', before: 'слово \\- дело', after: 'слово&nbsp;— дело' },
    { lang: 'ru', before: 'итого: 10 - 5', after: 'итого: 10 - 5' },
  ],
  run(buffer, context) {
    setDashes(buffer, context, () => '—')
    setSpeech(buffer)
  },
}

/** A dash that begins a paragraph, or a line of it behind a hard break or with an escape, and the blank behind it. */
const begins = /[-–—][ \u00A0](?=[\p{L}«„"“…])/uy
const goesOn = /[,.!?…][»“"]?[ \u00A0][-–—][ \u00A0\n]/g

function setSpeech(buffer: EditBuffer): void {
  const { text, signs } = buffer
  const changes: (readonly Rewrite[])[] = []
  const paragraphEnd = firstFrom(from => text.indexOf('\u2029', from))
  const secondDash = firstFrom(from => {
    goesOn.lastIndex = from
    return goesOn.exec(text)?.index ?? -1
  })
  for (const at of signs.dashes) {
    const isEscaped = buffer.sourceOf(at) === '\\-'
    const isFirst =
      at === 0 ||
      text[at - 1] === '\u2029' ||
      (text[at - 1] === '\n' && (isEscaped || buffer.breaksHard(at - 1)))
    const found = isFirst ? match(begins, text, at) : ''
    if (found === '') continue
    // What begins with a hyphen may be a list as well, unless its author has escaped it.
    if (found[0] === '-' && !isEscaped && secondDash(at + 2) >= paragraphEnd(at)) continue
    const change: Rewrite[] = []
    if (found[0] !== '—') change.push({ at, text: '—' })
    if (found[1] === ' ') change.push({ at: at + 1, text: '\u00A0' })
    if (change.length > 0) changes.push(change)
  }
  buffer.rewrite(changes)
}

/** Of every spaced hyphen or dash the dash of the country. */
const englishDash = (
  facts: Pick<Rule, 'code' | 'title' | 'why' | 'languages' | 'examples'>,
  dash: (typed: string) => string,
): Rule => ({
  ...facts,
  cost: 'every dash has neighbours, and most dashes are changed',
  writes: blanks + dashes,
  needs: ['dash'],
  run(buffer, context) {
    setDashes(buffer, context, dash)
  },
})

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
