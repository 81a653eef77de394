import type { Edit, SourceFile } from '../model.ts'
import { asCharacter } from './blank.ts'
import { Kind, Segment } from './cells.ts'
import { bodyStart } from './document.ts'
import { findingsOf } from './edits.ts'
import { typeset } from './engine.ts'
import { Galley } from './galley.ts'
import { languageOf } from './language.ts'

/** What the rules would change in the values of `title` and `description`, field by field. The YAML stays what it is. */
export function inspectFrontMatter(
  { text }: SourceFile,
  lang: string,
  enabled: (rule: string) => boolean,
): readonly (readonly Edit[])[] {
  const language = languageOf(lang)
  if (!language) return []
  const head = text.slice(0, bodyStart(text))
  return [...head.matchAll(/^(?:title|description):[ \t]+(.*)$/gm)].flatMap(
    ({ 0: line, 1: value = '', index }) => {
      const segment = scalar(value, index + line.length - value.length)
      if (!segment) return []
      const galley = new Galley(text, [segment])
      const draft = typeset(galley.text, { lang: language, enabled, permission: galley })
      const edits = findingsOf(draft, galley, text, asCharacter).flatMap(finding => finding.edits)
      return edits.length > 0 ? [edits.toSorted((a, b) => a.span[0] - b.span[0])] : []
    },
  )
}

/** YAML 1.2, 7.3: a plain scalar, or one in quotes, on one line. Undefined for others, and for escapes, which stay. */
function scalar(value: string, start: number): Segment | undefined {
  const quoted = /^'((?:[^']|'')*)'\s*$|^"([^"\\]*)"\s*$/.exec(value)
  if (!quoted && /^[-?:,[\]{}#&*!|>'"%@`]/.test(value)) return undefined
  const plain = value.replace(/\s+#.*$|\s+$/, '')
  const segment = new Segment('', false)
  const from = start + (quoted ? 1 : 0)
  for (const { 0: part, index } of (quoted?.[1] ?? quoted?.[2] ?? plain).matchAll(
    quoted?.[1] === undefined ? /.+/g : /''|[^']+/g,
  )) {
    const apostrophe = part === "''" && quoted?.[1] !== undefined
    segment.add(
      apostrophe ? "'" : part,
      apostrophe ? Kind.blank : Kind.text,
      from + index,
      from + index + part.length,
    )
  }
  return segment
}
