import { isDeepStrictEqual } from 'node:util'
import { isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Edit, Result, SourceFile } from '../../core/types.ts'
import { readDocument, type LocatedDocument } from './yaml-document.ts'

type YamlFields = Readonly<Record<string, unknown>>

/** What `keys sign` writes; a field that is undefined is left as it is, and one that is null taken away. */
export interface SignedFields {
  readonly serial: number
  readonly issued: string
  readonly previous: string | undefined | null
  readonly supersedes?: string | undefined
  readonly signer: string
}

/**
 * All edits insert or replace a few characters of the text and leave every other byte: comments, layout, order. Each
 * is checked by reading the result again: its data must be what it was, with what was asked for, and nothing else.
 */
export function setSignedFields(file: SourceFile, head: SignedFields): Result<string> {
  return edit(file, (located, data) => {
    const edits: Edit[] = []
    let anchor = findPair(located.document.contents, 'version')
    for (const [key, value] of Object.entries(head)) {
      const pair = findPair(located.document.contents, key)
      if (value === undefined) continue
      if (value === null) {
        delete data[key]
        if (pair) edits.push({ span: wholeLines(file.text, pair), text: '' })
        continue
      }
      data[key] = value
      if (pair) edits.push({ span: spanOf(pair.value), text: write(value) })
      else if (anchor)
        edits.push(lineAfter(file.text, anchor, indentOf(file.text, anchor), `${key}: ${write(value)}`))
      anchor = pair ?? anchor
    }
    return edits
  })
}

/** Appends a device to the account of `jid`, which is made where it is not there. */
export function addDevice(file: SourceFile, jid: string, device: YamlFields): Result<string> {
  return edit(file, ({ document }, data) => {
    const list = (data.accounts ??= []) as { jid: string; devices: YamlFields[] }[]
    const found = list.findIndex(account => account.jid === jid)
    if (found >= 0) list[found]?.devices.push(device)
    else list.push({ jid, devices: [device] })
    const accounts = document.get('accounts', true)
    const path = found < 0 ? ['accounts'] : ['accounts', found, 'devices']
    if (accounts === undefined) {
      const item = blockItem({ jid, devices: [device] }, '  ')
      return [
        { span: [file.text.length, file.text.length], text: `${lineStart(file.text)}accounts:\n${item}\n` },
      ]
    }
    return append(file.text, document.getIn(path, true), found < 0 ? { jid, devices: [device] } : device)
  })
}

/** Adds fields behind the last one of a device. */
export function extendDevice(
  file: SourceFile,
  account: number,
  device: number,
  fields: YamlFields,
): Result<string> {
  return edit(file, ({ document }, data) => {
    const list = data.accounts as { devices: Record<string, unknown>[] }[]
    Object.assign(list[account]?.devices[device] ?? {}, fields)
    const map = document.getIn(['accounts', account, 'devices', device], true)
    return isMap(map) ? appendFields(file.text, map, fields) : []
  })
}

function appendFields(text: string, map: YAMLMap, fields: YamlFields): readonly Edit[] {
  const [first, last] = [map.items[0], map.items.at(-1)]
  if (!first || !last) return []
  return Object.entries(fields).map(([key, value]): Edit => {
    const line = `${key}: ${write(value)}`
    const end = endOf(last)
    return map.flow
      ? { span: [end, end], text: `, ${line}` }
      : lineAfter(text, last, ' '.repeat(column(text, startOf(first))), line)
  })
}

/** Sets the hash of the file of an OpenPGP key. */
export function setKeyHash(file: SourceFile, key: number, sha256: string): Result<string> {
  return edit(file, ({ document }, data) => {
    const list = data.keys as Record<string, unknown>[]
    Object.assign(list[key] ?? {}, { sha256 })
    const map = document.getIn(['keys', key], true)
    const old = findPair(map, 'sha256')
    if (old) return [{ span: spanOf(old.value), text: write(sha256) }]
    return isMap(map) ? appendFields(file.text, map, { sha256 }) : []
  })
}

type Changer = (located: LocatedDocument, data: Record<string, unknown>) => readonly Edit[]

function edit(file: SourceFile, change: Changer): Result<string> {
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

function append(text: string, node: unknown, item: YamlFields): readonly Edit[] {
  if (!isSeq(node)) return []
  const last = node.items.at(-1) as Node | undefined
  const [start, end] = spanOf(node)
  if (last && node.flow) return [{ span: [spanOf(last)[1], spanOf(last)[1]], text: `, ${write(item)}` }]
  if (last) {
    const indent = ' '.repeat(column(text, start))
    return [{ span: endOfLine(text, lastEnd(last)), text: `\n${blockItem(item, indent)}` }]
  }
  const line = text.slice(text.lastIndexOf('\n', start) + 1, start)
  const indent = ' '.repeat((/^[ -]*/.exec(line)?.[0].length ?? 0) + 2)
  const before = start - (line.length - line.trimEnd().length)
  return [{ span: [before, end], text: `\n${blockItem(item, indent)}` }]
}

/** One item of a list, its fields one a line; inner mappings in one line, inner lists below. */
function blockItem(item: YamlFields, indent: string): string {
  const lines = Object.entries(item).map(([key, value]) =>
    Array.isArray(value)
      ? `${key}:\n${value.map(inner => blockItem(inner as YamlFields, `${indent}    `)).join('\n')}`
      : `${key}: ${write(value)}`,
  )
  return `${indent}- ${lines.join(`\n${indent}  `)}`
}

/** A scalar or a mapping in one line, in quotes where plain text would be read as something else. */
function write(value: unknown): string {
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

const findPair = (map: unknown, key: string): Pair | undefined =>
  isMap(map) ? (map as YAMLMap).items.find(pair => isScalar(pair.key) && pair.key.value === key) : undefined

const spanOf = (node: unknown): [number, number] => {
  const { range } = node as Node
  return range ? [range[0], range[1]] : [0, 0]
}

const startOf = (pair: Pair) => spanOf(pair.key)[0]

const endOf = (pair: Pair) => (pair.value === null ? spanOf(pair.key)[1] + 1 : lastEnd(pair.value))

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
function wholeLines(text: string, pair: Pair): [number, number] {
  const [end] = endOfLine(text, endOf(pair))
  const rest = /^\r?\n/.exec(text.slice(end))?.[0].length ?? 0
  return [text.lastIndexOf('\n', startOf(pair)) + 1, end + rest]
}

/** A new line below the one in which the pair ends, and below its comment there. */
const lineAfter = (text: string, pair: Pair, indent: string, line: string): Edit => ({
  span: endOfLine(text, endOf(pair)),
  text: `\n${indent}${line}`,
})

const column = (text: string, offset: number) => offset - (text.lastIndexOf('\n', offset - 1) + 1)

const indentOf = (text: string, pair: Pair) => ' '.repeat(column(text, startOf(pair)))

const lineStart = (text: string) => (text === '' || text.endsWith('\n') ? '' : '\n')
