import { markup, type Html } from '../../core/html.ts'
import { groupsOf } from '../identity/fingerprint.ts'
import type { Device } from '../manifest/manifest.ts'
import { sideOf } from '../qr/encode.ts'
import type { AccountView, DeviceView, QrView } from './view.ts'
import type { Publication } from '../verify/verify.ts'
import type { WordName } from './words/en.ts'
import type { Wordbook } from './words/wordbook.ts'

/** What every part is written with. */
export interface PartContext {
  /** The address of the page on its host. */
  readonly base: string
  readonly siteUrl: string
  /** `SHA256:…` of the key that signed. */
  readonly signerKey: string
  /** Number and day of the manifest. */
  readonly manifest: Pick<Publication['manifest'], 'serial' | 'issued'>
  readonly words: Wordbook
}

/** The first thing that a stranger sees: what this is, the button, and the code. Shown otherwise on a phone than beside a screen. */
export function startPart(account: AccountView, context: PartContext): Html {
  const { words } = context
  const { jid, label, link, otherSpelling, qr } = account
  const address = markup`<strong>${label}</strong>${
    otherSpelling === undefined
      ? undefined
      : markup` (${words.html('otherSpelling', { address: markup`<code>${otherSpelling}</code>` })})`
  }`
  return markup`<div class="keys-start" lang="${words.lang}">
    <p>${words.html('what', { address })}</p>
    <div class="keys-begin">
      <div class="keys-here">
        <p><a class="keys-open" href="${link}">${words.html('open')}</a></p>
        <p class="keys-note">${words.html('openHint', { address: jid })}</p>
        <p>
          <a href="${account.messageLink}">${words.html('write')}</a>
          <span class="keys-note">${words.html('writeHint')}</span>
        </p>
        <p class="keys-note">${words.html('nothingOpens')}</p>
      </div>
      ${qr && scanFigure(qr, context)} ${wall(context)}
    </div>
    ${qr ? undefined : markup`<p>${words.html(hasCodes(account) ? 'noCodeOfAll' : 'noCode')}</p>`}
  </div>`
}

/** What a printed page has beside the code: where it is, and who signed it. Nothing of it is on a screen. */
const wall = ({ base, siteUrl, signerKey, manifest, words }: PartContext): Html =>
  markup`<div class="keys-wall">
    <p>${words.html('wallPage')} <strong>${siteUrl}${base}</strong></p>
    <p>${words.html('wallVersion', { serial: manifest.serial, day: words.day(manifest.issued) })}</p>
    <p>${words.html('wallSigner')} <code class="keys-long">${signerKey}</code></p>
  </div>`

const hasCodes = ({ devices }: AccountView) => devices.some(({ qr }) => qr !== undefined)

const scanFigure = (qr: QrView, context: PartContext): Html =>
  markup`<figure class="keys-qr keys-scan">
    <figcaption><strong>${context.words.html('scan')}</strong> <span class="keys-note">${context.words.html('scanHint')}</span></figcaption>
    ${qrImage(qr, context, pixelsOfScan)}
  </figure>`

/** So that the code of several devices stands beside the button, and a printed page holds it with them. */
const pixelsOfScan = 3

/** In the place of link and code, where the manifest is past its validity. */
export const expiredPart = (account: AccountView, since: string, { words }: PartContext): Html =>
  markup`<p class="keys-expired" role="note" lang="${words.lang}">${words.html('expired', {
    address: account.label,
    day: words.day(since),
  })}</p>`

/** Every link as text, for whoever wants to see or copy it; the trust message is no link, and is not to be tapped. */
export function linksPart(account: AccountView, { words }: PartContext): Html {
  const row = (name: WordName, text: string | undefined) =>
    text === undefined
      ? undefined
      : markup`<p>${words.html(name)}</p>
          <p><code>${text}</code> ${copyButton(text, words.text('copyLink'))}</p>`
  return markup`<details class="keys-uri" lang="${words.lang}">
    <summary>${words.html('links')}</summary>
    ${row('deviceLink', account.link)}
    ${row('messageLink', account.messageLink)}
    ${row('trustMessage', account.trust)}
    ${row('invitation', account.invitation)}
  </details>`
}

/** Shown with so many whole pixels a module, so that no module is wider than another where the window is wide enough. */
export const qrImage = ({ name, devices, text }: QrView, { base, words }: PartContext, pixels = 4): Html => {
  const size = pixels * sideOf(text)
  const path = `${base}qr/${encodeURI(name)}`
  const address = addressOf(text)
  const alt = words.text('codeAlt', { address, devices: devices.join(', ') })
  return markup`<a href="${path}.png"><img src="${path}.svg" alt="${alt}" width="${size}" height="${size}"></a>`
}

const addressOf = (link: string) => decodeURIComponent(/^xmpp:([^?]*)/.exec(link)?.[1] ?? link)

