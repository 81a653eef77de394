import { foldFingerprint } from './fingerprint.ts'

export interface LinkedDevice {
  /** 1 … 2147483647 */
  readonly id: number
  /** 64 lower-case hexadecimal digits. */
  readonly fingerprint: string
}

/** What a link says. A link to an address alone has no devices and trusts nothing. */
export interface XmppLink {
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
 * id, or a `message` query, with which Conversations drops the fingerprints, makes it undefined, not skipped.
 */
export function parseLink(text: string): XmppLink | undefined {
  const trimmed = text.trim()
  const scheme = [/^xmpp:(?!\/)/i, /^https:\/\/conversations\.im\/i\//i].find(start => start.test(trimmed))
  const [address = '', query = '', ...more] = trimmed.replace(scheme ?? '', '').split('?')
  const jid = decode(address)
  if (!scheme || more.length > 0 || trimmed.includes('#')) return undefined
  if (jid === undefined || !/^[^@/]+@[^@/]+$/.test(jid)) return undefined
  const items = query.split(/[;&]/).filter(item => item !== '')
  if (items[0] === 'trust-message') return parseTrust(jid, items)
  const devices: LinkedDevice[] = []
  for (const item of items) {
    const [, id, value = ''] = /^omemo-sid-([1-9]\d{0,9})=(.*)$/i.exec(item) ?? []
    const fingerprint = foldFingerprint(decode(value) ?? value).value
    if (id === undefined || fingerprint === undefined || Number(id) > largestDeviceId) return undefined
    if (devices.some(device => device.id === Number(id))) return undefined
    devices.push({ id: Number(id), fingerprint })
  }
  return { jid, devices, trust: [], distrust: [] }
}

function parseTrust(jid: string, [, encryption, ...items]: readonly string[]): XmppLink | undefined {
  if (encryption !== `encryption=${omemo}`) return undefined
  const keys = { trust: [] as string[], distrust: [] as string[] }
  for (const item of items) {
    const [, name, value = ''] = /^(trust|distrust)=(.*)$/.exec(item) ?? []
    const key = foldFingerprint(decode(value) ?? value).value
    if ((name !== 'trust' && name !== 'distrust') || key === undefined) return undefined
    keys[name].push(key)
  }
  return { jid, devices: [], ...keys }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Does the link, once it is read again, say exactly this? What is published is what comes out, not what went in. */
export function saysExactly(link: string, meant: XmppLink): boolean {
  const read = parseLink(link)
  return read !== undefined && JSON.stringify(inOrder(read)) === JSON.stringify(inOrder(meant))
}

const inOrder = ({ jid, devices, trust, distrust }: XmppLink) => [
  jid,
  devices.map(({ id, fingerprint }) => [id, fingerprint]),
  trust,
  distrust,
]
