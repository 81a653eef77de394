import { applyEdits, fixSource, safeEdits } from '../../src/lint/fix.ts'
import { lintSource } from '../../src/lint/lint.ts'
import type { LintSettings } from '../../src/lint/lint-settings.ts'
import { pageSettings } from '../../src/lint/settings.ts'
import { ruleCodes } from '../../src/lint/rules/rule-codes.ts'
import { rules as allRules } from '../../src/lint/rules/rules.ts'
import { mergeLint, type Preset, type UserLintConfig } from '../../src/config/lint-config.ts'
import type { Config } from '../../src/config/config.ts'
import type { Diagnostic } from '../../src/core/types.ts'

export interface Case {
  readonly name: string
  readonly lang: string
  readonly source: string
  readonly fixed: string
  /** The page's path: Markdown when absent. */
  readonly file?: string
  /** Front matter, which stays as it is. */
  readonly front?: string
  /** Nothing at all changes. */
  readonly untouched?: boolean
  /** The rules that report what is left to the author, or `*` for any. */
  readonly reported?: readonly string[]
  readonly config?: { readonly lint?: UserLintConfig }
}

interface Options {
  readonly lang: string
  readonly path?: string | undefined
  /** The only rule that is on; all when absent. */
  readonly rule?: string
  readonly noBreakSpace?: 'entity' | 'character'
  readonly preset?: Preset | undefined
  readonly opaque?: readonly string[]
  /** As it stands in a configuration. */
  readonly section?: UserLintConfig | undefined
}

export function lint(text: string, options: Options): readonly Diagnostic[] {
  const { lang, path = 'page.md', rule, preset, opaque, noBreakSpace = 'entity', section } = options
  if (section) return lintSource({ path, text }, settingsOf(section, lang, path))
  const others = [...ruleCodes].filter(name => rule !== undefined && name !== rule)
  const rules = Object.fromEntries(others.map(name => [name, 'off' as const]))
  return lintSource({ path, text }, { lang, noBreakSpace, rules, preset, opaque })
}

function settingsOf(section: UserLintConfig, lang: string, path: string): LintSettings {
  const config = {
    root: '/nowhere',
    dirs: { pages: 'pages' },
    site: { lang },
    lint: mergeLint([{ from: 'lint', lint: section }]),
  }
  return pageSettings(config as Config)(path)
}

/** The text as `--fix` leaves it. Throws when the page would say something else. */
export function fix(text: string, options: Options): string {
  const { value, diagnostics } = fixSource({ path: options.path ?? 'page.md', text }, lint(text, options))
  if (!value || diagnostics.length > 0)
    throw new Error(JSON.stringify(diagnostics.map(({ message }) => message)))
  return value.text
}

/** The text with every safe fix, whatever the page then says. */
export const applied = (text: string, options: Options): string =>
  applyEdits(text, safeEdits(lint(text, options)))

/** The characters that a page may have more or fewer of when every rule is at work. */
export const everyWritten = allRules.map(({ writes }) => writes).join('')
