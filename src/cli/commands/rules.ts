import { resolve } from 'node:path'
import { loadConfig } from '../../config/config.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Rule } from '../../lint/rules/rule.ts'
import { knownCodes, unknownRuleHint } from '../../lint/rules/rule-codes.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../arguments.ts'

export const command: Command = {
  help: `imprimatur rules: the rules of the linter, and those of the site's configuration

  imprimatur rules            all of them, in the order in which they run
  imprimatur rules CODE       one of them: what it wants, why, and examples

  --root DIR                  the site's folder               (default: this folder)
  --help                      this text

A rule is switched off in the configuration: lint: { rules: { 'CODE': 'off' } }
`,
  options: { help: commonOptions.help, root: commonOptions.root },
  most: 1,
  run,
}

async function run({ positionals: [code], cwd, values }: Call): Promise<Outcome> {
  const root = resolve(cwd, String(values.root ?? '.'))
  const { value: config, diagnostics } = await loadConfig(root, {}, { folders: 'any' })
  if (!config) return { diagnostics }
  const { ownRules } = config.lint
  const { ruleSet } = await import('../../lint/rules/rule-set.ts')
  const { rules, byCode } = ruleSet(ownRules)
  if (code === undefined) return { diagnostics: [], output: list(rules) }
  const rule = byCode.get(code)
  const own = ownRules.find(each => each.code === code)
  const { wrongExamples } = await import('../../lint/wrong-examples.ts')
  if (rule) return { diagnostics: own ? wrongExamples(own) : [], output: explain(rule) }
  const hint = unknownRuleHint(code, knownCodes(ownRules))
  return { diagnostics: [diagnostic('usage/argument', `There is no rule “${code}”`, { hint })] }
}

function list(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ code }) => code.length))
  const lines = rules.map(({ code, title, languages }) => {
    const only = languages ? ` (${languages.join(', ')})` : ''
    return `  ${code.padEnd(width)}  ${title}${only}\n`
  })
  return `The rules, in the order in which they run:\n\n${lines.join('')}\nimprimatur rules CODE explains one of them.\n`
}

function explain({
  code,
  title,
  why,
  writes,
  examples,
  languages,
  severity = 'warning',
  run: runs,
}: Rule): string {
  const onlyReports = writes === '' && runs !== undefined
  const facts = [
    `${severity} by default`,
    languages ? `in ${languages.join(', ')}` : 'in every language',
    onlyReports ? 'reported, never fixed' : 'fixed by --fix',
  ]
  const shown = examples.map(({ lang, before, after }) =>
    before === after
      ? `  ${lang}  ${indent(before)}\n      ${onlyReports ? '(stays as it is)' : '(is left alone)'}\n`
      : `  ${lang}  ${indent(before)}\n   →  ${indent(after)}\n`,
  )
  const parts = [`${code}: ${facts.join(', ')}\n`, `${title}.\n${why}\n`]
  return [...parts, ...(shown.length > 0 ? [shown.join('\n')] : [])].join('\n')
}

const indent = (text: string) => text.replaceAll('\n', '\n      ')
