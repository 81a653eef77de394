import type { IncomingMessage } from 'node:http'
import type { RequestRefusal } from '../fixes/refusal.ts'

/** Bytes of a request at most: one that names every fix of a long page is shorter. */
const LARGEST = 1024 * 1024

/** The body of a request as an object, or why it is none. */
export async function readBody(
  request: IncomingMessage,
): Promise<RequestRefusal | { readonly fields: Readonly<Record<string, unknown>> }> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST) return { status: 413, sentence: 'That is too much for one request.' }
    chunks.push(chunk)
  }
  try {
    const fields: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (typeof fields === 'object' && fields !== null && !Array.isArray(fields))
      return { fields: fields as Readonly<Record<string, unknown>> }
  } catch {
    // What is no JSON is no object either.
  }
  return { status: 400, sentence: 'The request is no JSON object.' }
}
