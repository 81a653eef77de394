import { SEPARATOR } from '../parse/cells.ts'
import type { ReadableText } from '../ties/readable-text.ts'

/** Places in a text, ascending. */
export type FindPlaces = (readable: Pick<ReadableText, 'text' | 'signs'>) => readonly number[]

/** What to look for in a text, and what is wanted in place of each match. */
export interface Replacement {
  /** Global, or sticky when there are `places`; finds the beginning and the end of a segment as well as those of the text. */
  readonly pattern: RegExp
  /** Where a match may begin: nothing is looked for anywhere else. */
  readonly places?: FindPlaces
  /** A character, when the pattern finds only one. */
  readonly wanted: string | ((match: RegExpExecArray) => string)
  /** A function may see further than one character, and has to look once more. */
  readonly again: boolean
}

/** Takes what `String.prototype.replace` takes. */
export function replacement(
  pattern: RegExp,
  wanted: string | ((...groups: string[]) => string),
): Replacement {
  const every = segmentwise(pattern)
  if (typeof wanted !== 'string') return { pattern: every, wanted: match => wanted(...match), again: true }
  // Of `(a)(b) ` only the blank changes: to look back from it copies nothing.
  const [, last] = /^(?:\$\d)+([^$])$/.exec(wanted) ?? []
  return last && every.source.endsWith(') ')
    ? { pattern: new RegExp(` (?<=${every.source})`, every.flags), wanted: last, again: false }
    : { pattern: every, wanted: template(wanted), again: false }
}

/** The same, but that matches are known to begin at some of these places. */
export const searchedAt = (places: FindPlaces, { pattern, ...rest }: Replacement): Replacement => ({
  ...rest,
  pattern: new RegExp(pattern.source, pattern.flags.replace('g', 'y')),
  places,
})

/**
 * The pattern made global, its `^` and `$` a paragraph's ends as they are to a rule of a configuration; with the flag `m` a line's, and
 * so a paragraph's, as the language has it. Where `(^|[ab])` and `(\s|^)` can take the separator itself, they do: that is found faster.
 */
function segmentwise({ source, flags, multiline, global }: RegExp): RegExp {
  const own = multiline
    ? source
    : source.replace(anchors, (found, others?: string) => {
        if (found === '(\\s|^)') return found
        if (found === '^') return '(?<![^\u2029])'
        if (found === '$') return '(?![^\u2029])'
        if (others === undefined || new RegExp(others, flags).test(SEPARATOR)) return found
        if (others.startsWith('[') && !others.startsWith('[^')) return `(^|[\u2029${others.slice(1)}`
        return `((?<![^\u2029])|${others}`
      })
  return new RegExp(own, global ? flags : `${flags}g`)
}

/** A `^` or a `$`; or what only looks like one, in a class or behind a backslash; or `(^|` and the class that follows. */
const anchors =
  /\(\\s\|\^\)|\(\^\|(\[(?:\\[^]|[^\]\\])*\]|\\[dDsSwW])|\\[^]|\[(?:\\[^]|[^\]\\])*(?:\]|\\?$)|[$^]/g

/** A replacement text such as `$1—$2`, read once. */
export function template(text: string): (match: RegExpExecArray) => string {
  const parts = text.split(/(\$\d)/).filter(part => part !== '')
  const groups = parts.map(part => (part.startsWith('$') ? Number(part[1]) : 0))
  return match => {
    let wanted = ''
    for (let i = 0; i < parts.length; i++)
      wanted += groups[i] === 0 ? (parts[i] as string) : (match[groups[i] as number] ?? '')
    return wanted
  }
}
