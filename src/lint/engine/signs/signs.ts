import type { Step } from '../align.ts'
import { changed, closedUp } from './places.ts'
import { isCapital, isCyrillic, isLatin, isMark, Kind, kinds } from './kinds.ts'

/** What a text may have, so that a rule has something to look at: each a bit. */
const bits = {
  digit: 1 << 0,
  /** One of «‹»›„“‟”" */
  'double mark': 1 << 1,
  /** One of '‘’‚‛ */
  'single mark': 1 << 2,
  /** A full stop behind a capital letter, alone or with one more: J., Дж. */
  initial: 1 << 3,
  'line end': 1 << 4,
  /** A Latin letter beside a Cyrillic one. */
  'two scripts': 1 << 5,
  /** A hyphen or a dash that begins a line or stands behind a blank. */
  dash: 1 << 6,
  /** Two hyphens or dashes side by side. */
  'two dashes': 1 << 7,
  /** A Cyrillic letter behind a Latin capital and a blank. */
  'Latin capital before': 1 << 8,
  /** Side by side: т. д. */
  'two abbreviations': 1 << 9,
  '*': 1 << 10,
  '№': 1 << 11,
  '§': 1 << 12,
  '¶': 1 << 13,
} as const

export type Sign = keyof typeof bits

/** Signs as bits. */
export const signsOf = (signs: readonly Sign[]): number => signs.reduce((all, sign) => all | bits[sign], 0)

/**
 * The places of a text where a rule could act. They ascend, and stay true while like takes the place of like: so a blank is one that
 * breaks or one that does not, and whoever looks there looks which.
 */
export interface Signs {
  /** What the text has, as bits (`signsOf`). */
  readonly found: number
  /** Digits with no digit before them. */
  readonly digits: readonly number[]
  /** Blanks before what may be a capital letter. */
  readonly capitals: readonly number[]
  /** Where words of one or two Latin or Cyrillic letters have ended: behind their last one. */
  readonly shortWords: readonly number[]
  readonly lineEnds: readonly number[]
  /** Quotation marks, double and single, and apostrophes. */
  readonly marks: readonly number[]
  /** Hyphens and dashes that begin a line or stand behind a blank, of several in a row the first. */
  readonly dashes: readonly number[]
  /** What may end a sentence: . ! ? … */
  readonly stops: readonly number[]
  /** Letters that stand behind a number or behind the blank behind it. */
  readonly behindNumbers: ReadonlySet<string>
}

/** Signs with other places. Wherever they are made, their fields stand in one order: V8 compiles what reads them anew for each other one. */
export const withPlaces = (
  signs: Signs,
  change: (places: readonly number[]) => readonly number[],
  found = signs.found,
): Signs => ({
  found,
  digits: change(signs.digits),
  capitals: change(signs.capitals),
  shortWords: change(signs.shortWords),
  lineEnds: change(signs.lineEnds),
  marks: change(signs.marks),
  dashes: change(signs.dashes),
  stops: change(signs.stops),
  behindNumbers: signs.behindNumbers,
})

const same = (places: readonly number[]) => places

/**
 * Finds them in one pass: a pass in JavaScript costs as much as five or six searches by regular expression, and saves thirty.
 */
export function readSigns(text: string): Signs {
  const digits: number[] = []
  const capitals: number[] = []
  const shortWords: number[] = []
  const lineEnds: number[] = []
  const marks: number[] = []
  const dashes: number[] = []
  const stops: number[] = []
  const behindNumbers = new Set<string>()
  const { length } = text
  let found = 0
  let before: number = Kind.lineEnd
  let beforeThat: number = Kind.lineEnd
  let letters = 0
  let lastPoint = -Infinity
  for (let at = 0; at < length; at++) {
    const kind = kinds[text.charCodeAt(at)] as number
    if (kind <= Kind.foreign) {
      if (before === Kind.blank) {
        if (kind > Kind.cyrillic) capitals.push(at - 1)
        if (beforeThat === Kind.digit) behindNumbers.add(text[at] as string)
        else if (beforeThat === Kind.latinCapital && isCyrillic(kind)) found |= bits['Latin capital before']
      } else if (before === Kind.digit) behindNumbers.add(text[at] as string)
      else if (kind !== before && isMixed(kind, before)) found |= bits['two scripts']
      letters++
      beforeThat = before
      before = kind
      // What most characters are: small letters behind another.
      if (kind > Kind.cyrillic) continue
      const start = at
      while (at + 1 < length && kinds[text.charCodeAt(at + 1)] === kind) at++
      if (at === start) continue
      letters += at - start
      beforeThat = kind
      continue
    }
    if (letters === 1 || letters === 2) shortWords.push(at)
    if (kind <= Kind.blank) {
      // Of these nobody asks but what stands beside them.
    } else if (kind === Kind.digit) {
      if (before !== Kind.digit) digits.push(at)
    } else if (kind === Kind.lineEnd) {
      if (text[at] === '\n') lineEnds.push(at)
      // What stands side by side does so in one segment, whichever come before and behind it.
      else lastPoint = -Infinity
    } else if (isMark(kind)) {
      found |= markBit(kind)
      marks.push(at)
    } else if (kind === Kind.dash) {
      if (before === Kind.blank || before === Kind.lineEnd) dashes.push(at)
      else if (before === Kind.dash) found |= bits['two dashes']
    } else if (kind === Kind.point) {
      stops.push(at)
      if (isCapital(before) || isCapital(beforeThat)) found |= bits.initial
      const start = before < Kind.foreign ? abbreviationBefore(text, at) : at
      if (start < at && start - lastPoint <= 2) found |= bits['two abbreviations']
      lastPoint = at
    } else if (kind === Kind.stop) stops.push(at)
    else if (kind === Kind.rare) found |= bits[text[at] as '*' | '№' | '§' | '¶']
    letters = 0
    beforeThat = before
    before = kind
  }
  if (letters === 1 || letters === 2) shortWords.push(length)
  if (digits.length > 0) found |= bits.digit
  if (dashes.length > 0) found |= bits.dash
  if (lineEnds.length > 0) found |= bits['line end']
  return { found, digits, capitals, shortWords, lineEnds, marks, dashes, stops, behindNumbers }
}

