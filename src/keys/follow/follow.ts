import { vCard } from '../card/vcard.ts'
import { viewAccount } from '../page/view.ts'
import { checkQrFiles } from '../qr/read-image.ts'
import { verifyManifest, type Publication } from '../verify/verify.ts'
import { askAnchors, type AnchorOptions } from './anchors.ts'
import { codesOf, comparePage } from './compare-page.ts'
import { fetchCopy, type PageCopy } from './fetch-copy.ts'
import { ask, judgeChain, judgeDevices, judgeValidity, lines, pinOf, type Verdict } from './judge.ts'
import { createRetriever, printable, usualLimits, type Limits, type Retrieve } from './retrieve.ts'
import type { Pin } from './store.ts'

export interface Look {
  readonly url: string
  readonly verdicts: readonly Verdict[]
  /** What would be remembered after a yes; none where the page could not be seen or is not verified. */
  readonly pin?: Pin | undefined
  readonly publication?: Publication | undefined
}

export interface LookOptions extends AnchorOptions {
  readonly now: Date
  readonly limits?: Limits
}

/**
 * Looks at a page and compares it with what is remembered of it. Never *unchanged* but when every file was had, every signature
 * and the chain are good, the manifest is the one that was pinned, and page and anchors do not contradict it.
 */
export async function lookAt(url: URL, pin: Pin | undefined, options: LookOptions): Promise<Look> {
  const { now, limits = usualLimits } = options
  const began = performance.now()
  const retrieve = createRetriever(limits)
  const { copy, failure } = await fetchCopy(url, retrieve, limits)
  const one = (code: Verdict['code'], message: string, hint: string): Look => ({
    url: url.href,
    verdicts: [{ code, message: printable(message), hint }],
  })
  if (!copy) {
    const hint = 'nothing is known of what is there now; it is not “unchanged”: look again later'
    return one('follow/unreachable', failure, hint)
  }
  const { value: publication, diagnostics } = verifyManifest(copy.sources, {
    now,
    allowExpired: true,
    readBeside: name => copy.beside.get(name),
  })
  if (!publication) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error')
    const endorsed = errors.find(({ code }) => ['keys/endorsement', 'keys/recovery'].includes(code))
    const isClock = errors.every(({ code }) => code === 'keys/date')
    const clock =
      isClock && copy.clock
        ? `; the host’s clock says ${copy.clock.toISOString()}, yours ${now.toISOString()}`
        : ''
    const words = (endorsed ? [endorsed] : errors.slice(0, 3)).map(
      ({ file, message }) => `${file?.path}: ${message}`,
    )
    return one(endorsed ? 'follow/not-endorsed' : 'follow/not-verified', words.join('; ') + clock, ask)
  }
  const verdicts = [
    ...judgeChain(pin, publication),
    ...judgeDevices(pin, publication),
    ...judgeValidity(publication, copy, now),
    ...(await judgePage(url, copy, publication, retrieve)),
    ...(await judgeAnchors(publication, { ...options, limits: withTimeLeft(limits, began) })),
  ]
  const isSilent = verdicts.every(
    ({ code }) => code === 'follow/anchor-agrees' || code === 'follow/anchor-unread',
  )
  const { serial } = publication.manifest
  const unchanged: Verdict = {
    code: 'follow/unchanged',
    message: `manifest ${serial}, as you know it`,
    hint: 'nothing is to be done',
  }
  return {
    url: url.href,
    verdicts: [...(isSilent ? [unchanged] : []), ...verdicts].map(({ code, message, hint }) => ({
      code,
      message: printable(message),
      hint,
    })),
    pin: pinOf(url, publication, now),
    publication,
  }
}

async function judgePage(
  url: URL,
  { html }: PageCopy,
  publication: Publication,
  retrieve: Retrieve,
): Promise<readonly Verdict[]> {
  if (html === undefined) {
    return [
      { code: 'follow/page-differs', message: 'the signed files are there, and the page is not', hint: ask },
    ]
  }
  const card = await retrieve(new URL('card/', url))
  const pages = [
    { address: url, html, name: '' },
    ...(card.kind === 'found'
      ? [{ address: new URL('card/', url), html: card.bytes.toString('utf8'), name: 'its card: ' }]
      : []),
  ]
  const wrong = pages.flatMap(page => comparePage(page.html, publication).map(words => page.name + words))
  const views = publication.manifest.accounts.map(account => viewAccount(account))
  const texts = [
    ...views.flatMap(({ meant }) => Array.from(meant.keys())),
    ...views.map(view => vCard(view, publication.signerKey)),
  ]
  const codes = pages.flatMap(page => codesOf(page.html, page.address)).map(({ href }) => href)
  for (const code of [...new Set(codes)].slice(0, 40)) {
    const address = new URL(code)
    const answer = await retrieve(address)
    if (answer.kind !== 'found') continue
    const file = address.pathname.endsWith('.svg') ? answer.bytes.toString('utf8') : answer.bytes
    if (texts.every(text => checkQrFiles([file], text).refusal)) {
      wrong.push(
        `its code ${address.pathname} says something that no link of the signed file does, or cannot be read`,
      )
    }
  }
  return wrong.length === 0
    ? []
    : [
        {
          code: 'follow/page-differs',
          message: `the page and its signed file disagree${lines(wrong.slice(0, 20))}`,
          hint: ask,
        },
      ]
}

/** The time is for the page and the other places together. */
const withTimeLeft = (limits: Limits, began: number): Limits => ({
  ...limits,
  milliseconds: Math.max(1, Math.round(limits.milliseconds - (performance.now() - began))),
})

const anchorCodes = {
  agrees: 'follow/anchor-agrees',
  unreachable: 'follow/anchor-unread',
  silent: 'follow/anchor-differs',
  disagrees: 'follow/anchor-differs',
} as const

async function judgeAnchors(
  { manifest, signerKey }: Publication,
  options: LookOptions,
): Promise<readonly Verdict[]> {
  const answers = await askAnchors(manifest.anchors ?? [], signerKey, options)
  return answers.map(({ kind, words }) => ({
    code: anchorCodes[kind],
    message: words,
    hint:
      kind === 'agrees'
        ? 'evidence, and no proof'
        : 'the owner may have been slow to change it there, or somebody has changed it here: ask',
  }))
}
