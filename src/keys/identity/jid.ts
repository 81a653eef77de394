import { domainToASCII, domainToUnicode } from 'node:url'
import { parse } from '@xmpp/jid'
import { refuse, type Checked } from './refusal.ts'

export interface JidOptions {
  /** Let the local part hold letters of other scripts than Latin. */
  readonly allowUnicode: boolean
}

/** RFC 7622, section 3.1: no part of a JID may be longer. */
const longestPart = 1023

/**
 * Accepts a bare JID in its normal form and nothing else. Stricter than RFC 7622 and than `@xmpp/jid`, which lets
 * `?`, `;`, quotes, spaces and mixed scripts through: an address is put into links that carry fingerprints, and
 * none may smuggle in one of its own or look like somebody else's.
 */
export function checkJid(text: string, { allowUnicode }: JidOptions): Checked<string> {
  const [local = '', domain = '', ...more] = text.split('@')
  if (text.startsWith('xmpp:')) return wrong('This is a link, not an address', `write ${text.slice(5)}`)
  const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.exec(text)?.[0]
  if (hidden !== undefined) {
    const point = (hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return wrong(`The address has the invisible character U+${point} in it`, 'type it again by hand')
  }
  if (/\s/u.test(text)) return wrong('The address has white space in it', 'write it without')
  if (text !== text.normalize('NFC')) {
    return wrong('The address is not in Unicode normal form C', `type it again: ${text.normalize('NFC')}`)
  }
  if (domain.includes('/')) {
    return wrong('The address names a resource', `write the bare address: ${text.replace(/\/.*/su, '')}`)
  }
  if (more.length > 0 || local === '' || domain === '') {
    return wrong('An address is a name, one @ and a domain', 'write it like press@example.org')
  }
  if ([local, domain].some(part => Buffer.byteLength(part) > longestPart)) {
    return wrong(
      `A part of the address is longer than ${longestPart} bytes`,
      'check it: no server allows that',
    )
  }
  if (text !== text.toLowerCase()) {
    return wrong(
      'The address is not in its normal form, which has no capitals',
      `write jid: ${text.toLowerCase()}, and label: ${text} to show it so`,
    )
  }
  const refusal = (checkLocal(local, allowUnicode) ?? checkDomain(domain))?.refusal
  if (refusal) return { refusal }
  return parse(text).toString() === text
    ? { value: text }
    : wrong('XMPP software reads this address as another one', `write ${parse(text).toString()}`)
}

const wrong = (message: string, hint: string) => refuse('keys/jid', message, hint)

function checkLocal(local: string, allowUnicode: boolean) {
  if (/^[a-z0-9][a-z0-9._~+-]*$/.test(local)) return undefined
  const ascii = /[^\p{L}\p{M}\p{N}._~+-]/u.exec(local)?.[0]
  if (ascii !== undefined) {
    return wrong(
      `“${ascii}” in front of the @ could change what a link means`,
      'use an address of letters, digits and . _ ~ + -',
    )
  }
  if (!/^[\p{L}\p{N}]/u.test(local)) {
    return wrong('The address begins with a mark', 'it must begin with a letter or a digit')
  }
  if (!isOneScript(local)) return mixed(local)
  if (!allowUnicode) {
    return wrong(
      `“${local}” has letters beyond a–z, and some of them look like others`,
      'if the address really is written so, add allowUnicode: true to the account',
    )
  }
  return undefined
}

/** Letters, digits and hyphens, labels of 1–63, 253 in all (RFC 1035, section 2.3.4, RFC 5890, section 2.3.1). */
function checkDomain(domain: string) {
  if (/:\d*$/.test(domain)) return wrong('The address names a port', 'leave it out')
  const labels = domain.split('.')
  const plain = /^[\p{L}\p{N}]([\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u
  const odd = labels.find(label => !plain.test(label))
  if (odd === '')
    return wrong('The domain has an empty label', 'two dots in a row, or one at an end: remove it')
  if (odd !== undefined) {
    return wrong(
      `“${odd}” is no part of a domain name`,
      'letters, digits and hyphens, and no hyphen at either end',
    )
  }
  const foreign = labels.find(label => !isOneScript(label))
  if (foreign !== undefined) return mixed(foreign)
  const ascii = domainToASCII(domain)
  const roundTrip = labels.some(label => label.startsWith('xn--'))
    ? domainToASCII(domainToUnicode(domain))
    : domainToUnicode(ascii)
  if (ascii === '' || roundTrip !== domain) {
    return wrong('The domain is not in its normal form', `write it as the domain name system has it`)
  }
  if (ascii.length > 253 || ascii.split('.').some(label => label.length > 63)) {
    return wrong('The domain is longer than a domain name may be', 'labels have 63 letters, the whole 253')
  }
  return undefined
}

const mixed = (text: string) =>
  wrong(
    `“${text}” mixes letters of several scripts, which look alike`,
    'type it again on one keyboard layout: a Cyrillic “а” is not a Latin “a”',
  )

/** The scripts that people write addresses in; Japanese and Korean mix theirs. */
const scripts =
  'Latin Cyrillic Greek Armenian Georgian Hebrew Arabic Devanagari Bengali Gurmukhi Gujarati Tamil Telugu ' +
  'Kannada Malayalam Sinhala Thai Lao Tibetan Myanmar Khmer Ethiopic Mongolian'

const scriptSets = [
  ...scripts.split(' ').map(script => [script]),
  ['Han', 'Hiragana', 'Katakana'],
  ['Han', 'Hangul'],
  ['Han', 'Bopomofo'],
].map(names => new RegExp(`^[${names.map(name => `\\p{Script=${name}}`).join('')}]+$`, 'u'))

/** An address in a script that is not listed above is refused, not guessed at. */
function isOneScript(text: string): boolean {
  const letters = text.replace(/[\p{Script=Common}\p{Script=Inherited}]/gu, '')
  return letters === '' || scriptSets.some(set => set.test(letters))
}

/** The address as the domain name system spells it, when that differs: what a reader compares. */
export function punycode(jid: string): string | undefined {
  const at = jid.indexOf('@')
  const domain = jid.slice(at + 1)
  const other = domain.includes('xn--') ? domainToUnicode(domain) : domainToASCII(domain)
  return other === domain ? undefined : `${jid.slice(0, at)}@${other}`
}
