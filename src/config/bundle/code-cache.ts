import { createHash } from 'node:crypto'
import { versions } from 'node:process'
import { userCacheFile } from '../cache-folder.ts'

/** What V8 has made of the parts of a bundle, for the next process. It may be absent, foreign or of another bundle at any time. */
export interface CodeCache {
  /** Undefined when it is not known. */
  find(name: string): Buffer | undefined
  /** Puts these in the place of what was kept; whatever prevents that makes the next process slower, and that is all. */
  write(parts: readonly CodePart[]): void
}

export interface CodePart {
  readonly name: string
  readonly code: Buffer
}

/** Of a part, the length of its code. Their codes follow one another. */
type CodeEntry = readonly [name: string, length: number]

const HEAD = 'imprimatur code 1'
const DIGEST = 32

/**
 * The code that one command needs, in a folder of caches that is the user’s own. V8 refuses what another version or configuration of it made, but
 * compares of a source its length alone, and trusts what it is given; so the state of the bundle and a digest of all that is kept are with it.
 */
export function codeCache(folder: string, command: string, state: string): CodeCache {
  const [major = ''] = versions.node.split('.')
  const file = userCacheFile(folder, `${command}-node${major}.code`)
  const known = readParts(file.read(), state)
  return {
    find: name => known.get(name),
    write(parts) {
      const entries = parts.map(({ name, code }): CodeEntry => [name, code.length])
      const head = Buffer.from(`${JSON.stringify([HEAD, state, ...entries])}\n`)
      const body = Buffer.concat([head, ...parts.map(({ code }) => code)])
      file.write(Buffer.concat([digestOf(body), body]))
    },
  }
}

function readParts(contents: Uint8Array | undefined, state: string): ReadonlyMap<string, Buffer> {
  const parts = new Map<string, Buffer>()
  if (!contents) return parts
  const bytes = Buffer.from(contents.buffer, contents.byteOffset, contents.byteLength)
  const body = bytes.subarray(DIGEST)
  if (!digestOf(body).equals(bytes.subarray(0, DIGEST))) return parts
  const end = body.indexOf('\n')
  const [head, of, ...entries] = JSON.parse(body.toString('utf8', 0, end)) as readonly [
    string,
    string,
    ...CodeEntry[],
  ]
  if (head !== HEAD || of !== state) return parts
  let at = end + 1
  for (const [name, length] of entries) parts.set(name, body.subarray(at, (at += length)))
  return parts
}

const digestOf = (data: Buffer) => createHash('sha256').update(data).digest()
