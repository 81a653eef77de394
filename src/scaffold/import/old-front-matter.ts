import { Document as YamlDocument, isMap, parseDocument, type Scalar, YAMLMap } from 'yaml'
import { findFences, isFault } from '../../document/fences.ts'
import { readDocument } from '../../document/document.ts'
import type { Fields } from '../../document/field-syntax.ts'
import { oldDate } from './dates.ts'
import { record } from './generator.ts'

/** Front matter as it was written, ready to be changed; comments and order stay where it was YAML. */
export interface OldFrontMatter {
  readonly document: YamlDocument
  readonly fields: Fields
  readonly body: string
  /** How many lines stand before the body. */
  readonly line: number
  /** What was lost by the reading itself. */
  readonly notes: readonly string[]
}

/** YAML, TOML, JSON, or lines of `Title: …` as Pelican has them. */
export function readOldFrontMatter(path: string, written: string): OldFrontMatter {
  const file = { path: path.replace(/\.[^.]+$/, '.md'), text: written }
  const fences = findFences(written, 'markdown')
  if (fences && !isFault(fences)) {
    const body = written.slice(fences.bodyStart)
    const source = written.slice(...fences.content)
    const line = lines(written.slice(0, fences.bodyStart))
    if (fences.language !== 'yaml') {
      const { frontMatter, diagnostics } = readDocument(file)
      const notes = [
        ...diagnostics.map(({ message }) => message),
        ...(fences.language === 'toml' && /^[ \t]*#/m.test(source)
          ? ['comments of TOML front matter are not kept']
          : []),
      ]
      const fields = plain(frontMatter.fields)
      return { document: new YamlDocument(fields), fields, body, line, notes }
    }
    return { ...readYaml(source), body, line }
  }
  const head = /^\uFEFF?((?:[A-Za-z][\w -]*:[^\n]*\n(?:[ \t][^\n]*\n)*)+)\s*\n/.exec(
    written.replace(/\r\n?/g, '\n'),
  )
  if (head) {
    const fields = Object.fromEntries(
      [...(head[1] ?? '').matchAll(/^([A-Za-z][\w -]*):[ \t]*([^\n]*(?:\n[ \t]+[^\n]*)*)/gm)].map(
        ([, name = '', value = '']) => [
          name.trim().toLowerCase(),
          value.replace(/(?<!\s)\s*\n\s*/g, ' ').trim(),
        ],
      ),
    )
    const body = written.replace(/\r\n?/g, '\n').slice(head[0].length)
    return { document: new YamlDocument(fields), fields, body, line: lines(head[0]), notes: [] }
  }
  // A fence that is no fence here: as the old generator read it, leniently.
  const [whole = '', source = ''] = /^\uFEFF?---[ \t]*\r?\n([^]*?)\r?\n---[^\n]*(?:\n|$)/.exec(written) ?? []
  if (whole !== '') return { ...readYaml(source), body: written.slice(whole.length), line: lines(whole) }
  return { document: new YamlDocument({}), fields: {}, body: written, line: 0, notes: [] }
}

function readYaml(source: string): Pick<OldFrontMatter, 'document' | 'fields' | 'notes'> {
  const repaired = source.replace(/\t/g, '  ')
  const document = parseDocument(repaired, { uniqueKeys: false, version: '1.2', logLevel: 'silent' })
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents))) {
    const fields = lenient(source)
    return {
      document: new YamlDocument(fields),
      fields,
      notes: [
        `front matter is no valid YAML, and was read line by line: ${document.errors[0]?.message.split('\n')[0] ?? 'it is no list of fields'}`,
      ],
    }
  }
  if (document.contents === null) document.contents = new YAMLMap() as never
  const map = document.contents as unknown as YAMLMap<Scalar, unknown>
  const last = new Map(map.items.map(item => [String(item.key), item]))
  const twice = map.items.length > last.size
  if (twice) map.items = map.items.filter(item => last.get(String(item.key)) === item)
  const fields = plain(record(document.toJS()))
  return {
    document: document as YamlDocument,
    fields,
    notes: twice ? ['a field that stands twice keeps its last value'] : [],
  }
}

/** `name: value`, whatever the value has in it. */
const lenient = (source: string): Fields =>
  Object.fromEntries(
    [...source.matchAll(/^([A-Za-z][\w-]*):[ \t]*(.*?)[ \t]*\r?$/gm)].map(([, name = '', value = '']) => [
      name,
      value.replace(/^(['"])(.*)\1$/, '$2'),
    ]),
  )

const lines = (written: string) => written.split('\n').length - 1

/** TOML’s dates are objects of their own. */
const plain = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      value instanceof Date ? (oldDate(value) ?? String(value)) : value,
    ]),
  )
