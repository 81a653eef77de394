import { distance } from 'fastest-levenshtein'
import { codes, type Code } from './codes.ts'
import type { Diagnostic } from './types.ts'

/** Severity is never spelled at the call site: it comes from the registry. */
export const diagnostic = (
  code: Code,
  message: string,
  rest: Partial<Omit<Diagnostic, 'code' | 'message'>> = {},
): Diagnostic => ({ code, severity: codes[code].severity, message, ...rest })

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error')

/** The candidate an author most likely meant, or undefined when none is near enough to suggest. */
function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const candidate of candidates) {
    const d = distance(name.toLowerCase(), candidate.toLowerCase())
    if (d < bestDistance) [best, bestDistance] = [candidate, d]
  }
  return best
}

/** `did you mean "x"? ` or nothing: the beginning of a hint. */
export function suggestion(name: string, candidates: Iterable<string>): string {
  const near = nearest(name, candidates)
  return near === undefined ? '' : `did you mean “${near}”? `
}
