import type { RuleCode, Severity } from '../core/types.ts'

/** A text that a rule looks at, paragraph by paragraph: `^` and `$` are a paragraph's beginning and end. */
export interface RuleText {
  /**
   * Replaces every match, as `String.prototype.replace` does with `$1` or a function of the match and its groups. A line break
   * within a paragraph is `\n`, a no-break space is itself; code, an address, an image or a template tag is one `\uE000`.
   */
  replace(pattern: RegExp, replacement: string | ((...groups: string[]) => string)): void
  /** Reports every match and changes nothing; a match for which the function returns undefined is passed over. */
  report(pattern: RegExp, message: string | ((...groups: string[]) => string | undefined)): void
}

/** A rule of the author's own, for `lint.rules` in the configuration. */
export interface RuleDefinition {
  /** `name/of-it`: what it is called in the configuration, in reports and in comments that suppress it. */
  readonly code: RuleCode
  /** What it wants, in one line. */
  readonly title: string
  /** The reason, for someone who would rather switch it off. */
  readonly why: string
  /** A warning when absent. */
  readonly severity?: Severity
  /**
   * The characters that it may put, take away or exchange for one another: `'….'` for three full stops that become an ellipsis.
   * No letters, digits, line breaks, `<`, `>` or `&`. Empty for a rule that only reports. A rule that changes another character
   * fails, with a diagnostic.
   */
  readonly writes: string
  /** `en`, `ru`: the languages that it knows; all when absent. One that there is not is refused. */
  readonly languages?: readonly string[]
  /** What `--fix` makes of a text with this rule alone; `before` and `after` are the same when it lets the text pass. */
  readonly examples: readonly { readonly lang: string; readonly before: string; readonly after: string }[]
  run(text: RuleText, context: { readonly lang: string }): void
}

/** Types a rule in an editor; at run time it gives back what it was given. `lint.rules` checks it. */
export const defineRule = (definition: RuleDefinition): RuleDefinition => definition

/** What is wrong with a rule, as the end of a sentence that begins with its name; undefined when nothing is. */
export function ruleFault(key: string, rule: Readonly<Record<string, unknown>>): string | undefined {
  const { code, writes, languages, examples, severity } = rule
  if (code !== key) return `calls itself “${String(code)}”: the key must be its code`
  if (!/^[a-z][\w-]*(?:\/[\w-]+)+$/i.test(key)) return 'needs a code such as own/ellipsis'
  for (const name of ['title', 'why'] as const)
    if (typeof rule[name] !== 'string' || rule[name] === '') return `has no “${name}”`
  if (typeof rule.run !== 'function') return 'has no function “run”'
  if (typeof writes !== 'string') return 'does not name the characters that it “writes”'
  const bad = /[\p{L}\p{N}<>&\n\r\p{Co}\u2028\u2029]/u.exec(writes)?.[0]
  if (bad !== undefined) return `“writes” ${JSON.stringify(bad)}, which no rule of a configuration may`
  if (severity !== undefined && !['error', 'warning', 'info'].includes(severity as string))
    return 'has a “severity” that is not error, warning or info'
  if (languages !== undefined && !isListOfText(languages)) return 'has “languages” that are no list of text'
  if (!Array.isArray(examples) || !examples.every(isExample))
    return 'has “examples” that are no list of { lang, before, after }'
  return undefined
}

const isListOfText = (value: unknown) => Array.isArray(value) && value.every(each => typeof each === 'string')

const isExample = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  ['lang', 'before', 'after'].every(name => typeof (value as Record<string, unknown>)[name] === 'string')
