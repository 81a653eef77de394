import { linesOf, type Line } from './lines.ts'
import { escapedDash, readingOf } from './pieces.ts'

/** What typography must not have done, at the place (a line from 1) in the document as it was. */
export interface Fault {
  readonly line: number
  readonly what: string
  readonly before: string
  readonly after: string
}

/**
 * What typography may change: blanks, quotation marks and apostrophes, dashes, as characters or as references.
 * All else is the skeleton of a document, in which before and after are laid side by side. A hyphen that is escaped where
 * words begin is shown as one, and may give way to a dash with its backslash.
 */
const changeable = new RegExp(
  String.raw`&(?:nbsp|[et]hinsp|[em]msp|quot|apos|[lr][sda]quo|[sb]dquo|[lr]saquo|[nm]dash|#(?:8239|160|x202f|xa0|34|39));|[\s\u2060\u200B]|["'“”„‟‘’‚‛«»‹›]|[-‐‑‒–—―−]|${escapedDash}`,
  'gi',
)
const blank = /^(?:&(?:nbsp|thinsp|[em]n?sp|#(?:8239|160|x202f|xa0));|[\s\u2060\u200B])$/i
const dash = /^(?:&[nm]dash;|\\?[-‐‑‒–—―−])$/

/** Every character of the skeleton: where it stands, and how many stand up to the end of each line. */
interface Skeleton {
  readonly text: string
  readonly letters: string
  readonly places: readonly number[]
  readonly ends: readonly number[]
}

function skeletonOf(text: string, lines: readonly Line[], prefixes: readonly number[]): Skeleton {
  const places: number[] = []
  const ends: number[] = []
  let letters = ''
  for (const [index, line] of lines.entries()) {
    const take = (from: number, to: number) => {
      for (let place = from; place < to; place++) places.push(line.start + place)
      letters += line.text.slice(from, to)
    }
    let from = prefixes[index] ?? 0
    for (const found of line.text.matchAll(changeable)) {
      if (found.index < from) continue
      take(from, found.index)
      from = found.index + found[0].length
    }
    take(from, line.text.length)
    ends.push(places.length)
  }
  return { text, letters, places, ends }
}

/** Faults of a document that was set; none if nothing but typography changed and all that is no prose is as it was. */
export function faultsOf(path: string, before: string, after: string): Fault[] {
  if (before === after) return []
  const { lines, pieces } = readingOf(path, before)
  const faults: Fault[] = []
  const lineAt = (place: number) => lines.findLastIndex(line => line.start <= place) + 1
  const report = (line: number, what: string, was: string, is: string) =>
    faults.push({ line, what, before: was.slice(0, 200), after: is.slice(0, 200) })

  const now = after.split(/\r\n|\n|\r/)
  if (now.length !== lines.length) report(1, 'number of lines', String(lines.length), String(now.length))
  if (before.replace(/[^\r\n]/g, '') !== after.replace(/[^\r\n]/g, ''))
    if (now.length === lines.length) report(1, 'line ends', 'as before', 'changed')
  for (const [index, line] of lines.entries()) checkLine(line, now[index] ?? '', index + 1, report)

  const nowLines = linesOf(after, { mdx: path.endsWith('.mdx') })
  const sameCount = nowLines.length === lines.length
  const was = skeletonOf(
    before,
    lines,
    lines.map(line => line.prefix.length),
  )
  const is = skeletonOf(
    after,
    nowLines,
    (sameCount ? lines : nowLines).map(line => line.prefix.length),
  )
  if (was.letters !== is.letters) {
    let at = 0
    while (was.letters[at] === is.letters[at] && at < was.letters.length) at++
    const around = ({ text, places }: Skeleton) =>
      text.slice((places[at] ?? text.length) - 20, (places[at] ?? text.length) + 40)
    report(lineAt(was.places[at] ?? before.length), 'text', around(was), around(is))
    return faults
  }
  for (const piece of pieces) {
    const written = before.slice(piece.start, piece.end)
    const got = standsAt(was, is, piece.start, written)
    if (got !== undefined) report(lineAt(piece.start), piece.what, written, got)
  }
  if (sameCount) checkMoves(lines, was, is, report)
  checkGaps(was, is, (place, a, b, what) => report(lineAt(place), what, a, b))
  return faults
}

type Report = (line: number, what: string, was: string, is: string) => void

/** What a line must keep whatever is done to its words. */
function checkLine({ kind, what, text, prefix }: Line, now: string, number: number, report: Report): void {
  if (kind === 'fixed' || kind === 'blank') {
    if (kind === 'fixed' ? now !== text : now.trim() !== text.trim()) report(number, what, text, now)
    return
  }
  if (!now.startsWith(prefix)) return report(number, 'beginning of line', text, now)
  const words = now.slice(prefix.length)
  if (/^[ \t]/.test(words)) report(number, 'indentation', text, now)
  const begins = /^(?:[-*+>]\s|\d{1,9}[.)]\s|#{1,6}\s|>|(?:-+|=+)\s*$)/
  if (begins.test(words) && !begins.test(text.slice(prefix.length)))
    report(number, 'a block begun', text, now)
  const hard = / {2,}$|\\$/
  if (hard.test(text) !== hard.test(now)) report(number, 'hard line break', text, now)
}

/** Nothing, or what stands where a piece should stand again. */
function standsAt(was: Skeleton, is: Skeleton, start: number, written: string): string | undefined {
  const index = countBefore(was.places, start)
  const first = index === 0 ? 0 : (is.places[index - 1] ?? 0) + 1
  const last = is.places[index] ?? is.text.length
  for (let at = first; at <= last; at++) if (is.text.startsWith(written, at)) return undefined
  return is.text.slice(last, last + written.length + 10)
}

function countBefore(places: readonly number[], limit: number): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] ?? 0) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** A line may give its last words to the next one, if both are lines of one paragraph and words are left. */
function checkMoves(lines: readonly Line[], was: Skeleton, is: Skeleton, report: Report): void {
  for (const [index, line] of lines.entries()) {
    const [end = 0, now = 0] = [was.ends[index], is.ends[index]]
    if (end === now) continue
    const next = lines[index + 1]
    const may = givesWords(line) && next?.kind === 'text' && markerOf(next) === ''
    const moved = was.text.slice(
      was.places[Math.min(end, now)],
      (was.places[Math.max(end, now) - 1] ?? 0) + 1,
    )
    if (!may) report(index + 1, `words moved at: ${line.kind === 'text' ? next?.what : line.what}`, moved, '')
    else if (now > end) report(index + 1, 'words moved up', moved, '')
    else if (now <= (is.ends[index - 1] ?? 0)) report(index + 1, 'whole line moved', moved, '')
  }
}

