import type { Code } from '../../core/codes.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { groupsOf, inGroups } from '../identity/fingerprint.ts'
import type { Device } from '../manifest/manifest.ts'
import { readIdentityKey, type IdentityKey } from './identity-key.ts'
import type { Publication } from '../verify/verify.ts'

/** A device as one version of OMEMO hands it out. */
export interface HandedOut {
  readonly namespace: string
  readonly id: number
  /** Identity keys in base64. */
  readonly keys: readonly string[]
  readonly flaw?: string | undefined
  /** What its owner calls it, as the list says. */
  readonly label?: string | undefined
}

/** What a server hands out for an account, and what kept us from seeing more. */
export interface ServedKeys {
  readonly jid: string
  readonly devices: readonly HandedOut[]
  readonly obstacles: readonly { readonly code: Code; readonly message: string; readonly hint: string }[]
}

type AuditedManifest = Pick<Publication, 'manifest' | 'document'>

/**
 * Compares what a server hands out for an account with the manifest. Nothing found means that the devices of the
 * account are those published, each with its key, and that everything could be looked at.
 */
export function auditAccount(
  { manifest, document }: AuditedManifest,
  account: ServedKeys,
): readonly Diagnostic[] {
  const { jid, obstacles } = account
  const n = manifest.accounts.findIndex(account => account.jid === jid)
  const devices = manifest.accounts[n]?.devices ?? []
  const { file } = document
  const ofAccount = document.spanOf(['accounts', n, 'jid'])
  const report = (code: Code, [message, hint]: MessageAndHint, d = -1, key = 'id') => {
    const span = d < 0 ? ofAccount : document.spanOf(['accounts', n, 'devices', d, key])
    return diagnostic(code, message, { hint, file, span })
  }
  const served = groupByDevice(account.devices)
  const found = [...served].map(([id, { keys, flaws }]): DeviceFindings => {
    const findings = judge(id, keys, flaws)
    return { id, findings }
  })
  const gone = devices.flatMap((device, d): DeviceFindings[] => {
    const isExpected = device.verified !== undefined && !device.revoked
    if (!isExpected || served.has(device.id) || obstacles.length > 0) return []
    return [{ id: device.id, findings: [report('audit/missing', describeMissing(device), d)] }]
  })
  const unseen = obstacles.map(({ code, message, hint }) => report(code, [message, hint]))
  return [...unseen, ...sumUp(jid, [...found, ...gone])]

  function judge(id: number, keys: readonly IdentityKey[], flaws: readonly string[]): readonly Diagnostic[] {
    const d = devices.findIndex(device => device.id === id)
    const device = devices[d]
    if (device?.revoked) return [report('audit/revoked', describeRevoked(device, keys), d)]
    if (!device) return [judgeUnknown(id, keys, flaws)]
    const wrong = unique(keys.filter(key => !isKeyOf(device, key)).map(key => compareForms(device, key)))
    return wrong
      .map(shown => report('audit/mismatch', describeMismatch(device, shown), d, 'fingerprint'))
      .concat(flaws.map(flaw => report('audit/malformed', describeFlaw(device, flaw), d, 'fingerprint')))
  }

  function judgeUnknown(id: number, keys: readonly IdentityKey[], flaws: readonly string[]): Diagnostic {
    const shown = unique(keys.map(showKey)).join('')
    const owner = manifest.accounts
      .flatMap(account => account.devices.map(device => ({ jid: account.jid, device })))
      .find(({ device }) => keys.some(key => isKeyOf(device, key)))
    const name = owner && `“${owner.device.name}” (${owner.device.id}) of ${owner.jid}`
    if (owner?.device.revoked) {
      const message = `The server hands out a device ${id} of ${jid} with the key of ${name}, which is revoked`
      return report('audit/revoked', [`${message}${shown}`, alarm])
    }
    const same = name === undefined ? '' : `, with the key of ${name}`
    const flaw = flaws.map(each => `; it ${each}`).join('')
    const message = `The server hands out a device ${id} of ${jid} that the manifest does not have${same}${flaw}`
    return report('audit/unlisted', [`${message}${shown}`, alarm])
  }
}

interface DeviceFindings {
  readonly id: number
  readonly findings: readonly Diagnostic[]
}

/** So many findings of one kind are told each by itself; of more, the first few, and the others together. */
const [mostAlike, shownAlike] = [10, 3]

