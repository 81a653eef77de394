import { markup } from '../../core/html.ts'
import {
  deviceCodesPart,
  devicesPart,
  expiredPart,
  formsPart,
  linksPart,
  qrPart,
  revokedPart,
} from './parts.ts'
import { clientsPart, comparePart, historyPart, otherKeysPart, signaturePart } from './sections.ts'
import type { Publication } from '../verify/verify.ts'
import { viewAccount, type AccountView } from './view.ts'

/** Where the page is, and the site that it is of. */
export interface PageOptions {
  /** The address of the page on its host, `/about/keys/`: everything of the keys lies below it. */
  readonly base: string
  /** `https://example.org`, without a slash at the end. */
  readonly siteUrl: string
}

/** What templates see as `keys`: plain data, and each part of the page as HTML, ready to be put anywhere. */
export interface KeysPage {
  readonly url: string
  readonly serial: number
  /** ISO days. */
  readonly issued: string
  readonly validUntil?: string | undefined
  readonly signer: string
  /** `SHA256:…` of the key that signed. */
  readonly signerKey: string
  readonly accounts: readonly (AccountView & {
    /** An id for its heading. */
    readonly anchor: string
    readonly parts: AccountParts
  })[]
  readonly keys: Publication['manifest']['keys']
  readonly history: Publication['history']
  readonly parts: PageParts
}

type AccountParts = Readonly<Record<'links' | 'qr' | 'devices' | 'codes' | 'forms' | 'revoked', string>>
type PageParts = Readonly<Record<'head' | 'compare' | 'others' | 'clients' | 'signature' | 'history', string>>

/** Takes a verified manifest and nothing else: what is not signed cannot reach a page. */
export function renderKeys(publication: Publication, { base, siteUrl }: PageOptions): KeysPage {
  const { manifest, signerKey, history, isExpired } = publication
  return {
    url: base,
    serial: manifest.serial,
    issued: manifest.issued,
    validUntil: manifest.validUntil,
    signer: manifest.signer,
    signerKey,
    accounts: manifest.accounts.map((account, n) => {
      const view = viewAccount(account, publication)
      const parts = isExpired
        ? expiredParts(view, manifest.validUntil ?? manifest.issued)
        : accountParts(view, base)
      return { ...view, anchor: `account-${n + 1}`, parts }
    }),
    keys: manifest.keys,
    history,
    parts: {
      head: String(markup`<link rel="stylesheet" href="${base}keys.css">`),
      compare: isExpired ? '' : String(comparePart(base)),
      others: String(otherKeysPart(manifest.keys, base)),
      clients: String(clientsPart()),
      signature: String(signaturePart(publication, base, siteUrl)),
      history: String(historyPart(history, base)),
    },
  }
}

const accountParts = (account: AccountView, base: string): AccountParts => ({
  links: String(linksPart(account)),
  qr: String(qrPart(account, base)),
  devices: String(devicesPart(account)),
  codes: String(deviceCodesPart(account, base)),
  forms: String(formsPart(account)),
  revoked: String(revokedPart(account)),
})

/** Of a manifest that nobody has signed anew in time: what the devices were, and nothing to tap, scan or paste. */
const expiredParts = (account: AccountView, since: string): AccountParts => ({
  links: String(expiredPart(account.label, since)),
  qr: '',
  devices: String(devicesPart(account)),
  codes: '',
  forms: '',
  revoked: String(revokedPart(account)),
})

/**
 * Partials that every site has without doing anything, by the name that `include` takes; one of the same name among
 * the site’s own layouts takes its place, in the default page too.
 */
export const partials: Readonly<Record<string, string>> = {
  'partials/keys/page': `<%- include('partials/keys/head') %>
<% for (const account of keys.accounts) { %><%- include('partials/keys/account', { account }) %><% } %>
<%- include('partials/keys/compare') %>
<%- include('partials/keys/clients') %>
<%- include('partials/keys/others') %>
<%- include('partials/keys/signature') %>
<%- include('partials/keys/history') %>
`,
  'partials/keys/account': `<section aria-labelledby="<%= account.anchor %>">
<h2 id="<%= account.anchor %>"><%= account.label %></h2>
<%- include('partials/keys/links', { account }) %>
<%- include('partials/keys/qr', { account }) %>
<%- include('partials/keys/devices', { account }) %>
<%- include('partials/keys/codes', { account }) %>
<%- include('partials/keys/forms', { account }) %>
<%- include('partials/keys/revoked', { account }) %>
</section>
`,
  ...Object.fromEntries(
    ['links', 'qr', 'devices', 'codes', 'forms', 'revoked'].map(part => [
      `partials/keys/${part}`,
      `<%- account.parts.${part} %>\n`,
    ]),
  ),
  ...Object.fromEntries(
    ['head', 'compare', 'others', 'clients', 'signature', 'history'].map(part => [
      `partials/keys/${part}`,
      `<%- keys.parts.${part} %>\n`,
    ]),
  ),
}