/** Behind an element that begins a line of HTML and goes on over its end, words are words. */
const givesWords = ({ kind, what, text }: Line) =>
  kind === 'text' || (what === 'markup' && /^\s*<\w[^<>]*>[^<>]*[^<>\s]\s*$/.test(text))

/** The list marker or footnote label of a line, without the `>` and blanks that every line of a quotation has. */
const markerOf = ({ prefix }: Line) => prefix.replace(/^[\s>]+/, '').trim()

/** Between two letters of the skeleton: quotes and dashes in number and order, words not joined or parted. */
function checkGaps(
  was: Skeleton,
  is: Skeleton,
  report: (place: number, a: string, b: string, what: string) => void,
): void {
  for (let index = 1; index <= was.places.length; index++) {
    const [a, b] = [gap(was, index), gap(is, index)]
    if (a === b) continue
    const [from, to] = [shape(a), shape(b)]
    const place = was.places[index - 1] ?? 0
    const around = (text: string) => `${was.letters[index - 1]}${text}${was.letters[index] ?? ''}`
    if (from.marks !== to.marks) report(place, around(a), around(b), 'quotes or dashes lost or won')
    else if (from.parts !== to.parts && from.marks === '' && /^[\p{L}]{2}$|^\d\d$/u.test(around('')))
      report(place, around(a), around(b), 'words joined or parted')
  }
}

function gap({ text, places }: Skeleton, index: number): string {
  const end = places[index] ?? text.length
  const begin = (places[index - 1] ?? 0) + 1
  return end === begin ? '' : text.slice(begin, end)
}

/** `q` for a quote or an apostrophe, `-` for a run of dashes; beginnings of lines are looked at elsewhere. */
function shape(text: string): { marks: string; parts: boolean } {
  let marks = ''
  let parts = false
  for (const [token] of text.matchAll(changeable)) {
    if (blank.test(token)) {
      parts = true
      if (marks.endsWith('-')) marks += ' '
    } else if (!dash.test(token)) marks += 'q'
    else if (!marks.endsWith('-')) marks += '-'
  }
  return { marks: marks.replaceAll(' ', ''), parts }
}
