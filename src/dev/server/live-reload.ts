import type { ServerResponse } from 'node:http'
import { setImmediate as nextTick } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { DiagnosticPlace, PageReport, Status, Version } from '../client/protocol.ts'
import type { Diagnostic } from '../../core/types.ts'
import { isFromHere } from './authorize.ts'
import type { PageResponse } from './page-response.ts'

/** The pages that are open in browsers. */
export interface LiveReload {
  /** Adds a page and sends it its state; `path` is the page’s, relative to the output folder. */
  add(path: string, response: ServerResponse): void
  /**
   * Something has changed: sends each page at once whether it has a new version, and to those that have not, later, their
   * diagnostics.
   */
  notify(): Promise<void>
  /** Closes every connection. */
  close(): void
}

interface OpenPage {
  readonly path: string
  /** On the machine of the server, where sources may be changed. */
  readonly isHere: boolean
  /** The state that it was sent last. */
  version?: Version
  report?: string
}

/** Milliseconds between comments that keep connections open through proxies, and find those that are closed. */
const HEARTBEAT = 30_000

/** `onReport` is called when what is wrong with a page that is open has changed, once for all who have it open. */
export function createLiveReload(
  responseAt: (path: string) => PageResponse,
  onReport: (path: string, diagnostics: readonly Diagnostic[]) => void = () => {},
): LiveReload {
  const reported = new Map<string, string>()
  const pages = new Map<ServerResponse, OpenPage>()
  const heart = setInterval(() => {
    for (const response of pages.keys()) response.write(':\n\n')
  }, HEARTBEAT)
  heart.unref()

  function send(response: ServerResponse, status: Status): void {
    response.write(`event: status\ndata: ${JSON.stringify(status)}\n\n`)
  }
  function sendReport(response: ServerResponse): void {
    const page = pages.get(response)
    if (!page) return
    const current = responseAt(page.path)
    const report = page.isHere ? current.report() : asSeenElsewhere(current.report())
    const known = JSON.stringify(report)
    if (isDeepStrictEqual(current.version, page.version) && known === page.report) return
    page.version = current.version
    page.report = known
    if (known !== reported.get(page.path)) {
      reported.set(page.path, known)
      onReport(page.path, current.diagnostics())
    }
    send(response, { ...current.version, report })
  }
  return {
    add(path, response) {
      if (response.destroyed) return
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      })
      response.write('retry: 500\n\n')
      pages.set(response, { path, isHere: isFromHere(response.req.socket.remoteAddress) })
      response.once('close', () => pages.delete(response))
      sendReport(response)
    },
    async notify() {
      const staying: ServerResponse[] = []
      for (const [response, reader] of pages) {
        const { version } = responseAt(reader.path)
        const { page, styles, assets } = reader.version ?? version
        const isOther = page !== version.page || assets !== version.assets
        reader.version = version
        if (isOther || styles !== version.styles) send(response, version)
        // A page that reloads connects again.
        if (!isOther) staying.push(response)
      }
      for (const response of staying) {
        await nextTick()
        sendReport(response)
      }
    },
    close() {
      clearInterval(heart)
      for (const response of pages.keys()) response.end()
      pages.clear()
    },
  }
}

/** Nothing can be fixed or opened from another machine, and where files are on this one is nobody's business there. */
const asSeenElsewhere = ({ isStale, diagnostics, texts, notice }: PageReport): PageReport => ({
  isStale,
  diagnostics: diagnostics.map(found =>
    Object.assign({}, found, { place: found.place && bare(found.place) }),
  ),
  texts,
  notice,
  hasEditor: false,
})

const bare = ({ file, line, column }: DiagnosticPlace): DiagnosticPlace => ({ file, line, column })
