import { crc32, inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { decodeQR } from 'qr/decode.js'
import { reason } from '../../core/source.ts'

/** A picture of somebody else’s making, so nothing in it is believed: bytes of the file, and pixels of it. */
export const largestPicture = { bytes: 8 * 1024 * 1024, pixels: 16 * 1024 * 1024 } as const

export type ReadPicture =
  | { readonly text: string; readonly why?: undefined }
  /** Why nothing was read, as the end of a sentence. */
  | { readonly why: string; readonly text?: undefined }

/**
 * What the QR code in a PNG says: one that a client shows, a screenshot, or a scan. The error correction of the code may be needed
 * for it. Never throws, and takes no more memory than so many pixels do.
 */
export function readQrPicture(bytes: Buffer): ReadPicture {
  if (bytes.length > largestPicture.bytes)
    return { why: `it is larger than ${megabytes(largestPicture.bytes)}` }
  const png = reducePng(bytes)
  if (typeof png === 'string') return { why: png }
  try {
    const { width, height, data } = PNG.sync.read(png)
    return { text: decodeQR({ width, height, data: onWhite(data) }, { effort: 100, timeLimit: 10_000 }) }
  } catch (error) {
    const isPng = !/png|crc|inflat|filter|stream/i.test(reason(error))
    return { why: isPng ? 'no QR code is found in it' : 'it is a PNG with a fault in it' }
  }
}

/** The library takes what is transparent for black. */
function onWhite(pixels: Uint8Array): Uint8Array {
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3]!
    if (alpha === 255) continue
    for (let n = at; n < at + 3; n++) pixels[n] = Math.round((pixels[n]! * alpha + 255 * (255 - alpha)) / 255)
    pixels[at + 3] = 255
  }
  return pixels
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/** What a picture is made of; every other chunk of a PNG tells of it, and some of them unpack to anything. */
const wanted = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND'])

/** The picture alone, once it is known to be as large as it says; or what is wrong with it. */
function reducePng(bytes: Buffer): Buffer | string {
  if (!bytes.subarray(0, 8).equals(signature)) return 'it is no PNG'
  const chunks: Buffer[] = []
  const data: Buffer[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const chunk = bytes.subarray(at, at + 12 + length)
    if (chunk.length < 12 + length) return 'its end is missing'
    const type = chunk.toString('latin1', 4, 8)
    if (wanted.has(type)) {
      if (crc32(chunk.subarray(4, 8 + length)) !== chunk.readUInt32BE(8 + length)) {
        return 'a part of it is damaged'
      }
      chunks.push(chunk)
    }
    if (type === 'IDAT') data.push(chunk.subarray(8, 8 + length))
    at += 12 + length
  }
  const header = chunks[0]
  if (header?.length !== 25 || header.toString('latin1', 4, 8) !== 'IHDR')
    return 'it is a PNG without a header'
  const [width, height] = [header.readUInt32BE(8), header.readUInt32BE(12)]
  if (width === 0 || height === 0 || width * height > largestPicture.pixels) {
    return `it has ${width} × ${height} pixels, and ${largestPicture.pixels / 1024 / 1024} million are read at most`
  }
  try {
    // Four channels of 16 bits, a byte for each row, and the passes of an interlaced one.
    inflateSync(Buffer.concat(data), { maxOutputLength: width * height * 8 + height * 16 + 1024 })
  } catch {
    return 'it does not unpack to as many pixels as it says'
  }
  return Buffer.concat([signature, ...chunks])
}

const megabytes = (count: number) => `${count / 1024 / 1024} MiB`
