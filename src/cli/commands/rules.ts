import { codes } from '../../core/codes.ts'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { Rule } from '../../lint/rule.ts'
import { ruleNames } from '../../lint/rule-names.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../arguments.ts'

export const command: Command = {
  help: `imprimatur rules: the rules of the linter

  imprimatur rules            all of them, in the order in which they run
  imprimatur rules CODE       one of them: what it wants, why, and examples

  --help                      this text

A rule is switched off in the configuration: lint: { rules: { 'CODE': 'off' } }
`,
  options: { help: commonOptions.help },
  most: 1,
  run,
}

async function run({ positionals: [name] }: Call): Promise<Outcome> {
  const { rules } = await import('../../lint/rules.ts')
  if (name === undefined) return { diagnostics: [], output: list(rules) }
  const rule = rules.find(each => each.name === name)
  if (rule) return { diagnostics: [], output: explain(rule) }
  const hint = `${suggestion(name, ruleNames)}imprimatur rules lists them all`
  return { diagnostics: [diagnostic('usage/argument', `There is no rule “${name}”`, { hint })] }
}

function list(rules: readonly Rule[]): string {
  const width = Math.max(...rules.map(({ name }) => name.length))
  const lines = rules.map(({ name, languages }) => {
    const only = languages ? ` (${languages.join(', ')})` : ''
    return `  ${name.padEnd(width)}  ${codes[name].title}${only}\n`
  })
  return `The rules, in the order in which they run:\n\n${lines.join('')}\nimprimatur rules CODE explains one of them.\n`
}

function explain({ name, why, examples, languages, reportsOnly }: Rule): string {
  const facts = [
    `${codes[name].severity} by default`,
    languages ? `in ${languages.join(', ')}` : 'in every language',
    reportsOnly ? 'reported, never fixed' : 'fixed by --fix',
  ]
  const shown = examples.map(({ lang, before, after }) =>
    before === after
      ? `  ${lang}  ${indent(before)}\n      ${reportsOnly ? '(stays as it is)' : '(is left alone)'}\n`
      : `  ${lang}  ${indent(before)}\n   →  ${indent(after)}\n`,
  )
  const parts = [`${name}: ${facts.join(', ')}\n`, `${codes[name].title}.\n${why}\n`]
  return [...parts, ...(shown.length > 0 ? [shown.join('\n')] : [])].join('\n')
}

const indent = (text: string) => text.replaceAll('\n', '\n      ')
