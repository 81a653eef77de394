import { z } from 'zod'
import { largestDeviceId } from '../identity/uri.ts'

/** Completes "it must be …", for whatever is wrong with a value. */
const mustBe = (what: string) => ({ error: what })

const line = (longest: number, what = `one line of at most ${longest} characters`) =>
  z
    .string(mustBe(what))
    .min(1, mustBe(what))
    .max(longest, mustBe(what))
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, mustBe(`${what}, none of them invisible`))
    .regex(/^\S(.*\S)?$/u, mustBe(`${what}, without spaces around it`))

const day = z.iso.date(mustBe('a day that exists, such as 2026-11-21'))

const hexKey = z.string(mustBe('64 hexadecimal digits, in quotes if they look like a number')).max(300)

export const howVerified = ['on-device', 'in-person', 'qr', 'server'] as const

export const deviceSchema = z.strictObject(
  {
    id: z
      .int(mustBe(`a whole number from 1 to ${largestDeviceId}`))
      .min(1, mustBe(`a whole number from 1 to ${largestDeviceId}`))
      .max(largestDeviceId, mustBe(`a whole number from 1 to ${largestDeviceId}`))
      .meta({ description: 'The OMEMO device id.' }),
    name: line(60).meta({ description: 'What the owner calls the device.' }),
    client: line(60).optional().meta({ description: 'The XMPP client on it, such as Conversations.' }),
    fingerprint: hexKey.meta({ description: 'Of the OMEMO identity key, written as any client writes it.' }),
    ed25519: hexKey
      .optional()
      .meta({ description: 'The Ed25519 form of the same key, for trust-message links.' }),
    verified: z
      .strictObject(
        { on: day, how: z.enum(howVerified, mustBe(`one of ${howVerified.join(', ')}`)) },
        mustBe('when and how: { on: 2026-11-20, how: on-device }'),
      )
      .optional()
      .meta({ description: 'When and how the fingerprint was compared. Without it nothing is published.' }),
    revoked: z
      .strictObject({ on: day, reason: line(200) }, mustBe('when and why: { on: 2026-11-20, reason: lost }'))
      .optional()
      .meta({ description: 'Since when and why nobody should trust the device.' }),
  },
  mustBe('a device: id, name, fingerprint and verified'),
)

export const accountSchema = z.strictObject(
  {
    jid: z.string(mustBe('an address such as press@example.org')).meta({ description: 'A bare JID.' }),
    label: line(200)
      .optional()
      .meta({ description: 'The address as it is shown; its lower case is the jid.' }),
    allowUnicode: z
      .boolean(mustBe('true or false'))
      .optional()
      .meta({ description: 'The local part has letters beyond a–z.' }),
    invitation: z
      .boolean(mustBe('true or false'))
      .optional()
      .meta({ description: 'Offer also a link by way of conversations.im, which learns who follows it.' }),
    devices: z.array(deviceSchema, mustBe('a list of devices')),
  },
  mustBe('an account: jid and devices'),
)

const type = <T extends string>(name: T) => z.literal(name)

export const keySchemas = {
  ssh: z.strictObject({
    type: type('ssh'),
    key: z.string(mustBe('the line of a .pub file')).meta({ description: 'ssh-ed25519 AAAA… comment' }),
  }),
  openpgp: z.strictObject({
    type: type('openpgp'),
    fingerprint: z
      .string(mustBe('40 hexadecimal digits, in quotes'))
      .meta({ description: 'Of the primary key.' }),
    file: line(200).optional().meta({ description: 'The public key, beside the manifest.' }),
  }),
  age: z.strictObject({
    type: type('age'),
    key: z.string(mustBe('a recipient: age1…')).meta({ description: 'age1…' }),
  }),
  minisign: z.strictObject({
    type: type('minisign'),
    key: z.string(mustBe('the second line of minisign.pub')).meta({ description: 'RW…' }),
  }),
}

export const manifestSchema = z
  .strictObject(
    {
      version: z.literal(1, mustBe('1')),
      serial: z
        .int(mustBe('a whole number from 1 up'))
        .min(1, mustBe('a whole number from 1 up'))
        .optional()
        .meta({ description: 'Goes up by one with every signature; “imprimatur keys sign” writes it.' }),
      issued: day
        .optional()
        .meta({ description: 'The day of the signature; “imprimatur keys sign” writes it.' }),
      validUntil: day.optional().meta({ description: 'The last day on which the manifest counts.' }),
      previous: z
        .string(mustBe('sha256: and 64 hexadecimal digits'))
        .regex(/^sha256:[0-9a-f]{64}$/, mustBe('sha256: and 64 hexadecimal digits'))
        .optional()
        .meta({ description: 'Of the manifest before this one; “imprimatur keys sign” writes it.' }),
      signer: z
        .string(mustBe('a principal of allowed_signers, such as press@example.org'))
        .max(200)
        .regex(/^[\p{L}\p{N}._@+=/-]+$/u, mustBe('a principal: letters, digits and . _ @ + = / -'))
        .optional()
        .meta({ description: 'The principal in allowed_signers whose key signs.' }),
      accounts: z.array(accountSchema, mustBe('a list of accounts')).optional(),
      keys: z
        .array(
          z.discriminatedUnion(
            'type',
            [keySchemas.ssh, keySchemas.openpgp, keySchemas.age, keySchemas.minisign],
            mustBe('one of ssh, openpgp, age, minisign'),
          ),
          mustBe('a list of keys'),
        )
        .optional()
        .meta({ description: 'Everything else that a person publishes.' }),
    },
    mustBe('a mapping: version, signer, accounts, keys'),
  )
  .meta({
    title: 'Imprimatur keys manifest',
    description: 'The devices and keys of a person, signed and published as one page.',
  })

/** For editors: what an author may write, draft 2020-12. */
export const exportSchema = (): unknown => z.toJSONSchema(manifestSchema, { io: 'input' })
