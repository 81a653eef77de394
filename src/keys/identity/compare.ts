/**
 * Which device is this? One answer for the command line and for the box on the page, which is served this very file:
 * so it imports nothing, asks no network, and works wherever there is a list of devices to compare with.
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
}

const verdict = (kind: Comparison['kind'], message: string): Comparison => ({ kind, message })

/** Compares a fingerprint as any client writes it, a link, or a Profanity command with the devices listed. */
export function compareText(text: string, listed: readonly ListedDevice[]): Comparison {
  const claims = readClaims(text.trim())
  if (typeof claims === 'string') return verdict('unreadable', claims)
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

function judge({ key, jid, id, isDistrusted }: KeyClaim, listed: readonly ListedDevice[]): Comparison {
  const device = listed.find(({ fingerprint, ed25519 }) => fingerprint === key || ed25519 === key)
  if (!device) {
    const shown = key.replace(/.{8}(?=.)/g, '$& ')
    return verdict('unlisted', `None of the devices listed has the key ${shown}. Do not trust it.`)
  }
  const name = `“${device.name}” (${device.id}) of ${device.jid}`
  if (jid !== undefined && jid !== device.jid) {
    return verdict('contradiction', `The key is that of ${name}, but the text says ${jid}. Do not trust it.`)
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
  return verdict('listed', isDistrusted ? `${name} is revoked, as the link says.` : `This is ${name}.`)
}

/** The claims in a text; or, in words, why there are none. */
function readClaims(text: string): readonly KeyClaim[] | string {
  if (text === '') return 'Paste a fingerprint or a link.'
  const link = /^(?:xmpp:|https:\/\/conversations\.im\/i\/)([^?]*)\??(.*)$/is.exec(text)
  if (link) return readLink(decode(link[1] ?? ''), link[2] ?? '')
  const command = /^\/omemo\s+\w+\s+(?:([^\s@]+@\S+)\s+)?(.+)$/s.exec(text)
  return readFingerprints(command?.[2] ?? text, command?.[1])
}

function readLink(jid: string, query: string): readonly KeyClaim[] | string {
  const claims: KeyClaim[] = []
  for (const item of query.split(/[;&]/)) {
    const [, name = '', id, value = ''] = /^(omemo-sid-(\d+)|trust|distrust)=(.*)$/is.exec(item) ?? []
    if (name === '') continue
    const key = fold(decode(value))
    if (!/^[0-9a-f]{64}$/.test(key)) return `The link has a key that is none: ${value.slice(0, 80)}`
    claims.push({
      key,
      jid,
      id: id === undefined ? undefined : Number(id),
      isDistrusted: name.toLowerCase() === 'distrust',
    })
  }
  return claims.length > 0 ? claims : 'This link has no fingerprint in it; it proves nothing.'
}

function readFingerprints(text: string, jid: string | undefined): readonly KeyClaim[] | string {
  const separator = '[\\s\\u00ad\\u200b-\\u200d\\u2060\\ufeff:\\-\\u2010-\\u2015]*'
  const whole = new RegExp(`(?<![0-9a-z])(?:[0-9a-f]${separator}){63}[0-9a-f](?![0-9a-z])`, 'giu')
  const found = [...text.matchAll(whole)].map(([digits]) => ({ key: fold(digits), jid }))
  const rest = fold(text.replace(whole, ' ')).match(/[0-9a-f]{8,}/g)
  if (found.length > 0 && !rest) return found
  const digits = fold(text)
  if (!/^[0-9a-f]+$/.test(digits)) {
    return 'This is not a fingerprint: it has to be eight groups of eight digits, 0–9 and a–f.'
  }
  return `This has ${digits.length} digits of 64. Copy all eight groups of one device.`
}

/** As `foldFingerprint`, without the reasons. */
const fold = (text: string) =>
  text.replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff:\-\u2010-\u2015\u2212]/gu, '').toLowerCase()

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

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
