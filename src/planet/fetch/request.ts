import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestTls } from 'node:https'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { guardedLookup, literalAddress, reachOf, RefusedHost, type Reach } from './network.ts'

export interface Question {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  /** Which machines may be connected to. */
  readonly mayReach: (reach: Reach) => boolean
  /** Bytes, packed and unpacked. */
  readonly limit: number
  readonly signal: AbortSignal
}

export interface Reply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  /** Unpacked; empty for what is no success. */
  readonly body: Buffer
  /** Where the machine that replied is. */
  readonly reach: Reach
}

/** The reply is longer than it may be. */
export class TooLarge extends Error {}

/** The reply is packed in a way that nobody asked for, or badly. */
export class BadlyPacked extends Error {}

/**
 * One GET by HTTP/1.1, on a connection of its own; redirects are not followed. Throws RefusedHost, TooLarge, BadlyPacked, what
 * the network throws, and the reason of the signal.
 */
export async function ask(question: Question): Promise<Reply> {
  const { url, mayReach, limit, signal } = question
  const literal = literalAddress(url)
  if (literal !== undefined && !mayReach(reachOf(literal))) throw new RefusedHost(literal, reachOf(literal))
  const response = await send(question)
  try {
    const status = response.statusCode ?? 0
    const { headers } = response
    const reach = reachOf(response.socket.remoteAddress ?? '0.0.0.0')
    if (status !== 200) return { status, headers, body: Buffer.alloc(0), reach }
    if (Number(headers['content-length']) > limit) throw new TooLarge()
    const body = await unpack(await readAll(response, limit, signal), headers['content-encoding'], limit)
    return { status, headers, body, reach }
  } finally {
    response.destroy()
  }
}

function send({ url, headers, mayReach, signal }: Question): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? requestTls : requestPlain
  const lookup = guardedLookup(mayReach)
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent: false, lookup, signal })
    sent.once('response', resolve)
    // What the connection throws after a reply has been read through is of no interest.
    sent.on('error', error => reject(signal.aborted ? (signal.reason as Error) : error))
    sent.end()
  })
}

async function readAll(response: IncomingMessage, limit: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > limit) throw new TooLarge()
      chunks.push(chunk)
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  }
  return Buffer.concat(chunks)
}

const MOST_PACKINGS = 2

const unpackers: Readonly<Record<string, (packed: Buffer, options: object) => Promise<Buffer>>> = {
  gzip: promisify(gunzip) as (packed: Buffer, options: object) => Promise<Buffer>,
  br: promisify(brotliDecompress) as (packed: Buffer, options: object) => Promise<Buffer>,
  // RFC 9110, section 8.4.1.2: some servers leave the zlib format out that “deflate” stands for.
  deflate: (packed, options) =>
    ((packed[0] ?? 0) & 0x0f) === 8
      ? (promisify(inflate) as typeof unpackRaw)(packed, options)
      : unpackRaw(packed, options),
}

const unpackRaw = promisify(inflateRaw) as (packed: Buffer, options: object) => Promise<Buffer>

/**
 * Takes off the codings of RFC 9110, section 8.4, the last one first; what unpacks to more than the limit is given up. A coding that is
 * none, such as “aws-chunked” or “utf-8”, says nothing of a body that is text; and what is gzip without saying so is unpacked, too.
 */
async function unpack(body: Buffer, coding: string | undefined, limit: number): Promise<Buffer> {
  const codings = (coding ?? '')
    .toLowerCase()
    .split(',')
    .map(each => each.trim().replace(/^x-/, ''))
    .filter(each => each !== '' && each !== 'identity')
  if (codings.length > MOST_PACKINGS) throw new BadlyPacked(`packed ${codings.length} times`)
  let unpacked = body
  const isGzip = body[0] === 0x1f && body[1] === 0x8b
  for (const each of isGzip && codings.length === 0 ? ['gzip'] : codings.toReversed()) {
    const unpacker = Object.hasOwn(unpackers, each) ? unpackers[each] : undefined
    if (!unpacker && isText(unpacked)) continue
    if (!unpacker) throw new BadlyPacked(`packed as “${each}”`)
    try {
      unpacked = await unpacker(unpacked, { maxOutputLength: limit })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw new TooLarge()
      throw new BadlyPacked(`packed as “${each}”, and broken`)
    }
  }
  return unpacked
}

/** Whether it begins as XML and JSON do, in UTF-8 or UTF-16. */
const isText = (body: Buffer) =>
  /^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*[<{]/.test(body.toString('latin1', 0, 1000))
