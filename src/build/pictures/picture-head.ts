import { readFileStart, readRegularFile } from '../../core/read-file.ts'
import { measure } from '../pages/assets.ts'

export interface PictureHead {
  /** In pixels, as a viewer turns the picture. */
  readonly width: number
  readonly isAnimated: boolean
}

/** A photograph of some megabytes says within so many bytes how large it is; where it does not, all of it is read. */
const HEAD = 64 * 1024

/** What a picture says of itself; undefined when that cannot be told, which whoever shows the picture reports. */
export function readPictureHead(path: string): PictureHead | undefined {
  try {
    return describeHead(readFileStart(path, HEAD)) ?? describeHead(readRegularFile(path))
  } catch {
    return undefined
  }
}

function describeHead(bytes: Buffer): PictureHead | undefined {
  try {
    return { width: measure(bytes).width, isAnimated: isAnimated(bytes) }
  } catch {
    return undefined
  }
}

/** WebP has a flag for it (RFC 9649, 2.7), PNG a chunk before its pixels (PNG, 11.3.6.1). */
function isAnimated(bytes: Buffer): boolean {
  if (bytes.toString('latin1', 8, 16) === 'WEBPVP8X') return ((bytes[20] ?? 0) & 2) !== 0
  if (bytes.toString('latin1', 1, 4) !== 'PNG') return bytes.toString('latin1', 4, 12) === 'ftypavis'
  const control = bytes.indexOf('acTL', 0, 'latin1')
  const pixels = bytes.indexOf('IDAT', 0, 'latin1')
  return control >= 0 && (pixels < 0 || control < pixels)
}
