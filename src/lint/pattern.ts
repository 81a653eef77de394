import { align, isTypographic, type Step } from './align.ts'

const patterns = new Map<string, RegExp>()

/** The pattern made global, its text's beginning and end made those of a segment. A blank or no digit may be a separator as it is. */
export function segmentwise(pattern: RegExp): RegExp {
  if (pattern.multiline && pattern.global) return pattern
  const key = `${pattern.flags}/${pattern.source}`
  let every = patterns.get(key)
  if (!every) {
    const source = pattern.multiline
      ? pattern.source
      : pattern.source.replaceAll('|$)', '|$|(?=\u2029))').replace(/\(\^\|\[(?!\^)/g, '(^|[\u2029')
    every = new RegExp(source, pattern.flags.replace('g', '') + 'g')
    patterns.set(key, every)
  }
  return every
}

/** The steps from a match to what is wanted of it. Nearly always one character takes another's place. */
export function stepsBetween(found: string, wanted: string): readonly Step[] {
  if (found.length !== wanted.length) return align(found, wanted)
  const steps: Step[] = []
  for (let at = 0; at < found.length; at++) {
    const [from, text] = [found[at] as string, wanted[at] as string]
    if (from !== text && isTypographic(from) && isTypographic(text)) steps.push({ at, remove: 1, text })
  }
  return steps
}

const templates = new Map<string, (match: RegExpExecArray) => string>()

/** A replacement text such as `$1—$2`, read once. */
export function template(replacement: string): (match: RegExpExecArray) => string {
  let write = templates.get(replacement)
  if (!write) {
    const parts = replacement.split(/(\$\d)/).filter(part => part !== '')
    const groups = parts.map(part => (part.startsWith('$') ? Number(part[1]) : 0))
    write = match => {
      let text = ''
      for (let i = 0; i < parts.length; i++)
        text += groups[i] === 0 ? (parts[i] as string) : (match[groups[i] as number] ?? '')
      return text
    }
    templates.set(replacement, write)
  }
  return write
}
