// Longer than 250 lines: what each syntax reads, and how its faults are found again in the text, belong together.
import { runtime } from '#runtime'
import type * as Toml from 'smol-toml'
import type * as Yaml from 'yaml'
import { diagnostic } from '../core/diagnostic.ts'
import { brokenAt, parseJson } from '../core/json.ts'
import { detached } from '../core/text/detached.ts'
import type { Diagnostic, Result, SourceFile, Span } from '../core/types.ts'
import type { Fences } from './fences.ts'
import { readPlainFields } from './plain-fields.ts'
import type { FieldEngines } from './runtime/runtime.ts'

const { yaml, toml } = runtime

/** What front matter says: its own fields, known and unknown. */
export type Fields = Readonly<Record<string, unknown>>

/** What stands between the fences. */
export interface FrontMatter {
  /** Undefined when there is no front matter. */
  readonly language: Fences['language'] | undefined
  readonly fields: Fields
  /** Where a field's name or its value stands; both are an empty span before the first field when there is no such field. */
  span(name: string, part: 'key' | 'value'): Span
  /** The value with each of its scalars as it is written: `'1984'`, `'1.10'`, `'2020-01-01'`. */
  written(name: string): unknown
}

/** Reads the fields; their values hold no part of the source's text, so that the text can be forgotten. */
export function readFields(file: SourceFile, fences: Fences): Result<FrontMatter> {
  const { language, content } = fences
  const written = (name: string) => writtenValue(file.text.slice(...content), language, name)
  const plain = language === 'yaml' ? readPlain(file.text, content) : undefined
  if (plain) {
    const fields: Record<string, unknown> = {}
    for (const { name, value } of plain) fields[name] = value
    const span = (name: string, part: 'key' | 'value'): Span => {
      const field = plain.find(each => each.name === name)
      const isKey = part === 'key' || field?.valueAt[0] === field?.valueAt[1]
      const [from, to] = (isKey ? field?.nameAt : field?.valueAt) ?? [0, 0]
      return [content[0] + from, content[0] + to]
    }
    return { value: { language, fields, span, written }, diagnostics: [] }
  }
  try {
    const data: unknown = split(file.text.slice(...content), language) ?? {}
    if (typeof data !== 'object' || Array.isArray(data)) return { diagnostics: [notFields(file, content)] }
    const span = spansOf(file.text, fences)
    return { value: { language, fields: runtime.detached(data as Fields), span, written }, diagnostics: [] }
  } catch (error) {
    return { diagnostics: [syntaxFault(file, fences, error)] }
  }
}

/** Its values are of one copy of what stands between the fences. */
const readPlain = (text: string, content: Span) => {
  const written = detached(text.slice(...content))
  return readPlainFields(written, [0, written.length])
}

/** YAML’s failsafe schema (YAML 1.2, 10.1) knows text alone; TOML and JSON are taken as they were read. */
function writtenValue(content: string, language: Fences['language'], name: string): unknown {
  if (language !== 'yaml') return asText((split(content, language) as Fields)[name])
  const { contents } = yaml().parseDocument(content, { schema: 'failsafe', logLevel: 'silent' })
  const read = contents?.toJSON() as Fields | undefined
  return read && Object.hasOwn(read, name) ? runtime.detached(read[name]) : undefined
}

const asText = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(asText)
    : ['number', 'boolean'].includes(typeof value)
      ? String(value)
      : value

const split = (content: string, language: Fences['language']): unknown =>
  runtime.fieldsOf(content, language, engines)

const engines: FieldEngines = {
  yaml: (content: string): object => {
    const document = parseYaml(content)
    const [fault] = faultsOf(document, content)
    if (fault) throw new Error(fault.message)
    return withoutCircle(document.toJS()) as object
  },
  toml: (content: string): object => withoutDates(toml().parse(content)) as object,
  json: (content: string): object => parseJson(content) as object,
}

const parseYaml = (content: string) =>
  yaml().parseDocument(content, { prettyErrors: false, logLevel: 'error' })

/** As the library's own errors are. */
interface YamlFault {
  readonly code: string
  readonly message: string
  readonly pos: readonly [from: number, to: number]
}

/** A tag that nobody knows is only warned of, and its value taken for something else than was meant; so is that of a stray anchor. */
const faultsOf = (document: Yaml.Document.Parsed, content: string): readonly YamlFault[] => [
  ...document.errors,
  ...document.warnings,
  ...(content.includes('&') ? strayAnchors(yaml(), document, content) : []),
]

/**
 * Anchors of a word or of nothing (YAML 1.2, 6.9.2) that no alias names: an author who writes
 * `title: &nbsp;Merry` means text, and YAML takes it for the name of an empty value.
 *
 * @param content what the document was parsed from
 */
function strayAnchors(
  { visit }: Pick<typeof Yaml, 'visit'>,
  document: Yaml.Document.Parsed,
  content: string,
): readonly YamlFault[] {
  const anchors: (readonly [name: string, before: number])[] = []
  const named = new Set<string>()
  visit(document, {
    Alias: (_, { source }) => void named.add(source),
    Scalar: (_, { anchor, range }) => void (anchor && anchors.push([anchor, range?.[0] ?? content.length])),
  })
  return anchors
    .filter(([name]) => !named.has(name))
    .map(([name, before]) => {
      const from = Math.max(0, content.lastIndexOf(`&${name}`, before))
      const message = `“&${name}” is no text in YAML but an anchor, and nothing refers to it`
      return { code: 'STRAY_ANCHOR', message, pos: [from, from + name.length + 1] }
    })
}

