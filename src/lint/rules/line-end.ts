import type { Draft } from '../draft.ts'
import { LINE_END } from '../galley.ts'
import type { Rule } from '../rule.ts'

const NO_BREAK_SPACE = '\u00A0'

export const lineEnd: Rule = {
  name: LINE_END,
  why: 'A line’s end in the source is a blank to the reader, where a line may break: the short word would hang. It moves down and is tied there.',
  examples: [
    { lang: 'ru', before: 'долго были в\nлесу', after: 'долго были\nв&nbsp;лесу' },
    { lang: 'en', before: 'promoted by a\ncompany', after: 'promoted\nby&nbsp;a&nbsp;company' },
  ],
  guard: /\n/,
  run(draft, { lang }) {
    const short = lang === 'ru' ? shortRussian : shortEnglish
    for (let end = draft.text.indexOf('\n'); end >= 0; end = draft.text.indexOf('\n', end + 1)) {
      const next = draft.text.charCodeAt(end + 1)
      if (next === LINE || next === PARAGRAPH || !short.test(draft.text.slice(Math.max(0, end - 3), end)))
        continue
      const blank = chunkStart(draft.text, end, short)
      if (blank !== undefined && draft.breakable(blank)) move(draft, blank, end)
    }
  },
}

const LINE = 0x0a
const PARAGRAPH = 0x2029
const BLANK = 0x20

/** No tied group of words is longer; a longer one stays where it is. */
const LONGEST = 120

/** A text that ends with a short word; three characters are enough to see it. */
const shortRussian = /(?:^|[ \u00A0\n\u2029(«‹»›„“‟”"])[а-яёa-z]{1,2}$/i
const shortEnglish = /(?:^|[ \u00A0\n\u2029(«‹»›„“‟”"])[a-z]{1,2}$/i

/**
 * The blank at which to break the line instead: before the last words that are tied together, or short. Undefined when there
 * is none, or when what stays or what moves would not begin or end like a text.
 */
function chunkStart(text: string, end: number, short: RegExp): number | undefined {
  let blank = end
  do {
    do blank--
    while (blank >= 0 && !isStop(text.charCodeAt(blank)))
    if (end - blank > LONGEST || text.charCodeAt(blank) !== BLANK) return undefined
  } while (short.test(text.slice(Math.max(0, blank - 3), blank)))
  let last = blank
  while (last > 0 && !isStop(text.charCodeAt(last - 1))) last--
  const stays = /[\p{L}\d]/u.test(text.slice(last, blank))
  const moves = /^(?:[\p{L}(«„“"]|\d+[^\d.)])/u.test(text.slice(blank + 1, blank + 12))
  return stays && moves ? blank : undefined
}

const isStop = (code: number) => code === BLANK || code === LINE || code === PARAGRAPH

function move(draft: Draft, blank: number, end: number): void {
  const between = draft.text.slice(blank + 1, end)
  const rewrites = [
    { at: blank, length: 1, text: '\n' },
    ...[...between.matchAll(/ /g)].map(({ index }) => ({
      at: blank + 1 + index,
      length: 1,
      text: NO_BREAK_SPACE,
    })),
    { at: end, length: 1, text: NO_BREAK_SPACE },
  ]
  draft.rewrite(rewrites)
}
