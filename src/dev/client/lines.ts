/** A word as it stands on a page, which no blank breaks; of one that is hyphenated, the part on one line. */
export interface SetWord {
  readonly text: string
  /** In CSS pixels, from where the lines of its block begin; right-to-left text is none of these. */
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface LineFault {
  readonly kind: 'short line' | 'single word' | 'chain'
  /** The words that it is about. */
  readonly text: string
}

/** A line that ends before the measure does by more than this part of it leaves a hole in the edge of the text. */
const HOLE = 0.2
/** Words that are tied to one that takes more of the measure than this make a line break badly. */
const LONGEST_CHAIN = 1 / 3
/** So many words are a chain. */
const CHAIN = 3
/** In a narrower block, a table’s cell or a menu, nothing can be said of lines. */
const NARROWEST = 12

/**
 * What is wrong with the lines of a paragraph: lines but the last that are short, a last line of one word, and words tied to one that is
 * long for the measure. `measure` and `size`, of its type, in CSS pixels.
 */
export function faultsOf(
  words: readonly SetWord[],
  {
    measure,
    size,
    isHeading,
  }: { readonly measure: number; readonly size: number; readonly isHeading: boolean },
): readonly LineFault[] {
  if (words.length === 0 || measure < NARROWEST * size) return []
  const lines = linesOf(words)
  const faults: LineFault[] = []
  const last = lines.at(-1) ?? []
  if (lines.length > 1 && last.length === 1)
    faults.push({ kind: 'single word', text: textOf([...(lines.at(-2)?.slice(-2) ?? []), ...last]) })
  for (const [i, line] of lines.slice(0, -1).entries()) {
    const end = line.at(-1)?.right ?? 0
    const next = lines[i + 1]?.[0]
    // A heading is broken evenly, and short on purpose; and where a tie is at fault, it is the chain that is reported.
    if (isHeading || !next || end >= measure * (1 - HOLE)) continue
    faults.push({ kind: 'short line', text: textOf([...line.slice(-2), next]) })
  }
  for (const { text, left, right } of words)
    if (text.split(TIE).length >= CHAIN && right - left > measure * LONGEST_CHAIN)
      faults.push({ kind: 'chain', text: textOf([{ text }]) })
  return faults
}

const TIE = /[\u00A0\u202F\u2060]/

const textOf = (words: readonly { readonly text: string }[]) =>
  words
    .map(({ text }) => text)
    .join(' ')
    .replace(/[\u00A0\u202F]/g, '⍽')

function linesOf(words: readonly SetWord[]): readonly (readonly SetWord[])[] {
  const lines: SetWord[][] = []
  for (const word of words) {
    const line = lines.at(-1)
    const before = line?.at(-1)
    if (line && before && isOnLineOf(word, before) && word.left >= before.left) line.push(word)
    else lines.push([word])
  }
  return lines
}

/** What stands on one line overlaps in height, though one may be raised, lowered or larger. */
export const isOnLineOf = (a: SetWord, b: SetWord): boolean =>
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > Math.min(a.bottom - a.top, b.bottom - b.top) / 2
