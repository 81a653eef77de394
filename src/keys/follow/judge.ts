import type { Code } from '../../core/codes.ts'
import { clients, writeCommand } from '../clients/clients.ts'
import { inGroups } from '../identity/fingerprint.ts'
import { deviceLink } from '../identity/uri.ts'
import { describeChanges, type ManifestChange } from '../manifest/changes.ts'
import { publishedDevices, revokedDevices, type Account, type Device } from '../manifest/manifest.ts'
import { judgeContinuity } from '../verify/continuity.ts'
import type { Publication } from '../verify/verify.ts'
import type { PageCopy } from './fetch-copy.ts'
import type { Pin, PinnedDevice } from './store.ts'

/** One thing that a look at a page has shown. */
export interface Verdict {
  readonly code: Extract<Code, `follow/${string}`>
  readonly message: string
  readonly hint: string
}

export const ask = 'ask the owner, by another way than this page, before you trust anything there'

const listDevices = (accounts: readonly Account[]): readonly PinnedDevice[] =>
  accounts.flatMap(account => [
    ...publishedDevices(account).map(device => pinned(account.jid, device)),
    ...revokedDevices(account).map(device => pinned(account.jid, device, { revoked: true })),
  ])

const pinned = (
  jid: string,
  { id, name, fingerprint }: Device,
  standing: Pick<PinnedDevice, 'revoked'> = {},
): PinnedDevice => ({ jid, id, name, fingerprint, ...standing })

export const pinOf = ({ href }: URL, { manifest, signerKey, history }: Publication, now: Date): Pin => ({
  url: href,
  serial: manifest.serial,
  hash: history.at(-1)!.hash,
  signer: manifest.signer,
  key: signerKey,
  on: now.toISOString().slice(0, 10),
  chain: history.map(({ serial, hash, succession }) => ({ serial, hash, succession })),
  devices: listDevices(manifest.accounts),
})

export const lines = (all: readonly string[]) => all.map(line => `\n    ${line}`).join('')

export function judgeChain(pin: Pin | undefined, publication: Publication): readonly Verdict[] {
  const { manifest, history, signerKey } = publication
  if (!pin) {
    const devices = describeDevices(publication)
    const message = `manifest ${manifest.serial} of ${manifest.issued}, signed by ${manifest.signer} with ${signerKey}${lines(devices)}`
    const hint =
      'compare the SHA256 of the signer with one that you have from elsewhere; then say yes, and it is remembered'
    return [{ code: 'follow/new', message, hint }]
  }
  const continuity = judgeContinuity(pin.chain, history, manifest.supersedes)
  if (!('link' in continuity)) {
    if (continuity.kind === 'same') return []
    const fresh = history.filter(({ serial }) => serial > pin.serial)
    const changes = fresh.flatMap(entry => entry.changes)
    const code = fresh.some(({ succession }) => succession === 'recovery')
      ? 'follow/recovered'
      : fresh.some(({ succession }) => succession === 'rotation')
        ? 'follow/rotated'
        : 'follow/changed'
    const keys =
      code === 'follow/changed'
        ? ''
        : `; you knew ${pin.key}, and it is signed with ${signerKey} now, which the chain endorses`
    const message = `manifest ${manifest.serial} of ${manifest.issued}, you knew ${pin.serial}${keys}${lines(describeChanges(changes))}${lines(describeSteps(changes))}`
    return [{ code, message, hint: 'if that is no surprise, say yes, and it is remembered' }]
  }
  const { link } = continuity
  const gone = pin.devices
    .filter(({ revoked }) => !revoked)
    .filter(device => !listDevices(manifest.accounts).some(each => !each.revoked && isSameKey(each, device)))
    .map(({ jid, id, name, fingerprint }) => `you knew ${name} (${id}) of ${jid}: ${inGroups(fingerprint)}`)
  const verdicts = {
    'rolled-back': [
      'follow/rolled-back',
      `number ${manifest.serial} is shown, and you knew number ${pin.serial}: somebody has put an older one back, and what was revoked since is trusted there again`,
    ],
    forked: [
      'follow/forked',
      `number ${link.serial} that you knew (${link.hash}) is not in its history: there are two chains, and nothing says which is the owner’s`,
    ],
    recovered: [
      'follow/recovered',
      `from number ${link.serial} on, a recovery key that was named before has put another chain in place of the one that you knew: the signing key was stolen or lost`,
    ],
    superseded: [
      'follow/superseded',
      `a new chain says that it takes the place of the one that you knew; no key of that one has signed it, so anybody could have made it. It is signed with ${signerKey}`,
    ],
  } as const
  const [code, message] = verdicts[continuity.kind]
  return [{ code, message: `${message}${lines(gone)}`, hint: ask }]
}

const isSameKey = (a: PinnedDevice, b: PinnedDevice) =>
  a.jid === b.jid && a.id === b.id && a.fingerprint === b.fingerprint

export function judgeDevices(pin: Pin | undefined, { manifest }: Publication): readonly Verdict[] {
  const now = listDevices(manifest.accounts)
  return (pin?.devices ?? []).flatMap((was): Verdict[] => {
    const is = now.find(({ jid, id }) => jid === was.jid && id === was.id)
    if (!is || is.fingerprint === was.fingerprint) return []
    const message = `the key of ${is.name} (${is.id}) of ${is.jid} was replaced under its id${lines([`was ${inGroups(was.fingerprint)}`, `is  ${inGroups(is.fingerprint)}`])}`
    return [
      {
        code: 'follow/replaced',
        message,
        hint: `a device keeps its key, but for a new installation: ${ask}`,
      },
    ]
  })
}

export function judgeValidity(
  { manifest, isExpired }: Publication,
  { clock }: PageCopy,
  now: Date,
): readonly Verdict[] {
  if (!isExpired) return []
  const host = clock ? ` (the host’s clock says ${clock.toISOString()}, yours ${now.toISOString()})` : ''
  const message = `it was valid until ${manifest.validUntil}, and nobody has signed it anew${host}`
  return [{ code: 'follow/expired', message, hint: 'trust no device anew from it; ask the owner' }]
}

const describeDevices = ({ manifest }: Publication): readonly string[] =>
  manifest.accounts.flatMap(account => [
    ...publishedDevices(account).map(
      ({ name, id, fingerprint }) => `${account.jid}: ${name} (${id}) ${inGroups(fingerprint)}`,
    ),
    ...revokedDevices(account).map(
      ({ name, id }) => `${account.jid}: ${name} (${id}) is revoked: trust it not`,
    ),
  ])

/** What to do in a client about a device that is new or lost. */
const describeSteps = (changes: readonly ManifestChange[]): readonly string[] =>
  changes.flatMap(change => {
    if (!('device' in change)) return []
    const { kind, jid, device } = change
    if (kind === 'revoked' || kind === 'removed' || kind === 'withdrawn') {
      return [
        `take your trust in ${device.name} back: in its contact details, or in Profanity: /omemo untrust ${jid} ${inGroups(device.fingerprint).replaceAll(' ', '-')}`,
      ]
    }
    if (device.revoked || !device.verified || device.verified.how === 'server') return []
    const commands = clients.flatMap(client => writeCommand(jid, device, client) ?? [])
    return [
      `to trust ${device.name}: ${deviceLink(jid, [device])}`,
      ...commands.map(line => `or in Profanity: /omemo start ${jid}, then ${line}`),
    ]
  })
