import { foldFingerprint } from './fingerprint.ts'
import { refuse, type Checked } from './refusal.ts'

export interface LinkedDevice {
  /** 1 … 2147483647 */
  readonly id: number
  /** 64 lower-case hexadecimal digits. */
  readonly fingerprint: string
}

/** What a link says. A link to an address alone has no devices and trusts nothing. */
export interface Link {
  readonly jid: string
  readonly devices: readonly LinkedDevice[]
  /** Ed25519 keys of a trust-message link, XEP-0434. */
  readonly trust: readonly string[]
  readonly distrust: readonly string[]
}

/** Largest device id: XEP-0384, section 1.3, a positive integer below 2³¹. */
export const largestDeviceId = 2 ** 31 - 1

const omemo = 'urn:xmpp:omemo:2'
const invitation = 'https://conversations.im/i/'

/** RFC 5122, section 2.2: what RFC 3986 leaves unreserved stays, everything else is percent-encoded UTF-8. */
export const encodeNode = (node: string): string =>
  encodeURIComponent(node).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

const encodeAddress = (jid: string) => {
  const at = jid.lastIndexOf('@')
  return `${encodeNode(jid.slice(0, at))}@${encodeNode(jid.slice(at + 1))}`
}

const deviceItems = (devices: readonly LinkedDevice[]) =>
  devices.map(({ id, fingerprint }) => `omemo-sid-${id}=${fingerprint}`)

/** In no XEP; what Conversations and its forks, Monal and Gajim read. Devices come in the order given. */
export const deviceLink = (jid: string, devices: readonly LinkedDevice[]): string =>
  [`xmpp:${encodeAddress(jid)}`, ...(devices.length > 0 ? [deviceItems(devices).join(';')] : [])].join('?')

/** The same by way of conversations.im, which learns who asks for whom. */
export const invitationLink = (jid: string, devices: readonly LinkedDevice[]): string =>
  `${invitation}${encodeAddress(jid)}?${deviceItems(devices).join('&')}`

/** A trust message, XEP-0434 in a link of XEP-0450, of Ed25519 keys: what Kaidan reads. */
export const trustLink = (jid: string, trust: readonly string[], distrust: readonly string[]): string =>
  [
    `xmpp:${encodeAddress(jid)}?trust-message`,
    `encryption=${omemo}`,
    ...trust.map(key => `trust=${key}`),
    ...distrust.map(key => `distrust=${key}`),
  ].join(';')

/**
 * Reads any of the links above, in any mixture of case and separators. Whatever it does not know, twice the same
 * id, or a `message` query, with which Conversations drops the fingerprints, is refused rather than skipped.
 */
export function parseLink(text: string): Checked<Link> {
  const trimmed = text.trim()
  const scheme = [/^xmpp:(?!\/)/i, /^https:\/\/conversations\.im\/i\//i].find(start => start.test(trimmed))
  if (!scheme) return unreadable('it does not begin with xmpp:')
  const [address = '', ...queries] = trimmed.replace(scheme, '').split('?')
  if (queries.length > 1) return unreadable('it has two question marks')
  if (/#/.test(trimmed)) return unreadable('it has a fragment')
  const jid = decode(address)
  if (jid === undefined || !/^[^@/]+@[^@/]+$/.test(jid)) return unreadable('it names no address')
  const devices: LinkedDevice[] = []
  const keys = { trust: [] as string[], distrust: [] as string[] }
  const items = (queries[0] ?? '').split(/[;&]/).filter(item => item !== '')
  const isTrust = items[0] === 'trust-message'
  if (isTrust && items[1] !== `encryption=${omemo}`) return unreadable(`its encryption is not ${omemo}`)
  for (const item of isTrust ? items.slice(2) : items) {
    const [name = '', value = ''] = split(item)
    const id = /^omemo-sid-([1-9]\d{0,9})$/i.exec(name)?.[1]
    const folded = foldFingerprint(decode(value) ?? value)
    const list = name === 'trust' || name === 'distrust' ? keys[name] : undefined
    if (isTrust ? !list : !id) return unreadable(`nobody reads its part “${item.slice(0, 40)}”`)
    if (folded.refusal) return folded
    list?.push(folded.value)
    if (id === undefined) continue
    if (Number(id) > largestDeviceId) return unreadable(`${id} is too large for a device id`)
    if (devices.some(device => device.id === Number(id))) return unreadable(`it names device ${id} twice`)
    devices.push({ id: Number(id), fingerprint: folded.value })
  }
  return { value: { jid, devices, ...keys } }
}

const split = (item: string) => {
  const at = item.indexOf('=')
  return at < 0 ? [item] : [item.slice(0, at), item.slice(at + 1)]
}

const unreadable = (why: string) =>
  refuse('keys/link', `This link cannot be read: ${why}`, 'copy the whole link, from xmpp: to its end')

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Does `link`, read by an independent road, say exactly this? What is published is what comes out, not what went in. */
export function checkLink(link: string, meant: Link): Checked<string> {
  const read = parseLink(link)
  if (read.refusal) return read
  return JSON.stringify(order(read.value)) === JSON.stringify(order(meant))
    ? { value: link }
    : refuse('keys/link', `The link ${link} reads back as something else`, 'report this: it is a bug')
}

const order = ({ jid, devices, trust, distrust }: Link) => [
  jid,
  devices.map(({ id, fingerprint }) => [id, fingerprint]),
  trust,
  distrust,
]
