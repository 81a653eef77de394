import type { ServerResponse } from 'node:http'
import type { Status } from './client.ts'

/** The pages that are open in browsers. */
export interface Readers {
  /** `path` is the page’s, relative to the output folder. */
  add(path: string, response: ServerResponse): void
  /** Tells each of them, or one, the status of its page, where it is another than it was told. */
  tell(statusOf: (path: string) => Status, one?: ServerResponse): void
  /** Lets all of them go. */
  close(): void
}

/** Keeps proxies and sleepy connections awake, and finds those that are gone. */
const HEARTBEAT = 30_000

export function createReaders(): Readers {
  const readers = new Map<ServerResponse, { readonly path: string; told: string }>()
  const heart = setInterval(() => {
    for (const response of readers.keys()) response.write(':\n\n')
  }, HEARTBEAT)
  heart.unref()
  return {
    add(path, response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
      })
      response.write('retry: 500\n\n')
      readers.set(response, { path, told: '' })
      response.once('close', () => readers.delete(response))
    },
    tell(statusOf, one) {
      const statuses = new Map<string, string>()
      for (const [response, reader] of readers) {
        if (one && one !== response) continue
        const { path } = reader
        const status = statuses.get(path) ?? JSON.stringify(statusOf(path))
        statuses.set(path, status)
        if (status !== reader.told) response.write(`event: status\ndata: ${status}\n\n`)
        reader.told = status
      }
    },
    close() {
      clearInterval(heart)
      for (const response of readers.keys()) response.end()
    },
  }
}
