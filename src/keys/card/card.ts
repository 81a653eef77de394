import { diagnostic } from '../../core/diagnostic.ts'
import { markup, type Html } from '../../core/html.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import type { PageOptions } from '../page/page.ts'
import { viewAccount, type AccountView } from '../page/view.ts'
import { drawSvg, encodeQr } from '../qr/encode.ts'
import { checkQrFiles } from '../qr/read-image.ts'
import type { Publication } from '../verify/verify.ts'
import { cardStyle } from './style.ts'
import { vCard } from './vcard.ts'
import { cardWords, type CardWords } from './words.ts'

/** A card and a poster of every account, for a page below that of the keys. */
export interface KeysCard {
  /** The sheets, by language; `en` is always there. */
  readonly parts: Readonly<Record<string, string>>
  /** What they need, by its path relative to the folder of the keys page. */
  readonly files: ReadonlyMap<string, string>
}

/** The template that stands in for the body of the card’s page, by the name that `include` takes. */
export const cardPartial = {
  'partials/keys/card': `<%- keys.card[page.lang.split('-')[0]] ?? keys.card.en %>\n`,
} as const

/** Takes a verified manifest and nothing else. Of one that is past its validity, and of an account without a code, there is no card. */
export function renderCard(publication: Publication, options: PageOptions): Result<KeysCard> {
  const { manifest, signerKey, isExpired, document } = publication
  const views = manifest.accounts.map(account => viewAccount(account, publication))
  const diagnostics: Diagnostic[] = []
  const files = new Map([['card.css', cardStyle]])
  const shown = isExpired ? [] : views.filter(({ qr }) => qr !== undefined)
  for (const view of shown) {
    const text = vCard(view, signerKey)
    const { value: modules, refusal } = encodeQr(text)
    const svg = modules && drawSvg(modules, `${view.label}, vCard`)
    const wrong = svg === undefined ? refusal : checkQrFiles([svg], text).refusal
    if (svg !== undefined && !wrong) files.set(vCardPath(view), svg)
    if (!wrong) continue
    const n = views.indexOf(view)
    const rest = { hint: wrong.hint, file: document.file, span: document.spanOf(['accounts', n, 'jid']) }
    diagnostics.push(diagnostic(wrong.code, wrong.message, rest))
  }
  const parts = Object.entries(cardWords).map(([lang, words]) => {
    const sheets = shown.map(view => sheetsOf(view, { ...options, signerKey, words }))
    const head = markup`<link rel="stylesheet" href="${options.base}card.css">`
    const hint = markup`<p>${shown.length === 0 ? words.nothing : words.print}</p>`
    return [lang, String(markup`${[head, hint, ...sheets]}`)] as const
  })
  return diagnostics.length > 0
    ? { diagnostics }
    : { value: { parts: Object.fromEntries(parts), files }, diagnostics }
}

const vCardPath = ({ qr }: AccountView) => `qr/${qr?.name}.vcard.svg`

interface SheetOptions extends PageOptions {
  readonly signerKey: string
  readonly words: CardWords
}

/** Two sides of a card, and a poster. */
function sheetsOf(account: AccountView, { base, siteUrl, signerKey, words }: SheetOptions): Html {
  const { label, qr } = account
  const code = markup`<img src="${base}qr/${encodeURI(qr?.name ?? '')}.svg" alt="${qr?.title}">`
  const entry = markup`<img src="${base}${encodeURI(vCardPath(account))}" alt="${words.entry}: ${label}">`
  const page = `${siteUrl}${base}`.replace(/^https?:\/\//, '')
  const signer = markup`<p>${words.signed} <code>${signerKey}</code></p>`
  const address = markup`<p>${words.page} <code>${page}</code></p>`
  return markup`<section class="keys-sheet keys-card" aria-label="${words.front}">
      <h2>${label}</h2>
      ${code}
      <p>${words.scan}</p>
    </section>
    <section class="keys-sheet keys-card" aria-label="${words.back}">
      <p>${words.entry}</p>
      ${entry} ${address} ${signer}
    </section>
    <section class="keys-sheet keys-poster" aria-label="${words.poster}">
      <h2>${label}</h2>
      ${code}
      <ol>
        ${words.steps.map(step => markup`<li>${step}</li>`)}
      </ol>
      ${address} ${signer}
    </section>`
}
