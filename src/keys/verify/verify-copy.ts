import { hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, Result, SourceFile } from '../../core/types.ts'
import { readManifest, type ManifestDraft } from '../manifest/manifest.ts'
import { readAllowedSigners } from './allowed-signers.ts'
import { checkSigned } from './history-chain.ts'
import { checkSignature } from './ssh-signature.ts'
import { sshFingerprint } from './ssh-key.ts'
import { checkToday } from './verify.ts'

/** A copy of a manifest as a reader has it, with what lies beside it. */
export interface ManifestCopy {
  readonly manifest: SourceFile
  readonly signature?: SourceFile | undefined
  readonly allowedSigners?: SourceFile | undefined
}

export interface JudgedCopy {
  readonly draft: ManifestDraft
  /** What its signature shows and what it does not, in a sentence. */
  readonly standing: string
}

/**
 * Judges a copy by itself: its form, whether it is still valid, its signature where it has one, and its signer where a list of
 * them is there. Without a signature it is worth as much as the place that it comes from. The history is not looked at.
 */
export function verifyCopy(copy: ManifestCopy, now: Date): Result<JudgedCopy> {
  const { manifest, signature, allowedSigners } = copy
  const read = readManifest(manifest)
  const diagnostics: Diagnostic[] = []
  let standing =
    'Nobody has signed this copy: there is no .sig beside it, so it is worth as much as the place that it is from.'
  if (signature && allowedSigners) {
    const signers = readAllowedSigners(allowedSigners)
    const signed = signers.value && checkSigned(read, manifest, signature, signers.value, () => [now])
    diagnostics.push(...(signed ?? signers).diagnostics)
    standing = `This copy is signed with ${signed?.value?.signerKey}, whom the list beside it allows to.`
  } else {
    diagnostics.push(...read.diagnostics)
    const key = signature && checkSignature(Buffer.from(manifest.text, 'utf8'), signature.text)
    if (key?.refusal) {
      const { code, message, hint } = key.refusal
      diagnostics.push({ code, severity: 'error', message, hint, file: manifest, span: [0, 0] })
    }
    if (key?.value)
      standing = `This copy is signed with ${sshFingerprint(key.value.blob)}: is it the key that you know?`
  }
  if (!read.value) return { diagnostics }
  diagnostics.push(...checkToday(read.value.draft, read.value.document, now))
  return hasErrors(diagnostics)
    ? { diagnostics }
    : { value: { draft: read.value.draft, standing }, diagnostics }
}
