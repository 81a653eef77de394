import type { Hover } from 'vscode-languageserver'
import { clients, writeFingerprint } from '../keys/clients/clients.ts'
import { inGroups } from '../keys/identity/fingerprint.ts'
import { readManifest, type Account, type Device } from '../keys/manifest/manifest.ts'
import type { OpenText } from './actions/code-actions.ts'
import { rangeOf, touches } from './positions.ts'

/**
 * What the manifest says of the device that is written at an offset, with its fingerprint as its client shows it, so that one may compare the
 * two. Nothing of a manifest that has a mistake, and nothing of signatures.
 */
export function hoverDevice({ file, document }: OpenText, at: number): Hover | undefined {
  const read = readManifest(file).value
  if (!read) return undefined
  for (const [a, account] of read.draft.accounts.entries()) {
    for (const [d, device] of account.devices.entries()) {
      const span = read.document.spanOf(['accounts', a, 'devices', d])
      if (touches(span, [at, at]))
        return {
          contents: { kind: 'markdown', value: describe(account, device) },
          range: rangeOf(document, span),
        }
    }
  }
  return undefined
}

function describe({ jid }: Account, device: Device): string {
  const { id, name, client, fingerprint } = device
  const known = clients.find(({ names }) => names.includes(client ?? ''))
  const shown = (known && writeFingerprint(device, known)) ?? inGroups(fingerprint)
  const as = known ? `As ${client} shows it:` : 'Its fingerprint:'
  return [
    `**${escape(name)}** · ${[client, jid, String(id)]
      .filter(each => each !== undefined)
      .map(escape)
      .join(' · ')}`,
    `${as}\n\n\`\`\`\n${shown}\n\`\`\``,
    stateOf(device),
  ].join('\n\n')
}

function stateOf({ verified, revoked }: Device): string {
  if (revoked) return `Revoked on ${revoked.on}: ${escape(revoked.reason)}.`
  if (!verified) return 'Nobody has compared it: it is not published.'
  return `Compared on ${verified.on} (${verified.how}). Whether the manifest is signed, \`imprimatur keys check\` says.`
}

/** Text in Markdown (CommonMark 2.4). */
const escape = (text: string) => text.replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
