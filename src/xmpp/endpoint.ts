import { Resolver } from 'node:dns/promises'
import { domainToASCII } from 'node:url'

/** Where a server listens. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  /** TLS from the first byte (XEP-0368), not after StartTLS. */
  readonly isDirect: boolean
}

/** `HOST`, `HOST:PORT`, `[::1]:PORT`, or the same after `xmpps://`; undefined for anything else. */
export function parseServer(text: string): Endpoint | undefined {
  const [, scheme, bracketed, name, digits] =
    /^(xmpps?:\/\/)?(?:\[([0-9a-f:.]+)\]|([^\s:/?#@[\]]+))(?::(\d{1,5}))?$/i.exec(text) ?? []
  const host = bracketed ?? domainToASCII(name ?? '')
  const isDirect = scheme?.toLowerCase() === 'xmpps://'
  const port = digits === undefined ? defaultPort(isDirect) : Number(digits)
  return host === '' || port < 1 || port > 65535 ? undefined : { host, port, isDirect }
}

const defaultPort = (isDirect: boolean) => (isDirect ? 5223 : 5222)

export const writeEndpoint = ({ host, port, isDirect }: Endpoint): string =>
  `${isDirect ? 'xmpps://' : ''}${host.includes(':') ? `[${host}]` : host}:${port}`

export interface ServiceRecord {
  readonly name: string
  readonly port: number
  readonly priority: number
  readonly weight: number
}

/** SRV records of a name; none when there are none or the domain name system does not answer. */
export type LookUp = (name: string) => Promise<readonly ServiceRecord[]>

const lookUpService: LookUp = async name => {
  try {
    return await new Resolver({ timeout: 3000, tries: 2 }).resolveSrv(name)
  } catch {
    return []
  }
}

/**
 * The servers of a domain in the order in which to try them: by SRV records of both kinds together (XEP-0368), and the
 * domain itself on port 5222 when there are none (RFC 6120, section 3.2.2). A target `.` says that there is no service.
 */
export async function findEndpoints(
  domain: string,
  lookUp: LookUp = lookUpService,
): Promise<readonly Endpoint[]> {
  const host = domainToASCII(domain)
  const [direct, plain] = await Promise.all([
    lookUp(`_xmpps-client._tcp.${host}`),
    lookUp(`_xmpp-client._tcp.${host}`),
  ])
  const describe = (isDirect: boolean) => (record: ServiceRecord) => ({
    host: record.name,
    port: record.port,
    isDirect,
    rank: [record.priority, -record.weight] as const,
  })
  const records = [...direct.map(describe(true)), ...plain.map(describe(false))]
  if (records.length === 0) return [{ host, port: defaultPort(false), isDirect: false }]
  return records
    .filter(each => each.host !== '' && each.host !== '.')
    .toSorted((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1])
    .map(each => ({ host: each.host, port: each.port, isDirect: each.isDirect }))
}
