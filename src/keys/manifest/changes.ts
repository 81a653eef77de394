import { inGroups } from '../identity/fingerprint.ts'
import type { PublicKey } from '../identity/public-key.ts'
import { identityOf } from './duplicates.ts'
import type { Device, ManifestDraft } from './manifest.ts'
import { compareStatements, type Statement } from './statements.ts'

/** What one manifest says otherwise than the one before: about a device, another key, or anything else. */
export type ManifestChange =
  | {
      readonly kind: DeviceTransition | 'replaced' | 'changed'
      readonly jid: string
      readonly device: Device
      /** As it was, where the manifest before had it. */
      readonly before?: Device | undefined
    }
  | {
      readonly kind: 'added' | 'removed' | 'changed'
      readonly key: PublicKey
      readonly before?: PublicKey | undefined
    }
  | Statement

/** `noted`: written down, and verified by nobody; `withdrawn`: published before, and no longer verified. */
type DeviceTransition = 'added' | 'revoked' | 'removed' | 'reinstated' | 'noted' | 'withdrawn'

type DeviceStanding = 'absent' | 'noted' | 'published' | 'revoked'

const standingOf = (device: Device | undefined): DeviceStanding =>
  !device ? 'absent' : device.revoked ? 'revoked' : device.verified ? 'published' : 'noted'

const transitions: Readonly<
  Partial<Record<`${DeviceStanding} ${DeviceStanding}`, DeviceTransition | undefined>>
> = {
  'absent noted': 'noted',
  'absent published': 'added',
  'absent revoked': 'revoked',
  'noted absent': 'removed',
  'noted published': 'added',
  'noted revoked': 'revoked',
  'published absent': 'removed',
  'published noted': 'withdrawn',
  'published revoked': 'revoked',
  'revoked absent': 'removed',
  'revoked noted': 'reinstated',
  'revoked published': 'reinstated',
}

/**
 * The changes from `before`, which the first manifest does not have, in the order of the newer manifest. There are none exactly
 * when both say the same, but for serial, day and hash of the one before.
 */
export function compareManifests(
  before: ManifestDraft | undefined,
  after: ManifestDraft,
): readonly ManifestChange[] {
  const old = devicesOf(before)
  const now = devicesOf(after)
  const devices = [...new Set([...now.keys(), ...old.keys()])].flatMap((id): ManifestChange[] => {
    const [was, is] = [old.get(id), now.get(id)]
    const { jid, device } = (is ?? was)!
    const rest = { jid, device, ...(was && { before: was.device }) }
    const transition = transitions[`${standingOf(was?.device)} ${standingOf(is?.device)}`]
    const told: ManifestChange[] = transition ? [{ kind: transition, ...rest }] : []
    if (!was || !is) return told
    if (was.jid !== is.jid || was.device.fingerprint !== is.device.fingerprint) {
      told.unshift({ kind: 'replaced', ...rest })
      return told
    }
    const others = differencesOf(was.device, is.device).filter(
      ([field]) => !transition || !['verified', 'revoked'].includes(field),
    )
    if (others.length > 0) told.push({ kind: 'changed', ...rest })
    return told
  })
  const [oldKeys, newKeys] = [keyMap(before ?? { keys: [] }), keyMap(after)]
  return [
    ...compareStatements(before, after),
    ...devices,
    ...missing(newKeys, oldKeys).map((key): ManifestChange => ({ kind: 'added', key })),
    ...[...newKeys].flatMap(([identity, key]): ManifestChange[] => {
      const old = oldKeys.get(identity)
      return old && differencesOf(old, key).length > 0 ? [{ kind: 'changed', key, before: old }] : []
    }),
    ...missing(oldKeys, newKeys).map((key): ManifestChange => ({ kind: 'removed', key })),
  ]
}

const keyMap = ({ keys }: Pick<ManifestDraft, 'keys'>) => new Map(keys.map(key => [identityOf(key), key]))

const missing = (from: ReadonlyMap<string, PublicKey>, other: ReadonlyMap<string, PublicKey>) =>
  [...from].filter(([identity]) => !other.has(identity)).map(([, key]) => key)

const devicesOf = (draft: ManifestDraft | undefined) =>
  new Map(
    (draft?.accounts ?? []).flatMap(({ jid, devices }) =>
      devices.map(device => [device.id, { jid, device }] as const),
    ),
  )

type Difference = readonly [field: string, before: unknown, after: unknown]

/** Every field that differs, whatever fields there are. */
const differencesOf = (before: object, after: object): readonly Difference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field): Difference => [
      field,
      (before as Record<string, unknown>)[field],
      (after as Record<string, unknown>)[field],
    ])
    .filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is))

const show = (value: unknown): string =>
  value === undefined
    ? 'none'
    : typeof value === 'object' && value !== null
      ? Object.values(value).map(String).join(', ')
      : /^[0-9a-f]{64}$/.test(String(value))
        ? inGroups(String(value))
        : String(value)

const describeDifferences = (before: object, after: object) =>
  differencesOf(before, after)
    .map(([field, was, is]) => `${field} ${show(was)}, now ${show(is)}`)
    .join('; ')

const verbs: Readonly<Partial<Record<string, string>>> = {
  replaced: 'replaced the key of',
  changed: 'changed the entry of',
  noted: 'wrote down',
  withdrawn: 'took back the verification of',
}

/** “added phone (Conversations, 1204387561) of press@example.org”. */
export function describeChange(change: ManifestChange): string {
  if ('words' in change) return change.words
  if ('key' in change) {
    const { kind, key, before } = change
    const what = kind === 'changed' ? 'changed the entry of the' : `${kind} the`
    return `${what} ${nameKey(key)}${before ? `: ${describeDifferences(before, key)}` : ''}`
  }
  const { kind, jid, device, before } = change
  const why =
    kind === 'revoked' && device.revoked
      ? `: ${device.revoked.reason}`
      : kind === 'noted'
        ? ', which nobody has verified'
        : before && kind === 'replaced' && device.fingerprint !== before.fingerprint
          ? `: ${inGroups(before.fingerprint)}, now ${inGroups(device.fingerprint)}`
          : before && kind === 'changed'
            ? `: ${describeDifferences(before, device)}`
            : ''
  return `${verbs[kind] ?? kind} ${nameDevice(device)} of ${jid}${why}`
}

/** What a manifest that changes nothing is said to do. */
export const nothingNew = 'nothing but the signature is new'

export const describeChanges = (changes: readonly ManifestChange[]): readonly string[] =>
  changes.length === 0 ? [nothingNew] : changes.map(describeChange)

/** Every OMEMO key that a manifest changed anything about, one a line, for whoever keeps what was said. */
export const fingerprintsOf = (changes: readonly ManifestChange[]): readonly string[] =>
  changes.flatMap(change =>
    'device' in change
      ? [change.device.fingerprint, change.device.pq].flatMap((key, n) =>
          key === undefined
            ? []
            : [
                `${nameDevice(change.device)} of ${change.jid}${n > 0 ? ', post-quantum' : ''}: ${inGroups(key)}`,
              ],
        )
      : [],
  )

export const nameDevice = ({ name, client, id }: Device): string =>
  `${name} (${client === undefined ? '' : `${client}, `}${id})`

export const keyKinds = { ssh: 'SSH', openpgp: 'OpenPGP', age: 'age', minisign: 'minisign' } as const

export const nameKey = (key: PublicKey): string =>
  key.type === 'age'
    ? `age key ${key.key}`
    : `${keyKinds[key.type]} key ${'id' in key ? key.id : key.fingerprint}`
