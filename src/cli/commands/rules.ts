import { largest } from '../../core/lists/long-lists.ts'
import { loadConfig, type Config } from '../../config/config.ts'
import type { LevelLayer, RuleLevel } from '../../config/lint-config.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import { languages } from '../../document/language.ts'
import { expandLevels, levelOf } from '../../lint/rules/levels.ts'
import { replacementRules } from '../../lint/rules/replacement-rule.ts'
import { unavailableCodes } from '../../lint/rules/rule-codes.ts'
import { codesWith, unknownRuleHint } from '../../lint/rules/rule-names.ts'
import { settingsOfRules } from '../../lint/rules/rule-settings.ts'
import type { Rule } from '../../lint/rules/rule.ts'
import { levelsOf, lintFaults } from '../../lint/settings.ts'
import {
  commonOptions,
  configOptions,
  siteCodeOf,
  type Call,
  type Command,
  type Outcome,
  siteRoot,
} from '../arguments.ts'

export const command: Command = {
  help: `imprimatur rules: the rules of the linter, and those of the site's configuration

  imprimatur rules            all of them, in the order in which they run: which are on, and why
  imprimatur rules CODE       one of them: what it wants, why, and examples
  imprimatur rules PART       those with this in their names, such as nbsp or ru/dash

  --root DIR                  the site's folder               (default: this folder)
  --no-config                 read no configuration: nothing of the site’s own code runs
  --help                      this text

In the configuration a rule is switched off, or on, as in
lint: { rules: { 'CODE': 'off', 'common/punctuation/hellip': 'warn', 'ru/nbsp/*': 'off', 'en:CODE': 'off' } }
`,
  options: { help: commonOptions.help, root: commonOptions.root, 'no-config': configOptions['no-config'] },
  most: 1,
  completes: 'rule',
  run,
}

async function run({ positionals: [name], cwd, values }: Call): Promise<Outcome> {
  const root = siteRoot({ values, cwd })
  const { value: config, diagnostics } = await loadConfig(
    root,
    {},
    {
      folders: 'any',
      siteCode: siteCodeOf({ values }),
    },
  )
  if (!config) return { diagnostics }
  const faults = lintFaults(config)
  if (faults.length > 0) return { diagnostics: faults }
  const { ownRules, replace } = config.lint
  const { ruleSet } = await import('../../lint/rules/rule-set.ts')
  const { rules, byCode, codes } = ruleSet([...ownRules, ...replacementRules(replace)])
  const states = new Map(rules.map(rule => [rule.code, stateOf(rule, config, codes)]))
  if (name === undefined) return { diagnostics: [], output: listAll(rules, states) }
  const rule = byCode.get(name as Rule['code'])
  const own = ownRules.find(each => each.code === name)
  const { wrongExamples } = await import('../../lint/wrong-examples.ts')
  if (rule)
    return {
      diagnostics: own ? wrongExamples(own) : [],
      output: explain(rule, states.get(rule.code) as RuleState),
    }
  const reason = unavailableCodes.get(name)
  if (reason !== undefined)
    return {
      diagnostics: [],
      output: `${name}: a rule of Typograf that cannot be turned on here; ${reason}.\n`,
    }
  const found = new Set(codesWith(name.replace(/\*$/, ''), codes))
  if (found.size > 0)
    return {
      diagnostics: [],
      output: list(
        rules.filter(({ code }) => found.has(code)),
        states,
      ),
    }
  const hint = unknownRuleHint(name, codes)
  return { diagnostics: [diagnostic('usage/argument', `There is no rule “${name}”`, { hint })] }
}

interface RuleState {
  readonly level: RuleLevel | 'info'
  /** What it is in some languages, where that is something else. */
  readonly inLanguages: string
  /** Where that is configured. */
  readonly from: string
}

