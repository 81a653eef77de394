import { inflateSync } from 'node:zlib'
import { decodeQr } from './qr-decoder.ts'
import { quietZone, type Modules } from './qr.ts'
import { refuse, type Checked } from './refusal.ts'

/** Black pixels on white ones, read back from a file. */
interface Bitmap {
  readonly side: number
  isBlack(x: number, y: number): boolean
}

/** Does the file, as it was written, say this text to a decoder? */
export function checkQrFile(contents: string | Uint8Array, text: string): Checked<string> {
  const bitmap = typeof contents === 'string' ? readSvg(contents) : readPng(Buffer.from(contents))
  const modules = bitmap && findModules(bitmap)
  const decoded = modules && decodeQr(modules)
  if (decoded === text) return { value: text }
  const says = decoded === undefined ? 'nothing that can be read' : `“${decoded}”`
  return refuse('keys/qr', `The QR code of “${text}” says ${says}`, 'report this: it is a bug')
}

/** An SVG of one white plate and one path of black rectangles, at whole units. */
function readSvg(svg: string): Bitmap | undefined {
  const side = Number(/^<svg [^>]*viewBox="0 0 (\d+) \1"/.exec(svg)?.[1])
  const isOnPlate = svg.includes(`<rect width="${side}" height="${side}" fill="#fff"/><path `)
  const path = /<path d="([^"]*)" fill="#000"\/><\/svg>\s*$/.exec(svg)?.[1]
  if (!side || !isOnPlate || path === undefined) return undefined
  const black = new Uint8Array(side * side)
  let at = 0
  for (const { 0: whole, index, ...run } of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)) {
    const [x, y, width, back] = [Number(run[1]), Number(run[2]), Number(run[3]), Number(run[4])]
    if (index !== at || width !== back || x + width > side || y >= side) return undefined
    black.fill(1, y * side + x, y * side + x + width)
    at += whole.length
  }
  return at === path.length ? { side, isBlack: (x, y) => black[y * side + x] === 1 } : undefined
}

/** A PNG of one bit a pixel, in grey, whose rows have the filter None or Up. */
function readPng(png: Buffer): Bitmap | undefined {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const isOneBitGrey = png[24] === 1 && png[25] === 0 && png[28] === 0
  if (png.toString('latin1', 1, 4) !== 'PNG' || width !== height || !isOneBitGrey) return undefined
  const data: Buffer[] = []
  for (let at = 8; at + 12 <= png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  }
  const rows = inflate(Buffer.concat(data))
  const stride = Math.ceil(width / 8) + 1
  if (rows?.length !== stride * height) return undefined
  for (let at = 0; at < rows.length; at++) {
    const filter = rows[at - (at % stride)]
    if (filter !== 0 && filter !== 2) return undefined
    if (filter === 2 && at % stride > 0 && at > stride) rows[at]! += rows[at - stride]!
  }
  return { side: width, isBlack: (x, y) => ((rows[y * stride + 1 + (x >> 3)]! << (x & 7)) & 0x80) === 0 }
}

function inflate(data: Buffer): Buffer | undefined {
  try {
    return inflateSync(data)
  } catch {
    return undefined
  }
}

/** The quiet zone tells how large a module is; every pixel of a module has to have one colour. */
function findModules({ side, isBlack }: Bitmap): Modules | undefined {
  let corner = 0
  while (corner < side && !isBlack(corner, corner)) corner++
  const scale = corner / quietZone
  const size = side / scale - 2 * quietZone
  if (!Number.isInteger(scale) || !Number.isInteger(size) || size < 1) return undefined
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const isQuiet = Math.min(x, y, side - 1 - x, side - 1 - y) < corner
      const colour = isQuiet ? false : isBlack(x - (x % scale), y - (y % scale))
      if (isBlack(x, y) !== colour) return undefined
    }
  }
  const at = (module: number) => (module + quietZone) * scale
  return { size, isDark: (x, y) => isBlack(at(x), at(y)) }
}
