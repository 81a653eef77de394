import { EditBuffer, type Permission } from './edit-buffer.ts'
import type { Language } from '../../document/language.ts'
import type { Rule } from '../rule.ts'
import { rules } from '../rules.ts'

/** More passes than any text has been seen to need; what is not at rest then is left alone. */
const PASSES = 6

/**
 * Sets a text by the rules that are on, to a fixed point: a further run would change nothing. After the first pass only the
 * segments are read again in which something was put between two characters, or a rule asked for it.
 */
export function runRules(
  text: string,
  {
    lang,
    enabled,
    permission,
    reports = true,
  }: {
    lang: Language
    enabled: (rule: string) => boolean
    permission: Permission
    /** Whether rules that only report run as well. */
    reports?: boolean
  },
): EditBuffer {
  const buffer = new EditBuffer(text, permission)
  const active = rules.filter(rule => (rule.languages?.includes(lang) ?? true) && enabled(rule.name))
  const run = (rule: Rule) => {
    if (rule.guard && !rule.guard.test(buffer.text)) return
    buffer.rule = rule.name
    rule.run?.(buffer, { lang, enabled })
  }
  for (let pass = 0; pass === 0 || (pass < PASSES && buffer.narrow()); pass++)
    for (const rule of active) if (!rule.reportsOnly) run(rule)
  buffer.widen()
  for (const rule of active) if (rule.reportsOnly && reports) run(rule)
  return buffer
}
