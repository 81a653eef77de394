import { append } from '../../core/lists/long-lists.ts'
import { checkCurve } from '../identity/curve25519.ts'

/** Sixty-four hexadecimal digits among words. */
export interface FoundKey {
  /** Lower-case. */
  readonly digits: string
  /** Where they stand in the text. */
  readonly span: readonly [start: number, end: number]
  /** Whether a client can have made this key, and it is certain where it begins. */
  readonly isKey: boolean
}

/** What stands between the groups of a fingerprint: colons alone, or anything else that `fingerprint.ts` knows. */
const gap = String.raw`[\s\u00ad\u200b-\u200d\u2060\ufeff\-\u2010-\u2015\u2212]`
const runs = new RegExp(
  String.raw`(?<![0-9a-z])[0-9a-f]+(?:(?::[0-9a-f]+)+|(?:${gap}+[0-9a-f]+)*)(?![0-9a-z])`,
  'giu',
)

/** A page is not made to be read by a program; one that is made to cost it time is left after so many tries. */
const mostTries = 2000

/**
 * The fingerprints in a text, however their digits are grouped. Words and numbers beside them may look like digits (“bad 4ec0464e …”),
 * so of all whole groups that have 64 digits together those are taken that are a key of Curve25519, one in sixteen by chance;
 * where that leaves two readings, neither is taken.
 */
export function findKeys(text: string): readonly FoundKey[] {
  const found: FoundKey[] = []
  let tries = 0
  for (const { 0: run, index } of text.matchAll(runs)) {
    const groups = [...run.matchAll(/[0-9a-f]+/gi)].map(match => ({
      digits: match[0].toLowerCase(),
      at: index + match.index,
    }))
    const good: KeyWindow[] = []
    for (let first = 0; first < groups.length && tries < mostTries; first++) {
      const window = windowAt(groups, first)
      if (!window) continue
      tries++
      if (checkCurve(window.digits).value !== undefined) good.push(window)
    }
    const chosen = chooseWindows(good)
    const given = chosen.map(({ digits, span, isCertain }) => ({ digits, span, isKey: isCertain }))
    append(
      found,
      [...given, ...leftovers(groups, chosen)].toSorted((a, b) => a.span[0] - b.span[0]),
    )
  }
  return found
}

interface Group {
  readonly digits: string
  readonly at: number
}

interface KeyWindow {
  readonly digits: string
  readonly first: number
  readonly last: number
  readonly span: readonly [start: number, end: number]
}

const spanOf = (groups: readonly Group[], first: number, last: number) =>
  [groups[first]!.at, groups[last]!.at + groups[last]!.digits.length] as const

/** Whole groups from this one on that have 64 digits together, or 66 with the 05 of the wire format in front. */
function windowAt(groups: readonly Group[], first: number): KeyWindow | undefined {
  let digits = ''
  for (let last = first; last < groups.length && digits.length < 66; last++) {
    digits += groups[last]!.digits
    const isWire = digits.length === 66 && digits.startsWith('05')
    if (digits.length !== 64 && !isWire) continue
    return { digits: digits.slice(-64), first, last, span: spanOf(groups, first, last) }
  }
  return undefined
}

/** As many windows as there can be without one in another; of several such choices each is uncertain. */
function chooseWindows(
  windows: readonly KeyWindow[],
): readonly (KeyWindow & { readonly isCertain: boolean })[] {
  // From the front and from the back: the choices differ exactly where there is more than one.
  const early = packed(
    windows.toSorted((a, b) => a.last - b.last),
    (a, b) => a.first > b.last,
  )
  const late = packed(
    windows.toSorted((a, b) => b.first - a.first),
    (a, b) => a.last < b.first,
  ).toReversed()
  return early.map((window, n) => Object.assign(window, { isCertain: window === late[n] }))
}

/** Takes each that is free of the one taken before: of intervals in the order of their ends, that gives the most. */
function packed(
  windows: readonly KeyWindow[],
  isFree: (window: KeyWindow, last: KeyWindow) => boolean,
): readonly KeyWindow[] {
  const taken: KeyWindow[] = []
  for (const window of windows) {
    const last = taken.at(-1)
    if (!last || isFree(window, last)) taken.push(window)
  }
  return taken
}

/** Sixty-four digits beside the keys, or alone, that are none: one of them is wrong. */
function leftovers(groups: readonly Group[], chosen: readonly KeyWindow[]): readonly FoundKey[] {
  const edges = [
    ...chosen.map(({ first, last }) => ({ first, last })),
    { first: groups.length, last: groups.length },
  ]
  let begin = 0
  return edges.flatMap(({ first, last }): readonly FoundKey[] => {
    const [start, end] = [begin, first - 1]
    begin = last + 1
    const window = start <= end ? windowAt(groups, start) : undefined
    return window?.last === end ? [{ digits: window.digits, span: window.span, isKey: false }] : []
  })
}
