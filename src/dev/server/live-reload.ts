import type { ServerResponse } from 'node:http'
import { setImmediate as breath } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Status, Version } from './client.ts'
import type { Proof } from './page-response.ts'

/** The pages that are open in browsers. */
export interface Readers {
  /** Tells one more of them all about its page; `path` is the page’s, relative to the output folder. */
  add(path: string, response: ServerResponse): void
  /**
   * Something has changed: tells each of them at once whether its page is another one now, and those that stay with theirs, when
   * there is time, what is wrong with it.
   */
  tell(): Promise<void>
  /** Lets all of them go. */
  close(): void
}

interface Reader {
  readonly path: string
  /** What it was told last. */
  version?: Version
  verdict?: string
}

/** Keeps proxies and sleepy connections awake, and finds those that are gone. */
const HEARTBEAT = 30_000

export function createReaders(proofAt: (path: string) => Proof): Readers {
  const readers = new Map<ServerResponse, Reader>()
  const heart = setInterval(() => {
    for (const response of readers.keys()) response.write(':\n\n')
  }, HEARTBEAT)
  heart.unref()

  function say(response: ServerResponse, status: Status): void {
    response.write(`event: status\ndata: ${JSON.stringify(status)}\n\n`)
  }
  function inform(response: ServerResponse): void {
    const reader = readers.get(response)
    if (!reader) return
    const proof = proofAt(reader.path)
    const verdict = proof.verdict()
    const known = JSON.stringify(verdict)
    if (isDeepStrictEqual(proof.version, reader.version) && known === reader.verdict) return
    Object.assign(reader, { version: proof.version, verdict: known })
    say(response, { ...proof.version, verdict })
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
      readers.set(response, { path })
      response.once('close', () => readers.delete(response))
      inform(response)
    },
    async tell() {
      const staying: ServerResponse[] = []
      for (const [response, reader] of readers) {
        const { version } = proofAt(reader.path)
        const { page, styles, assets } = reader.version ?? version
        const isOther = page !== version.page || assets !== version.assets
        reader.version = version
        if (isOther || styles !== version.styles) say(response, version)
        // Whoever loads another page asks again.
        if (!isOther) staying.push(response)
      }
      for (const response of staying) {
        await breath()
        inform(response)
      }
    },
    close() {
      clearInterval(heart)
      for (const response of readers.keys()) response.end()
      readers.clear()
    },
  }
}
