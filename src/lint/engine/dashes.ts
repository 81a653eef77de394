import type { EditBuffer } from './edit-buffer.ts'
import type { RuleContext } from '../rules/rule.ts'
import { isBlank } from '../ties/readable-text.ts'
import { match } from '../ties/written-number.ts'

const spaced = /[ \u00A0](?:-{1,2}|[‒–—])(?=[ \u00A0\n])/y

interface SpacedDash {
  /** Where the blank before it is. */
  readonly at: number
  /** That blank, and the dash. */
  readonly found: string
}

/** Hyphens and dashes with a blank on either side; a line may end behind one. */
export function spacedDashes({ text, signs }: Pick<EditBuffer, 'text' | 'signs'>): readonly SpacedDash[] {
  const found: SpacedDash[] = []
  for (const dash of signs.dashes) {
    const each = match(spaced, text, dash - 1)
    if (each !== '') found.push({ at: dash - 1, found: each })
  }
  return found
}

/** Sets a dash with a blank before it that does not break; and two hyphens that begin a line. */
export function setDashes(buffer: EditBuffer, context: RuleContext, dash: (typed: string) => string): void {
  const { text } = buffer
  const changes = spacedDashes(buffer).map(({ at, found }) => {
    const span = [at, at + found.length] as const
    const isNone = isNoDash(buffer, span) || isOperation(text, span, context)
    return { at, found, wanted: isNone ? found : `\u00A0${dash(found.slice(1))}` }
  })
  buffer.replaceMatches(changes, { again: false })
  const begun = buffer.signs.dashes.filter(at => match(beginsLine, buffer.text, at - 1) !== '')
  buffer.replaceMatches(
    begun.map(at => ({ at, found: '--', wanted: dash('--') })),
    { again: false },
  )
}

const beginsLine = /\n--(?=[ \u00A0])/y

const value =
  /^[([{]*[-+−~≈±]?[$€£¥₽]?[\d½¼¾⅓⅔][\d.,:/½¼¾⅓⅔]*(?![\d.,:/½¼¾⅓⅔])[%‰°₽$€£CF]*[)\]}]*[.,;:!?…]*$/u
const single = /^[([{]*(\p{L})[)\]}]*[.,;:!?…]*$/u

/**
 * Whether what stands between two values is a minus or the sign of a range, and no dash: between two numbers, with their units
 * or months, two single letters that are no words, or one and a number.
 */
export function isOperation(
  text: string,
  [start, end]: readonly [number, number],
  { lang, lexicon }: RuleContext,
): boolean {
  // Nearly always a word stands behind it.
  if (isLetter(text.charCodeAt(end + 1)) && isLetter(text.charCodeAt(end + 2))) return false
  const left = tokenBefore(text, start)
  const right = tokenBehind(text, end)
  if (left === '' || right === '') return false
  const [isValue, isValueBehind] = [value.test(left) && !/[.,;:!?…]$/.test(left), value.test(right)]
  if (isValue && isValueBehind) return true
  // A long dash between letters was meant to be one.
  if (text[start + 1] === '—') return false
  const [a, b] = [single.exec(left)?.[1], single.exec(right)?.[1]]
  const isWord = (letter: string) => lexicon.letters.has(letter) || lexicon.letters.has(letter.toLowerCase())
  const isVariable = (letter: string | undefined) =>
    letter !== undefined && /\p{Ll}/u.test(letter) && !isWord(letter)
  if (a !== undefined && b !== undefined) return !(isWord(a) && isWord(b))
  if ((isVariable(a) && isValueBehind) || (isValue && isVariable(b))) return true
  // In Russian such a range has a dash with blanks: 5 мая — 10 июня.
  if (!isValueBehind || lang === 'ru') return false
  const isMeasure = (word: string) =>
    lexicon.units.has(word) || lexicon.months.has(word) || lexicon.counted.has(word)
  const behind = tokenBehind(text, end + 1 + right.length).replace(/(?<![.,;:!?])[.,;:!?]+$/, '')
  return isMeasure(left) && isMeasure(behind) && value.test(tokenBefore(text, start - left.length - 1))
}

const isLetter = (code: number) =>
  ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || (code >= 0x401 && code <= 0x451)

/**
 * Whether hyphens are no dash whatever stands beside them: they are the shaft of an arrow (`< --`), part cells (`| -- |`), or two are escaped, lest somebody's
 * SmartyPants make a dash of them. One alone it leaves, so that only a converter escapes it (Google Docs does). Nor behind the bracket of a
 * link, where it may be anything.
 */
export const isNoDash = (
  { text, between, sourceOf }: Pick<EditBuffer, 'text' | 'between' | 'sourceOf'>,
  [start, end]: readonly [number, number],
): boolean =>
  (sourceOf(start + 1) === '\\-' && (end - start > 2 || !/^[*_]*$/.test(between(start)))) ||
  text[start - 1] === '<' ||
  text[end + 1] === '>' ||
  (text[start - 1] === '|' && text[end + 1] === '|')

/** The characters without a blank that end at the blank before `end`. */
function tokenBefore(text: string, end: number): string {
  let start = end
  while (start > 0 && end - start < LONGEST && !isBreak(text[start - 1])) start--
  return text.slice(start, end)
}

/** Those that begin behind the blank at `at`. */
function tokenBehind(text: string, at: number): string {
  let end = at + 1
  while (end < text.length && end - at < LONGEST && !isBreak(text[end])) end++
  return text.slice(at + 1, end)
}

const isBreak = (character: string | undefined) =>
  isBlank(character) || character === '\n' || character === '\u2029'
const LONGEST = 24
