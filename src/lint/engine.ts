import { Draft, type Permission } from './draft.ts'
import type { Language } from './language.ts'
import type { Rule } from './rule.ts'
import { rules } from './rules.ts'

/** More passes than any text has been seen to need; what is not at rest then is left alone. */
const PASSES = 6

/**
 * Sets a text by the rules that are on, to a fixed point: a further run would change nothing. That one character took another's
 * place concerns no other rule, so that after the first pass only those run again that had something to do: their matches may
 * have overlapped. What was put between two, or a line's end, may concern all.
 */
export function typeset(
  text: string,
  {
    lang,
    enabled,
    permission,
  }: { lang: Language; enabled: (rule: string) => boolean; permission: Permission },
): Draft {
  const draft = new Draft(text, permission)
  const active = rules.filter(rule => (rule.languages?.includes(lang) ?? true) && enabled(rule.name))
  const run = (rule: Rule) => {
    if (rule.guard && !rule.guard.test(draft.text)) return
    draft.rule = rule.name
    rule.run?.(draft, { lang, enabled })
  }
  const changing = active.filter(({ reportsOnly }) => !reportsOnly)
  let due: readonly Rule[] = changing
  for (let pass = 0; pass < PASSES && due.length > 0; pass++) {
    const { reshaped } = draft
    const busy = due.filter(rule => {
      const { revision } = draft
      run(rule)
      return draft.revision !== revision
    })
    due = draft.reshaped === reshaped ? busy : changing
  }
  for (const rule of active) if (rule.reportsOnly) run(rule)
  return draft
}
