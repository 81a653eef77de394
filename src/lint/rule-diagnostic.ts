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

/** The rule that a finding is reported under, in its language, and what it depends on of the settings. */
export interface RuleInUse {
  readonly rule: Rule
  readonly severity: Severity
  readonly settings: Settings
}

/** A place that departs from a rule. It is put into words only when somebody reads it: most are fixed unread. */
export class RuleDiagnostic implements Diagnostic {
  readonly code: RuleCode
  readonly file: SourceFile
  readonly span: Span
  private readonly finding: Finding
  private readonly used: RuleInUse

  constructor(file: SourceFile, finding: Finding, used: RuleInUse) {
    const { edits } = finding
    this.code = used.rule.code
    this.used = used
    this.file = file
    this.finding = finding
    const [first, last] = [edits[0] as Edit, edits.at(-1) as Edit]
    this.span = first === last ? first.span : [first.span[0], last.span[1]]
  }

  get severity(): Severity {
    return this.used.severity
  }

  get fix(): Fix | undefined {
    const { rule, severity, settings } = this.used
    const { edits, withheld, isUnsafe, writes = rule.writes } = this.finding
    if (withheld) return undefined
    const { markdown, opaque } = settings
    return { safe: !isUnsafe && severity !== 'info', edits, writes, markdown, opaque }
  }

  get isWithheld(): boolean {
    return this.finding.withheld
  }

  get message(): string {
    const [before, after] = excerpts(this.file.text, this.span, this.finding.edits)
    return `\`${before}\` should be \`${after}\``
  }

  get hint(): string {
    const { title } = this.used.rule
    const { withheld, isUnsafe } = this.finding
    if (withheld) return `${title}; set it by hand: a fix here would change the Markdown`
    return isUnsafe
      ? `${title}; it changes letters or digits, and --fix does so with lint.fix: 'unsafe'`
      : title
  }
}
