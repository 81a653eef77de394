import { refuse, type Checked } from './refusal.ts'

/** The digits in eight groups of eight, which clients lay out each in its own way. */
export const groupsOf = (fingerprint: string): readonly string[] => fingerprint.match(/.{8}/g) ?? []

/** The digits in eight groups, as this program writes them where no client is meant. */
export const inGroups = (fingerprint: string): string => groupsOf(fingerprint).join(' ')

/** What may stand between two digits. White space of any kind, invisible characters that copying picks up, hyphens, dashes, the minus sign, colons: a client with another sign is one more here. */
const separators = /[\s\u00ad\u200b-\u200d\u2060\ufeff\-\u2010-\u2015\u2212:]/gu

const digits = 64

/**
 * Folds a fingerprint, written as any client of `src/keys/clients/` writes it, to 64 lower-case hexadecimal digits.
 * The form only: whether the digits are a key that a client can have made, `curve25519.ts` says.
 */
export function foldFingerprint(text: string): Checked<string> {
  const joined = text.replace(separators, '')
  const folded = joined.toLowerCase()
  const stray = /[^0-9a-f]/iu.exec(joined)?.[0]
  if (stray !== undefined) {
    const name = /\p{C}/u.test(stray) ? codePoint(stray) : `“${stray}” (${codePoint(stray)})`
    return refuse(
      'keys/fingerprint',
      `A fingerprint has only the digits 0–9 and a–f; this has ${name}`,
      looksLike(stray.toLowerCase()) ?? 'copy it again from the client instead of typing it',
    )
  }
  if (folded.length === digits + 2 && folded.startsWith('05')) {
    return refuse(
      'keys/fingerprint',
      'This is 33 bytes long: the 05 in front belongs to the wire format',
      'leave out the first two digits',
    )
  }
  if (folded.length !== digits) {
    return refuse(
      'keys/fingerprint',
      `A fingerprint has ${digits} hexadecimal digits; this has ${folded.length}`,
      folded.length < digits
        ? 'copy all eight groups of it; a shortened fingerprint proves nothing'
        : 'copy one fingerprint only, the eight groups of one device',
    )
  }
  return { value: folded }
}

const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** Letters that a reader takes for a digit, and Cyrillic and Greek twins of a–f. */
function looksLike(stray: string): string | undefined {
  const twins: Record<string, string> = { o: '0', о: '0', l: '1', i: '1', s: '5', z: '2', g: '9' }
  const foreign: Record<string, string> = { а: 'a', в: 'b', с: 'c', е: 'e', α: 'a', ε: 'e' }
  if (foreign[stray])
    return `it looks like the Latin “${foreign[stray]}” and is another letter: type it again`
  return twins[stray] && `is it the digit ${twins[stray]}?`
}
