import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { version } from 'node:process'
import { deserialize, serialize } from 'node:v8'
import type { Diagnostic } from '../../core/types.ts'
import type { ReadDraft } from './page-cache.ts'
import type { Note } from './entry.ts'
import type { FileState } from './file-states.ts'

/** A file as a build left it. */
export interface Entry {
  readonly note: Note
  /** What stood in the output folder, by `stampOf`. */
  readonly stamp: string
  /** What the typesetter said of the page. */
  readonly words: readonly Diagnostic[]
}

/** What a build leaves for the next one. */
export interface Ledger {
  /** Of what links may lead to: every path, and which of them send a reader on. */
  readonly places: string
  readonly states: ReadonlyMap<string, FileState>
  /** By path in the pages folder: pages without a mistake. */
  readonly drafts: ReadonlyMap<string, ReadDraft>
  /** By path in the output folder. */
  readonly entries: ReadonlyMap<string, Entry>
}

export const EMPTY: Ledger = { places: '', states: new Map(), drafts: new Map(), entries: new Map() }

const fileIn = (root: string) => join(root, 'node_modules', '.cache', 'imprimatur', 'build.bin')

/**
 * What the last build left, if all that it depends on beside its files was the same: `key` stands for that. A ledger that cannot
 * be read, or is not whole, is an empty one.
 */
export function readLedger(root: string, key: string): Ledger {
  try {
    const bytes = readFileSync(fileIn(root))
    const [head, body] = [bytes.subarray(0, HEAD).toString('latin1'), bytes.subarray(HEAD)]
    return head === headOf(key, body) ? (deserialize(body) as Ledger) : EMPTY
  } catch {
    return EMPTY
  }
}

/** A ledger that cannot be written makes the next build slower, and that is all. */
export function writeLedger(root: string, key: string, ledger: Ledger): void {
  const file = fileIn(root)
  const body = serialize(ledger)
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, headOf(key, body), 'latin1')
    writeFileSync(`${file}.new`, body, { flag: 'a' })
    renameSync(`${file}.new`, file)
  } catch {}
}

/** The length of a SHA-256 in base64url. */
const HEAD = 43

const headOf = (key: string, body: Uint8Array) =>
  createHash('sha256').update(`imprimatur ledger 2\0${version}\0${key}\0`).update(body).digest('base64url')
