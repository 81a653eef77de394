import { distance } from 'fastest-levenshtein'
import { codesOf, isLanguage, readLevelName } from './levels.ts'
import { unavailableCodes } from './rule-codes.ts'

/** The rules that a part of a name finds: `nbsp`, `shortword`. */
export const codesWith = (part: string, known: Iterable<string>): readonly string[] =>
  [...known].filter(code => code.toLowerCase().includes(part.toLowerCase()))

/** What to do about a rule that does not exist: the nearest that does, or those that have the name in theirs. */
export function unknownRuleHint(name: string, known: ReadonlySet<string>): string {
  const found = codesWith(name.replace(/\/\*$/, '/'), known)
  const likely = found.length > 0 ? found : [nearestCode(name, known)].filter(code => code !== undefined)
  const shown = likely.slice(0, 3).map(code => `“${code}”`)
  const more = likely.length > shown.length ? ` or ${likely.length - shown.length} more` : ''
  const family = found.length > 1 && !name.includes('*') ? familyOf(name, known) : undefined
  const families = family === undefined ? '' : `for all of them write “${family}”; `
  return `${shown.length > 0 ? `did you mean ${shown.join(', ')}${more}? ${families}` : ''}imprimatur rules lists them all`
}

function familyOf(name: string, known: ReadonlySet<string>): string | undefined {
  const family = `${name.replace(/(?<!\/)\/+$/, '')}/*`
  return codesOf(family, known).length > 0 ? family : undefined
}

/**
 * The code that an author most likely meant. Its last part says what a rule does, so that it weighs more than the family, which
 * may be another; where nothing is near, nothing is.
 */
function nearestCode(name: string, known: ReadonlySet<string>): string | undefined {
  const [family, last] = splitCode(name)
  const most = Math.max(1, Math.floor(last.length / 3))
  let best: string | undefined
  let bestScore = Infinity
  for (const code of known) {
    const [itsFamily, itsLast] = splitCode(code)
    const apart = distance(last, itsLast)
    const score = 10 * apart + distance(family, itsFamily)
    if (apart <= most && score < bestScore) [best, bestScore] = [code, score]
  }
  return best
}

function splitCode(code: string): readonly [family: string, last: string] {
  const at = code.lastIndexOf('/')
  return [code.slice(0, Math.max(0, at)).toLowerCase(), code.slice(at + 1).toLowerCase()]
}

/** What is wrong with a name in `lint.rules` that is set to this level: a message and what to do; undefined when nothing is. */
export function levelNameFault(
  written: string,
  level: string,
  known: ReadonlySet<string>,
): readonly [message: string, hint: string] | undefined {
  const { lang, name } = readLevelName(written)
  if (lang !== undefined && !isLanguage(lang))
    return [
      `There are no rules for the language “${lang}”`,
      'write, for example, en:common/nbsp/afterShortWord',
    ]
  if (codesOf(name, known).length > 0) return undefined
  const unavailable = unavailableCodes.get(name)
  if (unavailable === undefined) return [`There is no rule “${name}”`, unknownRuleHint(name, known)]
  if (level === 'off') return undefined
  return [`The rule “${name}” cannot be turned on: ${unavailable}`, 'leave it out']
}
