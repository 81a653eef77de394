import { append } from '../../core/lists/long-lists.ts'
import { type Config } from '../../config/config.ts'
import type { RuleLevel } from '../../config/lint-config.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { canonicalLanguage, languageTag } from '../../core/value-kinds.ts'
import type { LintSettings } from '../../lint/lint-settings.ts'
import { replacementRules } from '../../lint/rules/replacement-rule.ts'
import { knownCodes } from '../../lint/rules/rule-codes.ts'
import { levelFaults, lintFaults, pageSettings } from '../../lint/settings.ts'
import type { Call } from '../arguments.ts'
import type { ChangedLines } from './changed-lines.ts'

/** The input of a run of the linter. */
export interface LintRun {
  readonly root: string
  readonly config: Config
  /** Of the page of this path. */
  readonly settingsOf: (path: string) => LintSettings
  readonly mode: 'report' | 'fix' | 'diff'
  /** Only findings on these lines are asked for; all when absent. */
  readonly since?: ChangedLines | undefined
  readonly values: Call['values']
  readonly version: string
}

/** Refuses to write a baseline in a run that covers a part of the findings, or in CI, where it would be lost. */
export function baselineMisuse(values: Call['values'], env: Call['env']): readonly Diagnostic[] {
  const writing = ['write-baseline', 'prune-baseline'].filter(name => values[name])
  const partial = ['diff', 'since', 'stdin', 'rule', 'lang'].filter(name => values[name] !== undefined)
  return writing.flatMap(name => {
    const refuse = (why: string, hint: string) => [diagnostic('usage/option', `--${name} ${why}`, { hint })]
    if (writing.length > 1)
      return refuse(`does not go with --${writing.find(other => other !== name)}`, 'give one of them')
    if (partial.length > 0)
      return refuse(
        `does not go with --${partial[0]}`,
        'a baseline holds what an ordinary run finds: write it without, and settle levels and languages in the configuration',
      )
    if (env.CI && env.CI !== 'false')
      return refuse('changes nothing in CI', 'run it on your machine, and commit .imprimatur-baseline.json')
    return []
  })
}

/** The settings of every page, as the configuration and the call have them. */
export function readSettings(
  config: Config,
  { rule, lang, 'max-warnings': most }: Call['values'],
): Result<LintRun['settingsOf']> {
  const diagnostics: Diagnostic[] = [...lintFaults(config)]
  const rules: Record<string, RuleLevel> = {}
  for (const text of (rule as readonly string[] | undefined) ?? []) {
    const [, name = text, level] = /^(.*)=(off|warn|error)$/.exec(text) ?? []
    const hint = 'write --rule CODE=off, CODE=warn or CODE=error'
    if (level) rules[name] = level as RuleLevel
    else diagnostics.push(diagnostic('usage/option', `--rule ${text} names no level`, { hint }))
  }
  const { ownRules, replace } = config.lint
  const known = knownCodes([...ownRules, ...replacementRules(replace)])
  append(diagnostics, levelFaults({ from: '--rule', rules }, known, 'usage/option'))
  if (most !== undefined && !/^\d+$/.test(String(most))) {
    const hint = 'write --max-warnings 0, or another whole number'
    diagnostics.push(diagnostic('usage/option', `--max-warnings ${String(most)} is no number`, { hint }))
  }
  if (lang !== undefined && !languageTag.accepts(lang)) {
    diagnostics.push(
      diagnostic('usage/option', `--lang ${String(lang)} is no language`, {
        hint: 'write --lang ru, --lang en',
      }),
    )
  }
  if (diagnostics.length > 0) return { diagnostics }
  const site = canonicalLanguage(String(lang ?? config.site.lang))
  return { value: pageSettings(config, { lang: site, above: rules }), diagnostics }
}
