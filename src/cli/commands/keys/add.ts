import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../../config/config.ts'
import { diagnostic, hasErrors } from '../../../core/diagnostic.ts'
import { addDevice } from '../../../keys/manifest/edit.ts'
import { writeDraft } from '../../../keys/manifest/key-files.ts'
import { readManifest } from '../../../keys/manifest/manifest.ts'
import { howVerified } from '../../../keys/manifest/schema.ts'
import type { Result, SourceFile } from '../../../core/types.ts'
import { localDay, now } from '../../../core/dates.ts'
import { readSource } from '../../../core/read-file.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig, missingInput, optionText } from '../../input.ts'
import { locateKeys } from '../../../keys/verify-site.ts'

export const command: Command = {
  help: `imprimatur keys add: writes a device into the manifest

  imprimatur keys add JID --id N --name S [--client S] [--fingerprint HEX|-]
                          [--ed25519 HEX] [--verified HOW] [--root DIR] [--format F]

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
    verified: { type: 'string' },
  },
  most: 1,
  run: add,
}

async function add(call: Call): Promise<Outcome> {
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

const readOrBegin = ({ root }: Config, path: string): Result<SourceFile> =>
  existsSync(join(root, path))
    ? readSource(root, path)
    : {
        value: {
          path,
          text: '# The devices of this account; every signature is filed in the history.\nversion: 1\n',
        },
        diagnostics: [],
      }
