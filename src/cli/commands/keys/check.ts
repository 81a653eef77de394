import { publishedDevices, revokedDevices, type Manifest } from '../../../keys/manifest/manifest.ts'
import { renderCompanions } from '../../../keys/page/files.ts'
import { now } from '../../../core/dates.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig } from '../../input.ts'
import { verifySite } from '../../../keys/verify-site.ts'

export const command: Command = {
  help: `imprimatur keys check: verifies everything that the keys page rests on

  imprimatur keys check [--root DIR] [--format F]

The manifest against its rules; the signature against allowed_signers, now; the history
from the first manifest to this one; every link, read back; every QR code, decoded. The
build does the same. Findings point into the files.

  --root DIR      the site's folder                              (default: this folder)
  --format F      text, or json for programs                     (default: text)
  --help          this text

SOURCE_DATE_EPOCH (seconds) stands in for the clock.
Exit code: 0 good, 1 something is wrong, 2 with the call or the configuration.
`,
  options: commonOptions,
  most: 0,
  run: check,
}

async function check(call: Call): Promise<Outcome> {
  const config = await callConfig(call)
  if (!config.value) return config
  const verified = verifySite(config.value, now(call.env))
  if (!verified.value) return { diagnostics: verified.diagnostics }
  const { url, title } = config.value.site
  const options = { base: '/', siteUrl: url, title, scripts: new Map<string, string>() }
  const { value, diagnostics } = renderCompanions(verified.value, options)
  const all = [...verified.diagnostics, ...diagnostics]
  const { manifest, signerKey } = verified.value
  return value
    ? { diagnostics: all, summary: `${describe(manifest)}\nSigned with ${signerKey}` }
    : { diagnostics: all }
}

function describe({ serial, issued, signer, accounts, keys }: Manifest): string {
  const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`
  const devices = accounts.flatMap(publishedDevices).length
  const revoked = accounts.flatMap(revokedDevices).length
  return [
    `Manifest ${serial} is good: signed on ${issued} by ${signer}`,
    `${count(accounts.length, 'account')}, ${count(devices, 'device')}, ${revoked} revoked, ${count(keys.length, 'other key')}`,
  ].join('\n')
}
