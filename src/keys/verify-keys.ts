import type { Result, SourceFile } from '../core/types.ts'
import type { Manifest } from './manifest/manifest.ts'
import { keyPaths } from './manifest/sources.ts'
import type { HistoryEntry } from './verify/history-chain.ts'
import { verifyManifest } from './verify/verify.ts'

/** The exact texts of a published manifest and of all that it rests on; paths are for diagnostics. */
export interface KeyTexts {
  /** `keys.yaml`. */
  readonly manifest: SourceFile
  /** `keys.yaml.sig`; a manifest without one is an error. */
  readonly signature?: SourceFile | undefined
  readonly allowedSigners: SourceFile
  /** Every file of the history, `0001.yaml`, `0001.yaml.sig` and so on: the last segment of a path is its name. */
  readonly history: readonly SourceFile[]
  /** Files that the manifest names, by the last segment of their paths: armoured OpenPGP keys. */
  readonly beside?: readonly SourceFile[]
}

export interface VerifiedKeys {
  /** Days are ISO days, fingerprints 64 lower-case hexadecimal digits. */
  readonly manifest: Manifest
  /** `SHA256:…` of the SSH key that signed it. */
  readonly signerKey: string
  /** Oldest first; the last is the manifest itself. */
  readonly history: readonly HistoryEntry[]
}

const nameOf = ({ path }: SourceFile) => path.split('/').at(-1) ?? path

/**
 * Verifies a manifest as `imprimatur keys check` does, on texts alone: its form, its signature at the time `now`, its
 * history from the first, the files that it names. Touches no file system and no network. There is a value exactly
 * when nothing is an error; the steps are numbered in `src/keys/FORMAT.md`.
 */
export function verifyTexts(texts: KeyTexts, now: Date): Result<VerifiedKeys> {
  const { manifest, signature, allowedSigners } = texts
  const beside = new Map((texts.beside ?? []).map(file => [nameOf(file), file.text]))
  const sources = {
    paths: { ...keyPaths(manifest.path), allowedSigners: allowedSigners.path },
    manifest,
    signature,
    allowedSigners,
    history: new Map(texts.history.map(file => [nameOf(file), file])),
  }
  const { value, diagnostics } = verifyManifest(sources, { now, readBeside: name => beside.get(name) })
  if (!value) return { diagnostics }
  return {
    value: { manifest: value.manifest, signerKey: value.signerKey, history: value.history },
    diagnostics,
  }
}
