import type { Refusal } from '../identity/refusal.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import type { LocatedDocument } from '../manifest/yaml-document.ts'
import type { Manifest, ManifestDraft, NamedSigner } from '../manifest/manifest.ts'
import type { Succession } from '../verified-keys.ts'
import { nameSigner, phraseOfSigner, statement, type Statement } from '../manifest/statements.ts'

/** A manifest with a good signature, and whose it is. */
export interface SignedLink {
  readonly manifest: Manifest
  /** `SHA256:…` */
  readonly signerKey: string
}

const namedIn = ({ manifest }: SignedLink, key: string): NamedSigner | undefined =>
  manifest.signers?.find(({ fingerprint }) => fingerprint === key)

export const recoveryKeys = ({ signers = [] }: Pick<Manifest, 'signers'>): readonly NamedSigner[] =>
  signers.filter(({ isRecovery }) => isRecovery)

/** Fingerprints of the keys that may sign the manifest after this one. */
export const successorsOf = ({ manifest, signerKey }: SignedLink): readonly string[] =>
  manifest.signers?.map(({ fingerprint }) => fingerprint) ?? [signerKey]

export function successionOf(before: SignedLink | undefined, after: SignedLink): Succession {
  if (!before) return 'first'
  if (namedIn(before, after.signerKey)?.isRecovery) return 'recovery'
  return before.signerKey === after.signerKey ? 'same-key' : 'rotation'
}

/**
 * May `after` follow `before`? As the root role of TUF has it: a manifest names who signs the next; and nobody takes a recovery
 * key away but that key itself, so that whoever steals a signing key cannot keep the chain. Gives what is wrong, if anything.
 */
export function judgeSuccession(before: SignedLink, after: SignedLink): readonly Refusal[] {
  const refusals: Refusal[] = []
  const wrong = (code: 'keys/endorsement' | 'keys/recovery', message: string, hint: string) =>
    refusals.push({ code, message, hint })
  const { serial } = before.manifest
  const may = successorsOf(before)
  if (!may.includes(after.signerKey)) {
    wrong(
      'keys/endorsement',
      `Signed by ${after.signerKey}, which manifest ${serial} does not name: ${may.join(', ')} may sign after it`,
      'sign with a key that it names; one that is new is named first, in “signers” of a manifest that an old one signs',
    )
  }
  for (const key of recoveryKeys(before.manifest)) {
    const isThere = recoveryKeys(after.manifest).some(({ fingerprint }) => fingerprint === key.fingerprint)
    if (isThere || after.signerKey === key.fingerprint) continue
    wrong(
      'keys/recovery',
      `The ${nameSigner(key)}, is taken away, and it has not signed that itself`,
      'put it back into “signers”; only a manifest that it signs can take it away',
    )
  }
  return refusals
}

/** Another key than before, in words: the event that matters most to whoever comes back. */
export function describeSuccession(before: SignedLink | undefined, after: SignedLink): readonly Statement[] {
  if (!before || before.signerKey === after.signerKey) return []
  const named = namedIn(before, after.signerKey)
  const rest = { serial: before.manifest.serial, before: before.signerKey }
  return [
    named
      ? statement('signature', 'succession', { signer: phraseOfSigner(named), ...rest })
      : statement('signature', 'successionOfOther', { fingerprint: after.signerKey, ...rest }),
  ]
}

/** A key that is new under an old id was verified after the manifest that had the old one, or nobody has verified it. */
export function checkReplaced(
  before: Manifest,
  { accounts }: ManifestDraft,
  { file, spanOf }: LocatedDocument,
): readonly Diagnostic[] {
  const old = new Map(before.accounts.flatMap(({ devices }) => devices.map(device => [device.id, device])))
  return accounts.flatMap(({ devices }, n) =>
    devices.flatMap(({ id, name, fingerprint, pq, verified, revoked }, d) => {
      const was = old.get(id)
      const isSame = was?.fingerprint === fingerprint && (pq === undefined || was.pq === pq)
      if (!was || isSame || !verified || revoked) return []
      if (verified.on >= before.issued) return []
      const message = `The key of “${name}” (${id}) is another than in manifest ${before.serial} of ${before.issued}, and was last verified on ${verified.on}, before that`
      const hint =
        'if it is new, compare it on the device and write that day into “verified”; if you did not change it, somebody else did'
      const span = spanOf(['accounts', n, 'devices', d, 'verified', 'on'])
      return [diagnostic('keys/replaced', message, { hint, file, span })]
    }),
  )
}
