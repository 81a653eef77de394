import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { position } from '../../src/core/source.ts'
import { languageOf } from '../../src/document/language.ts'
import { repository } from '../program.ts'
import { pathsOf } from '../tree.ts'
import { fix, lint } from './fix.ts'

/*
 * tests/fixtures/lint/<rule>/<name>.<language>.md: a page, then behind a line `=>` what `--fix` makes of it with this rule alone
 * (it stays as it is without one), then behind lines that begin with `! ` what is reported and not fixed: line, column, message.
 */
export interface RuleFixture {
  /** Below the rule's folder. */
  readonly path: string
  readonly lang: string
  readonly before: string
  readonly after: string
  readonly reports: readonly string[]
}

const folder = join(repository, 'tests', 'fixtures', 'lint')

const paths = pathsOf(folder).filter(path => path.includes('/'))

/** What lies here, below folders, and is the fixture of no such rule: of it nothing would be tested. */
export const strayFixtures = (rules: readonly string[]): readonly string[] =>
  paths.flatMap(path => {
    const [, rule = '', lang] = /^(.*)\/[^/]+?(?:\.([A-Za-z-]+))?\.md$/.exec(path) ?? []
    if (!rules.includes(rule)) return [`${path} is in the folder of no rule: write RULE/WHAT.LANGUAGE.md`]
    if (lang !== undefined && languageOf(lang) !== undefined) return []
    return [`${path} has no language in its name: write ${rule}/WHAT.LANGUAGE.md, as in dashes.en.md`]
  })

export const fixturesOf = (rule: string): readonly RuleFixture[] =>
  paths
    .filter(path => path.startsWith(`${rule}/`) && path.endsWith('.md'))
    .map(path => readFixture(path.slice(rule.length + 1), readFileSync(join(folder, path), 'utf8')))

function readFixture(path: string, text: string): RuleFixture {
  const reports = text.split('\n').filter(line => line.startsWith('! '))
  const page = reports.length > 0 ? text.slice(0, text.indexOf('\n! ') + 1) : text
  const [before = '', after = before] = page.split('=>\n')
  const lang = /\.([\w-]+)\.md$/.exec(path)?.[1] ?? 'und'
  return { path, lang, before, after, reports: reports.map(line => line.slice(2)) }
}

/** What the rule makes of a fixture's page, in the terms of the fixture. */
export function outcomeOf(
  rule: string,
  { lang, before }: RuleFixture,
): Pick<RuleFixture, 'after' | 'reports'> {
  const file = { path: 'page.md', text: before }
  const reports = lint(before, { lang, rule })
    .filter(found => !found.fix?.safe)
    .map(({ span, message }) => {
      const { line, column } = position(file.text, span?.[0] ?? 0)
      return `${line}:${column} ${message}`
    })
  return { after: fix(before, { lang, rule }), reports }
}
