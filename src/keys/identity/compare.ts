import { compareWords, fillWords, type CompareWords } from './compare-words.ts'
import { looksLikeLink, normalizeJid, readLink, show, type XmppLink } from './link.ts'

/**
 * Which device is this? One answer for the command line and for the box on the page, which is served this very file and
 * the two that it imports: so they import nothing else, ask no network, and work wherever there is a list of devices to
 * compare with.
 */
export interface ListedDevice {
  readonly jid: string
  readonly id: number
  readonly name: string
  /** 64 lower-case hexadecimal digits, as `ed25519` and `pq`. */
  readonly fingerprint: string
  readonly ed25519?: string | undefined
  readonly pq?: string | undefined
  readonly isRevoked: boolean
}

/** Only `listed` is good news. */
export interface Comparison {
  readonly kind: 'listed' | 'revoked' | 'unlisted' | 'contradiction' | 'unreadable'
  readonly message: string
}

/** The keys that a device has; each is read by other clients, or under another name of a link. */
const keyKinds = ['fingerprint', 'ed25519', 'pq'] as const

/** What a pasted text says of one key: with a link, also whose, which device’s, and of which kind. */
interface KeyClaim {
  readonly key: string
  readonly jid?: string | undefined
  readonly id?: number | undefined
  readonly as?: (typeof keyKinds)[number]
  readonly isDistrusted?: boolean
  /** With the byte of the wire format in front. */
  readonly isWire?: boolean
}

/** Compares a fingerprint as any client writes it, a link, or a line for Profanity with the devices listed. */
export function compareText(
  text: string,
  listed: readonly ListedDevice[],
  words: CompareWords = compareWords,
): Comparison {
  const trimmed = text.trim()
  const say: Say = (kind, word, values = {}) => ({ kind, message: fillWords(words[word], values) })
  const claims = looksLikeLink(trimmed) ? claimsOfLink(trimmed, say, words) : claimsOfText(trimmed, say)
  if ('kind' in claims) return claims
  const verdicts = claims.map(claim => judge(claim, listed, { say, words }))
  const order: readonly Comparison['kind'][] = [
    'contradiction',
    'revoked',
    'unlisted',
    'unreadable',
    'listed',
  ]
  const worst = order.find(kind => verdicts.some(each => each.kind === kind)) ?? 'unreadable'
  const messages = verdicts.filter(({ kind }) => kind === worst).map(({ message }) => message)
  return { kind: worst, message: [...new Set(messages)].join(' ') }
}

type Say = (
  kind: Comparison['kind'],
  word: keyof CompareWords,
  values?: Readonly<Record<string, string | number>>,
) => Comparison

function judge(
  { key, jid, id, as, isDistrusted, isWire }: KeyClaim,
  listed: readonly ListedDevice[],
  { say, words }: { readonly say: Say; readonly words: CompareWords },
): Comparison {
  const owner = listed.find(each => keyKinds.some(kind => each[kind] === key))
  if (!owner) {
    const known = id === undefined ? undefined : listed.find(each => each.id === id)
    return known
      ? say('unlisted', 'unlistedId', { key: inGroups(key), id: known.id, name: known.name })
      : say('unlisted', 'unlisted', { key: inGroups(key) })
  }
  const device = fillWords(words.device, { name: owner.name, id: owner.id, address: owner.jid })
  if (jid !== undefined && normalizeJid(jid) !== normalizeJid(owner.jid)) {
    return say('contradiction', 'otherAddress', { device, address: show(jid) })
  }
  if (id !== undefined && id !== owner.id) return say('contradiction', 'otherId', { device, id })
  if (as !== undefined && owner[as] !== key) return say('contradiction', 'otherKind', { device })
  if (owner.isRevoked)
    return say(isDistrusted ? 'listed' : 'revoked', isDistrusted ? 'revokedAsSaid' : 'revoked', { device })
  if (isDistrusted) return say('contradiction', 'distrusted', { device })
  return say('listed', owner.pq === key ? 'listedPq' : isWire ? 'listedWire' : 'listed', { device })
}

const strangeWords = {
  address: 'strangeAddress',
  item: 'strangeItem',
  device: 'strangeDevice',
  key: 'strangeKey',
} as const

function claimsOfLink(text: string, say: Say, words: CompareWords): readonly KeyClaim[] | Comparison {
  const { link, strange } = readLink(text)
  if (strange !== undefined) {
    const what = fillWords(words[strangeWords[strange.kind]], { text: strange.text })
    return say('contradiction', 'strange', { what })
  }
  const claims = claimsOf(link)
  return claims.length > 0 ? claims : say('unreadable', 'noKeys')
}

