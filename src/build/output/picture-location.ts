import { crc32 } from 'node:zlib'

const PICTURE = /\.(?:jpe?g|jpe|heic|heif|avif|png|webp|tiff?|dng|gif|svg)$/i

/** Whether a file may be a photograph, by its name. */
export const isPicture = (path: string): boolean => PICTURE.test(path)

/** A part of a picture that says where it was taken. */
interface Trace {
  /** Makes it say so no more, in place. */
  erase(): void
}

/**
 * Whether a picture says where it was taken: in EXIF (CIPA DC-008, 4.6.6) or in XMP that is not compressed (ISO 16684-1), in whatever
 * kind of file, previews within it too.
 */
export const hasLocation = (bytes: Uint8Array): boolean => tracesIn(asBuffer(bytes)).length > 0

/** A copy of a picture that says so no more: as many bytes, and all others, its pixels first, are what they were. */
export function withoutLocation(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes)
  for (const trace of tracesIn(copy)) trace.erase()
  if (copy.toString('latin1', 1, 4) === 'PNG') sealChunks(copy)
  return copy
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const tracesIn = (bytes: Buffer): readonly Trace[] => [
  ...tiffHeaders(bytes).flatMap(start => exifTraces(bytes, start)),
  ...xmpTraces(bytes),
]

/** EXIF begins with the file itself (TIFF), behind its name (JPEG, HEIF, AVIF), or in a chunk of its own (PNG, WebP). */
function tiffHeaders(bytes: Buffer): readonly number[] {
  const starts = new Set([0])
  for (const [name, skipped] of Object.entries({ 'Exif\0\0': 6, eXIf: 4, EXIF: 8 }))
    for (let at = bytes.indexOf(name, 0, 'latin1'); at >= 0; at = bytes.indexOf(name, at + 1, 'latin1'))
      starts.add(at + skipped)
  return [...starts].filter(at => /^(?:II\*\0|MM\0\*)$/.test(bytes.toString('latin1', at, at + 4)))
}

const GPS_FOLDER = 0x8825
const LATITUDE = 2
const LONGITUDE = 4
const ENTRY = 12

/** Bytes that a value takes, by the number of its TIFF type. */
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

/** Of a TIFF structure (TIFF 6.0, section 2), whose offsets count from `start`; what is malformed has none. */
function exifTraces(bytes: Buffer, start: number): readonly Trace[] {
  const isLittle = bytes[start] === 0x49
  const short = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const long = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const has = (at: number, length: number) => at >= start && at + length <= bytes.length
  const entriesOf = (folder: number) => {
    const count = has(folder, 2) ? short(folder) : 0
    return has(folder + 2, count * ENTRY)
      ? Array.from({ length: count }, (_, i) => folder + 2 + i * ENTRY)
      : []
  }
  const traces: Trace[] = []
  const folder = has(start, 8) ? start + long(start + 4) : bytes.length
  const entries = entriesOf(folder)
  for (const entry of entries.filter(each => short(each) === GPS_FOLDER)) {
    const gps = start + long(entry + 8)
    const fields = entriesOf(gps)
    if (!fields.some(field => [LATITUDE, LONGITUDE].includes(short(field)))) continue
    traces.push({
      erase() {
        for (const field of fields) {
          const length = (SIZES[short(field + 2)] ?? 0) * long(field + 4)
          const value = start + long(field + 8)
          if (length > 4 && has(value, length)) bytes.fill(0, value, value + length)
        }
        bytes.fill(0, gps, gps + 2 + fields.length * ENTRY)
        // The folder is named no more: the entries behind its own, and the place of the next folder, move up.
        const end = Math.min(folder + 2 + entries.length * ENTRY + 4, bytes.length)
        bytes.copyWithin(entry, entry + ENTRY, end)
        bytes.fill(0, end - ENTRY, end)
        if (isLittle) bytes.writeUInt16LE(entries.length - 1, folder)
        else bytes.writeUInt16BE(entries.length - 1, folder)
      },
    })
  }
  return traces
}

const GPS_PROPERTY =
  /(?<![\w.-])[\w.-]+:GPS\w+\s*=\s*(?:"[^"]*"|'[^']*')|<([\w.-]+:GPS\w+)(?:\s[^<>]*)?>[^<]*<\/\1\s*>/g

/** Blanks may stand wherever a property may. */
function xmpTraces(bytes: Buffer): readonly Trace[] {
  if (!bytes.includes('GPSL', 0, 'latin1')) return []
  const found = [...bytes.toString('latin1').matchAll(GPS_PROPERTY)]
  if (!found.some(([text]) => /GPSL(?:at|ong)itude/.test(text))) return []
  return found.map(({ index, 0: text }) => ({
    erase: () => void bytes.fill(0x20, index, index + text.length),
  }))
}

/** Gives each chunk of a PNG the checksum of what it holds now (PNG, 5.3). */
function sealChunks(png: Buffer): void {
  for (let at = 8; at + 12 <= png.length;) {
    const end = at + 8 + png.readUInt32BE(at)
    if (end + 4 > png.length) return
    png.writeUInt32BE(crc32(png.subarray(at + 4, end)), end)
    at = end + 4
  }
}
