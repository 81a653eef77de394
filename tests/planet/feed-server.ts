import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

export interface FeedServer {
  readonly port: number
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** Of the requests so far, in order. */
  readonly requests: readonly Pick<IncomingMessage, 'url' | 'headers'>[]
  close(): Promise<void>
}

/** A server on this machine; it goes when the test file is done, with whatever it is still sending. */
export async function serveFeeds(
  answer: RequestListener,
  { host = '127.0.0.1', tls }: { readonly host?: string; readonly tls?: ServerOptions } = {},
): Promise<FeedServer> {
  const requests: Pick<IncomingMessage, 'url' | 'headers'>[] = []
  const listener: RequestListener = (request, response) => {
    requests.push({ url: request.url, headers: request.headers })
    answer(request, response)
  }
  const server: Server = tls ? createTlsServer(tls, listener) : createServer(listener)
  await new Promise<void>(resolve => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  afterAll(() => (server.listening ? close() : undefined))
  return { port, url: `${tls ? 'https' : 'http'}://${host}:${port}`, requests, close }
}
