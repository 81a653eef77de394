import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { readRegularFile } from '../../core/read-file.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { unreadable } from '../../core/source.ts'
import type { CopiedFile } from '../../document/find-sources.ts'
import { address } from './addresses.ts'

const require = createRequire(import.meta.url)

export interface Assets {
  /** Every address that a copied file has: root-relative, percent-encoded. */
  readonly addresses: readonly string[]
  /** The address with a hash of the content, or undefined when there is no such file. */
  hashed(url: string): string | undefined
  /** Width and height in CSS pixels of an image of this site. */
  imageSize(url: string): { readonly width: number; readonly height: number } | undefined
  /** What could not be read or measured so far. */
  readonly diagnostics: readonly Diagnostic[]
  /** Reads them anew when they are next asked about. */
  forget(): void
}

/** What a copied file holds. Throws what the system throws. */
export const readCopied = (root: string, { source, read }: Pick<CopiedFile, 'source' | 'read'>): Uint8Array =>
  read?.() ?? readRegularFile(join(root, source))

/** The files that are copied, as pages and templates refer to them. Each is read when first asked about. */
export function createAssets(root: string, files: readonly CopiedFile[]): Assets {
  const sources = new Map<string, CopiedFile>()
  for (const file of files) {
    const place = address(file.path.split('/'))
    if (typeof place !== 'string') sources.set(place.url, file)
  }
  const diagnostics: Diagnostic[] = []
  const read = (file: CopiedFile): Uint8Array | undefined => {
    try {
      return readCopied(root, file)
    } catch (error) {
      diagnostics.push(unreadable(file.source, error))
      return undefined
    }
  }
  const caches: Map<string, unknown>[] = []
  const memoize = <T>(compute: (file: CopiedFile) => T): ((url: string) => T | undefined) => {
    const results = new Map<string, T>()
    caches.push(results)
    return url => {
      const file = sources.get(url)
      if (file === undefined) return undefined
      if (!results.has(url)) results.set(url, compute(file))
      return results.get(url)
    }
  }
  const hashOf = memoize(file =>
    createHash('sha256')
      .update(read(file) ?? '')
      .digest('hex')
      .slice(0, 8),
  )
  return {
    addresses: [...sources.keys()],
    diagnostics,
    hashed(url) {
      const hash = hashOf(url)
      return hash === undefined ? undefined : `${url}?v=${hash}`
    },
    imageSize: memoize(file => {
      const bytes = read(file)
      try {
        return bytes && measure(bytes)
      } catch {
        const hint = 'is it an image? the page gets it without width and height'
        const message = 'The size of this image cannot be told'
        diagnostics.push(diagnostic('image/read', message, { hint, file: { path: file.source, text: '' } }))
        return undefined
      }
    }),
    forget() {
      for (const results of caches) results.clear()
      diagnostics.length = 0
    },
  }
}

/** A photograph may be stored lying on its side; browsers turn it by its EXIF orientation (5 to 8 are on the side). */
export function measure(bytes: Uint8Array): { width: number; height: number } {
  const { imageSize } = require('image-size') as { imageSize: typeof import('image-size').imageSize }
  const { width, height, orientation = 1 } = imageSize(bytes)
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}
