/** What a manifest may say, as one table from the kinds of its scalars up to the whole: longer than 250 lines for that. */
import type { JsonSchema } from '../../core/value-kinds.ts'
import { largestDeviceId } from '../identity/link.ts'
import { flag } from '../../core/value-kinds.ts'
import {
  findIssues,
  optional,
  required,
  toJsonSchema,
  type Issue,
  type RecordKind,
  type ScalarKind,
} from './kinds.ts'

export const howVerified = ['on-device', 'in-person', 'qr', 'server'] as const

/** A device as the author writes it; `Device` is what becomes of it. */
interface WrittenDevice {
  readonly id: number
  readonly name: string
  readonly client?: string
  readonly fingerprint: string
  readonly ed25519?: string
  readonly pq?: string
  readonly verified?: { readonly on: string; readonly how: (typeof howVerified)[number] }
  readonly revoked?: { readonly on: string; readonly reason: string }
}

interface WrittenAccount {
  readonly jid: string
  readonly label?: string
  readonly allowUnicode?: boolean
  readonly invitation?: boolean
  readonly devices: readonly WrittenDevice[]
}

interface KeyLine<T extends string> {
  readonly type: T
  readonly key: string
}

interface WrittenOpenpgpKey {
  readonly type: 'openpgp'
  readonly fingerprint: string
  readonly file?: string
  readonly sha256?: string
}

export type WrittenKey = KeyLine<'ssh'> | KeyLine<'age'> | KeyLine<'minisign'> | WrittenOpenpgpKey

/** A key that may sign the next manifest. */
interface WrittenSigner {
  readonly key: string
  readonly name: string
  readonly recovery?: boolean
}

