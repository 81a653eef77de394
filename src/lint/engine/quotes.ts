import { WORD } from '../parse/cells.ts'
import { isDoubleMark } from './signs/kinds.ts'

/** Stands for a template tag beside a mark: it may hide anything, a word or nothing. */
export const TEMPLATE = '\uE002'

/** A segment of a text, and where marks stand in it, quotation marks and apostrophes. */
export interface MarkedSegment {
  readonly start: number
  readonly end: number
  readonly marks: readonly number[]
}

/** A mark that has a partner. */
export interface PairedMark {
  /** An offset into the text. */
  readonly at: number
  readonly opens: boolean
  /** The number of its pair, from 0 in the order in which they begin. */
  readonly pair: number
}

export interface Pairing {
  /** In the order of the text. When one is lone, no pair can be relied on. */
  readonly marks: readonly PairedMark[]
  /** Marks that have no partner. */
  readonly lone: readonly number[]
}

export interface PairingOptions {
  /** Where a pair of curly quotes around foreign words ends that begins at `open`: it is left as it is. */
  foreign(text: string, open: number): number | undefined
  /** What stands beside a mark, at this place: `²` for a note mark, TEMPLATE for a template tag. */
  readonly beside: (at: number) => string
  /** In this language quotations begin with » or end with «, or begin as they end: by its form no mark has a side. */
  readonly sideless: boolean
}

/**
 * Pairs the double quotation marks of a segment of `text`: single ones are apostrophes as often as not. Not taken for quotation marks: inch marks (5"), those of an
 * emoticon (^_^"), lone ones ((") or a " b), an empty pair (""), and what `foreign` claims. Linear.
 */
export function pairQuotes(text: string, segment: MarkedSegment, options: PairingOptions): Pairing {
  const marks = findMarks(text, segment, options)
  const first = match(marks, { inches: false })
  if (first.lone.length === 0) return first
  const second = match(marks, { inches: true })
  return second.lone.length === 0 ? second : first
}

interface Mark {
  readonly at: number
  readonly opens: boolean
  readonly closes: boolean
  readonly inch: boolean
  readonly emoticon: boolean
}

/** What may stand before an opening mark. */
const before = new RegExp(`[\\s([{<—–\\-/=:|'’‘+~&·•*_#>\\u2029${TEMPLATE}]`)
/** What may stand behind a closing mark; an opaque object does when something was left out of a word. */
const after = new RegExp(`[\\s!?.:;#*,…)\\]}>—–\\-/|'’+=&_<†‡¹²³⁰⁴-⁹\\u2029${WORD}${TEMPLATE}]`)

function findMarks(
  text: string,
  { start, end, marks: places }: MarkedSegment,
  { foreign, beside, sideless }: PairingOptions,
): readonly Mark[] {
  const marks: Mark[] = []
  let done = start
  for (const i of places) {
    if (i < done || !isDoubleMark(text.charCodeAt(i))) continue
    const claimed = foreign(text, i)
    if (claimed !== undefined) {
      done = claimed + 1
      continue
    }
    let run = i + 1
    while (run < end && isDoubleMark(text.charCodeAt(run))) run++
    const previous = i > start ? beside(i - 1) : ''
    const next = run < end ? beside(run) : ''
    if (!isNoQuote(text, { start: i, end: run, previous, next })) {
      for (let at = i; at < run; at++)
        marks.push(readMark(text[at] as string, { at, previous, next, sideless }))
    }
    done = run
  }
  return marks
}

interface Run {
  readonly start: number
  readonly end: number
  readonly previous: string
  readonly next: string
}

/** A dash, and no option such as --fix or a word that begins with one. */
const dashBefore = /(?:^|\s)[—–-]{1,3}$/
const dashBehind = /^[—–-]{1,3}(?:\s|$)/
const word = new RegExp(`[\\p{L}\\d${WORD}${TEMPLATE}]`, 'u')

/** Lone: a blank or a bracket on both sides, or a stop behind it. Empty: two of them and no word beside them. */
function isNoQuote(text: string, { start, end, previous, next }: Run): boolean {
  const size = end - start
  if (size > 2 || /[«»„]/.test(text[start] as string)) return false
  if (word.test(previous) || word.test(next)) return false
  if (size === 2) return !/[.!?…»”)\]'’‘]/.test(previous) && !/[.…«„“([]/.test(next)
  const open =
    previous === '' || /[\s([{]/.test(previous) || dashBefore.test(text.slice(Math.max(0, start - 4), start))
  const close = next === '' || /[\s)\]},;:]/.test(next) || dashBehind.test(text.slice(end, end + 4))
  return open && close
}

interface MarkContext {
  readonly at: number
  readonly previous: string
  readonly next: string
  readonly sideless: boolean
}

function readMark(mark: string, { at, previous, next, sideless }: MarkContext): Mark {
  const mayOpen = (previous === '' || before.test(previous)) && next !== '' && !/\s/.test(next)
  const mayClose = previous !== '' && !/\s/.test(previous) && (next === '' || after.test(next))
  const straight = mark === '"'
  const [left, right] = sideless ? ['„‟', ''] : ['«‹„‟', '»›']
  return {
    at,
    opens: left.includes(mark) || (mayOpen && !right.includes(mark)),
    closes: (right !== '' && right.includes(mark)) || (mayClose && !left.includes(mark)),
    inch: straight && /[\d½¼¾]/.test(previous),
    emoticon: straight && /[\^_;:=><°~|]/.test(previous),
  }
}

function match(marks: readonly Mark[], { inches }: { inches: boolean }): Pairing {
  const paired: PairedMark[] = []
  const lone: number[] = []
  const open: PairedMark[] = []
  let pairs = 0
  for (const { at, opens, closes, inch, emoticon } of marks) {
    if (inches && inch) continue
    const partner = closes ? open.pop() : undefined
    if (partner) paired.push({ at, opens: false, pair: partner.pair })
    else if (opens) {
      const mark = { at, opens: true, pair: pairs++ }
      open.push(mark)
      paired.push(mark)
    } else if (!inch && !emoticon) lone.push(at)
  }
  for (const { at } of open) lone.push(at)
  return { marks: paired, lone: lone.toSorted((a, b) => a - b) }
}
