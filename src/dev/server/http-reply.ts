import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import createEtag from 'etag'
import isFresh from 'fresh'
import { lookup } from 'mrmime'
import parseRange from 'range-parser'

export interface HttpReply {
  readonly status: number
  readonly type: string
  readonly contents: string | Uint8Array
  readonly headers?: OutgoingHttpHeaders
}

/** Headers of every response: revalidate, do not sniff types, and let no other site embed it. */
const always = {
  'cache-control': 'no-cache',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
} as const

/** The content type of a file of the site, by its name. */
export function typeOf(path: string): string {
  const type = lookup(path) ?? (/(?<![^/])[^./]*$/.test(path) ? 'text/plain' : 'application/octet-stream')
  const isText = /^text\/|[/+](?:json|javascript|xml|yaml)$/.test(type)
  return isText ? `${type}; charset=utf-8` : type
}

/** Answers GET and HEAD: whole, in part, or with nothing where the browser has it already. */
export function reply(request: IncomingMessage, response: ServerResponse, answer: HttpReply): void {
  const { status, type } = answer
  const body = Buffer.from(answer.contents as Uint8Array)
  const headers: OutgoingHttpHeaders = { ...answer.headers, ...always, 'content-type': type }
  const send = (code: number, part: Buffer) => {
    response.writeHead(code, { ...headers, 'content-length': part.length })
    response.end(request.method === 'HEAD' ? undefined : part)
  }
  if (status !== 200) return send(status, body)

  const etag = createEtag(body)
  Object.assign(headers, { etag, 'accept-ranges': 'bytes' })
  if (isFresh(request.headers, { etag })) {
    response.writeHead(304, headers).end()
    return undefined
  }
  const { range } = request.headers
  const isSame = [undefined, etag].includes(request.headers['if-range'] as string | undefined)
  if (range === undefined || !isSame || request.method !== 'GET' || isBackward(range))
    return send(status, body)
  const ranges = parseRange(body.length, wholeWhereLonger(range, body.length))
  if (ranges === -1) {
    headers['content-range'] = `bytes */${body.length}`
    return send(416, Buffer.alloc(0))
  }
  const [first, second] = ranges === -2 || ranges.type !== 'bytes' ? [] : ranges
  if (!first || second) return send(status, body)
  headers['content-range'] = `bytes ${first.start}-${first.end}/${body.length}`
  return send(206, body.subarray(first.start, first.end + 1))
}

/** A suffix that is longer than the file is the whole of it (RFC 9110, section 14.1.2). */
const wholeWhereLonger = (range: string, size: number) =>
  range.replace(/^(bytes\s*=\s*)-(\d+)$/i, (all, unit: string, length: string) =>
    size > 0 && Number(length) > size ? `${unit}0-` : all,
  )

/** A range that ends before it begins is none, and ignored. */
const isBackward = (range: string) => {
  const [, first, last] = /^bytes\s*=\s*(\d+)-(\d+)$/i.exec(range) ?? []
  return first !== undefined && Number(last) < Number(first)
}

/** A refusal in one sentence. */
export const refuse = (
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: OutgoingHttpHeaders = {},
): void =>
  reply(request, response, {
    status,
    type: 'text/plain; charset=utf-8',
    contents: `${sentence}\n`,
    headers,
  })