/** An alias may name what it stands in, which nothing that reads fields is prepared for. */
function withoutCircle(value: unknown, around: readonly unknown[] = []): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (around.includes(value)) throw new Error('a value has itself in it')
  for (const each of Object.values(value)) withoutCircle(each, [...around, value])
  return value
}

/** TOML has dates where YAML and JSON have text. */
function withoutDates(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace(/\.000(?!\d)/, '')
  if (Array.isArray(value)) return value.map(withoutDates)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, each]) => [name, withoutDates(each)] as const)
  return Object.fromEntries(entries)
}

const notFields = (file: SourceFile, [start, end]: Span): Diagnostic =>
  diagnostic('front-matter/syntax', 'Front matter must be fields, one “name: value” a line', {
    hint: 'for a thematic break at the top of a page write *** instead of ---',
    file,
    span: firstLine(file.text, [start, end]),
  })

function firstLine(text: string, [start, end]: Span): Span {
  const from = start + Math.max(0, text.slice(start, end).search(/\S/))
  return [from, from + (/^[^\r\n]*/.exec(text.slice(from, end))?.[0].length ?? 0)]
}

/** The parser's own place, when its error has one; else (an alias gone wild) the whole front matter. */
function syntaxFault(file: SourceFile, { language, content }: Fences, error: unknown): Diagnostic {
  const [start, end] = content
  const written = file.text.slice(start, end)
  const [from, to, said, hint] = faults[language](written, error as Error)
  const [at, until] = [start + Math.min(from, written.length), start + Math.min(to, written.length)]
  const span: Span = from < to ? [at, until] : firstLine(file.text, [start, end])
  const what =
    language === 'yaml' && said.startsWith('“&')
      ? 'Front matter'
      : `Front matter is not valid ${language.toUpperCase()}`
  const message = `${what}: ${said.split('\n')[0]}`
  return diagnostic('front-matter/syntax', message, { hint, file, span })
}

type SyntaxFault = readonly [from: number, to: number, message: string, hint: string]

const faults: Record<Fences['language'], (written: string, error: Error) => SyntaxFault> = {
  yaml(written, error) {
    const [first] = faultsOf(parseYaml(written), written)
    const [from, to] = first?.pos ?? [written.search(/\S/), written.length]
    return [
      from,
      Math.max(to, from + 1),
      (first ?? error).message,
      yamlHint(first?.code, written.slice(from, to)),
    ]
  },
  toml(written, error) {
    const { line = 1, column = 1 } = error as Partial<Toml.TomlError>
    // gray-matter gives the content from the line break before it on.
    const lines = written.match(/[^\n]*\n?/g) ?? []
    const from = lines.slice(0, line - 2).join('').length + column - 1
    const said = error.message.replace(/^Invalid TOML document: /, '')
    return [
      from,
      from + 1,
      said,
      'text stands between quotation marks, and each field on a line: title = "Some words"',
    ]
  },
  json(written, error) {
    const [from, to] = brokenAt(written)
    const said = error.message.replace(/ in JSON at position.*/s, '')
    return [from, to, said, 'names and text stand between " and ", and a comma between two fields']
  },
}

function yamlHint(code: string | undefined, at: string): string {
  if (code === 'TAB_AS_INDENT' || at.includes('\t')) return 'indent with spaces'
  if (code === 'DUPLICATE_KEY') return 'keep one of the two'
  if (code === 'STRAY_ANCHOR')
    return `a value that begins with & goes between single quotes, as in '${at} and more'`
  return 'a value with “: ”, “#” or quotation marks in it goes between single quotes; an apostrophe there is written twice'
}

interface FieldPart {
  readonly name: string
  readonly part: 'key' | 'value'
}

/** Only errors and `imprimatur/front-matter` ask; only they pay for a second parse, once. JSON is YAML. */
function spansOf(text: string, { language, content }: Fences): FrontMatter['span'] {
  const [start, end] = content
  const written = text.slice(start, end)
  if (language === 'toml')
    return (name, part) => tomlSpan(written, { name, part }).map(at => at + start) as unknown as Span
  let parsed: Yaml.Document.Parsed['contents'] | undefined
  return (name, part) => {
    const { isMap, isScalar } = yaml()
    parsed ??= parseYaml(written).contents
    if (!isMap(parsed)) return [start, start]
    const pair = parsed.items.find(({ key }) => isScalar(key) && String(key.value) === name)
    const node = (part === 'value' && pair?.value ? pair.value : pair?.key) as
      { range?: readonly number[] } | undefined
    const [from = 0, to = from] = node?.range ?? []
    return [start + from, start + to]
  }
}

/** The parser tells no places: a field stands where the document before it is whole and lacks it, and with it has it. */
function tomlSpan(written: string, { name, part }: FieldPart): Span {
  const parse = (text: string) => {
    try {
      return toml().parse(text)
    } catch {
      return undefined
    }
  }
  const has = (end: number) => {
    const read = parse(written.slice(0, end))
    return read && Object.hasOwn(read, name)
  }
  const key = name.replace(/\W/g, '\\$&')
  const begins = new RegExp(
    `^[ \\t]*(?:\\[{1,2}[ \\t]*)?(["']?${key}["']?)[ \\t]*(?:=[ \\t]*|(?=[.\\]]))`,
    'gm',
  )
  for (const { 0: head, 1: spelled = '', index } of written.matchAll(begins)) {
    if (has(index) !== false) continue
    const keyAt = index + head.indexOf(spelled)
    if (part === 'key' || !head.includes('=')) return [keyAt, keyAt + spelled.length]
    const from = index + head.length
    for (const { index: more } of written.slice(from).matchAll(/(?:(?<![ \t])[ \t]+)?(?=#|\r?\n|$)/g))
      if (has(from + more)) return [from, from + more]
  }
  return [0, 0]
}