/** One code for every device. */
export const deviceCodesPart = (account: AccountView, context: PartContext): Html =>
  !hasCodes(account)
    ? markup``
    : markup`<details class="keys-codes" lang="${context.words.lang}">
        <summary>${context.words.html('codes')}</summary>
        <div>
          ${account.devices.map(
            ({ name, qr }) =>
              qr &&
              markup`<figure class="keys-qr">
                <figcaption>${context.words.html('onlyDevice', { device: name })}</figcaption>
                ${qrImage(qr, context)}
              </figure>`,
          )}
        </div>
      </details>`

const how = {
  'on-device': 'onDevice',
  'in-person': 'inPerson',
  qr: 'qr',
  server: 'server',
} as const

export function devicesPart(account: AccountView, context: PartContext): Html {
  const { words } = context
  return table({
    words,
    kind: 'keys-devices',
    caption: words.text('devices', { address: account.label }),
    heads: ['device', 'fingerprint', 'verified'],
    rows: account.devices.map(
      device =>
        markup`<tr ${identity(device)}>
          ${head(device, words)}
          <td>
            ${groups(device)} ${postQuantum(device, words)}
            ${copyButton(device.fingerprint, words.text('copy'), words.text('copyFingerprint', { device: device.name }))}
          </td>
          <td>${device.verified && markup`${words.day(device.verified.on)}, ${words.html(how[device.verified.how])}`}</td>
        </tr>`,
    ),
  })
}

/** For the box: which device a row is about. */
const identity = (device: DeviceView): Html =>
  markup`data-jid="${device.jid}" data-device="${device.id}" data-name="${device.name}" data-fingerprint="${
    device.fingerprint
  }"${device.ed25519 === undefined ? undefined : markup` data-ed25519="${device.ed25519}"`}${
    device.pq === undefined ? undefined : markup` data-pq="${device.pq}"`
  }${device.revoked ? markup` data-revoked=""` : undefined}`

const head = ({ name, client, id }: DeviceView, words: Wordbook): Html =>
  markup`<th scope="row">${name}<span class="keys-client">${
    client === undefined ? undefined : markup`${client}<br>`
  }${words.html('deviceId', { id })}</span></th>`

/** Eight groups in two rows of four, coloured by XEP-0392: the colours help the eye and prove nothing. */
const groups = (device: DeviceView): Html => {
  const spans = device.groups.map(({ text, colour }) => markup`<span class="${colour}">${text}</span>`)
  const row = (from: number) =>
    joined(spans.slice(from, from + 4).map((span, n) => (n ? markup` ${span}` : span)))
  return markup`<code class="keys-fingerprint">${row(0)}<br>${row(4)}</code>`
}

const postQuantum = ({ name, pq }: Device, words: Wordbook): Html | undefined => {
  if (pq === undefined) return undefined
  const [a, b, c, d, ...rest] = groupsOf(pq)
  return markup`<span class="keys-pq">${words.html('postQuantum', { device: name })} (Monocles):</span>
    <code class="keys-fingerprint">${[a, b, c, d].join(' ')}<br>${rest.join(' ')}</code>`
}

const joined = (parts: readonly Html[]): Html => parts.reduce((all, part) => markup`${all}${part}`, markup``)

export function revokedPart(account: AccountView, { words }: PartContext): Html {
  if (account.revoked.length === 0) return markup``
  return table({
    words,
    kind: 'keys-gone',
    caption: words.text('revoked', { address: account.label }),
    heads: ['device', 'fingerprint', 'revokedSince'],
    rows: account.revoked.map(
      device =>
        markup`<tr ${identity(device)}>
          ${head(device, words)}
          <td><s class="keys-revoked">${groups(device)} ${postQuantum(device, words)}</s></td>
          <td>${device.revoked && markup`${words.day(device.revoked.on)}: ${device.revoked.reason}`}</td>
        </tr>`,
    ),
  })
}

interface DeviceTable {
  readonly words: Wordbook
  readonly kind: 'keys-devices' | 'keys-gone'
  readonly caption: string
  readonly heads: readonly WordName[]
  readonly rows: readonly Html[]
}

/** A table that scrolls by itself where the window is narrow, by keyboard too. */
const table = ({ words, kind, caption, heads, rows }: DeviceTable): Html =>
  markup`<section class="keys-table ${kind}" aria-label="${caption}" tabindex="0" lang="${words.lang}">
    <table>
      <caption>${caption}</caption>
      <thead>
        <tr>
          ${joined(heads.map(name => markup`<th scope="col">${words.html(name)}</th>`))}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`

/** Hidden until the script that makes it work is there. `whole` is the label of those who do not see what is beside it. */
export const copyButton = (text: string, label: string, whole?: string): Html =>
  markup`<button type="button" class="keys-copy" data-enhanced hidden data-copy="${text}"${
    whole === undefined || whole === label ? undefined : markup` aria-label="${whole}"`
  }>${label}</button>`
