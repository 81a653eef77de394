import type { RuleDefinition, RuleText } from '../../config/rule-definition.ts'
import type { EditBuffer } from '../engine/edit-buffer.ts'
import { template } from '../engine/pattern.ts'
import { SEPARATOR } from '../parse/cells.ts'
import type { Rule } from './rule.ts'

/** A rule of a configuration as one of the linter's. */
export const ownRule = ({ run, ...facts }: RuleDefinition): Rule => ({
  ...facts,
  run: (buffer, { lang }) => run(ruleText(buffer), { lang }),
})

const ruleText = (buffer: EditBuffer): RuleText => ({
  replace(pattern, replacement) {
    const wanted =
      typeof replacement === 'string'
        ? template(replacement)
        : (match: RegExpExecArray) => textOf(replacement(...match))
    const found = [...matches(buffer.text, pattern)]
    buffer.replaceMatches(found.map(({ match, at }) => ({ at, found: match[0], wanted: wanted(match) })))
  },
  report(pattern, message) {
    for (const { match, at } of matches(buffer.text, pattern)) {
      const text = typeof message === 'string' ? message : message(...match)
      if (text !== undefined && match[0] !== '') buffer.report(at, match[0].length, textOf(text))
    }
  },
})

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  throw new TypeError(`its function returned ${String(value)}, which is no text`)
}

interface FoundMatch {
  readonly match: RegExpExecArray
  /** In the whole text. */
  readonly at: number
}

/** The matches of each paragraph, which is a text of its own. */
function* matches(text: string, pattern: RegExp): Generator<FoundMatch> {
  const flags = pattern.flags.replace('y', '')
  const every = new RegExp(pattern.source, flags.includes('g') ? flags : `${flags}g`)
  for (let start = 0; start < text.length;) {
    const separator = text.indexOf(SEPARATOR, start)
    const end = separator < 0 ? text.length : separator
    for (const match of text.slice(start, end).matchAll(every)) yield { match, at: start + match.index }
    start = end + 1
  }
}
