import { createRequire } from 'node:module'
import { crc32, deflateSync, constants } from 'node:zlib'
import type * as QrCode from 'qrcode'
import { refuse, type Checked } from '../identity/refusal.ts'

/** The encoder alone; the package's entry loads its writers of files too, which takes three times as long. */
const { create } = createRequire(import.meta.url)('qrcode/lib/core/qrcode.js') as typeof QrCode

/** The dark modules of a QR code, row by row; the quiet zone is no part of them. */
export interface QrModules {
  readonly size: number
  isDark(x: number, y: number): boolean
}

/** ISO/IEC 18004, section 5.3.8: four modules of white on every side. */
export const quietZone = 4

/** Pixels of a module's side in the PNG. */
const scale = 4

/** ISO/IEC 18004, table 7: the bytes that each version, from 1, holds at level M. */
const capacities = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
]

/** The smallest version that holds the text; 0 when none does. */
const versionFor = (text: string) => capacities.findIndex(bytes => Buffer.byteLength(text) <= bytes) + 1

/** Modules on a side of the text’s code, its quiet zone included. */
export const sideOf = (text: string): number => 17 + 4 * versionFor(text) + 2 * quietZone

/**
 * Of the eight masks of ISO/IEC 18004, table 10. Links of keys, digits in groups, have their lowest penalty under this
 * one (all of three devices and more, 97 in 100 of one); to seek it each time takes nineteen twentieths of the time.
 */
const mask = 2

/** Codes of the text's UTF-8 bytes, at error correction level M; one that holds more than a code can is refused. */
export function encodeQr(text: string): Checked<QrModules> {
  const version = versionFor(text)
  if (version === 0) {
    return refuse(
      'keys/qr',
      `A link of ${Buffer.byteLength(text)} bytes is too long for a QR code`,
      'the address is very long: publish fewer devices of it, or a shorter address',
    )
  }
  const { modules } = create([{ data: Buffer.from(text, 'utf8'), mode: 'byte' }], {
    version,
    errorCorrectionLevel: 'M',
    maskPattern: mask,
  })
  return { value: { size: modules.size, isDark: (x, y) => modules.get(y, x) === 1 } }
}

/** A standing-alone SVG: black on a white plate of its own, whatever theme it is shown in. */
export function drawSvg({ size, isDark }: QrModules, title: string): string {
  const side = size + 2 * quietZone
  let path = ''
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!isDark(x, y)) continue
      const start = x
      while (x + 1 < size && isDark(x + 1, y)) x++
      const width = x + 1 - start
      path += `M${start + quietZone} ${y + quietZone}h${width}v1h-${width}z`
    }
  }
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * 4}" height="${side * 4}"` +
    ` role="img" shape-rendering="crispEdges"><title>${escapeXml(title)}</title>` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>\n`
  )
}

const escapeXml = (text: string) =>
  text.replace(/[&<>]/g, c => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c)

/**
 * A PNG (ISO/IEC 15948) of one bit a pixel. Rows are filtered against the row above and packed as run lengths only:
 * unlike a search for matches, that comes out the same in every build of zlib.
 */
export function drawPng({ size, isDark }: QrModules): Buffer {
  const side = (size + 2 * quietZone) * scale
  const stride = 1 + Math.ceil(side / 8)
  const rows = Buffer.alloc(stride * side)
  const up = 2
  for (let y = 0; y < side; y++) rows[y * stride] = up
  let above = new Uint8Array(stride - 1)
  for (let y = 0; y < size + 2 * quietZone; y++) {
    const row = new Uint8Array(stride - 1).fill(0xff)
    const isQuiet = y < quietZone || y >= size + quietZone
    for (let x = 0; x < size; x++) {
      if (isQuiet || !isDark(x, y - quietZone)) continue
      const start = (x + quietZone) * scale
      for (let pixel = start; pixel < start + scale; pixel++) row[pixel >> 3]! &= ~(0x80 >> (pixel & 7))
    }
    const start = y * scale * stride + 1
    for (let n = 0; n < row.length; n++) rows[start + n] = row[n]! - above[n]!
    above = row
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 1
  const data = deflateSync(rows, {
    level: 9,
    strategy: constants.Z_RLE,
    // Run lengths need no window, and there are many small files.
    windowBits: 9,
    memLevel: 4,
  })
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
