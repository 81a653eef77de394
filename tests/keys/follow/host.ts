import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Files = ReadonlyMap<string, Buffer>

/** A host on this machine, which is not always honest. */
export interface Host {
  readonly origin: string
  /** What it hands out, by path; a folder’s is its `index.html`. */
  files: Files
  /** Answers in place of the files, when it gives true. */
  behave: ((path: string, response: ServerResponse) => boolean) | undefined
  close(): void
}

export async function startHost(): Promise<Host> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').slice(1))
    if (host.behave?.(path, response)) return
    const contents = host.files.get(path === '' || path.endsWith('/') ? `${path}index.html` : path)
    response.statusCode = contents ? 200 : 404
    response.end(contents)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const host: Host = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files: new Map(),
    behave: undefined,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
  return host
}
