import { diagnostic } from '../core/diagnostic.ts'
import {
  either,
  flag,
  languageTag,
  listOf,
  oneOf,
  text,
  wholeNumber,
  type Kind,
} from '../core/value-kinds.ts'
import type { Diagnostic, Result, SourceFile, Span } from '../core/types.ts'
import { lineSpan, readSource } from '../core/source.ts'
import { checkDay, normalizeDate } from '../core/dates.ts'
import { exactYaml, parseFrontMatter } from './yaml.ts'

export type FrontMatter = Readonly<Record<string, unknown>>

export interface Split {
  readonly data: FrontMatter
  /** Offset of the body in the source's text. */
  readonly bodyStart: number
}

/** Every field that the program reads; all others are the author's. */
const fields = new Map<string, Kind>(
  Object.entries({
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
    guid: text,
    aliases: listOf(text),
    tags: listOf(text),
    css: either(text, listOf(text)),
    ejs: flag,
    redirectTarget: text,
    typography: oneOf('off', 'warn', 'error', 'fix'),
    translationOf: text,
  }),
)

const days = new Set(['date', 'updated'])

/** Fields of a template's `page` that the program computes, so that front matter cannot have them. */
const computed = new Set([
  'url',
  'path',
  'source',
  'body',
  'headings',
  'excerpt',
  'words',
  'minutes',
  'previous',
  'next',
  'translations',
  '__proto__',
])

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
    const data = parseFrontMatter(yamlOf(file)[0].replace(/\r$/, '')) ?? {}
    if (!isFields(data)) return { diagnostics: [notFields(file)] }
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
  const isYaml = /^(?:ya?ml)?$/.test(language)
  if (isYaml && close >= 0) return undefined
  const span = lineSpan(file.text, 1)
  if (!isYaml) {
    const message = `Front matter is YAML; “${language}” is refused`
    return diagnostic('front-matter/language', message, {
      hint: 'write --- alone, and YAML below it',
      file,
      span,
    })
  }
  const hint = 'close it with a line --- ; for a thematic break at the top of a page write *** instead'
  return diagnostic('front-matter/fence', 'Front matter is opened here and never closed', {
    hint,
    file,
    span,
  })
}

const isFields = (data: unknown): data is FrontMatter => typeof data === 'object' && !Array.isArray(data)

const notFields = (file: SourceFile) =>
  diagnostic('front-matter/syntax', 'Front matter must be fields, one “name: value” a line', {
    hint: 'for a thematic break at the top of a page write *** instead of ---',
    file,
    span: lineSpan(file.text, 2),
  })

/** The parser's own error, when it has a position; else (an alias gone wild) the whole front matter. */
function syntaxError(file: SourceFile, error: unknown): Diagnostic {
  const [yaml, start] = yamlOf(file)
  const first = exactYaml().parseDocument(yaml, { prettyErrors: false }).errors[0]
  const [from, to] = first?.pos ?? [yaml.search(/\S/), yaml.length]
  const span: Span = [start + from, start + to]
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
  const start = file.text.search(/[\r\n]/)
  const end = file.text.indexOf(CLOSE, start)
  return [file.text.slice(start, end), start]
}

const checkFields = (file: SourceFile, data: FrontMatter): readonly Diagnostic[] =>
  Object.entries(data).flatMap(([name, value]) => {
    const wrong = checkField(file, name, value)
    if (!wrong) return []
    const { code, message, hint } = wrong
    const span = fieldSpan(file, name, code === 'front-matter/reserved' ? 'key' : 'value')
    return [diagnostic(code, message, { hint, file, span })]
  })

function checkField(file: SourceFile, name: string, value: unknown) {
  if (computed.has(name)) {
    const message = `“${name}” is computed for every page; front matter cannot set it`
    return { code: 'front-matter/reserved', message, hint: 'give your field another name' } as const
  }
  const kind = fields.get(name)
  if (!kind || value === null) return undefined
  if (!kind.accepts(value)) {
    const message = `“${name}” is ${JSON.stringify(value)}; it must be ${kind.expected}`
    const written = file.text.slice(...fieldSpan(file, name, 'value'))
    const quotable = kind === text && !/[\r\n']/.test(written)
    const hint = quotable ? `quote it: ${name}: '${written}'` : example(name)
    return { code: 'front-matter/value', message, hint } as const
  }
  const wrong = days.has(name) ? checkDay(normalizeDate(String(value))) : undefined
  if (!wrong) return undefined
  const message = `“${name}” is ${String(value)}, which is no date: ${wrong}`
  const hint = 'write a day as 2026-11-21, a time as 2026-11-21T10:00:00+03:00'
  return { code: 'front-matter/date', message, hint } as const
}

const examples = new Map([
  ['aliases', '[/old/address/]'],
  ['tags', '[typography, keys]'],
  ['draft', 'true'],
  ['year', '2026'],
  ['lang', 'ru'],
])

const example = (name: string) => `write, for example, ${name}: ${examples.get(name) ?? 'some words'}`

/** A field of a source, read once more, for a report that comes when the text is long forgotten. */
export function fieldAt(root: string, path: string, name: string): Pick<Diagnostic, 'file' | 'span'> {
  const { value: file = { path, text: '' } } = readSource(root, path)
  const { value: split } = readFrontMatter(file)
  return split && Object.hasOwn(split.data, name) ? { file, span: fieldSpan(file, name, 'value') } : { file }
}

/** Where a field's name or value stands; only errors need it, so only they pay for a second, exact parse. */
export function fieldSpan(file: SourceFile, name: string, part: 'key' | 'value'): Span {
  const [yaml, start] = yamlOf(file)
  const { isMap, isScalar, parseDocument } = exactYaml()
  const contents: unknown = parseDocument(yaml).contents
  if (!isMap(contents)) return [start, start]
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === name)
  const node = (part === 'value' && pair?.value ? pair.value : pair?.key) as
    { range?: readonly number[] } | undefined
  const [from = 0, to = from] = node?.range ?? []
  return [start + from, start + to]
}
