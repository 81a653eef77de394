import { html, type Html } from './html.ts'
import type { howVerified } from './schema.ts'
import type { AccountView, DeviceView, QrView } from './view.ts'

/** A day as a person reads it; the parts are English. */
export function day(iso: string): Html {
  const [date, month, year] = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
    .format(new Date(`${iso}T00:00:00Z`))
    .split(' ')
  return html`<time datetime="${iso}">${date}&nbsp;${month} ${year}</time>`
}

const how: Record<(typeof howVerified)[number], string> = {
  'on-device': 'read on\u00a0the device itself',
  'in-person': 'compared in\u00a0person',
  qr: 'scanned as a\u00a0QR\u00a0code',
  server: 'as\u00a0the server gave\u00a0it',
}

/** The address, its link and, where there is one, the other spelling of its domain. */
export const linksPart = (account: AccountView): Html =>
  html`<p class="keys-link">
      <a href="${account.link}">${account.label}</a
      >${account.otherSpelling === undefined ? undefined : html` (that is <code>${account.otherSpelling}</code>)`}
      ${copyButton(account.link, 'Copy the link')}
    </p>
    <details class="keys-uri">
      <summary>The link in&nbsp;full</summary>
      <p><code>${account.link}</code></p>
      ${
        account.trust === undefined
          ? undefined
          : html`<p>
                For Kaidan, a&nbsp;trust message (<abbr title="XMPP Extension Protocol">XEP</abbr>-0434):
              </p>
              <p><code>${account.trust}</code></p>`
      }
      ${
        account.invitation === undefined
          ? undefined
          : html`<p>
                For phones without an&nbsp;XMPP&nbsp;app. The operator of&nbsp;<code>conversations.im</code>
                learns who follows&nbsp;it:
              </p>
              <p><code>${account.invitation}</code></p>`
      }
    </details>`

/** The code of all the account’s devices together. */
export const qrPart = (account: AccountView, base: string): Html =>
  account.qr === undefined
    ? html`<p>
        There is no&nbsp;code of&nbsp;all devices together: it&nbsp;holds eight at&nbsp;most. Each has
        its&nbsp;own below.
      </p>`
    : html`<figure class="keys-qr">
        ${qrImage(account.qr, base, 320)}
        <figcaption>All the devices below, for a&nbsp;scan with the app.</figcaption>
      </figure>`

const qrImage = ({ name, alt }: QrView, base: string, size: number): Html => {
  const path = `${base}qr/${encodeURI(name)}`
  return html`<a href="${path}.png"
    ><img src="${path}.svg" alt="${alt}" width="${size}" height="${size}"
  /></a>`
}

/** One code for every device. */
export const deviceCodesPart = (account: AccountView, base: string): Html =>
  html`<div class="keys-codes">
    ${account.devices.map(
      device =>
        html`<figure class="keys-qr">
          ${qrImage(device.qr, base, 212)}
          <figcaption>Only ${device.name}</figcaption>
        </figure>`,
    )}
  </div>`

export const devicesPart = (account: AccountView): Html =>
  table(
    `Devices of\u00a0${account.label}`,
    ['Device', 'Id', 'Fingerprint', 'Verified'],
    account.devices.map(
      device =>
        html`<tr ${identity(device)}>
          <th scope="row">${device.name}${client(device)}</th>
          <td>${device.id}</td>
          <td>
            ${groups(device)} ${copyButton(device.fingerprint, 'Copy', `the fingerprint of ${device.name}`)}
          </td>
          <td>${device.verified && html`${day(device.verified.on)}, ${how[device.verified.how]}`}</td>
        </tr>`,
    ),
  )

/** For the box: which device a row is about. */
const identity = (device: DeviceView): Html =>
  html`data-jid="${device.jid}" data-device="${device.id}" data-name="${device.name}"
  data-fingerprint="${
    device.fingerprint
  }"${device.ed25519 === undefined ? undefined : html` data-ed25519="${device.ed25519}"`}${
    device.revoked ? html` data-revoked=""` : undefined
  }`

const client = ({ client: name }: DeviceView) => (name === undefined ? undefined : html`<br />${name}`)

/** Eight groups in two rows of four, coloured by XEP-0392: the colours help the eye and prove nothing. */
const groups = (device: DeviceView): Html => {
  const spans = device.groups.map(({ text, colour }) => html`<span class="${colour}">${text}</span>`)
  const row = (from: number) =>
    joined(spans.slice(from, from + 4).map((span, n) => (n ? html` ${span}` : span)))
  return html`<code class="keys-fingerprint">${row(0)}<br />${row(4)}</code>`
}

const joined = (parts: readonly Html[]): Html => parts.reduce((all, part) => html`${all}${part}`, html``)

/** The same fingerprints, each as the reader’s own client shows it. */
export const formsPart = (account: AccountView): Html =>
  html`${account.devices.map(
    device =>
      html`<details class="keys-forms">
        <summary>${device.name}, as&nbsp;each client shows&nbsp;it</summary>
        <dl>
          ${device.forms.map(
            ({ clients, text }) =>
              html`<dt>${clients}</dt>
                <dd><pre>${text}</pre></dd>`,
          )}
          <dt>Profanity, the line to&nbsp;paste</dt>
          <dd>
            <pre>${device.profanity}</pre>
            ${copyButton(device.profanity, 'Copy', `the line for Profanity that trusts ${device.name}`)}
          </dd>
        </dl>
      </details>`,
  )}`

export const revokedPart = (account: AccountView): Html =>
  account.revoked.length === 0
    ? html``
    : table(
        `Revoked devices of\u00a0${account.label}: trust none of\u00a0them`,
        ['Device', 'Id', 'Fingerprint', 'Revoked'],
        account.revoked.map(
          device =>
            html`<tr ${identity(device)}>
              <th scope="row">${device.name}${client(device)}</th>
              <td>${device.id}</td>
              <td><s>${groups(device)}</s></td>
              <td>${device.revoked && html`${day(device.revoked.on)}: ${device.revoked.reason}`}</td>
            </tr>`,
        ),
      )

/** A table that scrolls by itself where the window is narrow, by keyboard too. */
const table = (caption: string, heads: readonly string[], rows: readonly Html[]): Html =>
  html`<div class="keys-table" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${joined(heads.map(head => html`<th scope="col">${head}</th>`))}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`

/** Hidden until the script that makes it work is there. */
export const copyButton = (text: string, label: string, what?: string): Html =>
  html`<button type="button" class="keys-copy" data-enhanced hidden data-copy="${text}">
    ${label}${what === undefined ? undefined : html`<span class="keys-hidden"> ${what}</span>`}
  </button>`
