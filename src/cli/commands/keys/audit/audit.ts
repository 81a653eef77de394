import { diagnostic, suggestion } from '../../../../core/diagnostic.ts'
import { checkJid } from '../../../../keys/identity/jid.ts'
import type { Diagnostic, Result } from '../../../../core/types.ts'
import { now } from '../../../../core/dates.ts'
import { formatList } from '../../../reporters/formats.ts'
import { configOptions, type Call, type Command, type Outcome } from '../../../arguments.ts'
import { callConfig, optionText } from '../../../input.ts'
import { verifySite } from '../../../../keys/verify-site.ts'
import type { Publication } from '../../../../keys/verify/verify.ts'
import { passwordVariable, readPassword } from '../../../password.ts'
import { auditEach, openAudit, summarize, type Audit, type AuditSettings } from './accounts.ts'

export const command: Command = {
  help: `imprimatur keys audit: what does the XMPP server hand out, against the manifest?

  imprimatur keys audit [JID…] [--as JID] [--server HOST:PORT] [--watch] [--format F]…
  imprimatur keys audit URL --as JID [--server HOST:PORT] [--format F]…
  imprimatur keys audit --import [JID] [--as JID] [--server HOST:PORT]

Logs in, reads the OMEMO devices and keys that the server hands out for the accounts of
the manifest, or for those named, in both versions of OMEMO, and compares them with the
manifest. It reports a device that the manifest lacks, another key for one that it has,
one that is gone, and one that is revoked; and all that it could not look at. Given the
https:// address of somebody's keys page it takes the manifest from there: what does the
server hand out for a contact? The page is checked as “keys follow” does, and an alarm
of it ends the audit.

With --import it writes the devices that the server has and the manifest lacks into the
manifest, which need not be there yet: without “verified”, since what the server says is what
a reader wants to check. Then confirm each on its own screen: imprimatur keys confirm.

  --as JID           who logs in           (default: the account, when only one is audited)
  --password-file F  a file that holds the password; - reads standard input
                     (default: ${passwordVariable} of the environment, else a prompt)
  --server HOST:PORT the server to log in to; xmpps://HOST:PORT for TLS from the first
                     byte                     (default: what the domain’s SRV records say)
  --namespace NS     look at one version only: eu.siacs.conversations.axolotl, which most
                     clients speak, or urn:xmpp:omemo:2                   (default: both)
  --timeout S        seconds to wait for each answer                        (default: 20)
  --import           write down what the server has, to be confirmed
  --watch            stay, hear of changes, and report each when it happens
  --every S          with --watch, seconds until it looks by itself again  (default: 600)
  --root DIR         the site's folder                           (default: this folder)
  --no-config        read no configuration: nothing of the site’s own code runs
  --format F         ${formatList};
                     F=FILE writes to a file; several may be given       (default: text)
  --help             this text

TLS is always verified, against the domain of --as. NODE_EXTRA_CA_CERTS=FILE adds an
authority of your own.
Exit code: 0 all is as the manifest says, 1 it is not or could not be seen, 2 wrong usage.
`,
  options: {
    ...configOptions,
    as: { type: 'string' },
    'password-file': { type: 'string', completes: 'file' },
    server: { type: 'string' },
    namespace: { type: 'string', completes: ['eu.siacs.conversations.axolotl', 'urn:xmpp:omemo:2'] },
    timeout: { type: 'string' },
    import: { type: 'boolean' },
    watch: { type: 'boolean' },
    every: { type: 'string' },
  },
  most: Infinity,
  run: audit,
}

async function audit(call: Call): Promise<Outcome> {
  if (call.values.import === true) {
    const { importServed } = await import('./import-served.ts')
    return importServed(call, await readSettings(call))
  }
  const { value: prepared, diagnostics } = await prepareAudit(call)
  if (!prepared) return { diagnostics }
  if (call.values.watch === true) {
    const { watch } = await import('./watch.ts')
    return watch(prepared, call)
  }
  const stream = await openAudit(prepared)
  if (!stream.value) return stream
  const found = [...(await auditEach(prepared, stream.value, prepared.jids)).values()].flat()
  await stream.value.close()
  return { diagnostics: [...prepared.warnings, ...found], summary: summarize(prepared, found.length) }
}

