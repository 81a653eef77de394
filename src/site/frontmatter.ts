import matter from 'gray-matter'
import { isMap, isScalar, parse, parseDocument, type Document } from 'yaml'
import { diagnostic } from '../diagnostic.ts'
import { either, flag, languageTag, listOf, oneOf, text, wholeNumber, type Kind } from '../kind.ts'
import type { Diagnostic, Result, SourceFile, Span } from '../model.ts'
import { lineSpan } from '../source.ts'
import { checkDay, normalizeDate } from './date.ts'

export type FrontMatter = Readonly<Record<string, unknown>>

export interface Split {
  readonly data: FrontMatter
  /** Offset of the body in the source's text. */
  readonly bodyStart: number
}

/** Every field that the program reads; all others are the author's. */
export const fields: Readonly<Record<string, Kind>> = {
  layout: text,
  lang: languageTag,
  title: text,
  description: text,
  section: text,
  year: wholeNumber,
  date: text,
  updated: text,
  draft: flag,
  slug: text,
  permalink: text,
  aliases: listOf(text),
  tags: listOf(text),
  css: either(text, listOf(text)),
  ejs: flag,
  redirectTarget: text,
  typography: oneOf('off', 'warn', 'error', 'fix'),
  translationOf: text,
}

const days = ['date', 'updated']

/** Fields of a template's `page` that the program computes, so that front matter cannot have them. */
const computed = [
  'url',
  'path',
  'source',
  'body',
  'headings',
  'excerpt',
  'words',
  'previous',
  'next',
  'translations',
]

/**
 * Splits a source into front matter and body, and checks every known field.
 * The data holds no part of the source's text, so that the text can be forgotten.
 */
export function readFrontMatter(file: SourceFile): Result<Split> {
  const fences = findFences(file.text)
  if (!fences) return { value: { data: {}, bodyStart: bom(file) }, diagnostics: [] }
  const refused = refuseFences(file, fences)
  if (refused) return { diagnostics: [refused] }

  try {
    const head = file.text.slice(0, fences.close + CLOSE.length)
    // With options given, gray-matter does not keep every text that it ever saw.
    const { data } = matter(head, {
      engines: { yaml: source => parse(source, { logLevel: 'silent' }) ?? {} },
    })
    if (typeof data !== 'object' || Array.isArray(data)) return { diagnostics: [notFields(file)] }
    const diagnostics = checkFields(file, data)
    if (diagnostics.length > 0) return { diagnostics }
    return { value: { data: structuredClone(data), bodyStart: fences.bodyStart }, diagnostics }
  } catch (error) {
    return { diagnostics: [syntaxError(file, error)] }
  }
}

/** Where the body begins, when the front matter is known to be good. */
export const bodyStart = (file: SourceFile): number => findFences(file.text)?.bodyStart ?? bom(file)

const CLOSE = '\n---'

interface Fences {
  /** What stands behind the opening `---`. */
  readonly language: string
  /** Offset of the line break before the closing `---`, or -1. */
  readonly close: number
  readonly bodyStart: number
}

/** As gray-matter finds them; on the text alone, since most of a text is no front matter. */
function findFences(source: string): Fences | undefined {
  const open = /^\uFEFF?---(?!-)([^\r\n]*)/.exec(source)
  if (!open) return undefined
  const close = source.indexOf(CLOSE, open[0].length)
  const breakAfter = /\r?\n?/y
  breakAfter.lastIndex = close + CLOSE.length
  breakAfter.exec(source)
  return { language: open[1]?.trim() ?? '', close, bodyStart: breakAfter.lastIndex }
}

const bom = ({ text: source }: SourceFile) => (source.startsWith('\uFEFF') ? 1 : 0)

function refuseFences(file: SourceFile, { language, close }: Fences): Diagnostic | undefined {
  const span = lineSpan(file.text, 1)
  if (!/^(?:ya?ml)?$/.test(language)) {
    const message = `Front matter is YAML; “${language}” is refused`
    return diagnostic('front-matter/language', message, {
      hint: 'write --- alone, and YAML below it',
      file,
      span,
    })
  }
  if (close < 0) {
    const hint = 'close it with a line --- ; for a thematic break at the top of a page write *** instead'
    return diagnostic('front-matter/fence', 'Front matter is opened here and never closed', {
      hint,
      file,
      span,
    })
  }
  return undefined
}

