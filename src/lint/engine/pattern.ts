/** What to look for in a text, and what is wanted in place of each match. */
export interface Replacement {
  /** Global; finds the beginning and the end of a segment as well as those of the text. */
  readonly pattern: RegExp
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

/** The pattern made global, its text's beginning and end made those of a segment. A blank or no digit may be a separator as it is. */
function segmentwise({ source, flags, multiline, global }: RegExp): RegExp {
  const own = multiline
    ? source
    : source.replaceAll('|$)', '|$|(?=\u2029))').replace(/\(\^\|\[(?!\^)/g, '(^|[\u2029')
  return new RegExp(own, global ? flags : `${flags}g`)
}

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
