import { extendDevice } from '../../../keys/manifest/edit.ts'
import { localDay, now } from '../../../core/dates.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { missingInput, optionText } from '../../input.ts'
import { deviceOf, writeEdited } from './find-device.ts'

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
  const [jid = '', id = ''] = call.positionals
  const found = await deviceOf(call, jid, id)
  if (!found.value) return found
  const { device, paths, place, source } = found.value
  const revoked = { on: localDay(now(call.env)), reason: optionText(call, 'reason') }
  return writeEdited(
    found.value,
    extendDevice(source, place.account, place.device, { revoked }),
    `Revoked ${device.name} (${id}) of ${jid} in ${paths.manifest}.\nSign it: imprimatur keys sign --key ~/.ssh/id_ed25519`,
  )
}
