/** A private key that stands in a file: what kind it is, never what it says. */
export interface Secret {
  /** As a person would call it: `an OpenSSH private key`. */
  readonly kind: string
  /** The offset where it begins: in bytes of what was looked at, or in UTF-16 code units of a text. */
  readonly at: number
}

interface SecretForm {
  /** What a file that holds one contains, byte for byte: it is sought first, since most files have none of it. */
  readonly needle: string
  readonly pattern: RegExp
  kind(found: RegExpExecArray): string
}

/** What may stand between two lines of a key: line ends, also as an escape or an element, indents, quotation marks. */
const GAP = String.raw`(?:\s|\\r|\\n|<br ?/?>|&#1[03];|["',>*|]|\+(?![A-Za-z0-9+/=_-]))`

/** A character of a key; a plus before none joins two strings. */
const CHARACTER = String.raw`(?:[A-Za-z0-9/=_-]|\+(?=[A-Za-z0-9+/=_-]))`

/** So much of a key that it is none of a manual’s, with dots where the key would be. */
const BODY = String.raw`${CHARACTER}{16}(?:${GAP}*${CHARACTER}){16}`

const PEM_KINDS: Readonly<Record<string, string>> = {
  OPENSSH: 'an OpenSSH private key',
  PGP: 'an OpenPGP private key',
  RSA: 'an RSA private key',
  EC: 'an EC private key',
  DSA: 'a DSA private key',
  ENCRYPTED: 'an encrypted private key',
  'SSH2 ENCRYPTED': 'an encrypted SSH private key',
}

/** The names under which OMEMO clients and libsignal keep the private half of an identity. */
const OMEMO_NAMES = [
  'identity_key_private',
  'identity_private_key',
  'private_identity_key',
  'identityPrivateKey',
  'identityKeyPrivate',
  'identity_key_pair',
  'identityKeyPair',
  'privKey',
]

const omemoForms = OMEMO_NAMES.map((needle): SecretForm => ({
  needle,
  pattern: new RegExp(
    String.raw`\b${needle}(?:_base64)?\b[^A-Za-z0-9+/\n]{1,12}(?:[A-Za-z0-9+/=_-]{40}|[^{}]{0,200}?"priv\w*"[^A-Za-z0-9]{1,8}[A-Za-z0-9+/=_-]{40})`,
    'g',
  ),
  kind: () => 'an OMEMO client’s private identity key',
}))

/**
 * RFC 7468 and what came before it, OpenPGP’s armour (RFC 9580, section 6.2), SSH2 and PuTTY, age, minisign and signify, JSON Web
 * Keys (RFC 7517), WireGuard, Nostr, Tor, and the stores of OMEMO clients.
 */
const forms: readonly SecretForm[] = [
  {
    needle: 'PRIVATE KEY',
    // Between the header and the key there may be fields (`Proc-Type: 4,ENCRYPTED`, `Version: …`).
    pattern: new RegExp(
      String.raw`-{4,5} ?BEGIN ((?:[A-Z0-9]+ )*)PRIVATE KEY( BLOCK)? ?-{4,5}(?:${GAP}+[A-Z][A-Za-z-]{1,30}: [^\n]{0,200}?(?=\\r|\\n|\s*\n))*${GAP}+${BODY}`,
      'g',
    ),
    kind: ([, algorithm = '']) => PEM_KINDS[algorithm.trim()] ?? 'a private key',
  },
  {
    needle: 'PuTTY-User-Key-File',
    pattern: new RegExp(
      String.raw`PuTTY-User-Key-File-\d[^]{1,4000}?Private-Lines: \d+${GAP}+[A-Za-z0-9+/=]{16}`,
      'g',
    ),
    kind: () => 'a private key of PuTTY',
  },
  {
    needle: 'AGE-SECRET-KEY-',
    pattern: /AGE-SECRET-KEY-(?:PQ-)?1[02-9A-Z]{30,}/g,
    kind: () => 'an age secret key',
  },
  {
    // Base64 of `Ed` and, behind it, the derivation `Sc` or none with the checksum `B2`.
    needle: 'RWRTY0Iy',
    pattern: /\bRWRTY0Iy[A-Za-z0-9+/]{60}/g,
    kind: () => 'a minisign secret key',
  },
  { needle: 'RWQAAEIy', pattern: /\bRWQAAEIy[A-Za-z0-9+/]{60}/g, kind: () => 'a minisign secret key' },
  {
    // Base64 of `EdBK`; a public key is shorter.
    needle: 'RWRCS',
    pattern: /\bRWRCS[A-Za-z0-9+/]{60}/g,
    kind: () => 'a signify secret key',
  },
  {
    needle: 'ed25519v1-secret',
    pattern: /== ed25519v1-secret: type0 ==/g,
    kind: () => 'a secret key of a Tor onion service',
  },
  {
    needle: 'PrivateKey',
    pattern: /^[ \t]*PrivateKey[ \t]*=[ \t]*[A-Za-z0-9+/]{43}=\s*$/gm,
    kind: () => 'a WireGuard private key',
  },
  { needle: 'nsec1', pattern: /\bnsec1[02-9ac-hj-np-z]{58}\b/g, kind: () => 'a Nostr private key' },
  {
    needle: 'kty"',
    pattern: /\{[^{}]{0,4000}?"kty"\s*:\s*"(?:RSA|EC|OKP|AKP)"[^{}]{0,4000}?\}/g,
    kind: ([text]) => (/"(?:d|priv)"\s*:\s*"[A-Za-z0-9_-]{32,}"/.test(text) ? 'a private JSON Web Key' : ''),
  },
  ...omemoForms,
]

