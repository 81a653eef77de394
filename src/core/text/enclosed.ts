/** Something that is opened and closed, `open` by the sign before it and `close` by the next that fits. */
export interface Enclosed {
  readonly open: RegExpExecArray
  /** Undefined where it stands for itself, or where nothing closes it any more. */
  readonly close?: RegExpExecArray
  /** What is between; nothing when nothing closes it. */
  readonly inner: string
}

/**
 * Everything that `open` finds, each to the first place behind it that `closeOf` it names, an expression with `g`; undefined for what
 * stands for itself. What is not closed is looked for once, however often it is opened, so that a text takes as long as it is: with
 * `/<!--[^]*?-->/g` a thousand openings read all the rest a thousand times.
 */
export function* enclosed(
  text: string,
  open: RegExp,
  closeOf: (open: RegExpExecArray) => RegExp | undefined,
): Generator<Enclosed> {
  const opens = new RegExp(open, open.flags.includes('g') ? open.flags : `${open.flags}g`)
  const missing = new Set<RegExp>()
  for (let found = opens.exec(text); found; found = opens.exec(text)) {
    const start = opens.lastIndex
    const closes = closeOf(found)
    let close: RegExpExecArray | null = null
    if (closes && !missing.has(closes)) {
      closes.lastIndex = start
      close = closes.exec(text)
      if (close) opens.lastIndex = close.index + close[0].length
      else missing.add(closes)
    }
    yield close ? { open: found, close, inner: text.slice(start, close.index) } : { open: found, inner: '' }
    if (found[0] === '' && !close) opens.lastIndex++
  }
}

/** The text with each of these replaced, from the opening to the closing; undefined leaves it as it is. */
export function replaceEnclosed(
  text: string,
  open: RegExp,
  closeOf: (open: RegExpExecArray) => RegExp | undefined,
  replace: (found: Enclosed, whole: string) => string | undefined,
): string {
  let replaced = ''
  let at = 0
  for (const found of enclosed(text, open, closeOf)) {
    const { open: opened, close = opened } = found
    const end = close.index + close[0].length
    const whole = text.slice(opened.index, end)
    replaced += text.slice(at, opened.index) + (replace(found, whole) ?? whole)
    at = end
  }
  return replaced + text.slice(at)
}

/** Of HTML: they may hold anything. */
export const commentOpen = /<!--/g
export const commentClose = /-->/g

/** HTML without its comments, or with something in their places; one that is not closed stays. */
export const replaceComments = (html: string, replace: (comment: string) => string): string =>
  replaceEnclosed(
    html,
    commentOpen,
    () => commentClose,
    ({ close }, whole) => (close ? replace(whole) : undefined),
  )

/**
 * Finds where tags of a text end: behind the `>` that stands in no quotation; -1 for what is no tag. Asked from place to place, forwards, it
 * goes over the text once: a quotation that led nowhere is remembered, and where the next sign is.
 */
export function tagEnds(html: string): (from: number) => number {
  const deadEnds = new Set<number>()
  let [asked, next] = [0, -1]
  const signFrom = (at: number): number => {
    if (at < asked || at > next) {
      asked = at
      next = at
      while (next < html.length && !isSign(html.charCodeAt(next))) next++
    }
    return next
  }
  return from => {
    const passed: number[] = []
    for (let at = signFrom(from); at < html.length && !deadEnds.has(at);) {
      const sign = html[at]!
      if (sign === '>') return at + 1
      passed.push(at)
      const close = html.indexOf(sign, at + 1)
      if (close < 0) break
      at = signFrom(close + 1)
    }
    for (const each of passed) deadEnds.add(each)
    return -1
  }
}

/** `>`, `"` or `'`. */
const isSign = (code: number) => code === 0x3e || code === 0x22 || code === 0x27
