import { markup } from '../../core/html.ts'
import { appsPart } from './apps.ts'
import {
  deviceCodesPart,
  devicesPart,
  expiredPart,
  linksPart,
  qrImage,
  revokedPart,
  startPart,
  type PartContext,
} from './parts.ts'
import { comparePart, historyPart, otherKeysPart, signaturePart } from './sections.ts'
import type { Publication } from '../verify/verify.ts'
import { viewAccount, type AccountView } from './view.ts'
import { createWordbook, type WordOptions } from './words/wordbook.ts'

/** Where the page is, and the site that it is of. */
export interface PageOptions {
  /** The address of the page on its host, `/about/keys/`: everything of the keys lies below it. */
  readonly base: string
  /** `https://example.org`, without a slash at the end. */
  readonly siteUrl: string
}

/** All that a page of verified keys is made of: plain data, so that it can be cloned into another thread. */
export interface KeysData
  extends PageOptions, Pick<Publication, 'manifest' | 'signerKey' | 'history' | 'isExpired'> {
  readonly accounts: readonly AccountView[]
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
  /** The language of the parts: the page’s, where there are words of it, else `en`. */
  readonly lang: string
  readonly accounts: readonly (AccountView & {
    /** An id for its heading. */
    readonly anchor: string
    readonly parts: AccountParts
  })[]
  readonly keys: Publication['manifest']['keys']
  readonly history: Publication['history']
  readonly parts: PageParts
}

const accountPartNames = ['start', 'apps', 'devices', 'revoked', 'codes', 'links', 'qr'] as const
const pagePartNames = ['head', 'compare', 'others', 'signature', 'history'] as const

type AccountParts = Readonly<Record<(typeof accountPartNames)[number], string>>
type PageParts = Readonly<Record<(typeof pagePartNames)[number], string>>

/** Takes a verified manifest and nothing else: what is not signed cannot reach a page. */
export const describeKeys = (publication: Publication, { base, siteUrl }: PageOptions): KeysData => {
  const { manifest, signerKey, history, isExpired } = publication
  const accounts = manifest.accounts.map(account => viewAccount(account, publication))
  return { base, siteUrl, manifest, signerKey, history, isExpired, accounts }
}

/** The page of verified keys in the words of a language. */
export function renderKeys(data: KeysData, wordOptions: WordOptions): KeysPage {
  const { base, siteUrl, manifest, signerKey, history, isExpired } = data
  const context: PartContext = { base, siteUrl, signerKey, manifest, words: createWordbook(wordOptions) }
  return {
    url: base,
    serial: manifest.serial,
    issued: manifest.issued,
    validUntil: manifest.validUntil,
    signer: manifest.signer,
    signerKey,
    lang: context.words.lang,
    accounts: data.accounts.map((account, n) => {
      const anchor = `account-${n + 1}`
      const parts = isExpired
        ? expiredParts(account, manifest.validUntil ?? manifest.issued, context)
        : accountParts(account, anchor, context)
      return { ...account, anchor, parts }
    }),
    keys: manifest.keys,
    history,
    parts: {
      head: String(markup`<link rel="stylesheet" href="${base}keys.css">`),
      compare: isExpired ? '' : String(comparePart(context)),
      others: String(otherKeysPart(manifest.keys, context)),
      signature: String(signaturePart(data, context)),
      history: String(historyPart(history, context)),
    },
  }
}

const accountParts = (account: AccountView, anchor: string, context: PartContext): AccountParts => ({
  start: String(startPart(account, context)),
  apps: String(appsPart(account, { ...context, anchor })),
  devices: String(devicesPart(account, context)),
  revoked: String(revokedPart(account, context)),
  codes: String(deviceCodesPart(account, context)),
  links: String(linksPart(account, context)),
  qr: account.qr ? String(markup`<p class="keys-qr">${qrImage(account.qr, context)}</p>`) : '',
})

/** Of a manifest that nobody has signed anew in time: what the devices were, and nothing to tap, scan or paste. */
const expiredParts = (account: AccountView, since: string, context: PartContext): AccountParts => ({
  start: String(expiredPart(account, since, context)),
  apps: '',
  devices: String(devicesPart(account, context)),
  revoked: String(revokedPart(account, context)),
  codes: '',
  links: '',
  qr: '',
})

/**
 * Partials that every site has without doing anything, by the name that `include` takes; one of the same name among
 * the site’s own layouts takes its place, in the default page too.
 */
export const partials: Readonly<Record<string, string>> = {
  'partials/keys/page': `<%- include('partials/keys/head') %>
<% for (const account of keys.accounts) { %><%- include('partials/keys/account', { account }) %><% } %>
<%- include('partials/keys/compare') %>
<%- include('partials/keys/others') %>
<%- include('partials/keys/signature') %>
<%- include('partials/keys/history') %>
`,
  'partials/keys/account': `<section class="keys-account" aria-labelledby="<%= account.anchor %>">
<h2 id="<%= account.anchor %>"><%= account.label %></h2>
<%- include('partials/keys/start', { account }) %>
<%- include('partials/keys/apps', { account }) %>
<%- include('partials/keys/devices', { account }) %>
<%- include('partials/keys/revoked', { account }) %>
<%- include('partials/keys/codes', { account }) %>
<%- include('partials/keys/links', { account }) %>
</section>
`,
  ...Object.fromEntries(
    accountPartNames.map(part => [`partials/keys/${part}`, `<%- account.parts.${part} %>\n`]),
  ),
  ...Object.fromEntries(pagePartNames.map(part => [`partials/keys/${part}`, `<%- keys.parts.${part} %>\n`])),
}
