import type { EditBuffer } from '../engine/edit-buffer.ts'
import type { RuleContext } from '../rules/rule.ts'
import { wordBefore } from './readable-text.ts'

/** Whether English is set as its style books ask, and nothing is tied that they do not name. */
export const isEnglishBook = ({ lang, preset }: RuleContext): boolean => preset === 'book' && lang !== 'ru'

const NO_BREAK_SPACE = '\u00A0'

/** A book ties pairs of words; three and more words only when all together are no longer. */
const LONGEST_CHAIN = 12

/** Makes blanks that do not break of those of these, ascending, that do: of each on its own, for one may be forbidden. */
export function tie(buffer: EditBuffer, blanks: readonly number[], context: RuleContext): void {
  if (blanks.length === 0) return
  const { text } = buffer
  const { free } = context.lexicon
  const breaking = blanks.filter(
    at => text[at] === ' ' && !(free.size > 0 && free.has(wordBefore(text, at).toLowerCase())),
  )
  buffer.exchangeEach(isEnglishBook(context) ? shortChains(text, breaking) : breaking, NO_BREAK_SPACE)
}

function shortChains(text: string, blanks: readonly number[]): readonly number[] {
  const tied = new Set<number>()
  for (const at of blanks) if (fits(text, at, tied)) tied.add(at)
  return [...tied]
}

function fits(text: string, at: number, tied: ReadonlySet<number>): boolean {
  let [start, end, words] = [at, at + 1, 2]
  const isTie = (i: number) => text[i] === NO_BREAK_SPACE || tied.has(i)
  // A dash is no word.
  const isEdge = (i: number) =>
    i < 0 ||
    i >= text.length ||
    (/[ \n\u2029]/.test(text[i] as string) && !tied.has(i)) ||
    (isTie(i) && /[–—-]/.test(text[i + 1] ?? ''))
  for (; !isEdge(start - 1); start--) if (isTie(start - 1)) words++
  for (; !isEdge(end); end++) if (isTie(end)) words++
  return words === 2 || end - start <= LONGEST_CHAIN
}

/** The blanks behind any of these words, which the author wants tied. */
export function behindWords(text: string, words: ReadonlySet<string>): readonly number[] {
  const found: number[] = []
  if (words.size === 0) return found
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1))
    if (words.has(wordBefore(text, at).toLowerCase())) found.push(at)
  return found
}