/** Conversations’ store names its key by the table alone. */
const OMEMO_TABLE = /CREATE TABLE ["'`]?identities["'`]?\s?\([^)]{0,600}\bownKey\b/

/** How far around a needle its key is looked for, in bytes. */
const REACH = 16_384

/**
 * The private keys in a file, in order, each once; `bytes` are all of it. Whatever it is called and however it is wrapped: UTF-16,
 * text within JSON, HTML or a quotation, OpenPGP packets and DER without armour, SQLite. A header without a key behind it is text.
 * Files in archives and encodings of whole files (zip, Base64 of a key’s text) are not looked into.
 */
export function secretsIn(bytes: Uint8Array): readonly Secret[] {
  const binary = binaryKind(bytes)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const step = utf16Step(bytes)
  if (step > 0) {
    const text =
      step === 1
        ? buffer.toString('utf16le')
        : Buffer.from(buffer.subarray(0, bytes.length & ~1))
            .swap16()
            .toString('utf16le')
    return secretsInText(text).map(({ kind, at }) => ({ kind, at: at * 2 }))
  }
  const found = [...(binary ? [{ kind: binary, at: 0 }] : []), ...forms.flatMap(form => sought(buffer, form))]
  return inOrder([...found, ...omemoStore(buffer)])
}

/**
 * Every needle has one of these in it; most pages have none of them. Each begins with what prose and markup have little of: a search goes
 * from one such sign to the next.
 */
const SIGNS = ['KEY', 'Key', '_key', 'RW', 'kty"']

/** Those of the others have a 1 in them, behind letters that every text is full of. */
const BESIDE_ONE = ['nsec1', 'v1-secret']

/** More of them are some table’s, and take longer to look at than all letters. */
const MOST_ONES = 64

function mayHaveBesideOne(text: string): boolean {
  let ones = 0
  for (let at = text.indexOf('1'); at >= 0; at = text.indexOf('1', at + 1)) {
    if (text.startsWith('nsec', at - 4) || text.startsWith('-secret', at + 1)) return true
    if (++ones > MOST_ONES) return BESIDE_ONE.some(sign => text.includes(sign))
  }
  return false
}

const formsWith = (...signs: readonly string[]) =>
  forms.filter(({ needle }) => signs.some(sign => needle.includes(sign)))

const formsBySign = SIGNS.map(sign => ({ sign, those: formsWith(sign) }))
const formsBesideOne = formsWith(...BESIDE_ONE)

/** The private keys in a text, as `secretsIn` has it. */
export function secretsInText(text: string): readonly Secret[] {
  const found: Secret[] = []
  const seek = (those: readonly SecretForm[]) => {
    for (const { needle, pattern, kind } of those)
      if (text.includes(needle))
        for (const match of text.matchAll(pattern)) found.push({ kind: kind(match), at: match.index })
  }
  for (const { sign, those } of formsBySign) if (text.includes(sign)) seek(those)
  if (mayHaveBesideOne(text)) seek(formsBesideOne)
  return found.length === 0 ? found : inOrder(found)
}

const inOrder = (secrets: readonly Secret[]): readonly Secret[] =>
  secrets
    .filter(({ kind }) => kind !== '')
    .toSorted((a, b) => a.at - b.at)
    .filter(({ at }, i, all) => at !== all[i - 1]?.at)

/** Looks at a byte twice at most, however many needles there are. */
function sought(buffer: Buffer, { needle, pattern, kind }: SecretForm): Secret[] {
  const secrets: Secret[] = []
  let behind = 0
  for (let at = buffer.indexOf(needle); at !== -1;) {
    const start = Math.max(behind, at - REACH)
    const end = Math.min(buffer.length, at + 4 * REACH)
    for (const match of buffer.toString('latin1', start, end).matchAll(pattern)) {
      secrets.push({ kind: kind(match), at: start + match.index })
      behind = start + match.index + match[0].length
    }
    // Needles before this have all their surroundings in what was looked at.
    const next = end === buffer.length ? end : end - REACH
    at = buffer.indexOf(needle, Math.max(at + needle.length, behind, next))
  }
  return secrets
}

/** SQLite keeps the text of its schema; names of columns stand in it as they were written. */
function omemoStore(buffer: Buffer): readonly Secret[] {
  if (buffer.toString('latin1', 0, 15) !== 'SQLite format 3') return []
  const names = [
    ...OMEMO_NAMES.map(name => buffer.indexOf(name)),
    OMEMO_TABLE.exec(buffer.toString('latin1', 0, 65_536))?.index ?? -1,
  ]
  const at = names.find(place => place !== -1)
  return at === undefined ? [] : [{ kind: 'an OMEMO client’s store of keys', at }]
}

/** Keys that are no text, by their first bytes. */
function binaryKind(bytes: Uint8Array): string | undefined {
  const [a = 0, b = 0, c = 0, d = 0] = bytes
  const hex = Buffer.from(bytes.subarray(0, 32)).toString('hex')
  if (isOpenPgpSecret(bytes)) return 'an OpenPGP private key'
  // DER: PKCS #8 (RFC 5208), PKCS #1 (RFC 8017, A.1.2), SEC 1 (RFC 5915) and PKCS #12 (RFC 7292).
  if (/^30(?:8[12]..(?:..)?|..)02010[01]30(?:0.|1.)06/.test(hex)) return 'a private key in DER (PKCS #8)'
  // PBES1 and PBES2 (RFC 8018), in which PKCS #8 is encrypted.
  if (/^30(?:8[12]..(?:..)?|..)30(?:8[12])?..06092a864886f70d0105/.test(hex))
    return 'an encrypted private key in DER'
  if (/^3082....0201000282/.test(hex)) return 'an RSA private key in DER'
  if (/^30(?:81..|..)020101042[0-9a-f]/.test(hex)) return 'an EC private key in DER'
  if (/^3082....02010330/.test(hex)) return 'a PKCS #12 file'
  if (hex.startsWith('03d9a29a67fb4bb5')) return 'a KeePass database'
  if (hex.startsWith('feedfeed') || (c === 0xce && d === 0xce && a === 0xce && b === 0xce))
    return 'a Java key store'
  return undefined
}

/** A secret-key packet of old or new form (RFC 9580, 4.2 and 5.5.3), version 3 to 6, with an algorithm that exists. */
function isOpenPgpSecret(bytes: Uint8Array): boolean {
  const [tag = 0, length = 0] = bytes
  const oldForm = [0x94, 0x95, 0x96].indexOf(tag)
  const at = oldForm >= 0 ? 1 + 2 ** oldForm : tag === 0xc5 ? (length < 192 ? 2 : length < 224 ? 3 : 6) : -1
  const version = bytes[at] ?? 0
  const algorithm = bytes[at + (version === 3 ? 7 : 5)] ?? 0
  return at > 0 && version >= 3 && version <= 6 && algorithm >= 1 && algorithm <= 36 && bytes.length > 64
}

/** 1 for UTF-16LE, 2 for UTF-16BE, 0 for neither: by its byte order mark, which what PowerShell writes has. */
function utf16Step([a, b]: Uint8Array): 0 | 1 | 2 {
  return a === 0xff && b === 0xfe ? 1 : a === 0xfe && b === 0xff ? 2 : 0
}
