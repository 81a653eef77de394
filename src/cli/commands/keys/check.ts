import { publishedDevices, revokedDevices, type Manifest } from '../../../keys/manifest/manifest.ts'
import { renderCompanions } from '../../../keys/page/files.ts'
import { now } from '../../../core/dates.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig } from '../../input.ts'
import { diagnostic } from '../../../core/diagnostic.ts'
import type { Diagnostic } from '../../../core/types.ts'
import type { Publication } from '../../../keys/verify/verify.ts'
import { publishedSeen, verifySite } from '../../../keys/verify-site.ts'

export const command: Command = {
  help: `imprimatur keys check: verifies everything that the keys page rests on

  imprimatur keys check [--published] [--offline] [--root DIR] [--format F]

The manifest against its rules; the signature against allowed_signers, now; the history
from the first manifest to this one, and that it goes on from what the commits and the
output folder have; every link, read back; every QR code, decoded. The build does the
same. Then the other places that the manifest names, “anchors”: do they show the key of
the signer? Findings point into the files.

  --published     and that it goes on from what is on the page now, which is fetched
  --offline       ask no other place
  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text

SOURCE_DATE_EPOCH (seconds) stands in for the clock.
Exit code: 0 good, 1 something is wrong, 2 with the call or the configuration.
`,
  options: { ...configOptions, published: { type: 'boolean' }, offline: { type: 'boolean' } },
  most: 0,
  run: check,
}

async function check(call: Call): Promise<Outcome> {
  const config = await callConfig(call)
  if (!config.value) return config
  const published = call.values.published === true ? await publishedSeen(config.value) : undefined
  if (published && !published.value) return { diagnostics: published.diagnostics }
  const verified = verifySite(config.value, now(call.env), { seen: published?.value })
  if (!verified.value) return { diagnostics: verified.diagnostics }
  const { url, title } = config.value.site
  const options = { base: '/', siteUrl: url, title, scripts: new Map<string, string>() }
  const { value, diagnostics } = renderCompanions(verified.value, options)
  const anchors = call.values.offline === true ? [] : await checkAnchors(verified.value)
  const all = [...verified.diagnostics, ...diagnostics, ...anchors]
  const { manifest, signerKey } = verified.value
  return value
    ? { diagnostics: all, summary: `${describe(manifest)}\nSigned with ${signerKey}` }
    : { diagnostics: all }
}

/** What other places show of the signer’s key. */
async function checkAnchors({ manifest, signerKey, document }: Publication): Promise<readonly Diagnostic[]> {
  if (!manifest.anchors) return []
  const { askAnchors } = await import('../../../keys/follow/anchors.ts')
  const answers = await askAnchors(manifest.anchors, signerKey)
  return answers.map(({ kind, words }, n) => {
    const code = kind === 'agrees' ? 'agrees' : kind === 'unreachable' ? 'unread' : 'differs'
    const hint =
      code === 'agrees'
        ? 'evidence, and no proof'
        : 'put the key there too, or take the place out of “anchors”'
    const span = document.spanOf(['anchors', n])
    return diagnostic(`follow/anchor-${code}`, words, { hint, file: document.file, span })
  })
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
