import { readFileSync } from 'node:fs'
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http'
import { absoluteForm, requestedPath, targetBelow, withSlash } from './request-path.ts'
import { createLiveReload } from './live-reload.ts'
import { admitClient, hostHeaders } from './headers.ts'
import { hostCheck } from './host.ts'
import type { ServedSite, ServedFile } from './served-site.ts'
import { createPageResponse } from './page-response.ts'
import { refuse, reply, typeOf } from './http-reply.ts'
import { style } from './overlay-style.ts'

export interface SiteServer {
  /** The port that it got. */
  readonly port: number
  /** The sources have changed: notifies the open pages that have a new version. */
  announce(): Promise<void>
  /** Ends every connection, and is done when all of them are closed. */
  close(): Promise<void>
}

/** How many ports are tried behind one that is taken. */
const PORTS = 20

/** Serves a site at the first free port from `port` on. Throws what the system throws when it cannot listen at all. */
export async function serveSite(
  site: ServedSite,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<SiteServer> {
  const isKnownHost = hostCheck(host)
  const responseAt = (path: string) => {
    const found = find(site, path)
    return createPageResponse(found.kind === 'folder' ? nothing : found.reading, site)
  }
  const liveReload = createLiveReload(responseAt)

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length > 1)
      return refuse(request, response, 400, 'There is more than one Host.')
    const absolute = absoluteForm(request.url ?? '')
    if (absolute) request.url = absolute.target
    const { method = '', url: target = '' } = request
    if (!isKnownHost(absolute?.host ?? request.headers.host)) {
      return refuse(request, response, 403, 'This server does not go by that name.')
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return refuse(request, response, 405, 'Only GET and HEAD.', { allow: 'GET, HEAD' })
    }
    if (target.startsWith(`/${OWN}`)) {
      const name = requestedPath(target)?.slice(OWN.length) ?? ''
      return answerOwn(name, request, response)
    }
    const below = targetBelow(target, site.base)
    if (below === undefined) return refuseOutside(request, response)
    const path = requestedPath(below)
    if (path === undefined) return refuse(request, response, 400, 'No file of a site has this address.')

    // Generated files may depend on any source.
    const isChanged = (isPage(path) || !site.isCopied(path)) && (await site.refresh())
    const made = await site.make(path)
    if (made) sendFile(request, response, { kind: 'file', path, reading: made }, headersOf(site, request))
    else give(path, request, response)
    if (isChanged) await liveReload.notify()
  }

  /** Outside of the base path there is nothing of the site; `/` redirects to it. */
  function refuseOutside(request: IncomingMessage, response: ServerResponse): void {
    const start = `${site.base}/`
    const path = request.url?.replace(/[?#].*$/s, '')
    if (path !== '/' && path !== site.base) {
      return refuse(request, response, 404, `The site lies under ${start}.`)
    }
    return refuse(request, response, 302, `The site lies under ${start}.`, { location: start })
  }

  function give(path: string, request: IncomingMessage, response: ServerResponse): void {
    const found = find(site, path)
    if (found.kind === 'folder') {
      return refuse(request, response, 302, 'It is a folder.', {
        location: withSlash(request.url ?? ''),
      })
    }
    const headers = headersOf(site, request)
    if (!isPage(found.path)) return sendFile(request, response, found, headers)
    const { kind, reading } = found
    if (reading.breaksPolicy?.()) delete headers['content-security-policy']
    return reply(request, response, {
      status: reading.isFailed ? 500 : kind === 'missing' ? 404 : 200,
      type: typeOf(found.path),
      contents: createPageResponse(reading, site).html,
      headers,
    })
  }

  async function answerOwn(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = new URL(request.url ?? '', 'http://localhost').searchParams.get('page')
    const below = page === null ? undefined : targetBelow(page, site.base)
    const path = below === undefined ? undefined : requestedPath(below)
    if (name === 'events' && path !== undefined && request.method === 'GET') {
      const isChanged = await site.refresh()
      // Only now: an earlier notification would have state that is out of date.
      liveReload.add(path, response)
      return isChanged ? liveReload.notify() : undefined
    }
    const own = name === 'client.js' ? readClient() : name === 'client.css' ? style : undefined
    if (own === undefined) return refuse(request, response, 404, 'There is nothing here.')
    return reply(request, response, { status: 200, type: typeOf(name), contents: own })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const text = error instanceof Error ? error.stack : String(error)
      if (response.headersSent) response.destroy()
      else refuse(request, response, 500, `imprimatur failed, and it is not your fault:\n\n${text}`)
    })
  })
  return {
    port: await listen(server, host, port),
    announce: liveReload.notify,
    close() {
      liveReload.close()
      // First nobody new comes in: a request that is accepted in between would be waited for.
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}

/** Reserved by the program: no page can be there. */
const OWN = '.imprimatur/'

const isPage = (path: string) => path === '' || /(?:\/|\.html)$/.test(path)

/** What is at an address: a file, a folder whose slash is missing, or nothing, and then the site’s 404 page. */
type Lookup =
  | { readonly kind: 'file' | 'missing'; readonly path: string; readonly reading: ServedFile }
  | { readonly kind: 'folder' }

function find(library: ServedSite, path: string): Lookup {
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path
  const reading = library.read(file)
  if (reading) return { kind: 'file', path: file, reading }
  if (library.has(`${file}/index.html`)) return { kind: 'folder' }
  return { kind: 'missing', path: NOT_FOUND, reading: library.read(NOT_FOUND) ?? nothing }
}

const NOT_FOUND = '404.html'

const nothing: ServedFile = {
  contents: '<!doctype html>\n<title>404</title>\n<h1>Nothing is here</h1>\n',
  diagnostics: () => [],
  isFailed: false,
}

/** The headers that a host would send by the site’s own `_headers`, so that what a policy forbids is forbidden here too. */
function headersOf(library: ServedSite, { url = '', headers: { host = '' } }: IncomingMessage) {
  const { contents } = library.read('_headers') ?? {}
  const text = contents === undefined ? '' : Buffer.from(contents as Uint8Array).toString('utf8')
  const headers = hostHeaders(text, url.replace(/[?#].*$/s, ''))
  // A policy cannot name an IPv6 address, and browsers differ about IPv4 addresses.
  const source = /^(?:127\.0\.0\.1|[a-z][a-z\d.-]*)(?::\d+)?$/i.test(host) ? `${host}/${OWN}` : "'self'"
  return Object.fromEntries<string>(
    Object.entries(headers).map(([name, value]) => [
      name,
      name.startsWith('content-security-policy') ? admitClient(value, source) : value,
    ]),
  )
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  { path, reading: { contents, diagnostics } }: Extract<Lookup, { path: string }>,
  headers: OutgoingHttpHeaders,
): void {
  if (contents !== undefined)
    return reply(request, response, { status: 200, type: typeOf(path), contents, headers })
  const said = diagnostics().map(({ file, message }) => `${file?.path ?? path}: ${message}`)
  return refuse(request, response, 500, said.join('\n'))
}

/** The compiled form of the module that browsers run. */
const readClient = () => readFileSync(new URL('client.js', import.meta.url), 'utf8')

async function listen(server: Server, host: string, first: number): Promise<number> {
  for (let port = first; ; port++) {
    try {
      await listenAt(server, host, port)
      return (server.address() as { port: number }).port
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      if (!isTaken || port >= Math.min(first + PORTS, 65_535)) throw error
    }
  }
}

const listenAt = (server: Server, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
