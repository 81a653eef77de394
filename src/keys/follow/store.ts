import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isPresent, readRegularFile } from '../../core/read-file.ts'
import { stringify } from 'yaml'
import { diagnostic } from '../../core/diagnostic.ts'
import { reason } from '../../core/source.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { findIssues, optional, required, type RecordKind, type ScalarKind } from '../manifest/kinds.ts'
import { readDocument } from '../manifest/yaml-document.ts'
import type { Succession } from '../verified-keys.ts'

/** What a reader remembers of a page. */
export interface Pin {
  /** The address of the page, with a slash at the end. */
  readonly url: string
  readonly serial: number
  /** Of the manifest, `sha256:…`. */
  readonly hash: string
  readonly signer: string
  /** `SHA256:…` of the key that signed. */
  readonly key: string
  /** The day on which it was looked at and accepted. */
  readonly on: string
  /** Every manifest up to this one. */
  readonly chain: readonly PinnedLink[]
  readonly devices: readonly PinnedDevice[]
}

interface PinnedLink {
  readonly serial: number
  readonly hash: string
  readonly succession: Succession
}

export interface PinnedDevice {
  readonly jid: string
  readonly id: number
  readonly name: string
  readonly fingerprint: string
  readonly revoked?: boolean
}

const text: ScalarKind = {
  expected: 'text',
  accepts: value => typeof value === 'string' && value.length <= 2000,
  jsonSchema: {},
}
const hash: ScalarKind = {
  expected: 'sha256: and 64 digits',
  accepts: value => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value),
  jsonSchema: {},
}
const number: ScalarKind = {
  expected: 'a whole number from 1 up',
  accepts: value => Number.isSafeInteger(value) && Number(value) > 0,
  jsonSchema: {},
}
const flag: ScalarKind = { expected: 'true', accepts: value => value === true, jsonSchema: {} }

const link: RecordKind<PinnedLink> = {
  expected: 'a manifest: serial, hash, succession',
  fields: { serial: required(number), hash: required(hash), succession: required(text) },
}
const device: RecordKind<PinnedDevice> = {
  expected: 'a device: jid, id, name, fingerprint',
  fields: {
    jid: required(text),
    id: required(number),
    name: required(text),
    fingerprint: required(text),
    revoked: optional(flag),
  },
}
const page: RecordKind<Pin> = {
  expected: 'a page: url, serial, hash, signer, key, on, chain, devices',
  fields: {
    url: required(text),
    serial: required(number),
    hash: required(hash),
    signer: required(text),
    key: required(text),
    on: required(text),
    chain: required({ expected: 'a list of manifests', items: link }),
    devices: required({ expected: 'a list of devices', items: device }),
  },
}
const store: RecordKind<{ version: 1; pages: readonly Pin[] }> = {
  expected: 'a mapping: version and pages',
  fields: {
    version: required({ expected: '1', accepts: value => value === 1, jsonSchema: {} }),
    pages: required({ expected: 'a list of pages', items: page }),
  },
}

type StoreEnvironment = Readonly<Record<string, string | undefined>>

/** `followed.yaml` in the folder where a user’s programs keep their settings. */
export const storePath = ({ XDG_CONFIG_HOME, APPDATA, HOME, USERPROFILE }: StoreEnvironment): string =>
  join(
    XDG_CONFIG_HOME ?? APPDATA ?? join(HOME ?? USERPROFILE ?? '.', '.config'),
    'imprimatur',
    'followed.yaml',
  )

const unusable = (path: string, message: string): readonly Diagnostic[] => {
  const hint = 'mend the file, or put it aside and follow the pages anew; nothing was written into it'
  return [diagnostic('follow/store', `${path}: ${message}`, { hint })]
}

/** A store that is not there is an empty one; one that cannot be understood is an error, and never written over. */
export function readStore(path: string): Result<readonly Pin[]> {
  if (!isPresent(path)) return { value: [], diagnostics: [] }
  try {
    const file = { path, text: readRegularFile(path).toString('utf8') }
    const read = readDocument(file)
    if (!read.value) return { diagnostics: unusable(path, read.diagnostics[0]?.message ?? 'it is not YAML') }
    const [issue] = findIssues(store, read.value.value)
    if (!issue) return { value: (read.value.value as { pages: readonly Pin[] }).pages, diagnostics: [] }
    const what = issue.what === 'unknown-key' ? 'is not known' : `must be ${issue.expected}`
    return { diagnostics: unusable(path, `“${issue.path.join('.')}” ${what}`) }
  } catch (error) {
    return { diagnostics: unusable(path, reason(error)) }
  }
}

const heading = `# What “imprimatur keys follow” remembers of the pages that you follow. Whoever can change this file can
# make it silent, so nobody but you should be able to.
`

/** The file is old or new, never half, and nobody else’s to read. */
export function writeStore(path: string, pins: readonly Pin[]): readonly Diagnostic[] {
  const beside = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(beside, heading + stringify({ version: 1, pages: pins }), { mode: 0o600 })
    renameSync(beside, path)
    return []
  } catch (error) {
    return unusable(path, reason(error))
  }
}
