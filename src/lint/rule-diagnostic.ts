import type { RuleLevels } from '../config/lint-config.ts'
import type {
  Diagnostic,
  Edit,
  ExtendMarkdown,
  Fix,
  RuleCode,
  Severity,
  SourceFile,
  Span,
} from '../core/types.ts'
import type { Finding } from './engine/edits.ts'
import { excerpts } from './excerpt.ts'
import { levelOf } from './rules/levels.ts'
import type { Rule } from './rules/rule.ts'
import type { RuleSet } from './rules/rule-set.ts'

/** What of the settings of a run a finding depends on. */
interface Settings {
  readonly rules: RuleLevels
  readonly markdown?: ExtendMarkdown | undefined
  readonly opaque?: readonly string[] | undefined
}

/** How much a rule's findings weigh: as the configuration says, or else as the rule does. */
export function severityOf(
  { code, severity = 'warning' }: Rule,
  levels: RuleLevels,
  lang: string | undefined,
): Severity {
  const level = levelOf(levels, code, lang)
  return level === 'error' ? 'error' : level === 'warn' ? 'warning' : severity
}

/** `--fix` makes the fixes of every rule but those that weigh nothing. */
export const isSafe = (rule: Rule, levels: RuleLevels, lang: string | undefined): boolean =>
  severityOf(rule, levels, lang) !== 'info'

interface Enabling {
  readonly rules: RuleSet
  readonly levels: RuleLevels
  readonly lang: string | undefined
}

/** Whether a rule is on in a language: most are unless they are turned off, some are not until they are turned on. */
export const isEnabled = (code: string, { rules, levels, lang }: Enabling): boolean =>
  (levelOf(levels, code, lang) ?? (rules.byCode.get(code)?.isOptional ? 'off' : 'warn')) !== 'off'

/** The rule that a finding is reported under, and what it depends on of the settings. */
interface Weighing {
  readonly rule: Rule
  readonly settings: Settings
}

/** A place that departs from a rule. It is put into words only when somebody reads it: most are fixed unread. */
export class RuleDiagnostic implements Diagnostic {
  readonly code: RuleCode
  readonly file: SourceFile
  readonly span: Span
  private readonly finding: Finding
  private readonly rule: Rule
  private readonly settings: Settings

  constructor(file: SourceFile, finding: Finding, { rule, settings }: Weighing) {
    const { edits } = finding
    this.code = rule.code
    this.rule = rule
    this.settings = settings
    this.file = file
    this.finding = finding
    const [first, last] = [edits[0] as Edit, edits.at(-1) as Edit]
    this.span = first === last ? first.span : [first.span[0], last.span[1]]
  }

  get severity(): Severity {
    return severityOf(this.rule, this.settings.rules, this.finding.lang)
  }

  get fix(): Fix | undefined {
    const { edits, withheld, isUnsafe, lang, writes = this.rule.writes } = this.finding
    if (withheld) return undefined
    const { rules, markdown, opaque } = this.settings
    return { safe: !isUnsafe && isSafe(this.rule, rules, lang), edits, writes, markdown, opaque }
  }

  get message(): string {
    const [before, after] = excerpts(this.file.text, this.span, this.finding.edits)
    return `\`${before}\` should be \`${after}\``
  }

  get hint(): string {
    const { title } = this.rule
    const { withheld, isUnsafe } = this.finding
    if (withheld) return `${title}; set it by hand: a fix here would change the Markdown`
    return isUnsafe
      ? `${title}; it changes letters or digits, and --fix does so with lint.fix: 'unsafe'`
      : title
  }
}
