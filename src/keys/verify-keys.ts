import type { Result, SourceFile } from '../core/types.ts'
import { keyPaths } from './manifest/sources.ts'
import type { KeyTexts, VerifiedKeys } from './verified-keys.ts'
import { verifyManifest, type Publication } from './verify/verify.ts'

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
