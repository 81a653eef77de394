import { groupsOf, inGroups } from '../identity/fingerprint.ts'
import { placeOf, type Claim, type ReadSource } from './claim.ts'

/** All that is said of one key. */
export interface KeyGroup {
  readonly fingerprint: string
  readonly ed25519: string | undefined
  readonly pq: string | undefined
  readonly name: string | undefined
  readonly client: string | undefined
  /** Every place that has it, in words. */
  readonly places: readonly string[]
  readonly jids: readonly string[]
  readonly ids: readonly number[]
  readonly claims: readonly Claim[]
}

export const distinct = <T>(values: readonly (T | undefined)[]): readonly T[] => [
  ...new Set(values.filter((value): value is T => value !== undefined)),
]

export function groupByKey(claims: readonly Claim[]): readonly KeyGroup[] {
  const keys = distinct(claims.map(({ fingerprint }) => fingerprint))
  return keys.map(fingerprint => {
    const mine = claims.filter(claim => claim.fingerprint === fingerprint)
    const one = <T>(values: readonly T[]) => (values.length === 1 ? values[0] : undefined)
    return {
      fingerprint,
      ed25519: one(distinct(mine.map(({ ed25519 }) => ed25519))),
      pq: one(distinct(mine.map(({ pq }) => pq))),
      name: one(distinct(mine.map(({ name }) => name))),
      client: one(distinct(mine.map(({ client }) => client))),
      places: distinct(mine.map(placeOf)),
      jids: distinct(mine.map(({ jid }) => jid)),
      ids: distinct(mine.map(({ id }) => id)),
      claims: mine,
    }
  })
}

/** What nobody says of it, where it can be nothing else. */
export const completed = (group: KeyGroup, jid: string | undefined, id: number | undefined): KeyGroup => ({
  ...group,
  jids: group.jids.length === 0 && jid !== undefined ? [jid] : group.jids,
  ids: group.ids.length === 0 && id !== undefined ? [id] : group.ids,
})

export interface Dispute {
  readonly message: string
  /** Fingerprints of which nothing is agreed. */
  readonly keys: readonly string[]
}

const who = (claims: readonly Claim[], says: (claim: Claim) => unknown, value: unknown) =>
  distinct(claims.filter(claim => says(claim) === value).map(placeOf)).join(', ')

/** One key, and two devices or two people. */
function disputesOfKey({ fingerprint, ids, jids, claims }: KeyGroup): readonly Dispute[] {
  const versions = <T>(
    values: readonly T[],
    says: (claim: Claim) => T | undefined,
    name: (value: T) => string,
  ) => values.map(value => `\n    ${name(value)}: ${who(claims, says, value)}`).join('')
  const key = `The key ${inGroups(fingerprint)}`
  return [
    ...(ids.length > 1
      ? [
          {
            message: `${key} is said to be of two devices${versions(
              ids,
              ({ id }) => id,
              id => `device ${id}`,
            )}`,
            keys: [fingerprint],
          },
        ]
      : []),
    ...(jids.length > 1
      ? [
          {
            message: `${key} is said to be of two accounts${versions(
              jids,
              ({ jid }) => jid,
              jid => jid,
            )}`,
            keys: [fingerprint],
          },
        ]
      : []),
    ...(
      [
        ['ed25519', 'Ed25519 forms'],
        ['pq', 'post-quantum keys'],
      ] as const
    ).flatMap(([field, name]) => {
      const forms = distinct(claims.map(claim => claim[field]))
      const shown = versions(forms, claim => claim[field], inGroups)
      return forms.length > 1 ? [{ message: `${key} has two ${name}${shown}`, keys: [fingerprint] }] : []
    }),
  ]
}

/** One id, and two keys. */
function disputesOfIds(groups: readonly KeyGroup[]): readonly Dispute[] {
  return distinct(groups.flatMap(({ ids }) => ids)).flatMap(id => {
    const rivals = groups.filter(({ ids }) => ids.includes(id))
    if (rivals.length < 2) return []
    const versions = rivals.map(
      ({ fingerprint, claims }) =>
        `\n    ${inGroups(fingerprint)}: ${distinct(claims.map(placeOf)).join(', ')}`,
    )
    return [
      {
        message: `Device ${id} is said to have ${rivals.length} keys${versions.join('')}`,
        keys: rivals.map(({ fingerprint }) => fingerprint),
      },
    ]
  })
}

/** Groups in which two keys differ, from one; none where they are two keys and not one that is mistyped. */
function likeness(one: string, other: string): readonly number[] | undefined {
  const [a, b] = [groupsOf(one), groupsOf(other)]
  const different = a.flatMap((group, n) => (group === b[n] ? [] : [n + 1]))
  return different.length > 0 && different.length <= 4 ? different : undefined
}

const inWhich = (different: readonly number[]) =>
  `group${different.length === 1 ? '' : 's'} ${different.join(', ')}`

function disputeOfLikeness(one: KeyGroup, other: KeyGroup): readonly Dispute[] {
  const different = likeness(one.fingerprint, other.fingerprint)
  if (!different) return []
  const versions = [one, other].map(
    ({ fingerprint, places }) => `\n    ${inGroups(fingerprint)}: ${places.join(', ')}`,
  )
  return [
    {
      message: `Two keys are alike but for ${inWhich(different)}: one is mistyped, or made to look like the other${versions.join('')}`,
      keys: [one.fingerprint, other.fingerprint],
    },
  ]
}

/** A digit that is wrong in one place is a disagreement with every other place. */
function disputeOfBroken(
  { source, digits }: ReadSource['broken'][number],
  groups: readonly KeyGroup[],
): readonly Dispute[] {
  const alike = groups.find(({ fingerprint }) => likeness(fingerprint, digits))
  const different = alike && likeness(alike.fingerprint, digits)
  if (!alike || !different) {
    return [{ message: `No client can have made what stands in ${source}: ${inGroups(digits)}`, keys: [] }]
  }
  const message = `What stands in ${source} is no key, and like one but for ${inWhich(different)}\n    ${inGroups(digits)}: ${source}\n    ${inGroups(alike.fingerprint)}: ${alike.places.join(', ')}`
  return [{ message, keys: [alike.fingerprint] }]
}

/** Everything about which two places disagree. */
export const findDisputes = (
  groups: readonly KeyGroup[],
  broken: ReadSource['broken'],
): readonly Dispute[] => [
  ...groups.flatMap(disputesOfKey),
  ...disputesOfIds(groups),
  ...groups.flatMap((group, n) => groups.slice(n + 1).flatMap(other => disputeOfLikeness(group, other))),
  ...broken.flatMap(each => disputeOfBroken(each, groups)),
]
