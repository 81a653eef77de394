import { runtime } from '#runtime'
import { compilePattern } from '../../config/patterns.ts'
import type { Span } from '../../core/types.ts'

/** A regular expression of the author's takes too long on a text. */
export class SlowPattern extends Error {
  readonly pattern: string

  constructor(pattern: string) {
    super(`“${pattern}” takes more than ${MOST_MILLISECONDS / 1000} seconds`)
    this.pattern = pattern
  }
}

const MOST_MILLISECONDS = 2000

/** Those that have taken too long once are not tried again. */
const slow = new Set<string>()

/** What regular expressions match, in order and apart; what is empty does not count. */
export function matchOwn(text: string, start: number, patterns: readonly string[]): readonly Span[] {
  if (patterns.length === 0) return []
  const spans = patterns.flatMap(pattern => matchesOf(text, start, pattern))
  const apart: Span[] = []
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    const last = apart.at(-1)
    if (last && from < last[1]) apart[apart.length - 1] = [last[0], Math.max(last[1], to)]
    else apart.push([from, to])
  }
  return apart
}

const compiled = new Map<string, RegExp | undefined>()

function matchesOf(text: string, start: number, pattern: string): readonly Span[] {
  if (slow.has(pattern)) throw new SlowPattern(pattern)
  if (!compiled.has(pattern)) compiled.set(pattern, compilePattern(pattern))
  const expression = compiled.get(pattern)
  if (!expression) return []
  const spans: Span[] = []
  const isDone = runtime.within(MOST_MILLISECONDS, () => {
    expression.lastIndex = start
    for (let found = expression.exec(text); found; found = expression.exec(text)) {
      if (found[0] === '') expression.lastIndex += expression.unicode && isPair(text, found.index) ? 2 : 1
      else spans.push([found.index, found.index + found[0].length])
    }
  })
  if (!isDone) {
    slow.add(pattern)
    throw new SlowPattern(pattern)
  }
  return spans
}

const isPair = (text: string, at: number) => (text.codePointAt(at) ?? 0) > 0xffff
