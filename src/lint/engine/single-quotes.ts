import { firstFrom } from '../../core/text/first-from.ts'
import { WORD } from '../parse/cells.ts'
import { TEMPLATE, type MarkedSegment, type PairedMark } from './quotes.ts'
import { isPlainLetter } from './signs/kinds.ts'

/** What a `'`, `‘` or `’` is. */
export type SingleRole =
  /** A quotation mark that has its partner. */
  | 'opens'
  | 'closes'
  /** An apostrophe, at a word’s beginning (’tis), or anywhere else. */
  | 'clips'
  | 'apostrophe'
  /** Feet or minutes: 5'10". */
  | 'prime'
  /** Nobody can tell but the author. */
  | 'undecided'

export interface SingleMark {
  readonly at: number
  readonly role: SingleRole
  /** The number of its pair. */
  readonly pair: number
}

/** Words that lack their beginning: those that are no words without it … */
const clippedOnly = /^(?:tis|twas|twere|twill|twould|twasn|tisn|\d\ds?(?![.,:]\d))(?![\p{L}\d'’])/iu
/** … and those that something else may begin with. */
const clipped =
  /^(?:tis|twas|twere|twill|twould|twasn|tisn|til|till|em|im|er|ere|cause|bout|round|neath|cuz|cos|n|nuff|tude|gainst|mongst|kay|sup|\d\ds?(?!['’]|[.,:]\d))(?![\p{L}\d])/iu
/** Words that lack their end: goin', ol', N'. */
const endsClipped = /(?:^|[^\p{L}\d])(?:\p{L}{2,}in|ol|an|th|wi|lil|mo|o|n|t|lovin|nothin|somethin)$/iu

const letter = /[\p{L}\p{M}\d]/u
/** What a word is made of, or hides. */
const wordLike = new RegExp(`[\\p{L}\\p{M}\\d${WORD}${TEMPLATE}]`, 'u')
const opensBehind = new RegExp(`^$|[\\s([{<—–/=:«„“"‘~*_\\u2029${TEMPLATE}-]`)
const closesBefore = new RegExp(`^$|[\\s.,;:!?…)\\]}>»”"’—–/|*_²³¹\\u2029${WORD}${TEMPLATE}-]`)

interface MarkCandidate {
  readonly at: number
  readonly mark: string
  readonly opens: boolean
  readonly closes: boolean
  /** An apostrophe unless something else needs it: a possessive (parents'), a clipped word. */
  readonly doubtful: boolean
  readonly clipped: 'begins' | 'ends' | undefined
  /** Behind a number. */
  readonly numeric: boolean
}

type QuoteFrame = MarkCandidate[]

/**
 * Reads the single marks of a segment of `text`, in order: English pairs them as it pairs the double ones, and has
 * apostrophes at every place of a word. A pair never reaches over a mark of `doubles`; with `pairing: false` no two are a pair.
 */
export function readSingles(
  text: string,
  { start, end, marks }: MarkedSegment,
  { doubles, pairing, beside }: SinglesOptions,
): readonly SingleMark[] {
  const roles: SingleMark[] = []
  const decide = (at: number, role: SingleRole, pair = -1) => roles.push({ at, role, pair })
  const frames = new FrameStack(doubles)
  for (const at of marks) {
    if (!singles.includes(text[at] as string)) continue
    // Nearly always: don't.
    if (isPlainLetter(text.charCodeAt(at - 1)) && isPlainLetter(text.charCodeAt(at + 1))) {
      decide(at, 'apostrophe')
      continue
    }
    const previous = at > start ? beside(at - 1) : ''
    const next = at + 1 < end ? beside(at + 1) : ''
    const sure = sureRole(text, { at, start, end, previous, next })
    if (sure) {
      decide(at, sure)
      continue
    }
    frames.add(candidate(text, { at, end, previous, next }))
  }
  let pairs = 0
  for (const frame of frames.all) pairs = settle(frame, { text, pairing, decide, pairs })
  return roles.toSorted((a, b) => a.at - b.at)
}

const singles = "'‘’"

export interface SinglesOptions {
  readonly doubles: readonly PairedMark[]
  readonly pairing: boolean
  /** As in `pairQuotes`, but that double marks are what they are in their pairs: “ or ”. */
  readonly beside: (at: number) => string
}

/** The candidates by the innermost pair of double marks around them: those of one frame may be partners. */
class FrameStack {
  readonly all: QuoteFrame[] = [[]]
  private readonly open: QuoteFrame[] = [this.all[0] as QuoteFrame]
  private readonly doubles: readonly PairedMark[]
  private next = 0

  constructor(doubles: readonly PairedMark[]) {
    this.doubles = doubles
  }

  add(candidate: MarkCandidate): void {
    for (; (this.doubles[this.next]?.at ?? Infinity) < candidate.at; this.next++) {
      if (this.doubles[this.next]?.opens) {
        const frame: QuoteFrame = []
        this.open.push(frame)
        this.all.push(frame)
      } else this.open.pop()
    }
    this.open.at(-1)?.push(candidate)
  }
}

interface MarkPlace {
  readonly at: number
  readonly end: number
  readonly previous: string
  readonly next: string
}

/** What is certain without a look at other marks. */
function sureRole(
  text: string,
  { at, start, end, previous, next }: MarkPlace & { start: number },
): SingleRole | undefined {
  if (wordLike.test(previous) && letter.test(next)) {
    // 5'10", and 90's beside it.
    if (/\d/.test(previous) && /\d/.test(next)) return 'prime'
    return 'apostrophe'
  }
  const possessive = /^[sS](?![\p{L}\d'’])/u.test(text.slice(at + 1, Math.min(end, at + 3)))
  if (possessive && /[)\]”"»’!?.+#*°%²³¹>]/.test(previous) && !isOpenedQuotation(text, at, start))
    return 'apostrophe'
  const numeric = /^(?:\s\d|\d|['"])/.test(text.slice(at + 1, Math.min(end, at + 3)))
  if (/\d/.test(previous) && (numeric || next === '”')) return 'prime'
  if (text[at] !== '’' && /^n['’](?![\p{L}\d])/iu.test(text.slice(at + 1, Math.min(end, at + 4))))
    return 'clips'
  // The sign itself: (').
  return isBare(previous) && isBare(next) ? 'prime' : undefined
}

const isBare = (beside: string) => beside === '' || /[\s()[\]{}]/.test(beside)

/** A mark that begins a quotation may stand there: ('s), "'s. */
const isOpenedQuotation = (text: string, at: number, start: number) =>
  at - 2 < start || /[\s([{—–]/.test(text[at - 2] as string)

function candidate(text: string, { at, end, previous, next }: MarkPlace): MarkCandidate {
  const mark = text[at] as string
  const behind = text.slice(at + 1, Math.min(end, at + 12))
  const ahead = text.slice(Math.max(0, at - 24), at)
  const mayOpen = opensBehind.test(previous) && next !== '' && !/[\s.,;:!?)\]}]/.test(next)
  const mayClose = previous !== '' && !/\s/.test(previous) && closesBefore.test(next)
  const begins = mayOpen && mark !== '‘' && clipped.test(behind)
  const ends = mayClose && endsClipped.test(ahead)
  const possessive =
    mayClose &&
    /[sxzSXZ]$/.test(ahead) &&
    (/^\s\p{L}/u.test(text.slice(at + 1, Math.min(end, at + 3))) || closesBefore.test(next))
  const known = mark === '’' && begins
  return {
    at,
    mark,
    opens: mayOpen && mark !== '’' && !(begins && clippedOnly.test(behind)),
    closes: mayClose && mark !== '‘',
    doubtful: begins || ends || possessive || known,
    // Of 'n' the second mark is the first one’s affair.
    clipped: begins || /['’‘]n$/i.test(ahead) ? 'begins' : ends ? 'ends' : undefined,
    numeric: /\d/.test(previous),
  }
}

interface Settling {
  readonly text: string
  readonly pairing: boolean
  readonly decide: (at: number, role: SingleRole, pair?: number) => void
  readonly pairs: number
}

/**
 * Pairs the candidates of one frame. A closing mark that may be an apostrophe gives way to a later one that may not; where two
 * such could close what was opened, nobody knows. Returns the number of pairs so far.
 */
function settle(frame: readonly MarkCandidate[], { text, pairing, decide, pairs }: Settling): number {
  let next = pairs
  const firstSure = firstFrom(from => {
    let i = from
    while (i < frame.length && !isSure(frame[i] as MarkCandidate)) i++
    return i < frame.length ? i : -1
  })
  for (let i = 0; i < frame.length; i++) {
    const mark = frame[i] as MarkCandidate
    const [closing, ...others] = mark.opens && pairing ? partnersOf(frame, i, text, firstSure(i + 1)) : []
    if (closing === undefined) {
      decide(mark.at, alone(mark))
    } else if (others.length > 0) {
      const last = others.at(-1) as number
      for (; i <= last; i++) decide((frame[i] as MarkCandidate).at, 'undecided')
      i--
    } else {
      decide(mark.at, 'opens', next)
      for (let j = i + 1; j < closing; j++)
        decide((frame[j] as MarkCandidate).at, alone(frame[j] as MarkCandidate))
      decide((frame[closing] as MarkCandidate).at, 'closes', next++)
      i = closing
    }
  }
  return next
}

/** One that is a quotation mark, if it is one, before any that may be an apostrophe. */
const isSure = ({ opens, closes, doubtful }: MarkCandidate) => !doubtful && (opens || closes)

/** The numbers of the marks that may close what this one opens, up to the first sure one; of several nobody knows which. */
function partnersOf(
  frame: readonly MarkCandidate[],
  from: number,
  text: string,
  sure: number,
): readonly number[] {
  if (frame[sure]?.closes) return [sure]
  const opening = frame[from] as MarkCandidate
  // What may be a clipped word is one unless a mark is left over that can only close.
  if (opening.doubtful) return []
  const near: number[] = []
  for (let i = from + 1; i < Math.min(sure, frame.length); i++) {
    const each = frame[i] as MarkCandidate
    if (each.at - opening.at >= FURTHEST) break
    if (each.closes && !beginsSentence.test(text.slice(opening.at, each.at))) near.push(i)
  }
  return near
}

/** A possessive so far away, or in the next sentence, closes nothing. */
const FURTHEST = 80
const beginsSentence = /[.!?…]\s+\p{Lu}/u

function alone({ clipped: clip, doubtful, mark, numeric }: MarkCandidate): SingleRole {
  if (clip === 'begins') return 'clips'
  if (doubtful) return 'apostrophe'
  if (numeric && mark === "'") return 'prime'
  return mark === '’' ? 'apostrophe' : 'undecided'
}
