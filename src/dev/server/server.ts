import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { absoluteForm, requestedPath, targetBelow, withSlash } from './request-path.ts'
import { createLiveReload } from './live-reload.ts'
import { admitClient, hostHeaders } from './headers.ts'
import { hostCheck } from './host.ts'
import type { ServedSite, ServedFile } from './served-site.ts'
import { createPageResponse } from './page-response.ts'
import { refuse, reply, typeOf } from './http-reply.ts'
import { listen } from './listen.ts'
import { lookUp, NOTHING, type Lookup } from './look-up.ts'
import { style } from '../client/style.ts'
import type { Diagnostic } from '../../core/types.ts'
import type { Editor } from '../fixes/editor.ts'
import type { SourceFixes } from '../fixes/fix-page.ts'
import { isRefusal } from '../fixes/refusal.ts'
import { createAuthorizer } from './authorize.ts'
import { act, isAction } from './page-actions.ts'

export interface SiteServer {
  /** The port that it got. */
  readonly port: number
  /** The sources have changed: notifies the open pages that have a new version. */
  announce(): Promise<void>
  /** Ends every connection, and is done when all of them are closed. */
  close(): Promise<void>
}

export interface ServeOptions {
  readonly host: string
  /** The first that is tried. */
  readonly port: number
  /** The site’s folder, absolute. */
  readonly root: string
  readonly fixes: SourceFixes
  readonly editor: Editor | undefined
  /** Called when what is wrong with a page that is open has changed. `address` is as a browser shows it. */
  onReport?(address: string, diagnostics: readonly Diagnostic[]): void
}

/** Serves a site at the first free port from `port` on. Throws what the system throws when it cannot listen at all. */
export async function serveSite(
  site: ServedSite,
  { host, port, root, fixes, editor, onReport }: ServeOptions,
): Promise<SiteServer> {
  const isKnownHost = hostCheck(host)
  const authorizer = createAuthorizer()
  const context = {
    site,
    undoable: fixes.undoable,
    hasEditor: editor?.kind === 'program',
    ...(editor?.kind === 'address' && {
      addressOf: (file: string, line: number, column: number) =>
        editor.addressOf(join(root, file), line, column),
    }),
  }
  const pageAt = (path: string) => {
    const found = lookUp(site, path)
    return found.kind === 'folder' ? NOTHING : found
  }
  const respond = ({ path, reading }: { readonly path: string; readonly reading: ServedFile }) =>
    createPageResponse(reading, { ...context, token: authorizer.tokenOf(path) })
  const responseAt = (path: string) => respond(pageAt(path))
  const liveReload = createLiveReload(responseAt, (path, diagnostics) =>
    onReport?.(`${site.base}/${path.replace(/(^|\/)index\.html$/, '$1')}`, diagnostics),
  )

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length > 1)
      return refuse(request, response, 400, 'There is more than one Host.')
    const absolute = absoluteForm(request.url ?? '')
    if (absolute) request.url = absolute.target
    const { method = '', url: target = '' } = request
    if (!isKnownHost(absolute?.host ?? request.headers.host)) {
      return refuse(request, response, 403, 'This server does not go by that name.')
    }
    const own = target.startsWith(`/${OWN}`) ? (requestedPath(target)?.slice(OWN.length) ?? '') : undefined
    if (own !== undefined && isAction(own)) return answerAction(own, request, response)
    if (method !== 'GET' && method !== 'HEAD') {
      return refuse(request, response, 405, 'Only GET and HEAD.', { allow: 'GET, HEAD' })
    }
    if (own !== undefined) return answerOwn(own, request, response)
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
    const found = lookUp(site, path)
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
      contents: respond(found).html,
      headers,
    })
  }

  /** What changes something is asked for with POST. Open pages learn of the change before whoever asked is answered. */
  async function answerAction(
    name: Parameters<typeof act>[0],
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (request.method !== 'POST')
      return refuse(request, response, 405, 'This is asked for with POST.', { allow: 'POST' })
    const result = await act(name, request, {
      authorizer,
      fixes,
      editor,
      root,
      async pageAt(address) {
        const path = pathBelow(address)
        if (path === undefined) return undefined
        if (await site.refresh()) await liveReload.notify()
        return pageAt(path)
      },
    })
    // What is left of a body that was not read is of no use.
    if (!request.complete) response.setHeader('connection', 'close')
    if (isRefusal(result)) return refuse(request, response, result.status, result.sentence)
    reply(request, response, { status: 200, type: typeOf('.json'), contents: JSON.stringify(result) })
    if (await site.refresh()) await liveReload.notify()
  }

  /** The path of the site that an address leads to, which a page gives of itself. */
  function pathBelow(address: string): string | undefined {
    const below = targetBelow(address, site.base)
    return below === undefined ? undefined : requestedPath(below)
  }

  async function answerOwn(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = new URL(request.url ?? '', 'http://localhost').searchParams.get('page')
    const path = page === null ? undefined : pathBelow(page)
    if (name === 'events' && path !== undefined && request.method === 'GET') {
      const isChanged = await site.refresh()
      // Only now: an earlier notification would have state that is out of date.
      liveReload.add(path, response)
      return isChanged ? liveReload.notify() : undefined
    }
    const own = name === 'client.css' ? style : readClient(name)
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

/** The compiled form of a module that browsers run. */
function readClient(name: string): string | undefined {
  const folder = new URL('../client/', import.meta.url)
  return readdirSync(folder).includes(name) && name.endsWith('.js')
    ? readFileSync(new URL(name, folder), 'utf8')
    : undefined
}
