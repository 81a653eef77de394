import { inflateSync } from 'node:zlib'
import { decodeQr } from './decode.ts'
import { quietZone, type QrModules } from './encode.ts'
import { refuse, type Checked } from '../identity/refusal.ts'

/** Black pixels on white ones, read back from a file. */
interface Bitmap {
  /** One byte a pixel, 1 where it is black. */
  readonly rows: readonly Uint8Array[]
}

/** Do the files, as they were written, show one and the same code, and does it say this text to a decoder? */
export function checkQrFiles(files: readonly (string | Uint8Array)[], text: string): Checked<string> {
  const [first, ...others] = files.map(contents => {
    const bitmap = typeof contents === 'string' ? readSvg(contents) : readPng(Buffer.from(contents))
    return bitmap && findModules(bitmap)
  })
  const isOne = others.every(other => other && first && Buffer.compare(other, first) === 0)
  const decoded = first && isOne ? decodeQr(asModules(first)) : undefined
  if (decoded === text) return { value: text }
  const says = decoded === undefined ? 'nothing that can be read' : `“${decoded}”`
  return refuse('keys/qr', `The QR code of “${text}” says ${says}`, 'report this: it is a bug')
}

/** One byte a module, 1 where it is dark, without the quiet zone. */
function asModules(dark: Uint8Array): QrModules {
  const size = Math.sqrt(dark.length)
  return { size, isDark: (x, y) => dark[y * size + x] === 1 }
}

/** An SVG of one white plate and one path of black rectangles, at whole units. */
function readSvg(svg: string): Bitmap | undefined {
  const side = Number(/^<svg [^>]*viewBox="0 0 (\d+) \1"/.exec(svg)?.[1])
  const isOnPlate = svg.includes(`<rect width="${side}" height="${side}" fill="#fff"/><path `)
  const path = /<path d="([^"]*)" fill="#000"\/><\/svg>\s*$/.exec(svg)?.[1]
  if (!side || !isOnPlate || !path) return undefined
  const rows = Array.from({ length: side }, () => new Uint8Array(side))
  const run = /M(\d+) (\d+)h(\d+)v1h-\3z/y
  for (let at = 0; at < path.length; at = run.lastIndex) {
    const [, x, y, width] = run.exec(path) ?? []
    const end = Number(x) + Number(width)
    // NaN where the path goes on otherwise.
    if (!(end <= side) || Number(y) >= side) return undefined
    rows[Number(y)]?.fill(1, Number(x), end)
  }
  return { rows }
}

/** A PNG of one bit a pixel, in grey, whose rows have the filter None or Up. */
function readPng(png: Buffer): Bitmap | undefined {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const isOneBitGrey = png[24] === 1 && png[25] === 0 && png[28] === 0
  if (png.toString('latin1', 1, 4) !== 'PNG' || width !== height || !isOneBitGrey) return undefined
  const data: Buffer[] = []
  for (let at = 8; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    const type = png.toString('latin1', at + 4, at + 8)
    if (type === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const filtered = inflate(Buffer.concat(data))
  const stride = Math.ceil(width / 8) + 1
  if (filtered?.length !== stride * height) return undefined
  const rows: Uint8Array[] = []
  let above = new Uint8Array(stride - 1)
  for (let y = 0; y < height; y++) {
    const start = y * stride
    const filter = filtered[start]
    if (filter !== 0 && filter !== 2) return undefined
    if (y > 0 && isRepeated(filtered, start, stride)) {
      rows.push(rows[y - 1]!)
      continue
    }
    const row = new Uint8Array(stride - 1)
    for (let n = 0; n < row.length; n++) row[n] = filtered[start + 1 + n]! + (filter === 2 ? above[n]! : 0)
    rows.push(unpack(row, width))
    above = row
  }
  return { rows }
}

/** The row is, by the filter Up, the one above it once more. */
function isRepeated(filtered: Uint8Array, start: number, stride: number): boolean {
  if (filtered[start] !== 2) return false
  for (let n = start + 1; n < start + stride; n++) if (filtered[n] !== 0) return false
  return true
}

/** From eight pixels a byte, white ones set, to one byte a pixel. */
function unpack(bytes: Uint8Array, width: number): Uint8Array {
  const pixels = new Uint8Array(width)
  for (let x = 0; x < width; x++) pixels[x] = (~bytes[x >> 3]! >> (7 - (x & 7))) & 1
  return pixels
}

function inflate(data: Buffer): Buffer | undefined {
  try {
    return inflateSync(data)
  } catch {
    return undefined
  }
}

/** The quiet zone gives the size of a module; every pixel of a module has to have one colour. */
function findModules({ rows }: Bitmap): Uint8Array | undefined {
  const side = rows.length
  let corner = 0
  while (corner < side && rows[corner]?.[corner] === 0) corner++
  const scale = corner / quietZone
  const size = side / scale - 2 * quietZone
  if (!Number.isInteger(scale) || !Number.isInteger(size) || size < 1) return undefined
  const dark = new Uint8Array(size * size)
  for (let top = 0; top < side; top += scale) {
    const row = rows[top]!
    for (let y = top + 1; y < top + scale; y++) if (!isSame(row, rows[y]!)) return undefined
    const isQuietRow = top < corner || top >= side - corner
    for (let x = 0; x < side; x++) {
      if (row[x] !== row[x - (x % scale)]) return undefined
      const isQuiet = isQuietRow || x < corner || x >= side - corner
      if (isQuiet && row[x] !== 0) return undefined
      if (!isQuiet) dark[(top / scale - quietZone) * size + Math.floor(x / scale) - quietZone] = row[x]!
    }
  }
  return dark
}

/** Repeated rows of a bitmap are one array. */
const isSame = (row: Uint8Array, other: Uint8Array) => row === other || Buffer.compare(row, other) === 0