const notFields = (file: SourceFile) =>
  diagnostic('front-matter/syntax', 'Front matter must be fields, one “name: value” a line', {
    hint: 'for a thematic break at the top of a page write *** instead of ---',
    file,
    span: lineSpan(file.text, 2),
  })

/** The parser's own error, when it has a position; else (an alias gone wild) the whole front matter. */
function syntaxError(file: SourceFile, error: unknown): Diagnostic {
  const [yaml, start] = yamlOf(file)
  const first = parseDocument(yaml, { prettyErrors: false }).errors[0]
  const span: Span = first ? [start + first.pos[0], start + first.pos[1]] : [start, start + yaml.length]
  const said = (first?.message ?? (error as Error).message).split('\n')[0]
  return diagnostic('front-matter/syntax', `Front matter is not valid YAML: ${said}`, {
    hint: yamlHint(first?.code, file.text.slice(...span)),
    file,
    span,
  })
}

function yamlHint(code: string | undefined, at: string): string {
  if (code === 'TAB_AS_INDENT' || at.includes('\t')) return 'indent with spaces'
  if (code === 'DUPLICATE_KEY') return 'keep one of the two'
  return 'a value with “: ”, “#” or quotation marks in it goes between single quotes; an apostrophe there is written twice'
}

function yamlOf(file: SourceFile): readonly [yaml: string, start: number] {
  const start = lineSpan(file.text, 1)[1]
  const end = file.text.indexOf(CLOSE, start)
  return [file.text.slice(start, end), start]
}

function checkFields(file: SourceFile, data: FrontMatter): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  for (const [name, value] of Object.entries(data)) {
    const kind = fields[name]
    if (computed.includes(name)) {
      const hint = 'give your field another name'
      const message = `“${name}” is computed for every page; front matter cannot set it`
      diagnostics.push(
        diagnostic('front-matter/reserved', message, { hint, file, span: fieldSpan(file, name, 'key') }),
      )
    } else if (kind && value !== null && !kind.accepts(value)) {
      const message = `“${name}” is ${JSON.stringify(value)}; it must be ${kind.expected}`
      const hint =
        typeof value === 'number' && kind === text ? `quote it: ${name}: '${value}'` : example(name)
      diagnostics.push(
        diagnostic('front-matter/value', message, { hint, file, span: fieldSpan(file, name, 'value') }),
      )
    } else if (typeof value === 'string' && days.includes(name)) {
      const wrong = checkDay(normalizeDate(value))
      if (!wrong) continue
      const hint = 'write a day as 2026-11-21, a time as 2026-11-21T10:00:00+03:00'
      const message = `“${name}” is ${value}, which is no date: ${wrong}`
      diagnostics.push(
        diagnostic('front-matter/date', message, { hint, file, span: fieldSpan(file, name, 'value') }),
      )
    }
  }
  return diagnostics
}

const examples: Readonly<Record<string, string>> = {
  aliases: 'aliases: [/old/address/]',
  tags: 'tags: [typography, keys]',
  draft: 'draft: true',
  year: 'year: 2026',
  lang: 'lang: ru',
}

const example = (name: string) => `write, for example, ${examples[name] ?? `${name}: some words`}`

/** Where a field's name or value stands; only errors need it, so only they pay for a second, exact parse. */
export function fieldSpan(file: SourceFile, name: string, part: 'key' | 'value'): Span {
  const [yaml, start] = yamlOf(file)
  const { contents }: Document = parseDocument(yaml)
  if (!isMap(contents)) return [start, start]
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === name)
  const node = (part === 'value' && pair?.value ? pair.value : pair?.key) as
    { range?: readonly number[] } | undefined
  const [from = 0, to = from] = node?.range ?? []
  return [start + from, start + to]
}
