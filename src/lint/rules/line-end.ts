import type { Draft } from '../draft.ts'
import { LINE_END } from '../galley.ts'
import type { Rule } from '../rule.ts'

const NO_BREAK_SPACE = '\u00A0'

export const lineEnd: Rule = {
  name: LINE_END,
  title: 'A short word at the end of a source line belongs to the next one',
  why: 'A line’s end in the source is a blank to the reader, where a line may break: the short word would hang. It moves down and is tied there.',
  examples: [
    { lang: 'ru', before: 'долго были в\nлесу', after: 'долго были\nв&nbsp;лесу' },
    { lang: 'en', before: 'promoted by a\ncompany', after: 'promoted\nby&nbsp;a&nbsp;company' },
  ],
  guard: /\n/,
  run(draft, { lang }) {
    const short = lang === 'ru' ? shortRussian : shortEnglish
    for (let end = draft.text.indexOf('\n'); end >= 0; end = draft.text.indexOf('\n', end + 1)) {
      if (/[\n\u2029]/.test(draft.text[end + 1] ?? '\n')) continue
      const line = draft.text.slice(Math.max(0, end - LONGEST), end)
      const start = chunkStart(line.slice(line.search(/[^\n\u2029]*$/)), short)
      if (start > 0 && draft.breakable(end - start)) move(draft, end - start, end)
    }
  },
}

/** No tied group of words is longer; a longer one stays where it is. */
const LONGEST = 120

const shortRussian = /(?:^|[ \u00A0(«‹»›„“‟”"])[а-яёa-z]{1,2}$/i
const shortEnglish = /(?:^|[ \u00A0(«‹»›„“‟”"])[a-z]{1,2}$/i

/**
 * How far from the line's end the blank is at which to break it instead: before the last words that are tied together, or
 * short. 0 when nothing dangles, or when nothing would be left of the line that begins like a sentence.
 */
function chunkStart(line: string, short: RegExp): number {
  let end = line.length
  while (short.test(line.slice(0, end))) {
    end = line.lastIndexOf(' ', end - 1)
    if (end < 0) return 0
  }
  const stays = /[\p{L}\d][^ ]*$/u.test(line.slice(0, end))
  const moves = /^ [\p{L}(«„“"]|^ \d+[^\d.)]/u.test(line.slice(end))
  return end < line.length && stays && moves ? line.length - end : 0
}

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