interface WrittenManifest {
  readonly version: 1
  readonly serial?: number
  readonly issued?: string
  readonly validUntil?: string
  readonly previous?: string
  readonly supersedes?: string
  readonly signer?: string
  readonly signers?: readonly WrittenSigner[]
  readonly anchors?: readonly string[]
  readonly accounts?: readonly WrittenAccount[]
  readonly keys?: readonly WrittenKey[]
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** Text of which at most so many UTF-16 code units match every pattern. */
const pattern = (expected: string, source: string, longest = Infinity): ScalarKind => ({
  expected,
  accepts: value => isText(value) && value.length <= longest && new RegExp(source, 'u').test(value),
  jsonSchema: { type: 'string', ...(longest < Infinity && { maxLength: longest }), pattern: source },
})

const anyText = (expected: string): ScalarKind => ({
  expected,
  accepts: isText,
  jsonSchema: { type: 'string' },
})

/** Nothing that is not seen: U+2800 is a blank pattern; the variation selectors of emoji are welcome. */
const visible =
  /^(?:[\ufe0e\ufe0f]|[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800])*$/u

function line(longest: number): ScalarKind {
  const expected = `one line of at most ${longest} characters`
  const trimmed = /^\S(.*\S)?$/u
  const isShort = (value: unknown): value is string =>
    isText(value) && value.length > 0 && value.length <= longest
  return {
    expected,
    accepts: value => isShort(value) && visible.test(value) && trimmed.test(value),
    narrow(value) {
      if (!isShort(value)) return undefined
      return visible.test(value)
        ? `${expected}, without spaces around it`
        : `${expected}, none of them invisible`
    },
    jsonSchema: {
      type: 'string',
      minLength: 1,
      maxLength: longest,
      allOf: [{ pattern: visible.source }, { pattern: trimmed.source }],
    },
  }
}

/** Days of the Gregorian calendar, leap years and all. */
const existingDay =
  /^(?:(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29|\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|(?:02)-(?:0[1-9]|1\d|2[0-8])))$/

const day: ScalarKind = {
  expected: 'a day that exists, such as 2026-11-21',
  accepts: value => isText(value) && existingDay.test(value),
  jsonSchema: { type: 'string', format: 'date', pattern: existingDay.source },
}

const wholeNumber = (expected: string, most: number): ScalarKind => ({
  expected,
  accepts: value => Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= most,
  jsonSchema: { type: 'integer', minimum: 1, maximum: most },
})

const hexKey: ScalarKind = {
  expected: '64 hexadecimal digits, in quotes if they look like a number',
  accepts: value => isText(value) && value.length <= 300,
  jsonSchema: { type: 'string', maxLength: 300 },
}

const choice = (choices: readonly string[]): ScalarKind => ({
  expected: `one of ${choices.join(', ')}`,
  accepts: value => isText(value) && choices.includes(value),
  jsonSchema: { type: 'string', enum: choices },
})

const trueOrFalse: ScalarKind = { ...flag, jsonSchema: { type: 'boolean' } }

const verified: RecordKind<NonNullable<WrittenDevice['verified']>> = {
  expected: 'when and how: { on: 2026-11-20, how: on-device }',
  fields: { on: required(day), how: required(choice(howVerified)) },
}

const revoked: RecordKind<NonNullable<WrittenDevice['revoked']>> = {
  expected: 'when and why: { on: 2026-11-20, reason: lost }',
  fields: { on: required(day), reason: required(line(200)) },
}

const device: RecordKind<WrittenDevice> = {
  expected: 'a device: id, name, fingerprint and verified',
  fields: {
    id: required(
      wholeNumber(`a whole number from 1 to ${largestDeviceId}`, largestDeviceId),
      'The OMEMO device id.',
    ),
    name: required(line(60), 'What the owner calls the device.'),
    client: optional(line(60), 'The XMPP client on it, such as Conversations.'),
    fingerprint: required(hexKey, 'Of the OMEMO identity key, written as any client writes it.'),
    ed25519: optional(hexKey, 'The Ed25519 form of the same key, for trust-message links.'),
    pq: optional(hexKey, 'The key of the post-quantum OMEMO of Monocles, under the same device id.'),
    verified: optional(
      verified,
      'When and how the fingerprint was compared. Without it nothing is published.',
    ),
    revoked: optional(revoked, 'Since when and why nobody should trust the device.'),
  },
}

const account: RecordKind<WrittenAccount> = {
  expected: 'an account: jid and devices',
  fields: {
    jid: required(anyText('an address such as press@example.org'), 'A bare JID.'),
    label: optional(line(200), 'The address as it is shown; its lower case is the jid.'),
    allowUnicode: optional(trueOrFalse, 'The local part has letters beyond a–z.'),
    invitation: optional(
      trueOrFalse,
      'Offer also a link by way of conversations.im, which learns who follows it.',
    ),
    devices: required({ expected: 'a list of devices', items: device }),
  },
}

const typeIs = (type: string): ScalarKind => ({
  expected: type,
  accepts: value => value === type,
  jsonSchema: { type: 'string', const: type },
})

const keyLine = <T extends string>(type: T, expected: string, example: string): RecordKind<KeyLine<T>> => ({
  expected: 'a key',
  fields: { type: required(typeIs(type)), key: required(anyText(expected), example) },
})

const openpgp: RecordKind<WrittenOpenpgpKey> = {
  expected: 'a key',
  fields: {
    type: required(typeIs('openpgp')),
    fingerprint: required(anyText('40 hexadecimal digits, in quotes'), 'Of the primary key.'),
    file: optional(line(200), 'The public key, beside the manifest.'),
    sha256: optional(
      pattern('64 lower-case hexadecimal digits', '^[0-9a-f]{64}$'),
      'Of the file; “imprimatur keys sign” writes it.',
    ),
  },
}

const signingKey: RecordKind<WrittenSigner> = {
  expected: 'a key that may sign: key and name',
  fields: {
    key: required(anyText('the line of a .pub file'), 'ssh-ed25519 AAAA…'),
    name: required(line(60), 'What the owner calls the key.'),
    recovery: optional(
      trueOrFalse,
      'Kept offline: it decides when two chains compete, and only its own signature removes it.',
    ),
  },
}

const anchor = pattern(
  'https://… or dns:example.org',
  '^(?:https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[!-~]*)?|dns:[A-Za-z0-9.-]+)$',
  300,
)

const keyVariants = {
  ssh: keyLine('ssh', 'the line of a .pub file', 'ssh-ed25519 AAAA… comment'),
  openpgp,
  age: keyLine('age', 'a recipient: age1…', 'age1…'),
  minisign: keyLine('minisign', 'the second line of minisign.pub', 'RW…'),
}

const manifest: RecordKind<WrittenManifest> = {
  expected: 'a mapping: version, signer, accounts, keys',
  fields: {
    version: required({
      expected: '1',
      accepts: value => value === 1,
      jsonSchema: { type: 'number', const: 1 },
    }),
    serial: optional(
      wholeNumber('a whole number from 1 up', Number.MAX_SAFE_INTEGER),
      'Goes up by one with every signature; “imprimatur keys sign” writes it.',
    ),
    issued: optional(day, 'The day of the signature; “imprimatur keys sign” writes it.'),
    validUntil: optional(day, 'The last day on which the manifest counts.'),
    previous: optional(
      pattern('sha256: and 64 hexadecimal digits', '^sha256:[0-9a-f]{64}$'),
      'Of the manifest before this one; “imprimatur keys sign” writes it.',
    ),
    supersedes: optional(
      pattern('sha256: and 64 hexadecimal digits', '^sha256:[0-9a-f]{64}$'),
      'The last manifest of a chain of which every key is lost; “imprimatur keys sign --supersede” writes it.',
    ),
    signer: optional(
      {
        ...pattern(
          'a principal of allowed_signers, such as press@example.org',
          '^[\\p{L}\\p{N}._@+=/-]+$',
          200,
        ),
        narrow: value => (isText(value) ? 'a principal: letters, digits and . _ @ + = / -' : undefined),
      },
      'The principal in allowed_signers whose key signs.',
    ),
    signers: optional(
      { expected: 'a list of keys that may sign', items: signingKey },
      'The SSH keys that may sign the next manifest. Without it only the key that signed this one.',
    ),
    anchors: optional(
      { expected: 'a list of places', items: anchor },
      'Other places where the key of the signer stands: https://forge.example/you.keys, dns:example.org.',
    ),
    accounts: optional({ expected: 'a list of accounts', items: account }),
    keys: optional(
      {
        expected: 'a list of keys',
        items: { expected: `one of ${Object.keys(keyVariants).join(', ')}`, variants: keyVariants },
      },
      'Everything else that a person publishes.',
    ),
  },
}

/** A manifest by its form alone, or everything that is wrong with its form. */
export function checkForm(
  value: unknown,
):
  | { readonly value: WrittenManifest; readonly issues?: undefined }
  | { readonly issues: readonly Issue[]; readonly value?: undefined } {
  const issues = findIssues(manifest, value)
  return issues.length > 0 ? { issues } : { value: value as WrittenManifest }
}

/** For editors: what an author may write, draft 2020-12. */
export const exportSchema = (): JsonSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Imprimatur keys manifest',
  description: 'The devices and keys of a person, signed and published as one page.',
  ...toJsonSchema(manifest),
})
