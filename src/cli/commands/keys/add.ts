import { diagnostic, hasErrors } from '../../../core/diagnostic.ts'
import { addDevice } from '../../../keys/manifest/edit.ts'
import { writeDraft } from '../../../keys/manifest/key-files.ts'
import { readManifest } from '../../../keys/manifest/manifest.ts'
import { howVerified } from '../../../keys/manifest/schema.ts'
import type { Diagnostic } from '../../../core/types.ts'
import { localDay, now } from '../../../core/dates.ts'
import type { ReadSource } from '../../../keys/import/claim.ts'
import { largestDeviceId, normalizeJid } from '../../../keys/identity/link.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig, missingInput, optionText } from '../../input.ts'
import { locateKeys } from '../../../keys/verify-site.ts'
import { checkAddress, readOrBegin, writeRead } from './write-read.ts'

export const command: Command = {
  help: `imprimatur keys add: writes a device into the manifest

  imprimatur keys add LINK|CODE.png|LINE|- [--id N] [--name S] [--client S] [--root DIR]
  imprimatur keys add JID LINE|CODE.png|-  [--id N] [--name S] [--client S] [--root DIR]
  imprimatur keys add JID --id N --name S  [--client S] [--fingerprint HEX|-]
                          [--ed25519 HEX] [--verified HOW] [--root DIR] [--format F]

Takes what a client shares: a link, the picture of a QR code, or a line that it shows, such
as “Your OMEMO fingerprint: …”. Of a line that has no device id, --id says it; of one that
has no address, JID, where the manifest has more accounts than one. What is read so is
written without “verified”, and with a comment that says where it is from; compare it then
with the device itself: imprimatur keys confirm. What disagrees with the manifest is told,
and nothing is written.

Comments and layout of the manifest stay as they are; a manifest that is not there is
begun. A fingerprint that no client can have made, or that is there already, is refused,
and nothing is written. The manifest has to be signed afterwards: imprimatur keys sign.

  --id N             the OMEMO device id, from 1 to 2147483647
  --name S           what you call the device: phone, laptop
  --client S         the app on it: Conversations, Dino …
  --fingerprint HEX  as any client writes it; - or nothing reads standard input
  --ed25519 HEX      the Ed25519 form of the same key, for trust messages
  --verified HOW     how you compared it, today: on-device, in-person, qr or server;
                     without it the device is in no link and in no code
  --root DIR         the site's folder                           (default: this folder)
  --no-config        read no configuration: nothing of the site’s own code runs
  --format F         text, or json for programs                  (default: text)
  --help             this text
`,
  options: {
    ...configOptions,
    id: { type: 'string' },
    name: { type: 'string' },
    client: { type: 'string' },
    fingerprint: { type: 'string' },
    ed25519: { type: 'string' },
    verified: { type: 'string', completes: howVerified },
  },
  most: 2,
  completes: 'file',
  run: call => (isAddressAlone(call) ? addTyped(call) : addRead(call)),
}

/** An address, and options that say the rest; anything else is to be read. */
const isAddressAlone = ({ positionals: [first, second], values }: Call) =>
  second === undefined &&
  (first === undefined ||
    (/^[^\s:@]*@[^\s:]*$/.test(first) && !/\.png$/i.test(first)) ||
    'fingerprint' in values)

