import { diagnostic } from '../../../../core/diagnostic.ts'
import type { Result } from '../../../../core/types.ts'
import { joinSources } from '../../../../keys/import/claim.ts'
import { readServed } from '../../../../keys/import/read-served.ts'
import { readManifest } from '../../../../keys/manifest/manifest.ts'
import { locateKeys } from '../../../../keys/verify-site.ts'
import type { Call, Outcome } from '../../../arguments.ts'
import { callConfig, optionText } from '../../../input.ts'
import { readPassword } from '../../../password.ts'
import { checkAddress, readOrBegin, writeRead } from '../write-read.ts'
import { openAudit, type AuditSettings } from './accounts.ts'

/** Reads the devices of accounts from their server and writes those that the manifest lacks, each to be confirmed. */
export async function importServed(call: Call, settings: Result<AuditSettings>): Promise<Outcome> {
  const wrong = [
    ...settings.diagnostics,
    ...call.positionals.flatMap(jid => checkAddress('JID', jid)),
    ...(call.values.watch === true
      ? [
          diagnostic('usage/option', '--import and --watch are two things', {
            hint: 'import first, confirm, sign; then watch',
          }),
        ]
      : []),
  ]
  if (!settings.value || wrong.length > 0) return { diagnostics: wrong }
  const config = await callConfig(call)
  if (!config.value) return config
  const paths = locateKeys(config.value)
  if (!paths.value) return paths
  const source = readOrBegin(config.value, paths.value.manifest)
  if (!source.value) return source
  const head = readManifest(source.value)
  if (!head.value) return { diagnostics: head.diagnostics }
  const as = optionText(call, 'as')
  const known = head.value.draft.accounts.map(({ jid }) => jid)
  const jids = [call.positionals, known, as === undefined ? [] : [as]].find(list => list.length > 0)
  const auditor = as ?? (jids?.length === 1 ? jids[0] : undefined)
  if (!jids || auditor === undefined) {
    const hint = 'say whose devices: imprimatur keys audit --import you@example.org'
    const message = jids ? `--as is missing: there are ${jids.length} accounts` : 'JID is missing'
    return { diagnostics: [diagnostic('usage/argument', message, { hint })] }
  }
  const password = await readPassword(call, auditor)
  if (password.value === undefined) return { diagnostics: password.diagnostics }
  const { timeout, server, namespaces } = settings.value
  const login = { jid: auditor, password: password.value, timeout, resource: undefined }
  const stream = await openAudit({ login, server })
  if (!stream.value) return stream
  const { createReader } = await import('../../../../xmpp/pep.ts')
  const read = createReader(stream.value, { auditor, namespaces })
  const accounts = await Promise.all(jids.map(read))
  await stream.value.close()
  return writeRead(call, config.value, joinSources(accounts.map(readServed)))
}