const claimsOf = ({ jid, devices, pq, trust, distrust }: XmppLink): readonly KeyClaim[] => [
  ...devices.map(({ id, fingerprint }): KeyClaim => ({ key: fingerprint, jid, id, as: 'fingerprint' })),
  ...pq.map(({ id, fingerprint }): KeyClaim => ({ key: fingerprint, jid, id, as: 'pq' })),
  ...trust.map((key): KeyClaim => ({ key, jid, as: 'ed25519' })),
  ...distrust.map((key): KeyClaim => ({ key, jid, as: 'ed25519', isDistrusted: true })),
]

/** Fingerprints among words, or a line for Profanity; what could be a part of a link is none of these. */
function claimsOfText(text: string, say: Say): readonly KeyClaim[] | Comparison {
  if (text === '') return say('unreadable', 'nothing')
  if (/xmpp:|:\/\/|omemo-(?:pq-)?sid|[=%]/i.test(text)) return say('unreadable', 'partOfLink')
  const [, command, jid, rest] = /^\/omemo\s+(trust|untrust)\s+(?:([^\s@]+@\S+)\s+)?(.+)$/s.exec(text) ?? []
  const keys = readFingerprints(rest ?? text, say)
  if ('kind' in keys) return keys
  return keys.map(({ key, isWire }) => ({ key, isWire, jid, isDistrusted: command === 'untrust' }))
}

function readFingerprints(
  text: string,
  say: Say,
): readonly { readonly key: string; readonly isWire: boolean }[] | Comparison {
  const separator = '[\\s\\u00ad\\u200b-\\u200d\\u2060\\ufeff:\\-\\u2010-\\u2015\\u2212]*'
  const whole = new RegExp(
    `(?<![0-9a-z])(0${separator}5${separator})?(?:[0-9a-f]${separator}){63}[0-9a-f](?![0-9a-z])`,
    'giu',
  )
  const found = [...text.matchAll(whole)].map(([digits, prefix]) => ({
    key: fold(digits).slice(-64),
    isWire: prefix !== undefined,
  }))
  const rest = fold(text.replace(whole, ' ')).match(/[0-9a-f]{8,}/g)
  if (found.length > 0 && !rest) return found
  const digits = fold(text)
  return /^[0-9a-f]+$/.test(digits)
    ? say('unreadable', 'tooShort', { count: digits.length })
    : say('unreadable', 'notAFingerprint')
}

const inGroups = (key: string) => key.replace(/.{8}(?=.)/g, '$& ')

/** As `foldFingerprint`, without the reasons. */
const fold = (text: string) =>
  text.replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff:\-\u2010-\u2015\u2212]/gu, '').toLowerCase()

/** Makes the box and the copy buttons of the page work. Without it both stay hidden, and the page is whole. */
function enhance(page: Document): void {
  const listed = [...page.querySelectorAll<HTMLElement>('[data-fingerprint]')].map(
    ({ dataset }): ListedDevice => ({
      jid: dataset.jid ?? '',
      id: Number(dataset.device),
      name: dataset.name ?? '',
      fingerprint: dataset.fingerprint ?? '',
      ed25519: dataset.ed25519,
      pq: dataset.pq,
      isRevoked: dataset.revoked !== undefined,
    }),
  )
  const words: CompareWords = {
    ...compareWords,
    ...(JSON.parse(page.querySelector<HTMLElement>('[data-words]')?.dataset.words ?? '{}') as CompareWords),
  }
  const box = page.querySelector<HTMLTextAreaElement>('#keys-compare-text')
  const answer = page.querySelector<HTMLElement>('#keys-compare-answer')
  const compare = () => {
    const { kind, message } = compareText(box?.value ?? '', listed, words)
    const isEmpty = (box?.value ?? '').trim() === ''
    if (!answer) return
    answer.dataset.verdict = isEmpty ? '' : kind
    answer.textContent = isEmpty ? '' : message
  }
  box?.addEventListener('input', compare)
  for (const element of page.querySelectorAll<HTMLElement>('[data-enhanced][hidden]')) element.hidden = false
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.addEventListener('click', () => void copy(button, words))
  }
}

async function copy(button: HTMLButtonElement, { copied, copyByHand }: CompareWords): Promise<void> {
  const label = [...button.childNodes]
  try {
    await navigator.clipboard.writeText(button.dataset.copy ?? '')
    button.replaceChildren(copied)
  } catch {
    button.replaceChildren(copyByHand)
  }
  setTimeout(() => button.replaceChildren(...label), 2000)
}

if ('document' in globalThis) enhance(document)
