import type { Diagnostic, SourceFile, Span } from '../core/types.ts'
import { diagnostic, suggestion } from '../core/diagnostic.ts'
import type { Comment } from './parse/prose.ts'

interface Suppression {
  readonly comment: Span
  readonly span: Span
  /** Undefined stands for all rules. */
  readonly rules: ReadonlySet<string> | undefined
  used: boolean
}

/**
 * What an author has asked the linter to leave alone:
 *
 *     <!-- typography off -->  …  <!-- typography on -->
 *     <!-- typography off: RULE RULE, reason -->  …  <!-- typography on -->
 *     <!-- typography-next-line off: RULE, reason -->
 */
export class Suppressions {
  readonly diagnostics: Diagnostic[] = []
  private readonly suppressions: Suppression[] = []
  private readonly file: SourceFile
  private readonly known: ReadonlySet<string>

  constructor(file: SourceFile, comments: readonly Comment[], known: ReadonlySet<string>) {
    this.file = file
    this.known = known
    let off: { comment: Span; rules: ReadonlySet<string> | undefined } | undefined
    for (const { text, span } of comments) {
      const command = /^typography(-next-line)?\s+(off|on)(?:\s*:\s*([^]*))?$/.exec(text)
      if (!command) {
        if (/^typography\b/.test(text)) this.complain(span)
        continue
      }
      const [, nextLine, state, rest = ''] = command
      if (nextLine && state === 'off') this.add(span, this.lineAfter(span[1]), this.readRules(rest, span))
      else if (nextLine) this.complain(span)
      else {
        if (off) this.add(off.comment, [off.comment[1], span[0]], off.rules)
        off = state === 'off' ? { comment: span, rules: this.readRules(rest, span) } : undefined
      }
    }
    if (off) this.add(off.comment, [off.comment[1], file.text.length], off.rules)
  }

  get empty(): boolean {
    return this.suppressions.length === 0
  }

  private add(comment: Span, span: Span, rules: ReadonlySet<string> | undefined): void {
    this.suppressions.push({ comment, span, rules, used: false })
  }

  /** Whether a rule must leave this part of the source alone. Marks the suppression as used. */
  suppress([start, end]: Span, rule: string): boolean {
    let found = false
    for (const suppression of this.suppressions) {
      const { span, rules } = suppression
      if (start >= span[1] || Math.max(end, start + 1) <= span[0] || !(rules?.has(rule) ?? true)) continue
      suppression.used = found = true
    }
    return found
  }

  /** Those that nothing came of. */
  unused(): readonly Diagnostic[] {
    return this.suppressions
      .filter(({ used }) => !used)
      .map(({ comment }) =>
        diagnostic('lint/unused-suppression', 'This comment suppresses nothing', {
          hint: 'remove it',
          file: this.file,
          span: comment,
        }),
      )
  }

  /** `RULE RULE, reason`; what does not look like a rule begins the reason. */
  private readRules(text: string, span: Span): ReadonlySet<string> | undefined {
    const names = (text.split(',', 1)[0] ?? '').split(/\s+/).filter(name => name.includes('/'))
    for (const name of names) {
      if (this.known.has(name)) continue
      const hint = `${suggestion(name, this.known)}imprimatur rules lists them all`
      this.diagnostics.push(
        diagnostic('lint/rule', `There is no rule “${name}”`, { hint, file: this.file, span }),
      )
    }
    return names.length > 0 ? new Set(names) : undefined
  }

  private complain(span: Span): void {
    const hint =
      'write “typography off”, “typography on” or “typography-next-line off: RULE, reason” between the comment’s marks'
    this.diagnostics.push(
      diagnostic('lint/suppression', 'This comment does not say what to suppress', {
        hint,
        file: this.file,
        span,
      }),
    )
  }

  private lineAfter(offset: number): Span {
    const breaks = /\r\n|\n|\r|$/g
    breaks.lastIndex = offset
    const start = (breaks.exec(this.file.text)?.index ?? offset) + 1
    breaks.lastIndex = start + (this.file.text[start] === '\n' ? 1 : 0)
    return [start, breaks.exec(this.file.text)?.index ?? this.file.text.length]
  }
}
