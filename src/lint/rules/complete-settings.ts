import type { LintSettings } from '../lint-settings.ts'
import { expandLevels } from './levels.ts'
import { knownCodes } from './rule-codes.ts'

/**
 * Settings with those of a site without a configuration for what is left out: `lang` is `en`, no-break spaces are written as
 * entities, and each rule has its own level. Rules that do not exist are not looked for.
 */
export const completeSettings = (settings: Partial<LintSettings>): LintSettings => ({
  ...settings,
  lang: settings.lang ?? 'en',
  noBreakSpace: settings.noBreakSpace ?? 'entity',
  rules: expandLevels([settings.rules ?? {}], knownCodes(settings.ownRules ?? [])),
})
