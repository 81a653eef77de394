import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import type { PublicKey } from '../identity/public-key.ts'
import type { LocatedDocument, Path } from './yaml-document.ts'

/** What of a manifest may be in it once. */
interface ListedThings {
  readonly accounts: readonly {
    readonly jid: string
    readonly devices: readonly {
      readonly id: number
      readonly name: string
      readonly fingerprint: string
      readonly pq?: string | undefined
    }[]
  }[]
  readonly keys: readonly PublicKey[]
  readonly signers?: readonly { readonly name: string; readonly fingerprint: string }[] | undefined
  readonly anchors?: readonly string[] | undefined
}

/** Ids and fingerprints are unique in the whole manifest, so that either names one device; so are addresses and keys. */
export function findDuplicates(
  { accounts, keys, signers = [], anchors = [] }: ListedThings,
  { file, spanOf }: LocatedDocument,
): readonly Diagnostic[] {
  const seen = new Set<string>()
  const diagnostics: Diagnostic[] = []
  const note = (kind: string, value: string | number, path: Path) => {
    if (seen.has(`${kind} ${value}`)) {
      const hint = 'every device and key stands in the manifest once: remove one of the two, or correct it'
      const message = `The ${kind} ${value} is in the manifest twice`
      diagnostics.push(diagnostic('keys/duplicate', message, { hint, file, span: spanOf(path) }))
    }
    seen.add(`${kind} ${value}`)
  }
  for (const [n, { jid, devices }] of accounts.entries()) {
    note('address', jid, ['accounts', n, 'jid'])
    for (const [d, { id, fingerprint, pq, name }] of devices.entries()) {
      const path = ['accounts', n, 'devices', d]
      note('device id', id, [...path, 'id'])
      note('fingerprint', fingerprint, [...path, 'fingerprint'])
      if (pq !== undefined) note('fingerprint', pq, [...path, 'pq'])
      note(`device of ${jid} named`, name, [...path, 'name'])
    }
  }
  for (const [n, key] of keys.entries()) note(`${key.type} key`, identityOf(key), ['keys', n])
  for (const [n, { fingerprint, name }] of signers.entries()) {
    note('signer', fingerprint, ['signers', n, 'key'])
    note('signer named', name, ['signers', n, 'name'])
  }
  for (const [n, anchor] of anchors.entries()) note('anchor', anchor, ['anchors', n])
  return diagnostics
}

/** What makes a key this key and no other. */
export const identityOf = (key: PublicKey): string =>
  key.type === 'ssh' || key.type === 'openpgp' ? key.fingerprint : key.key
