import type { SourceFile } from '../core/types.ts'
import type { ManifestChange } from './manifest/changes.ts'
import type { Manifest } from './manifest/manifest.ts'

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

/** How a manifest came to be signed by its key: by the one before it, by another that was named, or by a recovery key. */
export type Succession = 'first' | 'same-key' | 'rotation' | 'recovery'

/** One manifest of the history, and what it changed. */
export interface HistoryEntry {
  readonly serial: number
  readonly issued: string
  readonly signer: string
  /** `SHA256:…` of the key that signed. */
  readonly signerKey: string
  readonly succession: Succession
  /** `sha256:…` of the exact bytes. */
  readonly hash: string
  readonly changes: readonly ManifestChange[]
}
