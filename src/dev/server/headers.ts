import { validateHeaderName, validateHeaderValue } from 'node:http'

/** Headers that this server sets itself: content, caching and redirection. */
const OURS =
  /^(?:cache-control|expires|etag|last-modified|content-(?:length|type|encoding|range)|location|set-cookie|strict-transport-security|connection|keep-alive|transfer-encoding|upgrade|trailer)$/

/**
 * The headers that a host such as Netlify or Cloudflare Pages sends with a path of the site, by the site’s `_headers`: names in
 * lower case, without those that this server sets itself.
 */
export function hostHeaders(text: string, path: string): Readonly<Record<string, string>> {
  const headers = new Map<string, string>()
  let isMeant = false
  for (const line of text.split(/\r?\n/).map(each => each.trim())) {
    const [, name = '', value = ''] = /^([^\s:]+)\s*:\s*(.*)$/.exec(line) ?? []
    const key = name.toLowerCase()
    if (line.startsWith('/')) isMeant = patternOf(line).test(path)
    else if (!isMeant || line.startsWith('#')) continue
    else if (line.startsWith('!')) headers.delete(line.slice(1).trim().toLowerCase())
    else if (isSendable(key, value) && !OURS.test(key)) headers.set(key, joined(headers.get(key), value))
  }
  return Object.fromEntries(headers)
}

/** `/posts/*` and `/posts/:year/` */
const patternOf = (written: string) =>
  new RegExp(
    `^${written
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:[a-z]\w*/gi, '[^/]+')
      .replaceAll('*', '.*')}$`,
  )

/** Several rules may set one header. */
const joined = (before: string | undefined, value: string) =>
  before === undefined ? value : `${before}, ${value}`

function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return true
  } catch {
    return false
  }
}

/** What the client needs, and the directives that decide on it: the first that there is. */
const needs = [
  ['script-src', ['script-src-elem', 'script-src', 'default-src']],
  ['style-src', ['style-src-elem', 'style-src', 'default-src']],
  ['connect-src', ['connect-src', 'default-src']],
] as const

/**
 * The same Content-Security-Policies, extended so that the client may load from `source`, with its stylesheet, and connect to its event
 * stream. They allow nothing else of the site that they did not.
 */
export const admitClient = (policies: string, source: string): string =>
  policies
    .split(',')
    .map(policy => admit(policy, source))
    .join(', ')

function admit(policy: string, source: string): string {
  const directives = new Map<string, readonly string[]>()
  for (const [name = '', ...sources] of policy.split(';').map(each => each.trim().split(/\s+/))) {
    const key = name.toLowerCase()
    // The first of several counts; and this server has no certificate.
    if (key !== '' && key !== 'upgrade-insecure-requests' && !directives.has(key))
      directives.set(key, sources)
  }
  for (const [own, deciding] of needs) {
    const decisive = deciding.find(name => directives.has(name))
    const sources = decisive === undefined ? ["'self'"] : directives.get(decisive)!
    if (sources.some(each => each.toLowerCase() === "'self'")) continue
    const others = sources.filter(each => each.toLowerCase() !== "'none'")
    directives.set(decisive === 'default-src' ? own : decisive!, [...others, source])
  }
  return [...directives].map(directive => directive.flat().join(' ')).join('; ')
}
