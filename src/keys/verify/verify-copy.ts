import { append } from '../../core/lists/long-lists.ts'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, Result, SourceFile } from '../../core/types.ts'
import { readManifest, type ManifestDraft, type ReadManifest } from '../manifest/manifest.ts'
import { entryName, keyPaths } from '../manifest/sources.ts'
import { readAllowedSigners, type AllowedSigner } from './allowed-signers.ts'
import { checkChain, checkSigned } from './history-chain.ts'
import { checkSignature } from './ssh-signature.ts'
import { sshFingerprint } from './ssh-key.ts'
import { checkToday } from './verify.ts'

/** A copy of a manifest as a reader has it, with what lies beside it. */
export interface ManifestCopy {
  readonly manifest: SourceFile
  readonly signature?: SourceFile | undefined
  readonly allowedSigners?: SourceFile | undefined
  /** Every file of its history that lies beside it, by name: `0001.yaml`, `0001.yaml.sig` and so on. */
  readonly history?: ReadonlyMap<string, SourceFile> | undefined
}

export interface JudgedCopy {
  readonly draft: ManifestDraft
  /** What its signature shows and what it does not, in a sentence. */
  readonly standing: string
}

/**
 * Judges a copy by itself: its form, whether it is still valid, its signature where it has one, and its signer where a list of
 * them is there. With its history, every manifest from the first on. Without a signature it is worth as much as the place that it comes from.
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
    append(diagnostics, (signed ?? signers).diagnostics)
    const chain = signers.value && judgeHistory(copy, signers.value, read.value)
    append(diagnostics, chain?.diagnostics ?? [])
    const beside = chain ? `its history of ${chain.count} is whole` : 'its history is not beside it'
    standing = `This copy is signed with ${signed?.value?.signerKey}, whom the list beside it allows to; ${beside}.`
  } else {
    append(diagnostics, read.diagnostics)
    const key = signature && checkSignature(Buffer.from(manifest.text, 'utf8'), signature.text)
    if (key?.refusal) {
      const { code, message, hint } = key.refusal
      diagnostics.push({ code, severity: 'error', message, hint, file: manifest, span: [0, 0] })
    }
    if (key?.value)
      standing = `This copy is signed with ${sshFingerprint(key.value.blob)}: is it the key that you know?`
  }
  if (!read.value) return { diagnostics }
  append(diagnostics, checkToday(read.value.draft, read.value.document, now))
  return hasErrors(diagnostics)
    ? { diagnostics }
    : { value: { draft: read.value.draft, standing }, diagnostics }
}

/** Undefined where there is none beside the copy. */
function judgeHistory(
  { manifest, signature, allowedSigners, history }: ManifestCopy,
  signers: readonly AllowedSigner[],
  head: ReadManifest | undefined,
): { readonly count: number; readonly diagnostics: readonly Diagnostic[] } | undefined {
  if (!history || history.size === 0 || !allowedSigners || !head) return undefined
  const count = head.draft.serial ?? 0
  const span = head.document.spanOf(['serial'])
  const sources = { paths: keyPaths(manifest.path), manifest, signature, allowedSigners, history }
  const { diagnostics } = checkChain(sources, signers, { last: count, file: manifest, span })
  const filed = history.get(entryName(count))
  if (diagnostics.length > 0 || filed?.text === manifest.text) return { count, diagnostics }
  const message = `This manifest and number ${count} of the history beside it are two`
  const hint = 'one of the two is not what was published: ask the owner'
  return { count, diagnostics: [diagnostic('keys/history', message, { hint, file: manifest, span })] }
}
