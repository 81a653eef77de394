import { createHash } from 'node:crypto'
import type { Config } from '../../config/config.ts'

/** A Content-Security-Policy: its directives, each with the sources that it allows. Content Security Policy Level 3. */
export type Policy = ReadonlyMap<string, readonly string[]>

/** Everything from this site alone, nothing inline, no framing by others. */
const STRICT: Policy = new Map<string, readonly string[]>([
  ['default-src', ["'none'"]],
  ...['connect', 'font', 'img', 'manifest', 'media', 'script', 'style'].map(
    kind => [`${kind}-src`, ["'self'"]] as const,
  ),
  ['base-uri', ["'none'"]],
  ['form-action', ["'self'"]],
  ['frame-ancestors', ["'none'"]],
])

/** The policy of a site; undefined when it is to have none. What the configuration allows is allowed besides. */
export function sitePolicy({ build: { policy = {} } }: Pick<Config, 'build'>): Policy | undefined {
  if (policy === false) return undefined
  const directives = new Map(STRICT)
  for (const [name, sources] of Object.entries(policy)) {
    // Where a directive is missing, default-src decides, and allows nothing.
    const before = (directives.get(name) ?? []).filter(each => each !== "'none'" || sources.length === 0)
    directives.set(name, [...new Set([...before, ...sources])])
  }
  return directives
}

export const writePolicy = (policy: Policy): string =>
  [...policy].map(([name, sources]) => [name, ...sources].join(' ')).join('; ')

/** What decides about something, the first directive that there is: CSP 3, 6.8.3. */
const FALLBACKS: Readonly<Record<string, readonly string[]>> = {
  'script-src-elem': ['script-src', 'default-src'],
  'script-src-attr': ['script-src', 'default-src'],
  'style-src-elem': ['style-src', 'default-src'],
  'style-src-attr': ['style-src', 'default-src'],
  'frame-src': ['child-src', 'default-src'],
  'form-action': [],
  'base-uri': [],
}

/** The directive that decides, and its sources; undefined when none does. */
function deciding(
  policy: Policy,
  kind: string,
): readonly [name: string, sources: readonly string[]] | undefined {
  for (const name of [kind, ...(FALLBACKS[kind] ?? ['default-src'])]) {
    const sources = policy.get(name)
    if (sources) return [name, sources]
  }
  return undefined
}

/** Which directive forbids something inline, if one does; its text, if it has one, may be allowed by its hash. */
export function forbidsInline(policy: Policy, kind: string, text?: string): boolean {
  const [, sources = []] = deciding(policy, kind) ?? []
  if (!deciding(policy, kind)) return false
  const hashes = sources.filter(each => /^'(?:sha\d+|nonce)-/.test(each))
  if (
    text !== undefined &&
    hashes.some(each => each === `'${hashName(each)}-${hashOf(text, hashName(each))}'`)
  )
    return false
  // A hash or a nonce beside it takes its effect away.
  return !sources.includes("'unsafe-inline'") || hashes.length > 0
}

const hashName = (source: string) => /^'(sha(?:256|384|512))-/.exec(source)?.[1] ?? 'sha256'
const hashOf = (text: string, name: string) => createHash(name).update(text).digest('base64')

/** Whether an absolute address may be loaded as something of that kind, on a site at that address. */
export function allows(policy: Policy, kind: string, address: URL, site: string): boolean {
  const decided = deciding(policy, kind)
  return !decided || decided[1].some(source => matches(source, address, new URL(site)))
}

function matches(source: string, address: URL, site: URL): boolean {
  if (source === "'self'") return address.origin === site.origin
  if (source.startsWith("'")) return false
  if (source === '*') return /^(?:https?|wss?):$/.test(address.protocol)
  if (/^[a-z][a-z\d+.-]*:$/i.test(source)) return source.toLowerCase() === address.protocol
  const [, scheme, host = '', port, path] =
    /^(?:([a-z][a-z\d+.-]*):\/\/)?([^/:]+)(?::(\d+|\*))?(\/.*)?$/i.exec(source) ?? []
  if (scheme !== undefined && `${scheme.toLowerCase()}:` !== address.protocol) return false
  const isHost = host.startsWith('*.')
    ? address.hostname.endsWith(host.slice(1).toLowerCase())
    : host === '*' || host.toLowerCase() === address.hostname
  const isPort = port === undefined ? address.port === '' : port === '*' || port === address.port
  const isPath =
    path === undefined || (path.endsWith('/') ? address.pathname.startsWith(path) : address.pathname === path)
  return isHost && isPort && isPath
}

/** What to write into the configuration so that the policy allows an address of a kind. */
export const directiveFor = (policy: Policy, kind: string): string => {
  const [name = kind] = deciding(policy, kind) ?? []
  return name === 'default-src' ? kind : name
}
