import type { Code } from '../../core/codes.ts'
import { reason } from '../../core/source.ts'
import { mayReach, RefusedHost, type Reach } from './network.ts'
import { ask, BadlyPacked, TooLarge, type Reply } from './request.ts'

/** What a server said of a feed before, for it to say that nothing has changed. */
export interface Validators {
  readonly etag?: string | undefined
  readonly lastModified?: string | undefined
}

export interface DownloadOptions {
  /** Who asks, RFC 9110, section 10.1.5. */
  readonly userAgent: string
  readonly validators: Validators
  /** Milliseconds for all of it, redirects too. */
  readonly timeout: number
  /** Bytes. */
  readonly limit: number
}

/** Why a feed could not be had. */
export interface Obstruction {
  readonly code: Code
  readonly message: string
  readonly hint: string
}

export interface Download {
  /** Undefined when nothing has changed since the validators. */
  readonly body: Buffer | undefined
  readonly contentType: string | undefined
  readonly validators: Validators
  /** Where it was found in the end. */
  readonly url: string
  /** Where it is for good now, when it has moved and every redirect says so. */
  readonly movedTo: string | undefined
}

const MOST_REDIRECTS = 5

const ACCEPT = [
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json',
  'application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.1',
].join(', ')

/** Fetches a feed, once, and follows it where it has moved to, within bounds. */
export async function download(
  address: string,
  { userAgent, validators, timeout, limit }: DownloadOptions,
): Promise<Download | Obstruction> {
  const headers = {
    'user-agent': userAgent,
    accept: ACCEPT,
    'accept-encoding': 'gzip, deflate, br',
    ...(validators.etag !== undefined && { 'if-none-match': validators.etag }),
    ...(validators.lastModified !== undefined && { 'if-modified-since': validators.lastModified }),
  }
  const signal = AbortSignal.timeout(timeout)
  const visited = new Set<string>()
  let url = new URL(address)
  let from: Reach | undefined
  let isForGood = true
  for (;;) {
    url.hash = ''
    visited.add(url.href)
    let reply: Reply
    try {
      reply = await ask({ url, headers, mayReach: mayReach(url, from), limit, signal })
    } catch (error) {
      return explain(error, url, { timeout, limit, isRedirected: visited.size > 1 })
    }
    const { status } = reply
    if (![301, 302, 303, 307, 308].includes(status)) {
      const movedTo = visited.size > 1 && isForGood ? url.href : undefined
      return judge(reply, url, validators, movedTo)
    }
    from = reply.reach
    isForGood &&= status === 301 || status === 308
    const location = reply.headers.location ?? ''
    const hint = 'open the address in a browser; the feed may have another one now'
    const wrong = (message: string): Obstruction => ({ code: 'planet/redirect', message, hint })
    if (location === '' || !URL.canParse(location, url.href)) return wrong('The feed is said to be nowhere')
    url = new URL(location, url)
    url.hash = ''
    if (!/^https?:$/.test(url.protocol)) return wrong(`The feed is said to be at ${url.href}`)
    if (visited.has(url.href)) return wrong('The feed is said to be where it was asked for: a circle')
    if (visited.size > MOST_REDIRECTS)
      return wrong(`The feed is said to be elsewhere more than ${MOST_REDIRECTS} times`)
  }
}

function judge(
  { status, headers, body }: Reply,
  url: URL,
  validators: Validators,
  movedTo: string | undefined,
): Download | Obstruction {
  const isAsked = validators.etag !== undefined || validators.lastModified !== undefined
  const contentType = headers['content-type']
  if (status === 304 && isAsked) return { body: undefined, contentType, validators, url: url.href, movedTo }
  if (status === 200) {
    const { etag, 'last-modified': lastModified } = headers
    return { body, contentType, validators: { etag, lastModified }, url: url.href, movedTo }
  }
  const name = statuses[status]
  return {
    code: 'planet/status',
    message: `The server answers ${status}${name === undefined ? '' : `: ${name[0]}`}`,
    hint: name?.[1] ?? (status >= 500 ? 'try again later' : 'open the address in a browser'),
  }
}

const statuses: Readonly<Record<number, readonly [name: string, hint: string]>> = {
  401: ['it wants a password', 'a planet gathers what is public: ask for a public feed, or leave it out'],
  403: ['it refuses', 'it may refuse programs; ask whose site it is'],
  404: ['there is nothing there', 'look on the site for the address that the feed has now'],
  410: ['the feed is gone for good', 'leave it out of the list; to keep showing what was kept, leave it in'],
  429: ['it was asked too often', 'try again later'],
}

function explain(
  error: unknown,
  url: URL,
  { timeout, limit, isRedirected }: { timeout: number; limit: number; isRedirected: boolean },
): Obstruction {
  const where = isRedirected ? `${url.href}, where the feed is said to be,` : url.host
  if (error instanceof RefusedHost) {
    if (url.protocol === 'http:' && error.reach !== 'loopback') {
      const message = isRedirected
        ? `${where} is asked without encryption`
        : 'A feed is fetched by https; plain http is for this machine alone'
      return {
        code: isRedirected ? 'planet/redirect' : 'planet/address',
        message,
        hint: `write https: most servers have it`,
      }
    }
    const hint =
      'no redirect is followed into a private network; write the last address into the list if it is yours'
    return { code: 'planet/redirect', message: `${where} is an address of a private network`, hint }
  }
  if (error instanceof TooLarge) {
    const message = `The feed is longer than ${limit / 1024 / 1024} MB`
    return { code: 'planet/too-large', message, hint: 'look for a feed of the newest entries only' }
  }
  if (error instanceof BadlyPacked) {
    return {
      code: 'planet/feed',
      message: `What ${where} sends is ${error.message}`,
      hint: 'try again later',
    }
  }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const message = `${where} has not sent the feed in ${timeout / 1000} s`
    return { code: 'planet/timeout', message, hint: 'try again later, or give it longer: --timeout 60' }
  }
  const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? '')
  if (/CERT|^ERR_(?:TLS|SSL)|^EPROTO$|SELF_SIGNED|UNABLE_TO/.test(code)) {
    const message = `The connection to ${where} is not safe: ${reason(error)}`
    return { code: 'planet/tls', message, hint: 'tell whose site it is; their certificate may have expired' }
  }
  const why = network[code] ?? reason(error)
  return { code: 'planet/connect', message: `${where} cannot be reached: ${why}`, hint: 'try again later' }
}

const network: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name service does not answer',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'it hung up',
  EPIPE: 'it hung up',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
}
