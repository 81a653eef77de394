import { markup, type Html } from '../../core/html.ts'
import { clients, writeCommand, writeFingerprint } from '../clients/clients.ts'
import type { OmemoClient } from '../clients/client.ts'
import { inGroups } from '../identity/fingerprint.ts'
import { copyButton, qrImage, type PartContext } from './parts.ts'
import type { AccountView } from './view.ts'

interface AppsOptions extends PartContext {
  /** The id of the account’s heading, which begins those of its apps. */
  readonly anchor: string
}

/** One `details` for each client, of which browsers open one at a time: three steps, its form of the keys, how one sees that it worked. */
export function appsPart(account: AccountView, options: AppsOptions): Html {
  const { words, anchor } = options
  const title = `${anchor}-apps`
  return markup`<section class="keys-apps" aria-labelledby="${title}" lang="${words.lang}">
    <h3 id="${title}">${words.html('whichApp')}</h3>
    <p class="keys-note">${words.html('whichAppHint')}</p>
    ${clients.map(client => clientPart(account, client, options))}
    ${otherAppPart(account, options)}
  </section>`
}

const linksOf = ({ label, link, messageLink }: AccountView, { words }: PartContext) => ({
  address: label,
  open: markup`<a href="${link}">${words.html('open')}</a>`,
  write: markup`<a href="${messageLink}">${words.html('write')}</a>`,
})

function clientPart(account: AccountView, client: OmemoClient, options: AppsOptions): Html {
  const { words } = options
  // What is typed is typed as the app takes it, whatever way the owner likes to see the address.
  const values = { ...linksOf(account, options), ...(client.command && { address: account.jid }) }
  const [app] = client.names
  const code = client.links.trustMessage === 'keys' ? account.trustQr : undefined
  return appDetails(options, client.id, client.names.join(', '), [
    steps(words.steps(client, values)),
    code &&
      markup`<figure class="keys-qr">
        <figcaption>${words.html('ownCode', { app })}</figcaption>
        ${qrImage(code, options)}
      </figure>`,
    markup`<p>${client.command ? words.html('lines') : words.html('forms', { app })}</p>`,
    markup`<dl class="keys-forms">${account.devices.map(device => {
      const line = writeCommand(account.jid, device, client)
      const form = line ?? writeFingerprint(device, client)
      const copy = words.text(line === undefined ? 'copyFingerprint' : 'copyLine', { device: device.name })
      return [
        markup`<dt>${device.name}</dt>
          <dd>${
            form === undefined
              ? words.html('missingForm', { app })
              : markup`<pre class="keys-pre" tabindex="0">${form}</pre>
                ${copyButton(form, words.text('copy'), copy)}`
          }</dd>`,
        client.showsPq && device.pq !== undefined
          ? markup`<dt>${words.html('postQuantum', { device: device.name })}</dt>
              <dd><pre class="keys-pre" tabindex="0">${inGroups(device.pq)}</pre></dd>`
          : undefined,
      ]
    })}</dl>`,
    outcome(words.worked(client, values), account, options),
  ])
}

function otherAppPart(account: AccountView, options: AppsOptions): Html {
  const { words } = options
  const values = linksOf(account, options)
  return appDetails(options, 'other', words.text('otherApp'), [
    steps((['otherApp1', 'otherApp2', 'otherApp3'] as const).map(name => words.html(name, values))),
    markup`<dl class="keys-forms">${account.devices.map(
      ({ name, fingerprint, ed25519 }) =>
        markup`<dt>${name}</dt>
          <dd><pre class="keys-pre" tabindex="0">${inGroups(fingerprint)}</pre></dd>
          ${
            ed25519 === undefined
              ? undefined
              : markup`<dt>${name}, Ed25519</dt>
                  <dd><pre class="keys-pre" tabindex="0">${inGroups(ed25519)}</pre></dd>`
          }`,
    )}</dl>`,
    outcome(words.html('otherAppWorked', values), account, options),
  ])
}

const appDetails = (
  { anchor }: AppsOptions,
  id: string,
  names: string,
  contents: readonly (Html | undefined)[],
): Html =>
  markup`<details class="keys-app" id="${anchor}-${id}" name="${anchor}-app">
    <summary>${names}</summary>
    ${contents}
  </details>`

const steps = (each: readonly Html[]): Html => markup`<ol>${each.map(step => markup`<li>${step}</li>`)}</ol>`

const outcome = (worked: Html, { label }: AccountView, { words }: PartContext): Html =>
  markup`<p class="keys-worked"><strong>${words.html('worked')}</strong> ${worked}</p>
    <p class="keys-failed"><strong>${words.html('failed')}</strong> ${words.html('failedHint', { address: label })}</p>`
