import type { Result, SourceFile } from '../core/types.ts'
import type { Manifest } from './manifest/manifest.ts'
import { keyPaths } from './manifest/sources.ts'
import type { HistoryEntry } from './verify/history-chain.ts'
import { verifyManifest, type Publication } from './verify/verify.ts'

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

/** Where a manifest lies; its signature and its history lie beside it. */
export interface KeyFiles {
  /** The folder that the paths are relative to, with `/` between segments. Default: `.` */
  readonly root?: string
  /** `pages/about/keys.yaml`. */
  readonly manifest: string
  /** Default: `allowed_signers` beside the manifest. */
  readonly allowedSigners?: string | undefined
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
  return verifiedKeys(verifyManifest(sources, { now, readBeside: name => beside.get(name) }))
}

/** What of a publication is for the world. */
export function verifiedKeys({ value, diagnostics }: Result<Publication>): Result<VerifiedKeys> {
  if (!value) return { diagnostics }
  const { manifest, signerKey, history } = value
  return { value: { manifest, signerKey, history }, diagnostics }
}