/** Reads the call, the manifest and last the password; each that is wrong is reported. */
async function prepareAudit(call: Call): Promise<Result<Audit>> {
  const settings = await readSettings(call)
  const [first = ''] = call.positionals
  const isPage = /^https?:/i.test(first)
  const verified = isPage ? await readContact(first, call) : await readSite(call)
  if (!settings.value || !verified.value) {
    return { diagnostics: [...settings.diagnostics, ...verified.diagnostics] }
  }
  const { value: publication, diagnostics: warnings } = verified
  const known = publication.manifest.accounts.map(({ jid }) => jid)
  const named = isPage ? call.positionals.slice(1) : call.positionals
  const unknown = named.filter(jid => !known.includes(jid))
  if (unknown.length > 0 || known.length === 0) {
    const hint = (jid: string) => `${suggestion(jid, known)}the accounts are ${known.join(', ')}`
    const one = (jid: string) =>
      diagnostic('keys/entry', `The manifest has no account ${jid}`, { hint: hint(jid) })
    const none = diagnostic('keys/entry', 'The manifest has no accounts', {
      hint: 'add a device: imprimatur keys add',
    })
    return { diagnostics: known.length === 0 ? [none] : unknown.map(one) }
  }
  const jids = known.filter(jid => named.length === 0 || named.includes(jid))
  const auditor = optionText(call, 'as') ?? (jids.length === 1 && !isPage ? jids[0] : undefined)
  if (auditor === undefined) {
    const hint = 'say who looks: --as auditor@example.org, an account of your own without devices'
    return {
      diagnostics: [
        diagnostic(
          'usage/argument',
          isPage
            ? '--as is missing: the accounts are somebody else’s'
            : `--as is missing: there are ${jids.length} accounts`,
          { hint },
        ),
      ],
    }
  }
  const password = await readPassword(call, auditor)
  if (password.value === undefined) return { diagnostics: password.diagnostics }
  const { timeout, ...rest } = settings.value
  const resource = call.values.watch === true ? 'imprimatur-watch' : undefined
  const login = { jid: auditor, password: password.value, timeout, resource }
  return { value: { publication, warnings, jids, login, ...rest }, diagnostics: [] }
}

async function readSite(call: Call): Promise<Result<Publication>> {
  const config = await callConfig(call)
  return config.value ? verifySite(config.value, now(call.env)) : { diagnostics: config.diagnostics }
}

/** The manifest of a contact, from their page, against what is remembered of it. */
async function readContact(address: string, call: Call): Promise<Result<Publication>> {
  const [{ lookAt }, { baseOf }, { isSafe }, { readStore, storePath }] = await Promise.all([
    import('../../../../keys/follow/follow.ts'),
    import('../../../../keys/follow/fetch-copy.ts'),
    import('../../../../keys/follow/retrieve.ts'),
    import('../../../../keys/follow/store.ts'),
  ])
  const url = baseOf(address)
  if (!url || !isSafe(url)) {
    const hint = 'write the https:// address of a keys page'
    return { diagnostics: [diagnostic('usage/argument', `“${address}” is no address of a page`, { hint })] }
  }
  const store = readStore(storePath(call.env))
  if (!store.value) return { diagnostics: store.diagnostics }
  const pin = store.value.find(known => known.url === url.href)
  const { verdicts, publication } = await lookAt(url, pin, { now: now(call.env) })
  const told = verdicts.map(({ code, message, hint }) =>
    diagnostic(code, `${url.href}: ${message}`, { hint }),
  )
  const isAlarm = told.some(({ severity }) => severity === 'error')
  return publication && !isAlarm ? { value: publication, diagnostics: told } : { diagnostics: told }
}

async function readSettings(call: Call): Promise<Result<AuditSettings>> {
  const { parseServer } = await import('../../../../xmpp/endpoint.ts')
  const { namespaces } = await import('../../../../xmpp/pep.ts')
  const diagnostics: Diagnostic[] = []
  const refuse = (message: string, hint: string) =>
    diagnostics.push(diagnostic('usage/option', message, { hint }))
  const seconds = (name: string, usual: number) => {
    const text = optionText(call, name) ?? String(usual)
    const isGood = /^\d{1,6}(?:\.\d+)?$/.test(text) && Number(text) > 0
    if (!isGood) refuse(`--${name} ${text} is no number of seconds`, `write --${name} ${usual}`)
    return Number(text) * 1000
  }
  const [as, server, only] = ['as', 'server', 'namespace'].map(name => optionText(call, name))
  const jid = as === undefined ? undefined : checkJid(as, { allowUnicode: true })
  if (jid?.refusal) refuse(`--as ${as}: ${jid.refusal.message}`, jid.refusal.hint)
  const endpoint = server === undefined ? undefined : parseServer(server)
  if (server !== undefined && !endpoint) {
    refuse(`--server ${server} is no server`, 'write --server HOST, HOST:PORT or xmpps://HOST:PORT')
  }
  const chosen = namespaces.filter(name => only === undefined || name === only)
  if (chosen.length === 0) {
    refuse(
      `There is no version of OMEMO called ${only}`,
      `${suggestion(only ?? '', namespaces)}there are ${namespaces.join(', ')}`,
    )
  }
  const value = {
    server: endpoint,
    namespaces: chosen,
    timeout: seconds('timeout', 20),
    every: seconds('every', 600),
  }
  return diagnostics.length > 0 ? { diagnostics } : { value, diagnostics }
}
