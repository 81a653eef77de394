import type { Kind } from '../core/value-kinds.ts'

/** A regular expression of a configuration, for all of a text; `^` and `$` are those of a line. Undefined when it is none. */
export function compilePattern(source: string): RegExp | undefined {
  return attempt(source, 'gmu') ?? attempt(source, 'gm')
}

function attempt(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags)
  } catch {
    return undefined
  }
}

export const pattern: Kind = {
  expected: 'a regular expression in a string',
  jsonSchema: { type: 'string', minLength: 1 },
  accepts: value => typeof value === 'string' && value !== '' && compilePattern(value) !== undefined,
  why(value) {
    if (typeof value !== 'string') return undefined
    try {
      new RegExp(value, 'gm')
      return undefined
    } catch (error) {
      return (error as Error).message
    }
  },
}