/** A list of hundreds, which is an attack or a mistake, is one thing to know and not hundreds. */
function sumUp(jid: string, devices: readonly DeviceFindings[]): readonly Diagnostic[] {
  const all = devices.flatMap(({ id, findings }) => findings.map(finding => ({ id, finding })))
  const seen = new Map<string, number>()
  return all.flatMap(({ finding }): readonly Diagnostic[] => {
    const alike = all.filter(each => each.finding.code === finding.code)
    const nth = (seen.get(finding.code) ?? 0) + 1
    seen.set(finding.code, nth)
    if (alike.length <= mostAlike || nth <= shownAlike) return [finding]
    if (nth > shownAlike + 1) return []
    const rest = alike.slice(shownAlike)
    const ids = rest.slice(0, 20).map(({ id }) => id)
    const others = rest.length > ids.length ? ` and ${rest.length - ids.length} others` : ''
    const message = `The same is so of ${rest.length} more devices of ${jid}: ${ids.join(', ')}${others}`
    return [{ ...finding, message }]
  })
}

const alarm =
  'whoever has this key reads what is sent to the account: if it is not the owner’s, let the owner remove the device, change the password, and ask who runs the server'

const brokenBundle =
  'nobody can write to the device, or check its key, before its client publishes it anew: let the owner open that client'

interface KeysOfDevice {
  readonly keys: readonly IdentityKey[]
  readonly flaws: readonly string[]
}

/** Both versions of OMEMO together. */
function groupByDevice(handedOut: readonly HandedOut[]): ReadonlyMap<number, KeysOfDevice> {
  const served = new Map<number, { keys: IdentityKey[]; flaws: string[] }>()
  for (const { namespace, id, keys, flaw } of handedOut) {
    const found = served.get(id) ?? { keys: [], flaws: [] }
    served.set(id, found)
    if (flaw !== undefined) found.flaws.push(`${flaw} (${namespace})`)
    for (const text of keys) {
      const key = readIdentityKey(namespace, text)
      if (!key) found.flaws.push(`has a bundle with something that is no identity key (${namespace})`)
      else found.keys.push(key)
    }
  }
  return served
}

/** The Ed25519 form has a sign that the other one lacks; where both have it, it counts. */
const isSame = (a: IdentityKey, b: IdentityKey) =>
  a.fingerprint === b.fingerprint &&
  (a.ed25519 === undefined || b.ed25519 === undefined || a.ed25519 === b.ed25519)

const isKeyOf = ({ fingerprint, ed25519 }: Device, key: IdentityKey) => isSame({ fingerprint, ed25519 }, key)

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)]

const showKey = ({ fingerprint }: IdentityKey) => `\n    server    ${inGroups(fingerprint)}`

/** One below the other, with a mark under each group that differs. */
function layTogether(manifest: string, server: string): string {
  const groups = groupsOf(manifest)
  const marks = groupsOf(server).map((group, i) => (group === groups[i] ? '        ' : '^^^^^^^^'))
  const lines = [
    `manifest  ${inGroups(manifest)}`,
    `server    ${inGroups(server)}`,
    `          ${marks.join(' ')}`,
  ]
  return lines.map(line => `\n    ${line.trimEnd()}`).join('')
}

const compareForms = (device: Device, { fingerprint, ed25519 = '' }: IdentityKey) =>
  fingerprint === device.fingerprint
    ? `${layTogether(device.ed25519 ?? '', ed25519)}\n    (both in the Ed25519 form)`
    : layTogether(device.fingerprint, fingerprint)

type MessageAndHint = readonly [message: string, hint: string]

const describeMismatch = ({ id, name }: Device, shown: string): MessageAndHint => [
  `The server hands out another key for device ${id} (“${name}”)${shown}`,
  'compare it on the device itself: after a reinstallation it is new, and the manifest has to follow; else somebody put it there',
]

const describeFlaw = ({ id, name }: Device, flaw: string): MessageAndHint => [
  `Device ${id} (“${name}”) ${flaw}`,
  brokenBundle,
]

const describeMissing = ({ id, name, fingerprint }: Device): MessageAndHint => [
  `Device ${id} (“${name}”) is in the manifest and gone from the server\n    manifest  ${inGroups(fingerprint)}`,
  'if the owner gave it up: imprimatur keys revoke; else let the owner open its client, which puts it back',
]

function describeRevoked(device: Device, keys: readonly IdentityKey[]): MessageAndHint {
  const { id, name, revoked } = device
  const shown = unique(keys.map(key => (isKeyOf(device, key) ? showKey(key) : compareForms(device, key))))
  const since = `revoked on ${revoked?.on}: ${revoked?.reason}`
  return [
    `The server hands out device ${id} (“${name}”), ${since}${shown.join('')}`,
    'contacts still write to it: let the owner remove it from the account’s device list, in a client that can, and change the password',
  ]
}
