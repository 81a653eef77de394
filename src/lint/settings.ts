import type { Config } from '../config/config.ts'
import {
  mergeSettings,
  mergeWords,
  type LevelLayer,
  type LintOverride,
  type RuleLevels,
  type RuleSettings,
} from '../config/lint-config.ts'
import type { RuleDefinition } from '../config/rule-definition.ts'
import type { Code } from '../core/codes.ts'
import { diagnostic, suggestion } from '../core/diagnostic.ts'
import type { Diagnostic } from '../core/types.ts'
import { canonicalLanguage } from '../core/value-kinds.ts'
import { fieldsOfFolders } from '../document/place/folder-defaults.ts'
import { pathMatcher } from './files.ts'
import type { LintSettings } from './lint-settings.ts'
import { expandLevels, ruleLanguages } from './rules/levels.ts'
import { replacementRules } from './rules/replacement-rule.ts'
import { knownCodes } from './rules/rule-codes.ts'
import { levelNameFault, unknownRuleHint } from './rules/rule-names.ts'
import { settingsOfRules } from './rules/rule-settings.ts'

interface CallSettings {
  /** The language of pages that name none; the site's when absent. */
  readonly lang?: string
  /** Laid under everything that is written … */
  readonly below?: RuleLevels
  /** … and upon it. */
  readonly above?: RuleLevels
}

/**
 * The settings of each page, by its path from the root: those of the configuration, and on top those of every override that
 * meets the path, in their order. A folder with a language of its own has it in the place of the site's. Pages that the same overrides meet,
 * in the same language, have the same object.
 */
export function pageSettings(config: Config, call: CallSettings = {}): (path: string) => LintSettings {
  const { lint } = config
  const overrides = lint.overrides.map(override => ({
    override,
    meets: pathMatcher([override.files].flat()),
  }))
  const known = new Map<string, LintSettings>()
  const folderFields = fieldsOfFolders({ root: config.root, pages: config.dirs.pages })
  return path => {
    const met = overrides.filter(({ meets }) => meets(path))
    const { lang } = folderFields(path)
    const own = typeof lang === 'string' ? canonicalLanguage(lang) : undefined
    const key = `${own ?? ''} ${met.map(({ override }) => lint.overrides.indexOf(override)).join()}`
    let settings = known.get(key)
    if (!settings) {
      settings = settingsWith(
        config,
        own === undefined ? call : { ...call, lang: own },
        met.map(({ override }) => override),
      )
      known.set(key, settings)
    }
    return settings
  }
}

function settingsWith(
  { site, lint, markdown }: Config,
  { lang = site.lang, below = {}, above = {} }: CallSettings,
  overrides: readonly LintOverride[],
): LintSettings {
  const last = <Key extends 'preset' | 'noBreakSpace'>(key: Key) =>
    overrides.findLast(override => override[key] !== undefined)?.[key] ?? lint[key]
  const replace = [...lint.replace, ...overrides.flatMap(override => override.replace ?? [])]
  const ownRules: readonly RuleDefinition[] =
    replace.length > 0 ? [...lint.ownRules, ...replacementRules(replace)] : lint.ownRules
  const layers = [...lint.levels, ...levelsOf(overrides)].map(({ rules }) => rules)
  return {
    lang,
    preset: last('preset'),
    noBreakSpace: last('noBreakSpace'),
    rules: expandLevels([below, ...layers, above], knownCodes(ownRules)),
    settings: overrides.reduce((all, each) => mergeSettings(all, each.settings ?? {}), lint.settings),
    words: overrides.reduce((all, each) => mergeWords(all, each.words ?? {}), lint.words),
    fix: lint.fix,
    ownRules,
    opaque: lint.opaque,
    markdown,
  }
}

/** The levels of overrides as layers, with where they stand. */
export const levelsOf = (overrides: readonly LintOverride[]): readonly LevelLayer[] =>
  overrides.flatMap(({ files, rules }) =>
    rules ? [{ from: `lint.overrides for ${[files].flat().join(', ')}`, rules }] : [],
  )

/** What is wrong with the section `lint` that only the rules can tell: names of rules and their settings. */
export function lintFaults({ lint }: Pick<Config, 'lint'>): readonly Diagnostic[] {
  const replace = [lint, ...lint.overrides].flatMap(each => each.replace ?? [])
  const known = knownCodes([...lint.ownRules, ...replacementRules(replace)])
  return [
    ...[...lint.levels, ...levelsOf(lint.overrides)].flatMap(layer =>
      levelFaults(layer, known, 'config/rule'),
    ),
    ...[lint, ...lint.overrides].flatMap(({ settings = {} }) => settingFaults(settings, known)),
    ...lint.ownRules.flatMap(languageFaults),
  ]
}

/** A rule for a language that is misspelt would never run. */
const languageFaults = ({ code, languages = [] }: RuleDefinition): readonly Diagnostic[] =>
  languages
    .filter(lang => !ruleLanguages.includes(lang))
    .map(lang => {
      const hint = `${suggestion(lang, ruleLanguages)}write one of ${ruleLanguages.join(', ')}`
      const message = `The rule “${code}” has “languages” with ${JSON.stringify(lang)}, which no rule knows`
      return diagnostic('config/rule', message, { hint })
    })

export const levelFaults = (
  { from, rules }: LevelLayer,
  known: ReadonlySet<string>,
  code: Code,
): readonly Diagnostic[] =>
  Object.entries(rules).flatMap(([name, level]) => {
    const [message, hint] = levelNameFault(name, level, known) ?? []
    if (message === undefined) return []
    return [diagnostic(code, `${from}: ${message[0]?.toLowerCase()}${message.slice(1)}`, { hint })]
  })

function settingFaults(settings: RuleSettings, known: ReadonlySet<string>): readonly Diagnostic[] {
  return Object.entries(settings).flatMap(([rule, own]) => {
    const wrong = (message: string, hint: string) => [
      diagnostic('config/rule', `lint.settings: ${message}`, { hint }),
    ]
    if (!known.has(rule)) return wrong(`there is no rule “${rule}”`, unknownRuleHint(rule, known))
    const defaults = settingsOfRules[rule]
    if (!defaults)
      return wrong(`“${rule}” has nothing to set`, `these have: ${Object.keys(settingsOfRules).join(', ')}`)
    return Object.entries(own).flatMap(([key, value]) => {
      const usual = Object.hasOwn(defaults, key) ? defaults[key] : undefined
      const names = Object.keys(defaults)
      if (usual === undefined)
        return wrong(`“${rule}” has no “${key}”`, `${suggestion(key, names)}it has ${names.join(', ')}`)
      const isRight =
        typeof usual === 'string' ? typeof value === 'string' : Number.isInteger(value) && Number(value) > 0
      if (isRight) return []
      const kind = typeof usual === 'string' ? 'a text' : 'a whole number from 1'
      return wrong(
        `“${rule}”: “${key}” is ${JSON.stringify(value)}; it must be ${kind}`,
        `it is ${usual} by default`,
      )
    })
  })
}
