import { isMap, type YAMLMap } from 'yaml'
import type { Edit, Result, SourceFile } from '../../core/types.ts'
import {
  append,
  blockItem,
  column,
  edit,
  endOf,
  findPair,
  indentOf,
  lineAfter,
  lineStart,
  spanOf,
  startOf,
  wholeLines,
  write,
  type YamlFields,
} from './edit-yaml.ts'
import { readDocument } from './yaml-document.ts'

/** What `keys sign` writes; a field that is undefined is left as it is, and one that is null taken away. */
export interface SignedFields {
  readonly serial: number
  readonly issued: string
  readonly previous: string | undefined | null
  readonly supersedes?: string | undefined
  readonly signer: string
}

/** Sets the fields that a signature writes. */
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

/** What is written behind the first field of an entry, where the list has room for it. */
interface EntryOptions {
  readonly comment?: string | undefined
}

/** Appends a device to the account of `jid`, which is made where it is not there. */
export function addDevice(
  file: SourceFile,
  jid: string,
  device: YamlFields,
  { comment }: EntryOptions = {},
): Result<string> {
  const note = comment === undefined ? '' : ` # ${comment.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')}`
  return edit(file, ({ document }, data) => {
    const list = (data.accounts ??= []) as { jid: string; devices: YamlFields[] }[]
    const found = list.findIndex(account => account.jid === jid)
    if (found >= 0) list[found]?.devices.push(device)
    else list.push({ jid, devices: [device] })
    const accounts = document.get('accounts', true)
    const path = found < 0 ? ['accounts'] : ['accounts', found, 'devices']
    if (accounts === undefined) {
      const item = blockItem({ jid, devices: [device] }, '  ', note)
      return [
        { span: [file.text.length, file.text.length], text: `${lineStart(file.text)}accounts:\n${item}\n` },
      ]
    }
    const item = found < 0 ? { jid, devices: [device] } : device
    return append(file.text, document.getIn(path, true), item, note)
  })
}

/** Writes how and when a device was verified, in place of what was there. */
export function setVerified(
  file: SourceFile,
  account: number,
  device: number,
  verified: YamlFields,
): Result<string> {
  const path = ['accounts', account, 'devices', device, 'verified']
  const read = readDocument(file)
  if (!read.value?.document.hasIn(path)) return extendDevice(file, account, device, { verified })
  return edit(file, ({ document }, data) => {
    const list = data.accounts as { devices: { verified: object }[] }[]
    Object.assign(list[account]?.devices[device]?.verified ?? {}, verified)
    const map = document.getIn(path, true)
    return Object.entries(verified).flatMap(([key, value]): readonly Edit[] => {
      const pair = findPair(map, key)
      return pair ? [{ span: spanOf(pair.value), text: write(value) }] : []
    })
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
