import { inflateSync } from 'node:zlib'
import { hasLocation } from './picture-location.ts'

const VIDEO = /\.(?:mp4|m4v|mov|qt|3gp|3g2)$/i
const PNG = /\.png$/i

/**
 * Whether a file says where it was taken in a form that is not taken out: a film (QuickTime user data and metadata keys; 3GPP TS 26.244,
 * `loci`), or compressed text of a PNG (PNG, 11.3.3), which would have to be made anew.
 */
export function hasSealedLocation(path: string, bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (VIDEO.test(path)) return PLACES.some(place => buffer.includes(place, 0, 'latin1'))
  return PNG.test(path) && compressedTexts(buffer).some(isLocated)
}

const PLACES = ['\xA9xyz', 'com.apple.quicktime.location.ISO6709', 'loci\0\0\0\0']

/** A picture writes no more of it. */
const MOST = 4 * 1024 * 1024

function compressedTexts(png: Buffer): readonly Buffer[] {
  const found: Buffer[] = []
  for (let at = 8; at + 12 <= png.length;) {
    const end = at + 8 + png.readUInt32BE(at)
    if (end + 4 > png.length) break
    const name = png.toString('latin1', at + 4, at + 8)
    const data = png.subarray(at + 8, end)
    const start =
      name === 'zTXt'
        ? behindNuls(data, 1, 1)
        : name === 'iTXt' && isCompressed(data)
          ? behindNuls(data, 3, 2)
          : undefined
    const text = start === undefined ? undefined : inflate(data.subarray(start))
    if (text) found.push(text)
    at = end + 4
  }
  return found
}

/** The keyword, and the flag behind it. */
const isCompressed = (data: Buffer) => data[data.indexOf(0) + 1] === 1

/** Behind so many texts that end with a NUL, and the bytes of flags after the first. */
function behindNuls(data: Buffer, count: number, flags: number): number | undefined {
  let at = 0
  for (let n = 0; n < count; n++) {
    const nul = data.indexOf(0, at)
    if (nul < 0) return undefined
    at = nul + 1 + (n === 0 ? flags : 0)
  }
  return at
}

function inflate(bytes: Buffer): Buffer | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: MOST })
  } catch {
    return undefined
  }
}

/** XMP as it is; EXIF as ImageMagick writes it, in lines of hexadecimal digits. */
function isLocated(text: Buffer): boolean {
  if (hasLocation(text)) return true
  const profile = text.toString('latin1')
  if (!/^\s*(?:exif|APP1|xmp)\s/i.test(profile)) return false
  return hasLocation(Buffer.from(profile.replace(/^\s*\S+\s+\d+/, '').replace(/\s+/g, ''), 'hex'))
}
