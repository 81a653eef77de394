import { choices, type Settings } from './messages.ts'

/** A text and how it is read. */
export interface Shared {
  readonly text: string
  readonly settings: Settings
}

/** UTF-16 code units of a text that an address may have: what one pastes, and no flood. */
export const MOST_TEXT = 1_000_000

/** Characters of an address that are looked at. */
const MOST_ADDRESS = 2_000_000

/** Bytes that come out of an address at most: UTF-8 and JSON make up to six of a code unit. */
const MOST_BYTES = 6 * MOST_TEXT + 1000

/** The version of what follows. */
const MARK = '1.'

/** A fragment, without `#`, that holds a text: JSON, compressed by DEFLATE (RFC 1951), in base64url (RFC 4648, 5). */
export async function toFragment({ text, settings }: Shared): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify({ text, ...settings }))
  const packed = await readAll(through(bytes, new CompressionStream('deflate-raw')), Infinity)
  let binary = ''
  for (const byte of packed as Uint8Array) binary += String.fromCharCode(byte)
  return MARK + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** What a fragment, without `#`, holds; undefined when it is none of ours, is broken, or holds more than somebody would write. */
export async function fromFragment(fragment: string): Promise<Shared | undefined> {
  if (!isShared(fragment) || fragment.length > MOST_ADDRESS) return undefined
  try {
    const binary = atob(fragment.slice(MARK.length).replaceAll('-', '+').replaceAll('_', '/'))
    const packed = Uint8Array.from(binary, character => character.charCodeAt(0))
    const bytes = await readAll(through(packed, new DecompressionStream('deflate-raw')), MOST_BYTES)
    return bytes && readShared(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch {
    return undefined
  }
}

/** Whether a fragment says that it holds a text. */
export const isShared = (fragment: string): boolean => fragment.startsWith(MARK)

function readShared(read: unknown): Shared | undefined {
  if (typeof read !== 'object' || read === null) return undefined
  const { text, lang, format, space } = read as Readonly<Record<string, unknown>>
  if (typeof text !== 'string' || text.length > MOST_TEXT) return undefined
  const settings = {
    lang: oneOf(choices.lang, lang),
    format: oneOf(choices.format, format),
    space: oneOf(choices.space, space),
  }
  return { text, settings }
}

const oneOf = (allowed: readonly [string, ...string[]], value: unknown): string =>
  allowed.find(each => each === value) ?? allowed[0]

function through(bytes: Uint8Array<ArrayBuffer>, stream: GenericTransform): ReadableStream<Uint8Array> {
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
  return source.pipeThrough(stream as never)
}

interface GenericTransform {
  readonly readable: unknown
  readonly writable: unknown
}

/** All bytes of a stream, or undefined as soon as there are more than `most`. */
async function readAll(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array | undefined> {
  const reader = stream.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value)
    size += next.value.length
    if (size > most) {
      await reader.cancel()
      return undefined
    }
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
