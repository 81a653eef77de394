import type { ManifestDraft, NamedSigner } from './manifest.ts'

/** A change of what a manifest says beside its devices and keys, in words. */
export interface Statement {
  readonly kind: 'stated'
  readonly about: 'chain' | 'signature' | 'validity' | 'signers' | 'anchors' | 'account' | 'order' | 'layout'
  readonly words: string
}

export const statement = (about: Statement['about'], words: string): Statement => ({
  kind: 'stated',
  about,
  words,
})

/** “the recovery key “safe”, SHA256:…”. */
export const nameSigner = ({ name, fingerprint, isRecovery }: NamedSigner): string =>
  `${isRecovery ? 'recovery key' : 'key'} “${name}”, ${fingerprint}`

export function compareStatements(
  before: ManifestDraft | undefined,
  after: ManifestDraft,
): readonly Statement[] {
  return [
    ...compareChain(before, after),
    ...compareSigners(before?.signers, after.signers),
    ...compareLists(before?.anchors, after.anchors).map(words => statement('anchors', words)),
    ...compareAccounts(before, after),
  ]
}

function compareChain(before: ManifestDraft | undefined, after: ManifestDraft): readonly Statement[] {
  const begun = after.supersedes !== undefined && after.supersedes !== before?.supersedes
  const chain = begun
    ? [
        statement(
          'chain',
          `began a new chain in place of the one that ended with ${after.supersedes}: no key of that one has signed it`,
        ),
      ]
    : before?.supersedes !== undefined && after.supersedes === undefined
      ? [statement('chain', `names no longer the chain that it took the place of`)]
      : []
  const principal =
    before && before.signer !== after.signer
      ? [
          statement(
            'signature',
            `signed as ${after.signer ?? 'nobody'}, before as ${before.signer ?? 'nobody'}`,
          ),
        ]
      : []
  const until = (draft: ManifestDraft | undefined) => draft?.validUntil
  const validity =
    until(before) === until(after)
      ? []
      : [
          statement(
            'validity',
            (until(after) === undefined ? `valid without an end` : `valid until ${until(after)}`) +
              (before === undefined
                ? ''
                : until(before) === undefined
                  ? ', before without an end'
                  : `, before until ${until(before)}`),
          ),
        ]
  return [...chain, ...principal, ...validity]
}

function compareSigners(
  before: readonly NamedSigner[] | undefined,
  after: readonly NamedSigner[] | undefined,
): readonly Statement[] {
  const told: string[] = []
  for (const signer of after ?? []) {
    const was = before?.find(({ fingerprint }) => fingerprint === signer.fingerprint)
    if (!was) told.push(`named the ${nameSigner(signer)}, which may sign the next manifest`)
    else if (was.isRecovery !== signer.isRecovery || was.name !== signer.name)
      told.push(`the ${nameSigner(was)} is now the ${nameSigner(signer)}`)
  }
  for (const signer of before ?? []) {
    if (after?.some(({ fingerprint }) => fingerprint === signer.fingerprint)) continue
    told.push(`took away the ${nameSigner(signer)}: it may sign no more`)
  }
  if (before && !after)
    told.push('names nobody who may sign the next manifest but the key that signed this one')
  if (told.length === 0 && JSON.stringify(before) !== JSON.stringify(after))
    told.push('changed the order of the signers')
  return told.map(words => statement('signers', words))
}

function compareLists(before: readonly string[] = [], after: readonly string[] = []): readonly string[] {
  const told = [
    ...after
      .filter(anchor => !before.includes(anchor))
      .map(anchor => `said that the key of the signer stands at ${anchor} too`),
    ...before
      .filter(anchor => !after.includes(anchor))
      .map(anchor => `no longer says that the key of the signer stands at ${anchor}`),
  ]
  return told.length === 0 && JSON.stringify(before) !== JSON.stringify(after)
    ? ['changed the order of the anchors']
    : told
}

function compareAccounts(before: ManifestDraft | undefined, after: ManifestDraft): readonly Statement[] {
  const told: Statement[] = []
  const tell = (words: string) => told.push(statement('account', words))
  const old = new Map(before?.accounts.map(account => [account.jid, account]))
  for (const { jid, label, invitation, devices } of after.accounts) {
    const was = old.get(jid)
    if (!was && (before || devices.length === 0)) tell(`added the account ${jid}`)
    if (!was) continue
    if (was.label !== label) tell(`${jid} is shown as ${label ?? jid}, before as ${was.label ?? jid}`)
    if (was.invitation !== invitation) {
      tell(`${invitation ? 'offers' : 'no longer offers'} ${jid} by way of conversations.im`)
    }
  }
  for (const jid of old.keys()) {
    if (!after.accounts.some(account => account.jid === jid)) tell(`removed the account ${jid}`)
  }
  const both = <T>(list: readonly T[], other: readonly T[]) => list.filter(each => other.includes(each))
  const orders = [orderOf(before), orderOf(after)] as const
  const isMoved = [0, 1, 2].some(n => {
    const [was = [], is = []] = orders.map(order => order[n])
    return JSON.stringify(both(was, is)) !== JSON.stringify(both(is, was))
  })
  return isMoved ? [...told, statement('order', 'changed the order of accounts, devices or keys')] : told
}

const orderOf = (draft: ManifestDraft | undefined): readonly (readonly unknown[])[] => [
  draft?.accounts.map(({ jid }) => jid) ?? [],
  draft?.accounts.flatMap(({ devices }) => devices.map(({ id }) => id)) ?? [],
  draft?.keys.map(key => ('fingerprint' in key ? key.fingerprint : key.key)) ?? [],
]
