import type { Diagnostic, SourceFile, Span } from '../core/types.ts'
import { diagnostic, suggestion } from '../core/diagnostic.ts'
import type { Comment } from './parse/prose.ts'

interface Suppression {
  readonly comment: Span
  /** Undefined stands for all rules. */
  readonly rules: ReadonlySet<string> | undefined
  used: boolean
}

/** A part of the source, and all that is suppressed there. */
interface SuppressedStretch {
  readonly span: Span
  readonly suppressions: Suppression[]
  /** Those of them that say something of a rule, once it was asked for. */
  readonly byRule: Map<string, readonly Suppression[]>
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
  /** In source order, none upon another; a line behind a comment may be within what is off. */
  private readonly stretches = { off: [] as SuppressedStretch[], lines: [] as SuppressedStretch[] }
  private readonly file: SourceFile
  private readonly known: ReadonlySet<string>
  private line: { readonly from: number; readonly span: Span } | undefined

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
      if (nextLine && state === 'off')
        this.add('lines', { comment: span, span: this.lineAfter(span[1]), rules: this.readRules(rest, span) })
      else if (nextLine) this.complain(span)
      else {
        if (off) this.add('off', { ...off, span: [off.comment[1], span[0]] })
        off = state === 'off' ? { comment: span, rules: this.readRules(rest, span) } : undefined
      }
    }
    if (off) this.add('off', { ...off, span: [off.comment[1], file.text.length] })
  }

  get empty(): boolean {
    return this.suppressions.length === 0
  }

  private add(
    kind: keyof typeof this.stretches,
    { span, comment, rules }: Omit<Suppression, 'used'> & Pick<SuppressedStretch, 'span'>,
  ): void {
    const suppression = { comment, rules, used: false }
    this.suppressions.push(suppression)
    const last = this.stretches[kind].at(-1)
    if (last?.span[0] === span[0]) last.suppressions.push(suppression)
    else this.stretches[kind].push({ span, suppressions: [suppression], byRule: new Map() })
  }

  /** Whether a rule must leave this part of the source alone. Marks the suppression as used. */
  suppress([start, end]: Span, rule: string): boolean {
    let found = false
    for (const stretches of Object.values(this.stretches)) {
      const behind = Math.max(end, start + 1)
      for (let i = firstEndingBehind(stretches, start); i < stretches.length; i++) {
        const stretch = stretches[i]!
        if (stretch.span[0] >= behind) break
        const known = stretch.byRule.get(rule)
        const own = known ?? stretch.suppressions.filter(({ rules }) => rules?.has(rule) ?? true)
        if (!known) {
          stretch.byRule.set(rule, own)
          for (const suppression of own) suppression.used = true
        }
        found ||= own.length > 0
      }
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

  /** Of comments in one line, which are asked for in source order, the line is looked for once. */
  private lineAfter(offset: number): Span {
    if (this.line && offset >= this.line.from && offset < this.line.span[0]) return this.line.span
    const breaks = /\r\n|\n|\r|$/g
    breaks.lastIndex = offset
    const start = (breaks.exec(this.file.text)?.index ?? offset) + 1
    breaks.lastIndex = start + (this.file.text[start] === '\n' ? 1 : 0)
    const span: Span = [start, breaks.exec(this.file.text)?.index ?? this.file.text.length]
    this.line = { from: offset, span }
    return span
  }
}

function firstEndingBehind(stretches: readonly SuppressedStretch[], offset: number): number {
  let [low, high] = [0, stretches.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (stretches[middle]!.span[1] <= offset) low = middle + 1
    else high = middle
  }
  return low
}
