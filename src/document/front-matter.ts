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
import type { Diagnostic } from '../core/types.ts'
import { readSource } from '../core/source.ts'
import { checkDay, normalizeDate } from '../core/dates.ts'
import { readDocument, type Document } from './document.ts'

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

/** Why a document is no page of a site: what keeps it from being read, and every known field that says what it cannot. */
export const checkFields = (document: Document): readonly Diagnostic[] => {
  const { file, frontMatter, diagnostics } = document
  const wrong = Object.entries(frontMatter.fields).flatMap(([name, value]) => {
    const found = checkField(document, name, value)
    if (!found) return []
    const { code, message, hint } = found
    const span = frontMatter.span(name, code === 'front-matter/reserved' ? 'key' : 'value')
    return [diagnostic(code, message, { hint, file, span })]
  })
  return wrong.length > 0 ? wrong : diagnostics
}

function checkField({ file, frontMatter }: Document, name: string, value: unknown) {
  if (computed.has(name)) {
    const message = `“${name}” is computed for every page; front matter cannot set it`
    return { code: 'front-matter/reserved', message, hint: 'give your field another name' } as const
  }
  const kind = fields.get(name)
  if (!kind || value === null) return undefined
  if (!kind.accepts(value)) {
    const message = `“${name}” is ${JSON.stringify(value)}; it must be ${kind.expected}`
    const written = file.text.slice(...frontMatter.span(name, 'value'))
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
  const { fields, span } = readDocument(file).frontMatter
  return Object.hasOwn(fields, name) ? { file, span: span(name, 'value') } : { file }
}
