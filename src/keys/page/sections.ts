import { describeChanges } from '../manifest/changes.ts'
import type { HistoryEntry } from '../verified-keys.ts'
import { markup, type Html } from '../../core/html.ts'
import { copyButton, type PartContext } from './parts.ts'
import type { PublicKey } from '../identity/public-key.ts'
import { namespace } from '../verify/ssh-signature.ts'
import type { Publication } from '../verify/verify.ts'
import type { Wordbook } from './words/wordbook.ts'

/** The box that says which device a pasted text is; it is there when its script is. */
export const comparePart = ({ base, words }: PartContext): Html =>
  markup`<section class="keys-compare" aria-labelledby="keys-compare-title" data-enhanced hidden lang="${words.lang}" data-words="${JSON.stringify(words.compare)}">
      <h2 id="keys-compare-title">${words.html('box')}</h2>
      <p><label for="keys-compare-text">${words.html('boxHint')}</label></p>
      <textarea id="keys-compare-text" rows="3" spellcheck="false" autocomplete="off"></textarea>
      <p><output id="keys-compare-answer" for="keys-compare-text"></output></p>
    </section>
    <script type="module" src="${base}compare.js"></script>`

export const otherKeysPart = (keys: readonly PublicKey[], { base, words }: PartContext): Html =>
  keys.length === 0
    ? markup``
    : markup`<section class="keys-others" aria-labelledby="keys-others" lang="${words.lang}">
        <h2 id="keys-others">${words.html('otherKeys')}</h2>
        <dl>${keys.map(key => describeKey(key, base, words))}</dl>
      </section>`

function describeKey(key: PublicKey, base: string, words: Wordbook): Html {
  const copy = (text: string, type: string) =>
    copyButton(text, words.text('copy'), words.text('copyKey', { type }))
  if (key.type === 'ssh') {
    const line = [key.key, key.comment].filter(Boolean).join(' ')
    return markup`<dt>SSH</dt>
      <dd>
        <code class="keys-long">${key.fingerprint}</code>
        <pre class="keys-pre" tabindex="0">${line}</pre>
        ${copy(line, 'SSH')}
      </dd>`
  }
  if (key.type === 'openpgp') {
    const link =
      key.file === undefined
        ? undefined
        : markup` (<a href="${base}${encodeURI(key.file)}">${words.html('openpgpFile')}</a>)`
    return markup`<dt>OpenPGP</dt>
      <dd><code class="keys-long">${key.fingerprint.replace(/.{4}(?=.)/g, '$& ')}</code>${link}</dd>`
  }
  return markup`<dt>${key.type === 'age' ? 'age' : words.html('minisign', { id: key.id })}</dt>
    <dd>
      <pre class="keys-pre" tabindex="0">${key.key}</pre>
      ${copy(key.key, key.type)}
    </dd>`
}

/** The lines that check the signature with OpenSSH alone, ready to paste into a shell. */
export const verifyCommands = (url: string, principal: string): string =>
  [
    ...['keys.yaml', 'keys.yaml.sig', 'allowed_signers'].map(name => `curl -fsS -o ${name} '${url}${name}'`),
    `ssh-keygen -Y verify -f allowed_signers -I '${principal}' -n ${namespace} -s keys.yaml.sig < keys.yaml`,
  ].join('\n')

/** How to check the page, and what that does not prove. */
export function signaturePart(
  { manifest, signerKey }: Pick<Publication, 'manifest' | 'signerKey'>,
  { base, siteUrl, words }: PartContext,
): Html {
  const commands = verifyCommands(`${siteUrl}${base}`, manifest.signer)
  const file = (name: string, text: Html | string = name) => markup`<a href="${base}${name}">${text}</a>`
  return markup`<section class="keys-check" aria-labelledby="keys-signature" lang="${words.lang}">
    <h2 id="keys-signature">${words.html('check')}</h2>
    <p>${words.html('fromOneFile', {
      file: file('keys.yaml'),
      serial: manifest.serial,
      signer: markup`<code>${manifest.signer}</code>`,
      day: words.day(manifest.issued),
    })}</p>
    <p>
      <code class="keys-long">${signerKey}</code>
      ${copyButton(signerKey, words.text('copy'), words.text('copySigner'))}
    </p>
    ${
      manifest.validUntil === undefined
        ? undefined
        : markup`<p>${words.html('validUntil', { day: words.day(manifest.validUntil) })}</p>`
    }
    <p>${words.html('checkCommands')}</p>
    <pre class="keys-pre" tabindex="0"><code>${commands}</code></pre>
    <p>${copyButton(commands, words.text('copyCommands'))}</p>
    <p>${words.html('checkAnswer', { answer: `Good "${namespace}" signature for ${manifest.signer}` })}</p>
    <p>${words.html('proves', { list: file('allowed_signers') })}</p>
    <p>${words.html('forPrograms', {
      json: file('keys.json'),
      text: file('keys.txt'),
      signature: file('keys.yaml.sig', words.html('signatureFile')),
      feed: markup`<a href="${base}keys.atom" type="application/atom+xml" hreflang="en">${words.html('feed')}</a>`,
    })}</p>
  </section>`
}

/** What every manifest added and revoked, newest first. */
export const historyPart = (history: readonly HistoryEntry[], { base, words }: PartContext): Html =>
  markup`<section class="keys-past" aria-labelledby="keys-history" lang="${words.lang}">
    <h2 id="keys-history">${words.html('history')}</h2>
    <p>${words.html('historyHint')}</p>
    <ol class="keys-history" reversed>
      ${history.toReversed().map(
        ({ serial, issued, changes }) =>
          markup`<li value="${serial}">
            <a href="${base}history/${String(serial).padStart(4, '0')}.yaml">${words.day(issued)}</a>
            <ul>
              ${describeChanges(changes, words.changes).map(change => markup`<li>${withCodes(change)}</li>`)}
            </ul>
          </li>`,
      )}
    </ol>
  </section>`

/** `SHA256:…`, `age1…`, and sixteen digits of base 16 or more, in groups or not. */
const KEY = /(SHA256:[\w+/=]+|age1[a-z\d]{20,}|\b[\dA-F]{16,}\b|\b[\dA-F]{4,8}(?: [\dA-F]{4,8}){3,}\b)/i

/** Keys in it are set as such, so that no letter of theirs looks like another. */
const withCodes = (text: string): Html =>
  text
    .split(KEY)
    .reduce(
      (html, part, i) => (i % 2 === 1 ? markup`${html}<code>${part}</code>` : markup`${html}${part}`),
      markup``,
    )
