import { clients } from '../clients/clients.ts'
import { describeChanges } from '../manifest/changes.ts'
import type { HistoryEntry } from '../verified-keys.ts'
import { markup, type Html } from '../../core/html.ts'
import { copyButton, day } from './parts.ts'
import type { PublicKey } from '../identity/public-key.ts'
import { namespace } from '../verify/ssh-signature.ts'
import type { Publication } from '../verify/verify.ts'

/** The box that says which device a pasted text is; it is there when its script is. */
export const comparePart = (base: string): Html =>
  markup`<section class="keys-compare" aria-labelledby="keys-compare-title" data-enhanced hidden>
      <h2 id="keys-compare-title">Which device is&nbsp;this?</h2>
      <p>
        <label for="keys-compare-text">
          Paste a&nbsp;fingerprint or&nbsp;a&nbsp;link, in&nbsp;any form. Nothing leaves this page.
        </label>
      </p>
      <textarea id="keys-compare-text" rows="3" spellcheck="false" autocomplete="off"></textarea>
      <p><output id="keys-compare-answer" for="keys-compare-text"></output></p>
    </section>
    <script type="module" src="${base}compare.js"></script>`

/** What to do in each client. */
export const clientsPart = (): Html =>
  markup`<section aria-labelledby="keys-clients">
    <h2 id="keys-clients">How to&nbsp;verify</h2>
    <p>
      Either let the app read the link or&nbsp;the code, or&nbsp;compare all eight groups by&nbsp;eye.
      A&nbsp;part of&nbsp;a&nbsp;fingerprint proves nothing.
    </p>
    <dl>
      ${clients.map(
        ({ names, steps }) =>
          markup`<dt>${names.join(', ')}</dt>
            <dd>
              ${steps}
            </dd>`,
      )}
    </dl>
  </section>`

export const otherKeysPart = (keys: readonly PublicKey[], base: string): Html =>
  keys.length === 0
    ? markup``
    : markup`<section aria-labelledby="keys-others">
        <h2 id="keys-others">Other keys</h2>
        <dl>${keys.map(key => describeKey(key, base))}</dl>
      </section>`

function describeKey(key: PublicKey, base: string): Html {
  if (key.type === 'ssh') {
    const line = [key.key, key.comment].filter(Boolean).join(' ')
    return markup`<dt>SSH</dt>
      <dd>
        <code class="keys-long">${key.fingerprint}</code>
        <pre class="keys-pre" tabindex="0">${line}</pre>
        ${copyButton(line, 'Copy', 'the SSH key')}
      </dd>`
  }
  if (key.type === 'openpgp') {
    const link =
      key.file === undefined ? undefined : markup` (<a href="${base}${encodeURI(key.file)}">the key</a>)`
    return markup`<dt>OpenPGP</dt>
      <dd><code class="keys-long">${key.fingerprint.replace(/.{4}(?=.)/g, '$& ')}</code>${link}</dd>`
  }
  const name = key.type === 'age' ? 'age' : `minisign, key ${key.id}`
  return markup`<dt>${name}</dt>
    <dd>
      <pre class="keys-pre" tabindex="0">${key.key}</pre>
      ${copyButton(key.key, 'Copy', `the ${key.type} key`)}
    </dd>`
}

/** The lines that check the signature with OpenSSH alone, ready to paste into a shell. */
export const verifyCommands = (url: string, principal: string): string =>
  [
    ...['keys.yaml', 'keys.yaml.sig', 'allowed_signers'].map(name => `curl -fsS -o ${name} '${url}${name}'`),
    `ssh-keygen -Y verify -f allowed_signers -I '${principal}' -n ${namespace} -s keys.yaml.sig < keys.yaml`,
  ].join('\n')

/** How to check the page, and what that does not prove. */
export function signaturePart({ manifest, signerKey }: Publication, base: string, siteUrl: string): Html {
  const commands = verifyCommands(`${siteUrl}${base}`, manifest.signer)
  const until =
    manifest.validUntil === undefined ? undefined : markup`, and is valid until ${day(manifest.validUntil)}`
  return markup`<section aria-labelledby="keys-signature">
    <h2 id="keys-signature">How to&nbsp;check this page</h2>
    <p>
      Everything on&nbsp;this page comes from one file, <a href="${base}keys.yaml">keys.yaml</a>.
      It&nbsp;is&nbsp;number ${manifest.serial}, was signed on&nbsp;${day(manifest.issued)}
      by&nbsp;<code>${manifest.signer}</code>${until}. The key that signed it&nbsp;has the fingerprint
    </p>
    <p>
      <code class="keys-long">${signerKey}</code>
      ${copyButton(signerKey, 'Copy', 'the fingerprint of the signer')}
    </p>
    <p>To&nbsp;check the signature, with nothing but OpenSSH:</p>
    <pre class="keys-pre" tabindex="0"><code>${commands}</code></pre>
    <p>${copyButton(commands, 'Copy the commands')}</p>
    <p>
      The answer has to&nbsp;begin with <code>Good "${namespace}" signature for ${manifest.signer}</code> and
      to&nbsp;end with the fingerprint above.
    </p>
    <p>
      <strong>What that proves.</strong> The file, its signature and the list of&nbsp;signers lie on&nbsp;one
      host. Whoever has power over the host can replace all three, so&nbsp;by&nbsp;themselves they prove only
      that they belong together. Compare the fingerprint of&nbsp;the signer with one that you have from
      elsewhere: a&nbsp;card, a&nbsp;call, a&nbsp;friend, another site. Then keep
      <a href="${base}allowed_signers">allowed_signers</a>, and next time use your own copy.
    </p>
    <p>
      For programs: <a href="${base}keys.json">keys.json</a>, <a href="${base}keys.txt">keys.txt</a>,
      <a href="${base}keys.yaml.sig">the signature</a>. To&nbsp;hear of&nbsp;a&nbsp;new or&nbsp;a&nbsp;lost
      device: <a href="${base}keys.atom" type="application/atom+xml">a&nbsp;feed of&nbsp;key changes</a>.
    </p>
  </section>`
}

/** What every manifest added and revoked, newest first. */
export const historyPart = (history: readonly HistoryEntry[], base: string): Html =>
  markup`<section aria-labelledby="keys-history">
    <h2 id="keys-history">History</h2>
    <p>
      Every manifest names the one before it&nbsp;by&nbsp;its hash; none can be&nbsp;left out or&nbsp;changed
      unseen.
    </p>
    <ol class="keys-history" reversed>
      ${history.toReversed().map(
        ({ serial, issued, changes }) =>
          markup`<li value="${serial}">
            <a href="${base}history/${String(serial).padStart(4, '0')}.yaml">${day(issued)}</a>
            <ul>
              ${describeChanges(changes).map(change => markup`<li>${change}</li>`)}
            </ul>
          </li>`,
      )}
    </ol>
  </section>`
