import { fillWords } from '../identity/compare-words.ts'
import { inGroups } from '../identity/fingerprint.ts'
import type { PublicKey } from '../identity/public-key.ts'
import { changeWords, sayPhrase, type ChangeWord, type ChangeWords } from './change-words.ts'
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

const show = (value: unknown, words: ChangeWords): string =>
  value === undefined
    ? words.none
    : typeof value === 'object' && value !== null
      ? Object.values(value).map(String).join(', ')
      : /^[0-9a-f]{64}$/.test(String(value))
        ? inGroups(String(value))
        : String(value)

const describeDifferences = (before: object, after: object, words: ChangeWords) =>
  differencesOf(before, after)
    .map(([field, was, is]) =>
      fillWords(words.difference, {
        field: Object.hasOwn(words, field) ? words[field as ChangeWord] : field,
        before: show(was, words),
        after: show(is, words),
      }),
    )
    .join('; ')

/** “added phone (Conversations, 1204387561) of press@example.org”. */
export const describeChange = (change: ManifestChange): string => describeIn(change, changeWords)

function describeIn(change: ManifestChange, words: ChangeWords): string {
  if ('phrase' in change) return sayPhrase(change.phrase, words)
  const { kind, before } = change
  if ('key' in change) {
    const { key } = change
    const differences = before ? describeDifferences(before, key, words) : ''
    const word = ({ added: 'addedKey', removed: 'removedKey', changed: 'changedKey' } as const)[change.kind]
    return fillWords(words[word], { key: phraseKey(key, words), differences })
  }
  const { jid, device, before: was } = change
  const values = { device: nameDevice(device), address: jid }
  if (kind === 'replaced') {
    return was === undefined || device.fingerprint === was.fingerprint
      ? fillWords(words.moved, values)
      : fillWords(words.replaced, {
          ...values,
          before: inGroups(was.fingerprint),
          after: inGroups(device.fingerprint),
        })
  }
  const differences = was ? describeDifferences(was, device, words) : ''
  return fillWords(words[kind], { ...values, differences, reason: device.revoked?.reason ?? '' })
}

/** What a manifest that changes nothing is said to do. */
export const nothingNew = changeWords.nothingNew

export const describeChanges = (
  changes: readonly ManifestChange[],
  words: ChangeWords = changeWords,
): readonly string[] =>
  changes.length === 0 ? [words.nothingNew] : changes.map(change => describeIn(change, words))

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

const phraseKey = (key: PublicKey, words: ChangeWords): string =>
  fillWords(words.key, {
    type: keyKinds[key.type],
    id: key.type === 'age' ? key.key : 'id' in key ? key.id : key.fingerprint,
  })
