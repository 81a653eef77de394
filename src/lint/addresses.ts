import type { Span } from '../model.ts'

/**
 * Where addresses stand in running text: `https://…`, `//host/…`, `www.…`, `mailto:…`, `name@host`. More than what becomes
 * a link: an address that does not is an address all the same. Linear in the text.
 */
export function findAddresses(text: string): readonly Span[] {
  if (!sign.test(text)) return none
  const spans: Span[] = []
  const probe = /:?\/\/|@|www\.|(?:mailto|xmpp|tel|sms|magnet|geo|data|urn):(?=\S)/gi
  let done = 0
  for (let match = probe.exec(text); match; match = probe.exec(text)) {
    const span = match[0] === '@' ? mailbox(text, match.index, done) : webAddress(text, match, done)
    if (!span) continue
    spans.push(span)
    probe.lastIndex = done = span[1]
  }
  return spans
}

const none: readonly Span[] = []

/** What every address has, with a mark first that is rare. */
const sign = /\/\/|@|:(?=\S)(?<=(?:mailto|xmpp|tel|sms|magnet|geo|data|urn):)|\.(?<=www\.)/i

const inAddress = /[^\s<>"«»“”„‟`|\u2028\u2029]+/y
const encodedBlank = /&(?:nbsp|#160|#8239|#xa0|#x202f|e[nm]sp|thinsp);.*$/is
const closing = /[.,;:!?'’)\]*_~…]+$/

function webAddress(text: string, match: RegExpExecArray, floor: number): Span | undefined {
  let start = match.index
  if (match[0] === '://')
    while (start > floor && match.index - start < 12 && /[a-z\d+.-]/i.test(text[start - 1] as string)) start--
  else if (start > floor && /[\p{L}\d]/u.test(text[start - 1] as string)) return undefined
  inAddress.lastIndex = match.index + match[0].length
  const rest = inAddress.exec(text)?.[0].replace(encodedBlank, '').replace(closing, '')
  return rest ? [start, match.index + match[0].length + rest.length] : undefined
}

/** RFC 5321 allows 64 characters before the at sign and 255 behind it. */
function mailbox(text: string, at: number, floor: number): Span | undefined {
  let start = at
  while (start > floor && at - start < 64 && /[\w.+'-]/.test(text[start - 1] as string)) start--
  const host = /^@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/.exec(text.slice(at, at + 256))
  return host && start < at ? [start, at + host[0].length] : undefined
}
