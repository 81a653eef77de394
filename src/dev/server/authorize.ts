import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TOKEN_HEADER } from '../client/protocol.ts'
import type { RequestRefusal } from '../fixes/refusal.ts'
import { isLoopback } from './host.ts'

/** Who may change something: the pages that this server has served, on this machine, each for itself. */
export interface Authorizer {
  /** What a page has to show; `path` is the page’s, relative to the output folder. */
  tokenOf(path: string): string
  /** Why a request is not to be done, whatever it asks for: it comes from another machine, another site, or from no script. */
  refuseOrigin(request: IncomingMessage): RequestRefusal | undefined
  /** Why a request is not to be done for this page. */
  refuseToken(request: IncomingMessage, path: string): RequestRefusal | undefined
}

export function createAuthorizer(): Authorizer {
  const secret = randomBytes(32)
  const tokenOf = (path: string) => createHmac('sha256', secret).update(path).digest('base64url')
  return {
    tokenOf,
    refuseOrigin({ headers, socket }) {
      if (!isFromHere(socket.remoteAddress))
        return { status: 403, sentence: 'Only a browser on this machine may change the site.' }
      const { origin, host = '' } = headers
      if (origin === undefined)
        return { status: 403, sentence: 'The request does not say where it comes from.' }
      const site = headers['sec-fetch-site']
      if (
        origin.toLowerCase() !== `http://${host.toLowerCase()}` ||
        (site !== undefined && site !== 'same-origin')
      )
        return { status: 403, sentence: 'Another site may not change this one.' }
      const [type = ''] = headers['content-type']?.split(';') ?? []
      if (type.trim().toLowerCase() !== 'application/json')
        return { status: 415, sentence: 'This takes JSON, and no form.' }
      return undefined
    },
    refuseToken({ headers }, path) {
      const given = headers[TOKEN_HEADER]
      if (typeof given !== 'string') return { status: 403, sentence: 'The request shows no token.' }
      return isSame(given, tokenOf(path))
        ? undefined
        : { status: 403, sentence: 'This is not the token of that page; load the page again.' }
    },
  }
}

/** Whether a connection is from this machine. */
export const isFromHere = (address = ''): boolean => isLoopback(address.replace(/^::ffff:/i, ''))

function isSame(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map(text => createHmac('sha256', 'same length').update(text).digest())
  return timingSafeEqual(a as Buffer, b as Buffer)
}
