import { normalizeJid, omemo2, readLink, type LinkedDevice, type XmppLink } from './link.ts'

/** A device, with the key of Monocles’ post-quantum OMEMO where it has one. */
export interface LinkableDevice extends LinkedDevice {
  readonly pq?: string | undefined
}

const invitation = 'https://conversations.im/i/'

/** RFC 5122, section 2.2: what RFC 3986 leaves unreserved stays, everything else is percent-encoded UTF-8. */
export const encodeNode = (node: string): string =>
  encodeURIComponent(node).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

const encodeAddress = (jid: string) => {
  const at = jid.lastIndexOf('@')
  return `${encodeNode(jid.slice(0, at))}@${encodeNode(jid.slice(at + 1))}`
}

/** Those that only Monocles knows come last, so that whatever another client makes of them, it has read the others. */
const deviceItems = (devices: readonly LinkableDevice[]) => [
  ...devices.map(({ id, fingerprint }) => `omemo-sid-${id}=${fingerprint}`),
  ...devices.flatMap(({ id, pq }) => (pq === undefined ? [] : [`omemo-pq-sid-${id}=${pq}`])),
]

/**
 * In no XEP; Conversations and its forks and Monal read the keys. RFC 5122, section 2.2, wants a query type in front: with `roster`
 * the others open the contact, where they did nothing without it. Devices come in the order given.
 */
export const deviceLink = (jid: string, devices: readonly LinkableDevice[]): string =>
  devices.length === 0
    ? `xmpp:${encodeAddress(jid)}`
    : `xmpp:${encodeAddress(jid)}?${['roster', ...deviceItems(devices)].join(';')}`

/** Opens the chat in every client that opens links at all, and says nothing of keys. */
export const messageLink = (jid: string): string => `xmpp:${encodeAddress(jid)}?message`

/** The same by way of conversations.im, which learns who asks for whom. */
export const invitationLink = (jid: string, devices: readonly LinkableDevice[]): string =>
  `${invitation}${encodeAddress(jid)}?${deviceItems(devices).join('&')}`

/** A trust message, XEP-0434 in a link of XEP-0450, of Ed25519 keys: what Kaidan reads. */
export const trustLink = (jid: string, trust: readonly string[], distrust: readonly string[]): string =>
  [
    `xmpp:${encodeAddress(jid)}?trust-message`,
    `encryption=${omemo2}`,
    ...trust.map(key => `trust=${key}`),
    ...distrust.map(key => `distrust=${key}`),
  ].join(';')

/** Does the link, once it is read again, say exactly this? What is published is what comes out, not what went in. */
export function saysExactly(link: string, meant: XmppLink): boolean {
  const read = readLink(link).link
  const expected = { ...meant, jid: normalizeJid(meant.jid) }
  return read !== undefined && JSON.stringify(inOrder(read)) === JSON.stringify(inOrder(expected))
}

const inOrder = ({ jid, devices, pq, trust, distrust }: XmppLink) => [
  jid,
  ...[devices, pq].map(list => list.map(({ id, fingerprint }) => [id, fingerprint])),
  trust,
  distrust,
]