const isMixed = (kind: number, before: number) =>
  (isLatin(kind) && isCyrillic(before)) || (isCyrillic(kind) && isLatin(before))

const markBit = (kind: number) => (kind === Kind.doubleMark ? bits['double mark'] : bits['single mark'])

/** Words of up to five letters, small, that stand before a full stop. */
export function abbreviationsIn(text: string, { stops }: Signs): ReadonlySet<string> {
  const found = new Set<string>()
  for (const at of stops) {
    const start = text[at] === '.' ? abbreviationBefore(text, at) : at
    if (start < at) found.add(text.slice(start, at).toLowerCase())
  }
  return found
}

/** Where a word begins that ends before `end`; there when it is too long. */
function abbreviationBefore(text: string, end: number): number {
  let start = end
  while (isPlain(text, start - 1)) if (end - --start > LONGEST_ABBREVIATION) return end
  return start
}

const isPlain = (text: string, at: number) => (kinds[text.charCodeAt(at)] as number) < Kind.foreign

const LONGEST_ABBREVIATION = 5

/**
 * The signs of `text`, that steps made of `before`, as far as its `signs` tell them: like for like, a mark for a mark, a blank for a line’s
 * end, a line’s end for a blank, or fewer hyphens and dashes in a row, but one. The very same when nothing has moved; undefined when the text has to be read again.
 */
export function signsBehind(
  signs: Signs,
  steps: readonly Step[],
  before: string,
  text: string,
): Signs | undefined {
  const removed: number[] = []
  const ended: number[] = []
  const blanked: number[] = []
  let { found } = signs
  for (const { at, remove, text: wanted } of steps) {
    if (remove === 0 || wanted.length > 1) return undefined
    const kind = kinds[before.charCodeAt(at)] as number
    if (wanted === '') {
      const place = at - removed.length
      if (kind !== Kind.dash || !(isDash(text, place - 1) || isDash(text, place))) return undefined
      removed.push(at)
      continue
    }
    const next = kinds[wanted.charCodeAt(0)] as number
    // Of letters, and of signs by themselves, it matters which.
    if (next === kind && kind > Kind.foreign && kind !== Kind.rare) continue
    if (isMark(next) && isMark(kind)) found |= markBit(next)
    else if (kind === Kind.blank && wanted === '\n') ended.push(at)
    else if (kind === Kind.lineEnd && next === Kind.blank) blanked.push(at)
    else return undefined
  }
  if (ended.length + blanked.length > 0)
    return removed.length > 0
      ? undefined
      : withLineEnds(withPlaces(signs, same, found), text, { ended, blanked })
  if (removed.length === 0) return found === signs.found ? signs : withPlaces(signs, same, found)
  return withPlaces(signs, places => closedUp(places, removed), found)
}

interface MovedLineEnds {
  /** Blanks that have become line ends, and the other way round. */
  readonly ended: readonly number[]
  readonly blanked: readonly number[]
}

function withLineEnds(signs: Signs, text: string, { ended, blanked }: MovedLineEnds): Signs {
  const kindAt = (at: number) => kinds[text.charCodeAt(at)] ?? Kind.other
  const isInitial = (at: number) => kindAt(at) <= Kind.foreign
  const behindNumbers = blanked.filter(at => kindAt(at - 1) === Kind.digit && isInitial(at + 1))
  const isBehindCapital = blanked.some(
    at => kindAt(at - 1) === Kind.latinCapital && isCyrillic(kindAt(at + 1)),
  )
  return {
    found: signs.found | bits['line end'] | (isBehindCapital ? bits['Latin capital before'] : 0),
    digits: signs.digits,
    capitals: changed(
      signs.capitals,
      ended,
      blanked.filter(at => isInitial(at + 1) && kindAt(at + 1) > Kind.cyrillic),
    ),
    shortWords: signs.shortWords,
    lineEnds: changed(signs.lineEnds, blanked, ended),
    marks: signs.marks,
    dashes: signs.dashes,
    stops: signs.stops,
    behindNumbers: new Set([...signs.behindNumbers, ...behindNumbers.map(at => text[at + 1] as string)]),
  }
}

const isDash = (text: string, at: number) => kinds[text.charCodeAt(at)] === Kind.dash
