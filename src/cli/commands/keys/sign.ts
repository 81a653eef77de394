import { describeChange } from '../../../keys/manifest/changes.ts'
import { readKeySources } from '../../../keys/manifest/key-files.ts'
import { signManifest } from '../../../keys/verify/sign.ts'
import { now } from '../../../core/dates.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig, localDay, missingInput, optionText } from '../../input.ts'
import { locateKeys, readBeside } from '../../../keys/verify-site.ts'

export const command: Command = {
  help: `imprimatur keys sign: signs the manifest as the next of its history

  imprimatur keys sign --key FILE [--root DIR] [--format F]

Sets serial, issued and previous, runs ssh-keygen -Y sign, verifies the whole as the
build would, and only then writes: the manifest, its signature, and both again in the
history. Killed half-way, it goes on where it stopped when it is run again. ssh-keygen
itself asks for a passphrase, on the terminal.

  --key FILE      a private key, such as ~/.ssh/id_ed25519; or the .pub file of a key
                  that ssh-agent holds
  --root DIR      the site's folder                              (default: this folder)
  --format F      text, or json for programs                     (default: text)
  --help          this text
`,
  options: { ...commonOptions, key: { type: 'string' } },
  most: 0,
  run: sign,
}

async function sign(call: Call): Promise<Outcome> {
  const missing = missingInput(call, [], ['key'])
  if (missing.length > 0) return { diagnostics: missing }
  const config = await callConfig(call)
  if (!config.value) return config
  const paths = locateKeys(config.value)
  if (!paths.value) return paths
  const sources = readKeySources(config.value.root, paths.value)
  if (!sources.value) return sources

  const { value: signing, diagnostics } = signManifest(sources.value, {
    root: config.value.root,
    key: optionText(call, 'key') ?? '',
    today: localDay(now(call.env)),
    now: now(call.env),
    readBeside: readBeside(config.value, paths.value),
  })
  if (!signing) return { diagnostics, summary: 'Nothing was written.' }
  const { manifest, history } = signing.publication
  if (signing.written.length === 0) {
    return { diagnostics, summary: `Manifest ${manifest.serial} is signed already; nothing was written.` }
  }
  const changes = history.at(-1)?.changes.map(change => `  ${describeChange(change)}`) ?? []
  const lines = [
    `Signed as manifest ${manifest.serial}:`,
    ...(changes.length > 0 ? changes : ['  nothing but the signature is new']),
    'Wrote:',
    ...signing.written.map(path => `  ${path}`),
  ]
  return { diagnostics, summary: lines.join('\n') }
}
