import { diagnostic } from '../../../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../../../core/types.ts'
import { auditAccount } from '../../../../keys/audit/audit.ts'
import type { Publication } from '../../../../keys/verify/verify.ts'
import type { Endpoint } from '../../../../xmpp/endpoint.ts'
import type { Namespace } from '../../../../xmpp/pep.ts'
import type { Login, XmppStream } from '../../../../xmpp/stream.ts'

/** The input of an audit. */
export interface Audit {
  readonly publication: Publication
  /** Warnings about the manifest itself. */
  readonly warnings: readonly Diagnostic[]
  readonly jids: readonly string[]
  readonly login: Login
  /** Undefined: by SRV records, at the time of the connection. */
  readonly server: Endpoint | undefined
  readonly namespaces: readonly Namespace[]
  /** Milliseconds. */
  readonly every: number
}

/** What the options of a call say. */
export type AuditSettings = Pick<Audit, 'server' | 'namespaces' | 'every'> & Pick<Login, 'timeout'>

/** Logs in at `--server`, or where SRV records lead. */
export async function openAudit({
  login,
  server,
}: Pick<Audit, 'login' | 'server'>): Promise<Result<XmppStream>> {
  const [{ openStream }, { findEndpoints }] = await Promise.all([
    import('../../../../xmpp/stream.ts'),
    import('../../../../xmpp/endpoint.ts'),
  ])
  const domain = login.jid.slice(login.jid.indexOf('@') + 1)
  const endpoints = server ? [server] : await findEndpoints(domain)
  if (endpoints.length > 0) return openStream(login, endpoints)
  const hint = 'name a server: --server HOST:PORT'
  return { diagnostics: [diagnostic('audit/connect', `${domain} says that it has no XMPP server`, { hint })] }
}

/** The findings of each of these accounts, which are read all at once. */
export async function auditEach(
  { publication, login, namespaces }: Audit,
  stream: XmppStream,
  jids: readonly string[],
): Promise<ReadonlyMap<string, readonly Diagnostic[]>> {
  const { createReader } = await import('../../../../xmpp/pep.ts')
  const read = createReader(stream, { auditor: login.jid, namespaces })
  const accounts = await Promise.all(jids.map(read))
  return new Map(accounts.map(each => [each.jid, auditAccount(publication, each)]))
}

export function summarize({ publication, jids, login, namespaces }: Audit, found: number): string {
  const accounts = jids.length === 1 ? jids[0] : `${jids.length} accounts`
  const seen = `what the server hands out to ${login.jid} for ${accounts}`
  const part = namespaces.length === 1 ? ` Only ${namespaces[0]} was looked at.` : ''
  const { serial } = publication.manifest
  return found === 0
    ? `All is well: ${seen} is what manifest ${serial} says.${part}`
    : `This is ${seen}, against manifest ${serial}.${part}`
}
