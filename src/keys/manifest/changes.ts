import { identityOf, type Device, type ManifestDraft } from './manifest.ts'
import type { PublicKey } from '../identity/public-key.ts'

/** What one manifest says otherwise than the one before, about one device or key. */
export type ManifestChange =
  | {
      readonly kind: 'added' | 'revoked' | 'removed' | 'reinstated' | 'replaced' | 'changed'
      readonly jid: string
      readonly device: Device
    }
  | { readonly kind: 'added' | 'removed' | 'changed'; readonly key: PublicKey }

type DeviceStanding = 'absent' | 'published' | 'revoked'

/** A device that nobody verified is not published: to the reader it is not there. */
const standingOf = (device: Device | undefined): DeviceStanding =>
  device?.revoked ? 'revoked' : device?.verified ? 'published' : 'absent'

const transitions: Record<
  `${DeviceStanding} ${DeviceStanding}`,
  Exclude<ManifestChange['kind'], 'replaced' | 'changed'> | 'same'
> = {
  'absent absent': 'same',
  'absent published': 'added',
  'absent revoked': 'revoked',
  'published absent': 'removed',
  'published published': 'same',
  'published revoked': 'revoked',
  'revoked absent': 'removed',
  'revoked published': 'reinstated',
  'revoked revoked': 'same',
}

/** The changes from `before`, which the first manifest does not have, in the order of the newer manifest. */
export function compareManifests(
  before: ManifestDraft | undefined,
  after: ManifestDraft,
): readonly ManifestChange[] {
  const old = devicesOf(before)
  const now = devicesOf(after)
  const devices = [...new Set([...now.keys(), ...old.keys()])].flatMap((id): ManifestChange[] => {
    const [was, is] = [old.get(id), now.get(id)]
    const { jid, device } = (is ?? was)!
    const transition = transitions[`${standingOf(was?.device)} ${standingOf(is?.device)}`]
    if (transition !== 'same') return [{ kind: transition, jid, device }]
    if (!was || !is || standingOf(device) === 'absent') return []
    if (was.jid !== is.jid || was.device.fingerprint !== is.device.fingerprint) {
      return [{ kind: 'replaced', jid, device }]
    }
    return JSON.stringify(was.device) === JSON.stringify(is.device) ? [] : [{ kind: 'changed', jid, device }]
  })
  const [oldKeys, newKeys] = [keyMap(before ?? { keys: [] }), keyMap(after)]
  return [
    ...devices,
    ...missing(newKeys, oldKeys).map((key): ManifestChange => ({ kind: 'added', key })),
    ...[...newKeys].flatMap(([identity, key]): ManifestChange[] => {
      const old = oldKeys.get(identity)
      return old && JSON.stringify(old) !== JSON.stringify(key) ? [{ kind: 'changed', key }] : []
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

/** “added phone (Conversations, 1204387561) of press@example.org”. */
export function describeChange(change: ManifestChange): string {
  if ('key' in change) {
    const what = change.kind === 'changed' ? 'changed the entry of the' : `${change.kind} the`
    return `${what} ${nameKey(change.key)}`
  }
  const { kind, jid, device } = change
  const reason = kind === 'revoked' && device.revoked ? `: ${device.revoked.reason}` : ''
  const verb = { replaced: 'replaced the key of', changed: 'changed the entry of' }[kind as string] ?? kind
  return `${verb} ${nameDevice(device)} of ${jid}${reason}`
}

export const nameDevice = ({ name, client, id }: Device): string =>
  `${name} (${client === undefined ? '' : `${client}, `}${id})`

export const keyKinds = { ssh: 'SSH', openpgp: 'OpenPGP', age: 'age', minisign: 'minisign' } as const

export const nameKey = (key: PublicKey): string =>
  key.type === 'age'
    ? `age key ${key.key}`
    : `${keyKinds[key.type]} key ${'id' in key ? key.id : key.fingerprint}`
