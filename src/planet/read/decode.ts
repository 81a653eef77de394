import { isUtf8 } from 'node:buffer'

/** The encoding that the text names is none, or the text is not in it. */
export interface Undecodable {
  readonly refusal: string
}

/**
 * The text of a feed. What names its encoding, in this order (RFC 7303, section 3): a byte order mark, the charset of the
 * Content-Type, the XML declaration. Bytes that are UTF-8 are read so whenever one of them says so or none says anything, since
 * servers name a charset that their author knows nothing of. A few broken characters are replaced.
 */
export function decode(bytes: Buffer, contentType = ''): string | Undecodable {
  const marked = markedEncoding(bytes)
  if (marked !== undefined) return clean(new TextDecoder(marked).decode(bytes))
  const named = [
    /;\s*charset\s*=\s*["']?([^"';,\s]+)/i.exec(contentType)?.[1],
    /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([^"'>\s]+)["']/.exec(bytes.toString('latin1', 0, 400))?.[1],
  ].filter(name => name !== undefined)
  const decoders = named.map(decoderFor)
  const isNamedUtf8 = decoders.length === 0 || decoders.some(decoder => decoder?.encoding === 'utf-8')
  if (isNamedUtf8 && isUtf8(bytes)) return clean(bytes.toString('utf8'))
  for (const decoder of decoders) {
    // UTF-16 that has no mark is looked at above; what is said of it here is a mistake.
    if (!decoder || decoder.encoding.startsWith('utf-16')) continue
    const text = attempt(decoder, bytes)
    if (text !== undefined) return clean(text)
  }
  if (isUtf8(bytes)) return clean(bytes.toString('utf8'))
  if (isNamedUtf8) {
    const text = bytes.toString('utf8')
    const broken = text.match(/\uFFFD/g)?.length ?? 0
    if (broken <= (text.match(/[^\0-\x7f\uFFFD]/g)?.length ?? 0)) return clean(text)
    return {
      refusal:
        named.length === 0 ? 'It names no encoding, and is not UTF-8' : 'It is said to be UTF-8, and is not',
    }
  }
  return { refusal: `It is said to be in “${named.join('” and “')}”, and is not` }
}

/** By its first bytes: XML 1.0, appendix F.1. */
function markedEncoding(bytes: Buffer): string | undefined {
  const start = bytes.toString('latin1', 0, 4)
  if (start.startsWith('\xef\xbb\xbf')) return 'utf-8'
  if (/^(?:\xff\xfe|<\0[^\0])/.test(start)) return 'utf-16le'
  if (/^(?:\xfe\xff|\0<\0)/.test(start)) return 'utf-16be'
  return undefined
}

function decoderFor(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label, { fatal: true })
  } catch {
    return undefined
  }
}

function attempt(decoder: TextDecoder, bytes: Buffer): string | undefined {
  try {
    const text = decoder.decode(bytes)
    return decoder.encoding === 'windows-1252' ? text.replace(/[\x80-\x9f]/g, fromWindows) : text
  } catch {
    return undefined
  }
}

/** What 0x80 to 0x9F are in windows-1252; some versions of Node take them for the control characters of ISO 8859-1. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

const fromWindows = (control: string) => WINDOWS[control.charCodeAt(0) - 0x80] ?? control

/** Without the mark, and without the characters that XML cannot have: one of them must not cost a whole feed. */
const clean = (text: string) =>
  text.replace(/^\uFEFF/, '').replace(/[\0-\x08\x0b\x0c\x0e-\x1f\uFFFE\uFFFF]/g, '')
