import type { Language } from '../../document/language.ts'
import type { OwnWords, RuleLevels, RuleSettings } from '../../config/lint-config.ts'
import { lexiconOf } from '../languages/lexicon.ts'
import type { Preset } from '../../config/lint-config.ts'
import { activeRules, isEnabled, type PreparedRule, type RuleSet } from '../rules/rule-set.ts'
import { EditBuffer } from './edit-buffer.ts'
import type { Permission } from './permission.ts'

/** More passes than any text has been seen to need by our rules; a rule of a configuration that needs more never comes to rest. */
const PASSES = 6

const NEVER_AT_REST =
  'it finds something to change each time that it reads what it, or another rule, has made of the text'

interface RunOptions {
  readonly lang: Language
  readonly preset: Preset
  readonly words?: OwnWords | undefined
  readonly settings?: RuleSettings | undefined
  readonly rules: RuleSet
  readonly levels: RuleLevels
  readonly permission: Permission
  /** Whether rules that only report run as well. */
  readonly reports?: boolean
  /** Takes the reason for which a rule of the configuration failed; it does not run again then. */
  readonly failed: (rule: string, reason: string) => void
}

/**
 * Sets a text by the rules that are on, to a fixed point: a further run would change nothing. After the first pass only the
 * segments are read again in which something was put between two characters, or a rule asked for it.
 */
export function runRules(
  text: string,
  { lang, preset, words, settings = {}, rules, levels, permission, reports = true, failed }: RunOptions,
): EditBuffer {
  const buffer = new EditBuffer(text, permission)
  const lexicon = lexiconOf(lang, words)
  const enabled = (code: string) => isEnabled(code, { rules, levels, lang })
  const { writing, reporting } = activeRules(rules, levels, lang)
  const broken = new Set<PreparedRule>()
  const run = (prepared: PreparedRule) => {
    const { rule, code, isOwn } = prepared
    if (!mayAct(prepared, buffer) || broken.has(prepared)) return
    buffer.rule = prepared
    try {
      rule.run?.(buffer, { lang, preset, settings: settings[code], lexicon, enabled })
    } catch (error) {
      if (!isOwn) throw error
      broken.add(prepared)
      failed(code, error instanceof Error ? error.message : String(error))
    }
  }
  let restless: PreparedRule[] = []
  for (let pass = 0; pass === 0 || (pass < PASSES && buffer.narrow()); pass++) {
    restless = []
    for (const rule of writing) {
      const before = buffer.unsettled
      run(rule)
      if (rule.isOwn && pass === PASSES - 1 && buffer.unsettled > before) restless.push(rule)
    }
  }
  for (const { code } of restless) failed(code, NEVER_AT_REST)
  buffer.widen()
  if (reports) for (const rule of reporting) run(rule)
  return buffer
}

/** Whether a text has what a rule needs. */
function mayAct(
  { signs, behindNumber, rule: { abbreviations, guard } }: PreparedRule,
  buffer: EditBuffer,
): boolean {
  if (signs !== undefined && !buffer.hasOneOf(signs)) return false
  if (abbreviations && !buffer.hasAbbreviation(abbreviations)) return false
  if (behindNumber !== undefined && !buffer.hasBehindNumber(behindNumber)) return false
  return !guard || (guard.sticky ? buffer.hasAtNumber(guard) : guard.test(buffer.text))
}
