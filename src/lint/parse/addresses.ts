import type { Span } from '../../core/types.ts'

/**
 * Where addresses stand in running text: `https://…`, `//host/…`, `www.…`, `mailto:…`, `name@host`. More than what becomes
 * a link: an address that does not is an address all the same. Linear in the text.
 */
export function findAddresses(text: string): readonly Span[] {
  const spans: Span[] = []
  let seen = 0
  let done = 0
  sign.lastIndex = 0
  for (let match = sign.exec(text); match; match = sign.exec(text)) {
    const [mark, scheme] = match
    const end = sign.lastIndex
    const colon = mark === '//' && match.index > seen && text[match.index - 1] === ':'
    const start = match.index - (colon ? 1 : mark === '.' ? 3 : (scheme?.length ?? 0))
    const span = mark === '@' ? mailbox(text, start, done) : webAddress(text, [start, end], done)
    seen = end
    if (span) spans.push(span)
    if (span) sign.lastIndex = seen = done = span[1]
  }
  return spans
}

/** What every address has, with a mark first that is rare. */
const sign = /\/\/|@|:(?=\S)(?<=(mailto|xmpp|tel|sms|magnet|geo|data|urn):)|\.(?<=www\.)/gi

const inAddress = /[^\s<>"«»“”„‟`|\u2028\u2029]+/y
const encodedBlank = /&(?:nbsp|#160|#8239|#xa0|#x202f|e[nm]sp|thinsp);.*$/is
const closing = new Set(".,;:!?'’)]*_~…")

/** `begun`: the span of what an address begins with, or what is between its scheme and its host. */
function webAddress(text: string, [from, to]: Span, floor: number): Span | undefined {
  let start = from
  if (text.startsWith('://', from))
    while (start > floor && from - start < 12 && /[a-z\d+.-]/i.test(text[start - 1] as string)) start--
  else if (start > floor && /[\p{L}\d]/u.test(text[start - 1] as string)) return undefined
  inAddress.lastIndex = to
  const rest = withoutClosing(withoutBlanks(balanced(inAddress.exec(text)?.[0] ?? '')))
  return rest ? [start, to + rest.length] : undefined
}

const withoutBlanks = (address: string) =>
  address.includes('&') ? address.replace(encodedBlank, '') : address

/** Without the marks at its end, which are the sentence's. A pattern that ends with `$` would look from each of them. */
function withoutClosing(address: string): string {
  let end = address.length
  while (closing.has(address[end - 1] as string)) end--
  return address.slice(0, end)
}

/** Up to a bracket that the address does not open: it closes what stands around it, such as a link’s destination. */
function balanced(address: string): string {
  if (!brackets.test(address)) return address
  let [round, square] = [0, 0]
  for (let i = 0; i < address.length; i++) {
    const character = address[i]
    if (character === '(') round++
    else if (character === '[') square++
    else if ((character === ')' && --round < 0) || (character === ']' && --square < 0))
      return address.slice(0, i)
  }
  return address
}

const brackets = /[()[\]]/

/** RFC 5321 allows 64 characters before the at sign and 255 behind it. */
function mailbox(text: string, at: number, floor: number): Span | undefined {
  let start = at
  while (start > floor && at - start < 64 && /[\w.+'-]/.test(text[start - 1] as string)) start--
  const host = /^@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/.exec(text.slice(at, at + 256))
  return host && start < at ? [start, at + host[0].length] : undefined
}

/** The number of the first span that ends behind `offset`. */
export function firstAfter(spans: readonly Span[], offset: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle] as Span)[1] <= offset) low = middle + 1
    else high = middle
  }
  return low
}
