import { hueOf } from './colour.ts'
import { groupsOf } from '../identity/fingerprint.ts'
import { publishedDevices, revokedDevices, type Account, type Device } from '../manifest/manifest.ts'
import { punycode } from '../identity/jid.ts'
import type { XmppLink } from '../identity/link.ts'
import { deviceLink, invitationLink, messageLink, trustLink, type LinkableDevice } from '../identity/uri.ts'

/** Where a QR code lies, relative to the page, and what it says. */
export interface QrView {
  readonly name: string
  readonly text: string
  /** The names of the devices in it. */
  readonly devices: readonly string[]
  /** The title in the picture, in no language: the address and the names. */
  readonly title: string
}

export interface DeviceView extends Device {
  readonly jid: string
  readonly groups: readonly { readonly text: string; readonly hue: number; readonly colour: string }[]
  /** Of this device alone; none for one that is revoked, or that nobody but the server vouches for. */
  readonly link?: string | undefined
  readonly qr?: QrView | undefined
}

export interface AccountView {
  readonly jid: string
  readonly label: string
  /** The address in the other spelling of the domain name system, when there is one. */
  readonly otherSpelling?: string | undefined
  /** To all devices that were compared. */
  readonly link: string
  /** To write, and no more: without a key. */
  readonly messageLink: string
  readonly invitation?: string | undefined
  readonly trust?: string | undefined
  /** Of all devices together, up to eight. */
  readonly qr?: QrView | undefined
  /** The trust message, for Kaidan to scan; no link, since two `trust=` in one make Conversations fail. */
  readonly trustQr?: QrView | undefined
  readonly devices: readonly DeviceView[]
  readonly revoked: readonly DeviceView[]
  /** What each link has to say when it is read back. */
  readonly meant: ReadonlyMap<string, XmppLink>
}

/** What holds for a whole manifest. */
interface Standing {
  /** Past its validity: nothing that an app would act on is shown. */
  readonly isExpired?: boolean
}

const mostDevicesInACode = 8

/** The revoked ones are in it, too. */
const mostKeysInATrustCode = 16

const keysOf = (list: readonly Device[]) => list.flatMap(({ ed25519 }) => ed25519 ?? [])

/** Everything that a page shows of an account, worked out. A revoked device is in no link but as distrusted. */
export function viewAccount(account: Account, { isExpired = false }: Standing = {}): AccountView {
  const { jid, label = jid } = account
  const isShown = (device: Device) => !isExpired && isLinked(device)
  const devices = publishedDevices(account).map(device => viewDevice(jid, device, isShown(device)))
  const revoked = revokedDevices(account).map(device => viewDevice(jid, device, false))
  const linked = devices.filter(isShown)
  const [trusted, distrusted] = [keysOf(linked), keysOf(revoked)]
  const meant = new Map<string, XmppLink>()
  const remember = (link: string, says: Partial<XmppLink>) => {
    meant.set(link, { jid, devices: [], pq: [], trust: [], distrust: [], ...says })
    return link
  }
  for (const device of linked) if (device.link !== undefined) remember(device.link, keysIn([device]))
  const link = remember(deviceLink(jid, linked), keysIn(linked))
  const codeOf = (name: string, text: string, list: readonly Device[]): QrView => ({
    name,
    text,
    devices: list.map(device => device.name),
    title: `${jid}: ${list.map(device => device.name).join(', ')}`,
  })
  const trust =
    trusted.length > 0
      ? remember(trustLink(jid, trusted, distrusted), { trust: trusted, distrust: distrusted })
      : undefined
  return {
    jid,
    label,
    otherSpelling: punycode(jid),
    link,
    invitation:
      account.invitation && !isExpired ? remember(invitationLink(jid, linked), keysIn(linked)) : undefined,
    messageLink: messageLink(jid),
    trust,
    trustQr:
      trust !== undefined && trusted.length + distrusted.length <= mostKeysInATrustCode
        ? codeOf(
            `${fileName(jid)}~trust`,
            trust,
            linked.filter(({ ed25519 }) => ed25519 !== undefined),
          )
        : undefined,
    qr:
      linked.length > 0 && linked.length <= mostDevicesInACode
        ? codeOf(fileName(jid), link, linked)
        : undefined,
    devices,
    revoked,
    meant,
  }
}

const keysIn = (devices: readonly LinkableDevice[]): Pick<XmppLink, 'devices' | 'pq'> => ({
  devices,
  pq: devices.flatMap(({ id, pq }) => (pq === undefined ? [] : [{ id, fingerprint: pq }])),
})

/** A scan makes a key “verified” in the reader’s app. What only the server said is what the page is there to check. */
const isLinked = ({ verified, revoked }: Device) =>
  verified !== undefined && !revoked && verified.how !== 'server'

/** The address is part of a file name, so only what every file system and URL takes as it is. */
const fileName = (jid: string) =>
  encodeURIComponent(punycode(jid) ?? jid)
    .replace(/%40/g, '@')
    .replaceAll('%', '~')

function viewDevice(jid: string, device: Device, hasLink: boolean): DeviceView {
  const { id, name, fingerprint } = device
  const link = hasLink ? deviceLink(jid, [device]) : undefined
  return {
    ...device,
    jid,
    groups: groupsOf(fingerprint).map(text => ({ text, hue: hueOf(text), colour: `omemo-${text}` })),
    link,
    qr:
      link === undefined
        ? undefined
        : { name: String(id), text: link, devices: [name], title: `${jid}: ${name}` },
  }
}