async function addRead(call: Call): Promise<Outcome> {
  const [first = '', second] = call.positionals
  const [jid, given] = second === undefined ? [undefined, first] : [first, second]
  const [id, verified] = ['id', 'verified'].map(name => optionText(call, name))
  const wrong: Diagnostic[] = [...checkAddress('JID', jid)]
  if (verified !== undefined) {
    const hint = 'leave it out; then: imprimatur keys confirm JID ID'
    wrong.push(
      diagnostic('usage/option', 'What is read is verified by nobody: --verified is for what you compared', {
        hint,
      }),
    )
  }
  if (id !== undefined && !isDeviceId(id)) {
    const hint = 'it is a whole number from 1 to 2147483647'
    wrong.push(diagnostic('usage/option', `--id ${id} is no device id`, { hint }))
  }
  for (const name of ['fingerprint', 'ed25519'].filter(option => option in call.values)) {
    const hint = 'give one of the two'
    wrong.push(diagnostic('usage/option', `--${name} stands beside something that is to be read`, { hint }))
  }
  if (wrong.length > 0) return { diagnostics: wrong }
  const config = await callConfig(call)
  if (!config.value) return config
  const { readSource: readAny } = await import('../../../keys/import/read-source.ts')
  const read = await readAny(given === '-' ? call.stdin.read() : given, call.cwd)
  const strange = contradict(read, jid, id)
  if (strange.length > 0) return { diagnostics: strange, summary: 'Nothing was written.' }
  return writeRead(call, config.value, read, {
    isOne: true,
    jid,
    id: id === undefined ? undefined : Number(id),
    name: optionText(call, 'name'),
    client: optionText(call, 'client'),
  })
}

/** What was read and what the call says have to be one. */
function contradict({ claims }: ReadSource, jid: string | undefined, id: string | undefined) {
  const told = (what: string, read: string, said: string) =>
    diagnostic('devices/disagreement', `What was read is of ${what} ${read}, and the call says ${said}`, {
      hint: 'leave that out of the call, or give the right link',
    })
  return [
    ...claims
      .filter(claim => jid !== undefined && claim.jid !== undefined && claim.jid !== normalizeJid(jid))
      .map(claim => told('the account', claim.jid ?? '', jid ?? '')),
    ...claims
      .filter(claim => id !== undefined && claim.id !== undefined && claim.id !== Number(id))
      .map(claim => told('the device', String(claim.id), id ?? '')),
  ].slice(0, 1)
}

const isDeviceId = (text: string) => /^[1-9]\d*$/.test(text) && Number(text) <= largestDeviceId

async function addTyped(call: Call): Promise<Outcome> {
  const missing = [...missingInput(call, ['JID'], ['id', 'name']), ...checkHow(optionText(call, 'verified'))]
  if (missing.length > 0) return { diagnostics: missing }
  const config = await callConfig(call)
  if (!config.value) return config
  const paths = locateKeys(config.value)
  if (!paths.value) return paths
  const source = readOrBegin(config.value, paths.value.manifest)
  if (!source.value) return source

  const [jid = ''] = call.positionals
  const edited = addDevice(source.value, jid, describeDevice(call))
  if (edited.value === undefined) return edited
  const { diagnostics } = readManifest({ ...source.value, text: edited.value })
  if (hasErrors(diagnostics)) return { diagnostics, summary: 'Nothing was written.' }
  const written = writeDraft(config.value.root, paths.value, edited.value)
  if (!written.value) return written
  const published =
    call.values.verified === undefined ? ' It is in no link and no code before somebody verified it.' : ''
  return {
    diagnostics,
    summary: `Wrote ${optionText(call, 'name')} of ${jid} into ${paths.value.manifest}.${published}\nSign it: imprimatur keys sign --key ~/.ssh/id_ed25519`,
  }
}

function checkHow(how: string | undefined) {
  if (how === undefined || howVerified.some(known => known === how)) return []
  const hint = `it is one of ${howVerified.join(', ')}`
  return [diagnostic('usage/option', `“${how}” is no way to verify a device`, { hint })]
}

/** In the order in which a person would write it. What is not a number stays text, and the check refuses it. */
function describeDevice(call: Call): Record<string, unknown> {
  const text = (name: string) => optionText(call, name)
  const [id = '', given] = [text('id'), text('fingerprint')]
  const fingerprint = given === undefined || given === '-' ? call.stdin.read().trim() : given
  const fields = {
    id: /^[1-9]\d*$/.test(id) ? Number(id) : id,
    name: text('name'),
    client: text('client'),
    fingerprint: fingerprint.replace(/\s+/g, ' '),
    ed25519: text('ed25519'),
    verified: text('verified') && { on: localDay(now(call.env)), how: text('verified') },
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}
