import { diagnostic, suggestion } from '../../../core/diagnostic.ts'
import { renderJson, renderText } from '../../../keys/page/listing.ts'
import type { Publication } from '../../../keys/verify/verify.ts'
import { viewAccount, type AccountView } from '../../../keys/page/view.ts'
import { clients, writeCommand, writeFingerprint } from '../../../keys/clients/clients.ts'
import type { OmemoClient } from '../../../keys/clients/client.ts'
import { now } from '../../../core/dates.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../arguments.ts'
import { callConfig, optionText } from '../../input.ts'
import { verifySite } from '../../../keys/verify-site.ts'

type AccountsFormatter = (accounts: readonly AccountView[], publication: Publication) => string

const each =
  (write: (account: AccountView) => readonly string[]): AccountsFormatter =>
  accounts =>
    accounts.flatMap(write).join('\n')

/** As the client shows it; or the line to paste there, where it takes one. */
const forClient = (client: OmemoClient): AccountsFormatter =>
  each(({ jid, devices }) =>
    devices.flatMap(device => writeCommand(jid, device, client) ?? writeFingerprint(device, client) ?? []),
  )

const formats: Readonly<Record<string, AccountsFormatter>> = {
  text: (accounts, publication) => renderText(publication, accounts).trimEnd(),
  ...Object.fromEntries(clients.map(client => [client.id, forClient(client)])),
  uri: each(({ link }) => [link]),
  'trust-message': each(({ trust }) => (trust === undefined ? [] : [trust])),
  json: (accounts, publication) => renderJson(publication, accounts).trimEnd(),
}

/** One line of the help: names, broken before they are too wide for their column, and what they give. */
function explainFormat(names: readonly string[], meaning: string): string {
  const lines: string[] = []
  for (const name of names) {
    const joined = lines.length > 0 ? `${lines.at(-1)}, ${name}` : name
    if (lines.length > 0 && joined.length > 46) lines.push(name)
    else lines.splice(-1, 1, joined)
  }
  return lines
    .map((line, n) => (n < lines.length - 1 ? `${line},` : `${line.padEnd(48)}${meaning}`))
    .map(line => `${' '.repeat(18)}${line}\n`)
    .join('')
}

const idsWhere = (isMeant: (client: OmemoClient) => boolean) => clients.filter(isMeant).map(({ id }) => id)

export const command: Command = {
  help: `imprimatur keys show: the published devices

  imprimatur keys show [JID] [--format F] [--root DIR]

Of all accounts, or of one. Nothing is shown of a manifest that is not verified.

  --format F      text, everything, for people                    (default)
${explainFormat(
  idsWhere(({ command: line }) => line === undefined),
  'as the client shows it',
)}${explainFormat(
    idsWhere(({ command: line }) => line !== undefined),
    'the line to paste there',
  )}                  uri                                             the link with all devices
                  trust-message                                   the link for Kaidan
                  json                                            for programs
  --root DIR      the site's folder                              (default: this folder)
  --no-config     read no configuration: nothing of the site’s own code runs
  --help          this text
`,
  options: { ...configOptions },
  formats: Object.keys(formats),
  most: 1,
  run: show,
}

async function show(call: Call): Promise<Outcome> {
  const config = await callConfig(call)
  if (!config.value) return config
  const { value: publication, diagnostics } = verifySite(config.value, now(call.env))
  if (!publication) return { diagnostics }
  const [jid] = call.positionals
  const accounts = publication.manifest.accounts.filter(account => jid === undefined || account.jid === jid)
  if (accounts.length === 0) {
    const known = publication.manifest.accounts.map(account => account.jid)
    const hint = `${suggestion(jid ?? '', known)}the accounts are ${known.join(', ')}`
    const message = jid === undefined ? 'The manifest has no accounts' : `The manifest has no account ${jid}`
    return { diagnostics: [diagnostic('keys/entry', message, { hint })] }
  }
  const write = formats[optionText(call, 'format') ?? 'text'] ?? formats.text!
  return {
    diagnostics: [],
    summary: write(
      accounts.map(account => viewAccount(account)),
      publication,
    ),
  }
}
