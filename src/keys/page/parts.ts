import { markup, type Html } from '../../core/html.ts'
import { sideOf } from '../qr/encode.ts'
import type { howVerified } from '../manifest/schema.ts'
import type { AccountView, DeviceView, QrView } from './view.ts'

const days = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** A day as a person reads it; the parts are English. */
export function day(iso: string): Html {
  const [date, month, year] = days.format(new Date(`${iso}T00:00:00Z`)).split(' ')
  return markup`<time datetime="${iso}">${date}&nbsp;${month} ${year}</time>`
}

const how: Record<(typeof howVerified)[number], string> = {
  'on-device': 'read on\u00a0the device itself',
  'in-person': 'compared in\u00a0person',
  qr: 'scanned as a\u00a0QR\u00a0code',
  server: 'as\u00a0the server gave\u00a0it, and so in\u00a0no link and no\u00a0code',
}

/** The address, its link and, where there is one, the other spelling of its domain. */
export const linksPart = (account: AccountView): Html =>
  markup`<p class="keys-link">
      <a href="${account.link}">${account.label}</a>${account.otherSpelling === undefined ? undefined : markup` (that is <code>${account.otherSpelling}</code>)`}
      ${copyButton(account.link, 'Copy the link')}
    </p>
    <details class="keys-uri">
      <summary>The link in&nbsp;full</summary>
      <p><code>${account.link}</code></p>
      ${
        account.trust === undefined
          ? undefined
          : markup`<p>
                For Kaidan, a&nbsp;trust message (<abbr title="XMPP Extension Protocol">XEP</abbr>-0434):
              </p>
              <p><code>${account.trust}</code></p>`
      }
      ${
        account.invitation === undefined
          ? undefined
          : markup`<p>
                For phones without an&nbsp;XMPP&nbsp;app. The operator of&nbsp;<code>conversations.im</code>
                learns who follows&nbsp;it:
              </p>
              <p><code>${account.invitation}</code></p>`
      }
    </details>`

/** In the place of link and code, where the manifest is past its validity. */
export const expiredPart = (label: string, since: string): Html =>
  markup`<p class="keys-expired" role="note">
    <strong>This list is&nbsp;out of&nbsp;date.</strong> What is&nbsp;said here of&nbsp;${label} was valid
    until ${day(since)}, and nobody has signed it&nbsp;anew. Devices may have been lost or&nbsp;added since, so&nbsp;no&nbsp;link and
    no&nbsp;code is&nbsp;shown. Ask the owner, by&nbsp;another way.
  </p>`

/** The code of all the account’s devices together. */
export const qrPart = (account: AccountView, base: string): Html =>
  account.devices.every(({ qr }) => qr === undefined)
    ? markup`<p>There is no&nbsp;code: no&nbsp;device of&nbsp;this account has been compared by&nbsp;anybody.</p>`
    : account.qr === undefined
      ? markup`<p>
        There is no&nbsp;code of&nbsp;all devices together: it&nbsp;holds eight at&nbsp;most. Each has
        its&nbsp;own below.
      </p>`
      : markup`<figure class="keys-qr">
        ${qrImage(account.qr, base)}
        <figcaption>All the devices below, for a&nbsp;scan with the app.</figcaption>
      </figure>`

/** Shown with four pixels a module, so that no module is wider than another where the window is wide enough. */
const qrImage = ({ name, alt, text }: QrView, base: string): Html => {
  const size = 4 * sideOf(text)
  const path = `${base}qr/${encodeURI(name)}`
  return markup`<a href="${path}.png"><img src="${path}.svg" alt="${alt}" width="${size}" height="${size}"></a>`
}

/** One code for every device. */
export const deviceCodesPart = (account: AccountView, base: string): Html =>
  markup`<div class="keys-codes">
    ${account.devices.map(
      ({ name, qr }) =>
        qr &&
        markup`<figure class="keys-qr">
          ${qrImage(qr, base)}
          <figcaption>Only ${name}</figcaption>
        </figure>`,
    )}
  </div>`

