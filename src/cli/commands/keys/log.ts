import type { HistoryEntry } from '../../../keys/verified-keys.ts'
import { describeChanges } from '../../../keys/manifest/changes.ts'
import { now } from '../../../core/dates.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig } from '../../input.ts'
import { verifySite } from '../../../keys/verify-site.ts'

export const command: Command = {
  help: `imprimatur keys log: what every manifest changed

  imprimatur keys log [--root DIR] [--format F]

Verifies the history from the first manifest to this one and prints it, newest first.
A manifest that is missing, altered or out of order is an error, and so is a history that goes
back behind what the commits or the output folder have.

  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --format F      text, or json for programs                     (default: text)
  --help          this text
`,
  options: configOptions,
  most: 0,
  run: log,
}

async function log(call: Call): Promise<Outcome> {
  const config = await callConfig(call)
  if (!config.value) return config
  const { value, diagnostics } = verifySite(config.value, now(call.env))
  if (!value) return { diagnostics }
  return { diagnostics, summary: value.history.toReversed().map(describeEntry).join('\n') }
}

function describeEntry({ serial, issued, signer, signerKey, changes }: HistoryEntry): string {
  return [
    `${serial}  ${issued}  ${signer}  ${signerKey}`,
    ...describeChanges(changes).map(change => `   ${change}`),
  ].join('\n')
}
