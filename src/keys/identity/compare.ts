import { looksLikeLink, normalizeJid, readLink, show, type XmppLink } from './link.ts'

/**
 * Which device is this? One answer for the command line and for the box on the page, which is served this very file and
 * `link.ts`: so it imports nothing else, asks no network, and works wherever there is a list of devices to compare with.
 */
export interface ListedDevice {
  readonly jid: string
  readonly id: number
  readonly name: string
  /** 64 lower-case hexadecimal digits, as `ed25519`. */
  readonly fingerprint: string
  readonly ed25519?: string | undefined
  readonly isRevoked: boolean
}

/** Only `listed` is good news. */
export interface Comparison {
  readonly kind: 'listed' | 'revoked' | 'unlisted' | 'contradiction' | 'unreadable'
  readonly message: string
}

/** What a pasted text says of one key: with a link, also whose and which device’s. */
interface KeyClaim {
  readonly key: string
  readonly jid?: string | undefined
  readonly id?: number | undefined
  readonly isDistrusted?: boolean
  /** What is odd about it and proves nothing, in a sentence. */
  readonly note?: string | undefined
}

const verdict = (kind: Comparison['kind'], message: string): Comparison => ({ kind, message })

/** Compares a fingerprint as any client writes it, a link, or a line for Profanity with the devices listed. */
export function compareText(text: string, listed: readonly ListedDevice[]): Comparison {
  const trimmed = text.trim()
  const claims = looksLikeLink(trimmed) ? claimsOfLink(trimmed) : claimsOfText(trimmed)
  if ('kind' in claims) return claims
  const verdicts = claims.map(claim => judge(claim, listed))
  const order: readonly Comparison['kind'][] = [
    'contradiction',
    'revoked',
    'unlisted',
    'unreadable',
    'listed',
  ]
  const worst = order.find(kind => verdicts.some(each => each.kind === kind)) ?? 'unreadable'
  const messages = verdicts.filter(({ kind }) => kind === worst).map(({ message }) => message)
  return verdict(worst, [...new Set(messages)].join(' '))
}

function judge({ key, jid, id, isDistrusted, note }: KeyClaim, listed: readonly ListedDevice[]): Comparison {
  const device = listed.find(({ fingerprint, ed25519 }) => fingerprint === key || ed25519 === key)
  if (!device) {
    const known = id !== undefined && listed.find(each => each.id === id)
    const other = known ? ` Device ${id} is “${known.name}”, which has another key.` : ''
    return verdict(
      'unlisted',
      `None of the devices listed has the key ${inGroups(key)}.${other} Do not trust it.`,
    )
  }
  const name = `“${device.name}” (${device.id}) of ${device.jid}`
  if (jid !== undefined && normalizeJid(jid) !== normalizeJid(device.jid)) {
    return verdict(
      'contradiction',
      `The key is that of ${name}, but the text says ${show(jid)}. Do not trust it.`,
    )
  }
  if (id !== undefined && id !== device.id) {
    return verdict(
      'contradiction',
      `The key is that of ${name}, but the text says device ${id}. Do not trust it.`,
    )
  }
  if (device.isRevoked && !isDistrusted) {
    return verdict('revoked', `This is ${name}, which is revoked. Do not trust it.`)
  }
  if (isDistrusted && !device.isRevoked) {
    return verdict('contradiction', `The link distrusts ${name}, which is listed as good.`)
  }
  const answer = isDistrusted ? `${name} is revoked, as the link says.` : `This is ${name}.`
  return verdict('listed', note === undefined ? answer : `${answer} ${note}`)
}

function claimsOfLink(text: string): readonly KeyClaim[] | Comparison {
  const { link, strange } = readLink(text)
  if (strange !== undefined) {
    const message = `This link carries something that this page does not say: ${strange}. An app may read another key out of it. Do not open it.`
    return verdict('contradiction', message)
  }
  const claims = claimsOf(link)
  return claims.length > 0
    ? claims
    : verdict('unreadable', 'This link has no fingerprint in it; it proves nothing.')
}

const claimsOf = ({ jid, devices, trust, distrust }: XmppLink): readonly KeyClaim[] => [
  ...devices.map(({ id, fingerprint }) => ({ key: fingerprint, jid, id })),
  ...trust.map(key => ({ key, jid })),
  ...distrust.map(key => ({ key, jid, isDistrusted: true })),
]

/** Fingerprints among words, or a line for Profanity; what could be a part of a link is none of these. */
function claimsOfText(text: string): readonly KeyClaim[] | Comparison {
  if (text === '') return verdict('unreadable', 'Paste a fingerprint or a link.')
  if (/xmpp:|:\/\/|omemo-(?:pq-)?sid|[=%]/i.test(text)) {
    return verdict('unreadable', 'There is a link in it, or a part of one: paste the link alone, all of it.')
  }
  const [, command, jid, rest] = /^\/omemo\s+(trust|untrust)\s+(?:([^\s@]+@\S+)\s+)?(.+)$/s.exec(text) ?? []
  const keys = readFingerprints(rest ?? text)
  if (typeof keys === 'string') return verdict('unreadable', keys)
  return keys.map(({ key, note }) => ({ key, note, jid, isDistrusted: command === 'untrust' }))
}

const wireNote = 'The 05 in front belongs to the way it is sent, not to the fingerprint.'

function readFingerprints(text: string): readonly Pick<KeyClaim, 'key' | 'note'>[] | string {
  const separator = '[\\s\\u00ad\\u200b-\\u200d\\u2060\\ufeff:\\-\\u2010-\\u2015\\u2212]*'
  const whole = new RegExp(
    `(?<![0-9a-z])(0${separator}5${separator})?(?:[0-9a-f]${separator}){63}[0-9a-f](?![0-9a-z])`,
    'giu',
  )
  const found = [...text.matchAll(whole)].map(([digits, prefix]) => ({
    key: fold(digits).slice(-64),
    note: prefix === undefined ? undefined : wireNote,
  }))
  const rest = fold(text.replace(whole, ' ')).match(/[0-9a-f]{8,}/g)
  if (found.length > 0 && !rest) return found
  const digits = fold(text)
  if (!/^[0-9a-f]+$/.test(digits)) {
    return 'This is not a fingerprint: it has to be eight groups of eight digits, 0–9 and a–f.'
  }
  return `This has ${digits.length} digits of 64. Copy all eight groups of one device.`
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
      isRevoked: dataset.revoked !== undefined,
    }),
  )
  const box = page.querySelector<HTMLTextAreaElement>('#keys-compare-text')
  const answer = page.querySelector<HTMLElement>('#keys-compare-answer')
  const compare = () => {
    const { kind, message } = compareText(box?.value ?? '', listed)
    const isEmpty = (box?.value ?? '').trim() === ''
    if (!answer) return
    answer.dataset.verdict = isEmpty ? '' : kind
    answer.textContent = isEmpty ? '' : message
  }
  box?.addEventListener('input', compare)
  for (const element of page.querySelectorAll<HTMLElement>('[data-enhanced][hidden]')) element.hidden = false
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    button.addEventListener('click', () => void copy(button))
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const label = [...button.childNodes]
  try {
    await navigator.clipboard.writeText(button.dataset.copy ?? '')
    button.replaceChildren('Copied')
  } catch {
    button.replaceChildren('Select and copy it by hand')
  }
  setTimeout(() => button.replaceChildren(...label), 2000)
}

if ('document' in globalThis) enhance(document)