export const devicesPart = (account: AccountView): Html =>
  table(
    `Devices of\u00a0${account.label}`,
    ['Device', 'Fingerprint', 'Verified'],
    account.devices.map(
      device =>
        markup`<tr ${identity(device)}>
          ${head(device)}
          <td>
            ${groups(device)} ${copyButton(device.fingerprint, 'Copy', `the fingerprint of ${device.name}`)}
          </td>
          <td>${device.verified && markup`${day(device.verified.on)}, ${how[device.verified.how]}`}</td>
        </tr>`,
    ),
  )

/** For the box: which device a row is about. */
const identity = (device: DeviceView): Html =>
  markup`data-jid="${device.jid}" data-device="${device.id}" data-name="${device.name}" data-fingerprint="${
    device.fingerprint
  }"${device.ed25519 === undefined ? undefined : markup` data-ed25519="${device.ed25519}"`}${device.pq === undefined ? undefined : markup` data-pq="${device.pq}"`}${
    device.revoked ? markup` data-revoked=""` : undefined
  }`

const head = ({ name, client, id }: DeviceView): Html =>
  markup`<th scope="row">${name}<span class="keys-client">${
    client === undefined ? undefined : markup`${client}<br>`
  }id&nbsp;${id}</span></th>`

/** Eight groups in two rows of four, coloured by XEP-0392: the colours help the eye and prove nothing. */
const groups = (device: DeviceView): Html => {
  const spans = device.groups.map(({ text, colour }) => markup`<span class="${colour}">${text}</span>`)
  const row = (from: number) =>
    joined(spans.slice(from, from + 4).map((span, n) => (n ? markup` ${span}` : span)))
  return markup`<code class="keys-fingerprint">${row(0)}<br>${row(4)}</code>`
}

const joined = (parts: readonly Html[]): Html => parts.reduce((all, part) => markup`${all}${part}`, markup``)

/** The same fingerprints, each as the reader’s own client shows it. */
export const formsPart = (account: AccountView): Html =>
  markup`${account.devices.map(
    device =>
      markup`<details class="keys-forms">
        <summary>${device.name}, as&nbsp;each client shows&nbsp;it</summary>
        <dl>
          ${device.forms.map(
            ({ clients, text, commands }) =>
              markup`<dt>${clients}</dt>
                <dd><pre class="keys-pre" tabindex="0">${text}</pre></dd>${commands.map(
                  ({ client, text: line }) =>
                    markup`<dt>${client}, the line to&nbsp;paste</dt>
                      <dd>
                        <pre class="keys-pre" tabindex="0">${line}</pre>
                        ${copyButton(line, 'Copy', `the line for ${client} that trusts ${device.name}`)}
                      </dd>`,
                )}`,
          )}
        </dl>
      </details>`,
  )}`

export const revokedPart = (account: AccountView): Html =>
  account.revoked.length === 0
    ? markup``
    : table(
        `Revoked devices of\u00a0${account.label}: trust none of\u00a0them`,
        ['Device', 'Fingerprint', 'Revoked'],
        account.revoked.map(
          device =>
            markup`<tr ${identity(device)}>
              ${head(device)}
              <td><s>${groups(device)}</s></td>
              <td>${device.revoked && markup`${day(device.revoked.on)}: ${device.revoked.reason}`}</td>
            </tr>`,
        ),
      )

/** A table that scrolls by itself where the window is narrow, by keyboard too. */
const table = (caption: string, heads: readonly string[], rows: readonly Html[]): Html =>
  markup`<section class="keys-table" aria-label="${caption}" tabindex="0">
    <table>
      <caption>${caption}</caption>
      <thead>
        <tr>
          ${joined(heads.map(head => markup`<th scope="col">${head}</th>`))}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`

/** Hidden until the script that makes it work is there. */
export const copyButton = (text: string, label: string, what?: string): Html =>
  markup`<button type="button" class="keys-copy" data-enhanced hidden data-copy="${text}">${label}${
    what === undefined ? undefined : markup`<span class="keys-hidden"> ${what}</span>`
  }</button>`
