import { hasErrors } from '../../../core/diagnostic.ts'
import { extendDevice } from '../../../keys/manifest/edit.ts'
import { writeDraft } from '../../../keys/manifest/key-files.ts'
import { readManifest } from '../../../keys/manifest/manifest.ts'
import { localDay, now } from '../../../core/dates.ts'
import { readSource } from '../../../core/read-file.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig, missingInput, optionText } from '../../input.ts'
import { locateKeys } from '../../../keys/verify-site.ts'
import { findDevice } from './find-device.ts'

export const command: Command = {
  help: `imprimatur keys revoke: writes that a device is not to be trusted any more

  imprimatur keys revoke JID ID --reason S [--root DIR] [--format F]

The device stays in the manifest, and on the page among the revoked, so that readers who
have its key learn of it. Comments and layout stay as they are. The manifest has to be
signed afterwards: imprimatur keys sign.

  --reason S      why: lost, sold, reinstalled                   (the page shows it)
  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text
`,
  options: { ...configOptions, reason: { type: 'string' } },
  most: 2,
  run: revoke,
}

async function revoke(call: Call): Promise<Outcome> {
  const missing = missingInput(call, ['JID', 'ID'], ['reason'])
  if (missing.length > 0) return { diagnostics: missing }
  const config = await callConfig(call)
  if (!config.value) return config
  const paths = locateKeys(config.value)
  if (!paths.value) return paths
  const source = readSource(config.value.root, paths.value.manifest)
  if (!source.value) return source
  const read = readManifest(source.value)
  if (!read.value) return { diagnostics: read.diagnostics }

  const [jid = '', id = ''] = call.positionals
  const place = findDevice(read.value, jid, id)
  if (!place.value) return place
  const revoked = { on: localDay(now(call.env)), reason: optionText(call, 'reason') }
  const edited = extendDevice(source.value, place.value.account, place.value.device, { revoked })
  if (edited.value === undefined) return edited
  const { diagnostics } = readManifest({ ...source.value, text: edited.value })
  if (hasErrors(diagnostics)) return { diagnostics, summary: 'Nothing was written.' }
  const written = writeDraft(config.value.root, paths.value, edited.value)
  if (!written.value) return written
  const name = read.value.draft.accounts[place.value.account]?.devices[place.value.device]?.name
  return {
    diagnostics,
    summary: `Revoked ${name} (${id}) of ${jid} in ${paths.value.manifest}.\nSign it: imprimatur keys sign --key ~/.ssh/id_ed25519`,
  }
}