function stateOf(rule: Rule, { lint }: Config, codes: ReadonlySet<string>): RuleState {
  const layers = [...lint.levels, ...levelsOf(lint.overrides)]
  // An override holds for some pages only: it is listed, and not counted.
  const levels = expandLevels(
    lint.levels.map(({ rules }) => rules),
    codes,
  )
  const { isOptional, severity = 'warning' } = rule
  const usual = isOptional ? 'off' : severity === 'warning' ? 'warn' : severity
  const level = levelOf(levels, rule.code, undefined) ?? usual
  const inLanguages = languages
    .filter(lang => levels[`${lang}:${rule.code}`] !== undefined)
    .map(lang => `${levels[`${lang}:${rule.code}`]} in ${lang}`)
    .join(', ')
  const speaking = layers.filter(layer => speaks(layer, rule.code, codes)).map(({ from }) => from)
  return { level, inLanguages, from: speaking.join(', ') || `by default, preset ${lint.preset}` }
}

const speaks = ({ rules }: LevelLayer, code: string, codes: ReadonlySet<string>) =>
  Object.keys(expandLevels([rules], codes)).some(name => name === code || name.endsWith(`:${code}`))

type States = ReadonlyMap<string, RuleState>

function listAll(rules: readonly Rule[], states: States): string {
  const isOff = ({ code }: Rule) => states.get(code)?.level === 'off' && states.get(code)?.inLanguages === ''
  const [on, off] = [rules.filter(rule => !isOff(rule)), rules.filter(isOff)]
  const sections = [
    `The rules that are on, in the order in which they run:\n\n${list(on, states)}`,
    ...(off.length > 0 ? [`Off, until lint.rules turns them on:\n\n${list(off, states)}`] : []),
    `Of Typograf's rules these cannot be turned on:\n\n${unavailable()}`,
    'imprimatur rules CODE explains one of them.\n',
  ]
  return sections.join('\n')
}

function unavailable(): string {
  const width = largest([...unavailableCodes.keys()].map(({ length }) => length))
  return [...unavailableCodes].map(([code, reason]) => `  ${code.padEnd(width)}  ${reason}\n`).join('')
}

function list(rules: readonly Rule[], states: States): string {
  const width = largest(rules.map(({ code }) => code.length))
  const lines = rules.map(({ code, title, languages: own, writesText, isTextAllowed }) => {
    const { level, inLanguages, from } = states.get(code) as RuleState
    const facts = [
      own?.join(', '),
      writesText && !isTextAllowed && "letters or digits: needs fix: 'unsafe'",
      from.startsWith('by default')
        ? undefined
        : `${[level, inLanguages].filter(Boolean).join(', ')} by ${from}`,
    ].filter(Boolean)
    return `  ${code.padEnd(width)}  ${title}${facts.length > 0 ? ` (${facts.join('; ')})` : ''}\n`
  })
  return lines.join('')
}

function explain(rule: Rule, { level, inLanguages, from }: RuleState): string {
  const { code, title, why, writes, writesText, isTextAllowed, examples, languages: own, run: runs } = rule
  const onlyReports = writes === '' && !writesText && runs !== undefined
  const facts = [
    `${[level, inLanguages].filter(Boolean).join(', ')} (${from})`,
    own ? `in ${own.join(', ')}` : 'in every language',
    onlyReports
      ? 'reported, never fixed'
      : writesText && !isTextAllowed
        ? "letters or digits are fixed by --fix with lint.fix: 'unsafe' alone"
        : 'fixed by --fix',
  ]
  const shown = examples.map(({ lang, before, after }) =>
    before === after
      ? `  ${lang}  ${indent(before)}\n      ${onlyReports ? '(stays as it is)' : '(is left alone)'}\n`
      : `  ${lang}  ${indent(before)}\n   →  ${indent(after)}\n`,
  )
  const settings = Object.entries(settingsOfRules[code] ?? {})
    .map(([key, value]) => `  lint.settings: { '${code}': { ${key}: ${JSON.stringify(value)} } }\n`)
    .join('')
  const parts = [`${code}: ${facts.join(', ')}\n`, `${title}.\n${why}\n`, ...(settings ? [settings] : [])]
  return [...parts, ...(shown.length > 0 ? [shown.join('\n')] : [])].join('\n')
}

const indent = (text: string) => text.replaceAll('\n', '\n      ')
