import { isDeepStrictEqual } from 'node:util'
import { isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Edit, Result, SourceFile } from '../../core/types.ts'
import { readDocument, type LocatedDocument } from './yaml-document.ts'

export type YamlFields = Readonly<Record<string, unknown>>

type Changer = (located: LocatedDocument, data: Record<string, unknown>) => readonly Edit[]

/**
 * All edits insert or replace a few characters of the text and leave every other byte: comments, layout, order. Each
 * is checked by reading the result again: its data must be what it was, with what was asked for, and nothing else.
 */
export function edit(file: SourceFile, change: Changer): Result<string> {
  const read = readDocument(file)
  if (!read.value) return { diagnostics: read.diagnostics }
  const expected = structuredClone(read.value.value) as Record<string, unknown>
  const edits = change(read.value, expected)
  const breaks = file.text.includes('\r\n') ? '\r\n' : '\n'
  let [text, at] = ['', 0]
  for (const { span, text: insert } of edits.toSorted((a, b) => a.span[0] - b.span[0])) {
    text += file.text.slice(at, span[0]) + insert.replaceAll('\n', breaks)
    at = span[1]
  }
  text += file.text.slice(at)
  const again = readDocument({ ...file, text })
  if (again.value && isDeepStrictEqual(again.value.value, expected)) return { value: text, diagnostics: [] }
  const hint = 'write it by hand, or lay the manifest out as the documentation does: one key a line'
  const message = 'The manifest is laid out in a way that the program cannot edit without harm'
  return { diagnostics: [diagnostic('keys/edit', message, { hint, file, span: read.value.start })] }
}

export function append(text: string, node: unknown, item: YamlFields, note: string): readonly Edit[] {
  if (!isSeq(node)) return []
  const last = node.items.at(-1) as Node | undefined
  const [start, end] = spanOf(node)
  if (last && node.flow) return [{ span: [spanOf(last)[1], spanOf(last)[1]], text: `, ${write(item)}` }]
  if (last) {
    const indent = ' '.repeat(column(text, start))
    return [{ span: endOfLine(text, lastEnd(last)), text: `\n${blockItem(item, indent, note)}` }]
  }
  const line = text.slice(text.lastIndexOf('\n', start) + 1, start)
  const indent = ' '.repeat((/^[ -]*/.exec(line)?.[0].length ?? 0) + 2)
  const before = start - (line.length - line.trimEnd().length)
  return [{ span: [before, end], text: `\n${blockItem(item, indent, note)}` }]
}

/** One item of a list, its fields one a line; inner mappings in one line, inner lists below. */
export function blockItem(item: YamlFields, indent: string, note: string): string {
  const hasList = Object.values(item).some(Array.isArray)
  const lines = Object.entries(item).map(([key, value], n) =>
    Array.isArray(value) && value.length > 0
      ? `${key}:\n${value.map(inner => blockItem(inner as YamlFields, `${indent}    `, note)).join('\n')}`
      : `${key}: ${write(value)}${n === 0 && !hasList ? note : ''}`,
  )
  return `${indent}- ${lines.join(`\n${indent}  `)}`
}

/** A scalar or a mapping in one line, in quotes where plain text would be read as something else. */
export function write(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${write(inner)}`)
      .join(', ')} }`
  }
  const text = String(value)
  if (typeof value === 'number' || /^\d{4}-\d\d-\d\d$/.test(text)) return text
  const isPlain = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._@+:/-]*[\p{L}\p{N}])?$/u.test(text) && !/: /.test(text)
  const isWord =
    /\p{L}/u.test(text) && !/^(true|false|null|yes|no|on|off|0[xo][0-9a-f]+|[\d.]+e\d+)$/i.test(text)
  return isPlain && isWord ? text : JSON.stringify(text)
}

export const findPair = (map: unknown, key: string): Pair | undefined =>
  isMap(map) ? (map as YAMLMap).items.find(pair => isScalar(pair.key) && pair.key.value === key) : undefined

export const spanOf = (node: unknown): [number, number] => {
  const { range } = node as Node
  return range ? [range[0], range[1]] : [0, 0]
}

export const startOf = (pair: Pair) => spanOf(pair.key)[0]

export const endOf = (pair: Pair) => (pair.value === null ? spanOf(pair.key)[1] + 1 : lastEnd(pair.value))

/** Where the last thing inside a node ends, without the comments behind it. */
function lastEnd(node: unknown): number {
  const last = isMap(node) || isSeq(node) ? node.items.at(-1) : undefined
  if ((isMap(node) || isSeq(node)) && !node.flow && last) return isPair(last) ? endOf(last) : lastEnd(last)
  return spanOf(node)[1]
}

const endOfLine = (text: string, offset: number): [number, number] => {
  const rest = text.slice(offset).search(/\r?\n/)
  const end = rest < 0 ? text.length : offset + rest
  return [end, end]
}

/** The lines of a pair that stands on lines of its own, with the break behind them. */
export function wholeLines(text: string, pair: Pair): [number, number] {
  const [end] = endOfLine(text, endOf(pair))
  const rest = /^\r?\n/.exec(text.slice(end))?.[0].length ?? 0
  return [text.lastIndexOf('\n', startOf(pair)) + 1, end + rest]
}

/** A new line below the one in which the pair ends, and below its comment there. */
export const lineAfter = (text: string, pair: Pair, indent: string, line: string): Edit => ({
  span: endOfLine(text, endOf(pair)),
  text: `\n${indent}${line}`,
})

export const column = (text: string, offset: number) => offset - (text.lastIndexOf('\n', offset - 1) + 1)

export const indentOf = (text: string, pair: Pair) => ' '.repeat(column(text, startOf(pair)))

export const lineStart = (text: string) => (text === '' || text.endsWith('\n') ? '' : '\n')
