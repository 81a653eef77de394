import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { diagnostic } from '../core/diagnostic.ts'
import { writeWhole } from '../core/files.ts'
import { brokenAt, parseJson } from '../core/json.ts'
import { isPresent, readRegularFile, readSource } from '../core/read-file.ts'
import { reason } from '../core/source.ts'
import type { Diagnostic, Result, SourceFile } from '../core/types.ts'
import { languageTag, text, webAddress, type Kind } from '../core/value-kinds.ts'

/** What is kept of an entry; in its file, the keys stand in this order. */
export interface KeptEntry {
  /** No two entries of a feed have one. */
  readonly id: string
  readonly link?: string | undefined
  readonly title?: string | undefined
  readonly author?: string | undefined
  /** By which it is put in order; never after the time at which it was first seen. ISO 8601, in UTC, to the second. */
  readonly date: string
  /** When its author changed it last, where that is later. */
  readonly updated?: string | undefined
  readonly lang?: string | undefined
  /** HTML that was sanitised; whoever shows it does it again. */
  readonly content?: string | undefined
}

/** The file of a feed. */
export interface KeptFeed {
  /** As the list had it when this was fetched: what a server said for one address counts for no other. */
  readonly url: string
  readonly title?: string | undefined
  readonly home?: string | undefined
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
  /** Newest first. */
  readonly entries: readonly KeptEntry[]
}

const time: Kind = {
  expected: 'a time such as 2026-11-21T10:00:00Z',
  jsonSchema: { type: 'string', format: 'date-time' },
  accepts: value =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) &&
    !Number.isNaN(Date.parse(value)),
}

const entryKinds: Readonly<Record<keyof KeptEntry, Kind>> = {
  id: text,
  link: webAddress,
  title: text,
  author: text,
  date: time,
  updated: time,
  lang: languageTag,
  content: text,
}

const feedKinds: Readonly<Record<keyof KeptFeed, Kind>> = {
  url: webAddress,
  title: text,
  home: webAddress,
  etag: text,
  lastModified: text,
  entries: { expected: 'a list', jsonSchema: { type: 'array' }, accepts: Array.isArray },
}

/** Reads what is kept of a feed, by its path from the root; the value is `undefined` within when nothing is kept yet. */
export function readKept(root: string, path: string): Result<{ readonly kept: KeptFeed | undefined }> {
  if (!isPresent(join(root, path))) return { value: { kept: undefined }, diagnostics: [] }
  const { value: file, diagnostics } = readSource(root, path)
  if (!file) return { diagnostics }
  try {
    const kept = parseJson(file.text)
    const wrong = whatIsWrong(kept)
    if (wrong === undefined) return { value: { kept: kept as KeptFeed }, diagnostics: [] }
    return { diagnostics: [refuse(file, wrong)] }
  } catch {
    return { diagnostics: [refuse(file, 'it is not JSON', brokenAt(file.text))] }
  }
}

const refuse = (file: SourceFile, why: string, span?: readonly [number, number]): Diagnostic =>
  diagnostic('planet/kept', `What is kept of this feed cannot be read: ${why}`, {
    hint: 'take it from version control again, or delete it: the next fetch begins anew',
    file,
    span,
  })

function whatIsWrong(kept: unknown): string | undefined {
  const wrong = wrongField(kept, feedKinds, ['url', 'entries'])
  if (wrong !== undefined) return wrong
  const { entries } = kept as { entries: readonly unknown[] }
  const found = entries.flatMap((entry, n) => {
    const field = wrongField(entry, entryKinds, ['id', 'date'])
    return field === undefined ? [] : [`in entry ${n + 1}, ${field}`]
  })
  return found[0]
}

function wrongField(
  value: unknown,
  kinds: Readonly<Record<string, Kind>>,
  required: readonly string[],
): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no object'
  const fields = value as Record<string, unknown>
  const wrong = Object.keys(fields).find(
    key => !Object.hasOwn(kinds, key) || !kinds[key]!.accepts(fields[key]),
  )
  if (wrong !== undefined && !Object.hasOwn(kinds, wrong)) return `“${wrong}” is no key`
  if (wrong !== undefined) return `“${wrong}” must be ${kinds[wrong]!.expected}`
  const missing = required.find(key => fields[key] === undefined)
  return missing === undefined ? undefined : `“${missing}” is missing`
}

/** The file of a feed: keys in one order, and no character that would turn lines round for whoever reads a change of it. */
export function formatKept(kept: KeptFeed): string {
  const order = <T extends object>(value: T, kinds: object) =>
    Object.fromEntries(Object.keys(kinds).map(key => [key, value[key as keyof T]]))
  const entries = kept.entries.map(entry => order(entry, entryKinds))
  const json = JSON.stringify({ ...order(kept, feedKinds), entries }, undefined, 2)
  const escaped = json.replace(
    /[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\u0085]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${escaped}\n`
}

/** Writes the file of a feed, whole or not at all, and not when it would be the same. */
export function writeKept(root: string, path: string, kept: KeptFeed): readonly Diagnostic[] {
  try {
    const formatted = formatKept(kept)
    const target = join(root, path)
    if (!existsSync(target) || readRegularFile(target).toString('utf8') !== formatted)
      writeWhole(target, formatted)
    return []
  } catch (error) {
    const hint = 'make it writable, and fetch again'
    const message = `This cannot be written: ${reason(error)}`
    return [diagnostic('planet/write', message, { hint, file: { path, text: '' } })]
  }
}
