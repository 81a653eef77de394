import type { Diagnostic, Edit, Fix, SourceFile, Span } from '../../core/types.ts'
import type { Segment } from '../parse/cells.ts'
import type { Content } from '../parse/content.ts'
import { isCyrillic, otherScript } from '../parse/other-script.ts'
import type { Prose } from '../parse/prose.ts'
import type { Suppressions } from '../suppression.ts'

export const LANGUAGE = 'imprimatur/language'

const names = { ru: 'Russian', en: 'English' } as const

/** Finds the paragraphs in another script than their language's. From here on no mark is written in them. */
export function setApart(segments: readonly Segment[], source: string): void {
  const hasCyrillic = cyrillic.test(source) || (source.includes('&') && cyrillicEntity.test(source))
  for (const segment of segments) if (hasCyrillic || isCyrillic(segment)) segment.other = otherScript(segment)
}

/** A letter, or an entity that may be one, as `&#1041;` and `&Bcy;` are: most sources in another script have none. */
const cyrillic = /[\u0400-\u052F]/
const cyrillicEntity = /&(?:#|\w{1,8}cy;)/

interface OtherLanguageContext {
  readonly file: SourceFile
  readonly severity: Diagnostic['severity']
  readonly suppressions: Suppressions
}

/** What is to be said of them: once of each, with the comments that name its language, if its letters tell it. */
export function* reportOthers(
  prose: Prose,
  { file, severity, suppressions }: OtherLanguageContext,
): Generator<Diagnostic> {
  let whole: ReadonlyMap<number, Content> | undefined
  for (const { other, pieces } of prose.segments) {
    const [first, last] = [pieces[0], pieces.at(-1)]
    if (!other || !first || !last) continue
    const span: Span = [first.from, last.to]
    if (suppressions.suppress(span, LANGUAGE)) continue
    const { lang } = other
    const what = lang ? `is in ${names[lang]}` : 'is in another language'
    const message = `This ${what}, it seems; its quotation marks, dashes and apostrophes are left alone`
    const tag = lang ?? '…'
    const hint = `put <!-- lang: ${tag} --> on the line before it and <!-- lang --> on the line behind it`
    const paragraph = (whole ??= wholeParagraphs(prose)).get(first.from)
    const edits = lang && paragraph && commentsAround(file.text, paragraph, lang)
    const fix: Fix | undefined = edits ? { safe: false, edits } : undefined
    yield { code: LANGUAGE, severity, message, hint, file, span, fix }
  }
}

/** Paragraphs that are one segment, by where that begins. */
function wholeParagraphs({ segments, paragraphs }: Prose): ReadonlyMap<number, Content> {
  const found = new Map<number, Content>()
  const starts = segments.map(({ pieces }) => pieces[0]?.from ?? 0)
  let next = 0
  for (const paragraph of paragraphs) {
    const [from, to] = paragraph.span
    while (next < starts.length && (starts[next] as number) < from) next++
    const start = starts[next]
    if (start !== undefined && start < to && (starts[next + 1] ?? Infinity) >= to) found.set(start, paragraph)
  }
  return found
}

/** What begins the lines of a block within quotations and lists. */
const LONGEST_LEAD = 1000
const lead = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*$/

/**
 * A comment ends with its line (CommonMark 4.6, HTML block 2), so that it needs no blank line beside it, which would make a loose list
 * of a tight one. Undefined where none may stand.
 */
function commentsAround(
  source: string,
  { span: [start, end] }: Content,
  lang: string,
): readonly Edit[] | undefined {
  // Each paragraph would look through the whole text for the `\r` that it does not have.
  const from = Math.max(0, start - LONGEST_LEAD)
  const near = source.slice(from, start)
  const lineStart = from + Math.max(near.lastIndexOf('\n'), near.lastIndexOf('\r')) + 1
  if (lineStart === from && from > 0) return undefined
  const before = source.slice(lineStart, start)
  if (!lead.test(before)) return undefined
  const lineBreak = source.slice(Math.max(0, lineStart - 2), lineStart).match(/\r\n?|\n/)?.[0] ?? '\n'
  const prefix = before.replace(/[^\s>]/g, ' ')
  return [
    { span: [start, start], text: `<!-- lang: ${lang} -->${lineBreak}${prefix}` },
    { span: [end, end], text: `${lineBreak}${prefix}<!-- lang -->` },
  ]
}
