/**
 * The linter for texts, as `imprimatur/lint`: text in, findings and the text with its fixes out. It touches no file, and for a browser or a
 * worker it is bundled without any module of Node. It is the linter of the command line: the same text with the same settings has
 * the same findings. Every offset is one of UTF-16 code units, as JavaScript's strings, LSP and the DOM count them.
 */
import type { Format } from './document/formats.ts'
import type { Diagnostic, Edit, RuleCode, SourceFile } from './core/types.ts'
import { position, type Position } from './core/source.ts'
import { fixSource } from './lint/fix.ts'
import { lintPage } from './lint/lint.ts'
import type { LintSettings } from './lint/lint-settings.ts'
import { completeSettings } from './lint/rules/complete-settings.ts'
import type { Example } from './lint/rules/rule.ts'
import { ruleSet } from './lint/rules/rule-set.ts'

export type { OwnWords, Preset, RuleLevel, RuleLevels, RuleSettings } from './config/lint-config.ts'
export type { RuleDefinition, RuleText } from './config/rule-definition.ts'
export type { Position } from './core/source.ts'
export type {
  Diagnostic,
  Edit,
  ExtendMarkdown,
  Fix,
  RuleCode,
  Severity,
  SourceFile,
  Span,
} from './core/types.ts'
export type { Format } from './document/formats.ts'
export type { LintSettings } from './lint/lint-settings.ts'
export type { Example } from './lint/rules/rule.ts'

/** How a text is read, and by which rules. What is left out is as on a site without a configuration. */
export interface LintOptions extends Partial<LintSettings> {
  /** `markdown` when absent; front matter is read in both. */
  readonly format?: Format | undefined
  /**
   * The text's file name, in the place of `format`: `a.html` and `a.ejs` are HTML, all else is Markdown; `a.ru.md` is Russian. Findings
   * have it in `file.path`.
   */
  readonly path?: string | undefined
}

/** A text with its safe fixes. */
export interface FixedText {
  readonly text: string
  /** What `lint` finds in the text that was given. */
  readonly found: readonly Diagnostic[]
  /** What was changed, in order, with spans in the text that was given. */
  readonly edits: readonly Edit[]
  /** What is found in that text, with places in it: what is left for its author. It is looked for when it is asked for. */
  readonly diagnostics: readonly Diagnostic[]
  /** `lint/left-alone`, with places in the text that was given: fixes with which it would say something else. */
  readonly withheld: readonly Diagnostic[]
}

/** What a rule wants, and why. */
export interface RuleDescription {
  readonly code: RuleCode
  /** In one line. */
  readonly title: string
  /** For someone who would rather switch it off. */
  readonly why: string
  /** BCP 47 tags of the languages that it knows; all when absent. */
  readonly languages?: readonly string[] | undefined
  /** What it makes of texts; `before` and `after` are the same when it only reports, or lets one pass. */
  readonly examples: readonly Example[]
}

const fileOf = (text: string, { format, path }: LintOptions): SourceFile => ({
  path: path ?? (format === 'html' ? 'text.html' : 'text.md'),
  text,
})

/**
 * What is badly set in a text, in its order; `span` and the spans of `fix.edits` are half-open ranges of offsets in it. The language is
 * the one that front matter or the path names, else that of `lang`, unless the letters are not its. Bad input is a finding; what is
 * thrown is a fault of the program, or of a rule or a plug-in that the options bring.
 */
export const lint = (text: string, options: LintOptions = {}): readonly Diagnostic[] =>
  lintPage(fileOf(text, options), completeSettings(options))

/**
 * The text with every safe fix. It is rendered before and after: a fix with which it would say something else is withheld. A second
 * call changes nothing more.
 */
export function fix(text: string, options: LintOptions = {}): FixedText {
  const file = fileOf(text, options)
  const settings = completeSettings(options)
  const found = lintPage(file, settings)
  const { value: fixed, edits, diagnostics: withheld } = fixSource(file, found)
  let left: readonly Diagnostic[] | undefined
  return {
    text: fixed.text,
    found,
    edits,
    withheld,
    get diagnostics() {
      return (left ??= fixed.text === text ? found : lintPage(fixed, settings))
    },
  }
}

/** A rule of the program's own by its code, as in `common/nbsp/afterShortWord`; undefined when there is none. */
export function describeRule(code: string): RuleDescription | undefined {
  const rule = ruleSet().byCode.get(code as RuleCode)
  if (!rule) return undefined
  const { title, why, languages, examples } = rule
  return { code: rule.code, title, why, languages, examples }
}

/** Line and column of an offset, both from 1; columns are UTF-16 code units, and `\n`, `\r\n` and a lone `\r` end a line. */
export const placeOf = (text: string, offset: number): Position => position(text, offset)
