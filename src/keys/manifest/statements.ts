import { sayPhrase, type ChangeWord, type Phrase } from './change-words.ts'
import type { ManifestDraft, NamedSigner } from './manifest.ts'

/** A change of what a manifest says beside its devices and keys. */
export interface Statement {
  readonly kind: 'stated'
  readonly about: 'chain' | 'signature' | 'validity' | 'signers' | 'anchors' | 'account' | 'order' | 'layout'
  readonly phrase: Phrase
}

export const statement = (
  about: Statement['about'],
  word: ChangeWord,
  values?: Phrase['values'],
): Statement => ({ kind: 'stated', about, phrase: { word, values } })

export const phraseOfSigner = ({ name, fingerprint, isRecovery }: NamedSigner): Phrase => ({
  word: isRecovery ? 'recoverySigner' : 'signer',
  values: { name, fingerprint },
})

/** “recovery key “safe”, SHA256:…”. */
export const nameSigner = (signer: NamedSigner): string => sayPhrase(phraseOfSigner(signer))

export function compareStatements(
  before: ManifestDraft | undefined,
  after: ManifestDraft,
): readonly Statement[] {
  return [
    ...compareChain(before, after),
    ...compareSigners(before?.signers, after.signers),
    ...compareAnchors(before?.anchors, after.anchors),
    ...compareAccounts(before, after),
  ]
}

function compareChain(before: ManifestDraft | undefined, after: ManifestDraft): readonly Statement[] {
  const told: Statement[] = []
  if (after.supersedes !== undefined && after.supersedes !== before?.supersedes) {
    told.push(statement('chain', 'begun', { hash: after.supersedes }))
  } else if (before?.supersedes !== undefined && after.supersedes === undefined) {
    told.push(statement('chain', 'left'))
  }
  if (before && before.signer !== after.signer) {
    const principal = (draft: ManifestDraft) => draft.signer ?? ({ word: 'nobody' } as const)
    told.push(statement('signature', 'principal', { after: principal(after), before: principal(before) }))
  }
  const [was, is] = [before?.validUntil, after.validUntil]
  if (was === is) return told
  if (is === undefined) told.push(statement('validity', 'endlessFrom', { before: was ?? '' }))
  else if (before === undefined) told.push(statement('validity', 'until', { day: is }))
  else if (was === undefined) told.push(statement('validity', 'untilFromEndless', { day: is }))
  else told.push(statement('validity', 'untilFrom', { day: is, before: was }))
  return told
}

function compareSigners(
  before: readonly NamedSigner[] | undefined,
  after: readonly NamedSigner[] | undefined,
): readonly Statement[] {
  const told: Statement[] = []
  const tell = (word: ChangeWord, values?: Phrase['values']) => told.push(statement('signers', word, values))
  for (const signer of after ?? []) {
    const was = before?.find(({ fingerprint }) => fingerprint === signer.fingerprint)
    if (!was) tell('named', { signer: phraseOfSigner(signer) })
    else if (was.isRecovery !== signer.isRecovery || was.name !== signer.name)
      tell('renamed', { before: phraseOfSigner(was), after: phraseOfSigner(signer) })
  }
  for (const signer of before ?? []) {
    if (after?.some(({ fingerprint }) => fingerprint === signer.fingerprint)) continue
    tell('taken', { signer: phraseOfSigner(signer) })
  }
  if (before && !after) tell('unnamed')
  if (told.length === 0 && JSON.stringify(before) !== JSON.stringify(after)) tell('orderOfSigners')
  return told
}

function compareAnchors(before: readonly string[] = [], after: readonly string[] = []): readonly Statement[] {
  const told = [
    ...after
      .filter(anchor => !before.includes(anchor))
      .map(place => statement('anchors', 'anchor', { place })),
    ...before
      .filter(anchor => !after.includes(anchor))
      .map(place => statement('anchors', 'anchorGone', { place })),
  ]
  return told.length === 0 && JSON.stringify(before) !== JSON.stringify(after)
    ? [statement('anchors', 'orderOfAnchors')]
    : told
}

function compareAccounts(before: ManifestDraft | undefined, after: ManifestDraft): readonly Statement[] {
  const told: Statement[] = []
  const tell = (word: ChangeWord, values: Phrase['values']) => told.push(statement('account', word, values))
  const old = new Map(before?.accounts.map(account => [account.jid, account]))
  for (const { jid, label, invitation, devices } of after.accounts) {
    const was = old.get(jid)
    if (!was && (before || devices.length === 0)) tell('account', { address: jid })
    if (!was) continue
    if (was.label !== label) tell('label', { address: jid, after: label ?? jid, before: was.label ?? jid })
    if (was.invitation !== invitation) {
      tell(invitation ? 'offers' : 'offersNot', { address: jid })
    }
  }
  for (const jid of old.keys()) {
    if (!after.accounts.some(account => account.jid === jid)) tell('accountGone', { address: jid })
  }
  const both = <T>(list: readonly T[], other: readonly T[]) => list.filter(each => other.includes(each))
  const orders = [orderOf(before), orderOf(after)] as const
  const isMoved = [0, 1, 2].some(n => {
    const [was = [], is = []] = orders.map(order => order[n])
    return JSON.stringify(both(was, is)) !== JSON.stringify(both(is, was))
  })
  return isMoved ? [...told, statement('order', 'order')] : told
}

const orderOf = (draft: ManifestDraft | undefined): readonly (readonly unknown[])[] => [
  draft?.accounts.map(({ jid }) => jid) ?? [],
  draft?.accounts.flatMap(({ devices }) => devices.map(({ id }) => id)) ?? [],
  draft?.keys.map(key => ('fingerprint' in key ? key.fingerprint : key.key)) ?? [],
]
