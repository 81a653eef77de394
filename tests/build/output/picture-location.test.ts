import { crc32, deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { imageSize } from 'image-size'
import { describe, expect, test } from 'vitest'
import { hasLocation, isPicture, withoutLocation } from '../../../src/build/output/picture-location.ts'
import { builtSite } from '../built-site.ts'

/** EXIF as cameras write it: a folder with orientation, maker and position, a second folder behind it, and a preview. */
function exif({ isLittle, position }: { readonly isLittle: boolean; readonly position: boolean }): Buffer {
  const bytes = Buffer.alloc(300, 0x55)
  const short = (value: number, at: number) =>
    isLittle ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at)
  const long = (value: number, at: number) =>
    isLittle ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at)
  const entry = (at: number, [tag, type, count, value]: readonly [number, number, number, number]) => {
    short(tag, at)
    short(type, at + 2)
    long(count, at + 4)
    if (type === 3) {
      long(0, at + 8)
      short(value, at + 8)
    } else long(value, at + 8)
  }
  bytes.write(isLittle ? 'II*\0' : 'MM\0*', 0, 'latin1')
  long(8, 4)
  const entries = [
    [0x010f, 2, 6, 120],
    [0x0112, 3, 1, 6],
    ...(position ? [[0x8825, 4, 1, 140] as const] : []),
    [0x9003, 2, 6, 130],
  ] as const
  short(entries.length, 8)
  entries.forEach((each, i) => entry(10 + i * 12, each as readonly [number, number, number, number]))
  long(250, 10 + entries.length * 12)
  bytes.write('Maker\0', 120, 'latin1')
  bytes.write('Taken\0', 130, 'latin1')
  short(4, 140)
  const gps = [
    [1, 2, 2, 0x4e000000],
    [2, 5, 3, 200],
    [3, 2, 2, 0x45000000],
    [4, 5, 3, 224],
  ] as const
  gps.forEach((each, i) => entry(142 + i * 12, each))
  long(0, 142 + 48)
  for (let at = 200; at < 248; at += 4) long(37, at)
  short(1, 250)
  entry(252, [0x0103, 3, 1, 6])
  long(0, 264)
  return bytes
}

const xmp = (attributes: string, elements = '') =>
  Buffer.from(
    `<?xpacket begin=""?><rdf:Description dc:title="A" ${attributes} dc:rights="B">${elements}<x:y>z</x:y></rdf:Description>`,
  )
const located = xmp(
  'exif:GPSLatitude="55,45.35N" exif:GPSLongitude="37,37.12E"',
  '<exif:GPSAltitude>10/1</exif:GPSAltitude>',
)
const pixels = Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 37) % 251))

const segment = (marker: number, ...parts: readonly Uint8Array[]) => {
  const body = Buffer.concat(parts)
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
const frame = segment(0xc0, Buffer.from([8, 0, 20, 0, 40, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1]))
const jpeg = (...segments: readonly Uint8Array[]) =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, frame, pixels, Buffer.from([0xff, 0xd9])])
const app1 = (name: string, body: Uint8Array) => segment(0xe1, Buffer.from(name, 'latin1'), body)

const chunk = (name: string, body: Uint8Array) => {
  const named = Buffer.concat([Buffer.from(name), body])
  const bytes = Buffer.alloc(named.length + 8)
  bytes.writeUInt32BE(body.length)
  named.copy(bytes, 4)
  bytes.writeUInt32BE(crc32(named), named.length + 4)
  return bytes
}
const header = Buffer.from([0, 0, 0, 40, 0, 0, 0, 20, 8, 0, 0, 0, 0])
const png = (...chunks: readonly Uint8Array[]) =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    ...chunks,
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])

const itxt = (body: Uint8Array) =>
  chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1'), body]))
const riff = (name: string, body: Uint8Array) => {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(body.length)
  return Buffer.concat([Buffer.from(name), size, body])
}

/** A picture of each kind of file, with EXIF and XMP in it. */
const kinds: Readonly<Record<string, (exifBytes: Buffer, xmpBytes: Buffer) => Buffer>> = {
  jpeg: (e, x) => jpeg(app1('Exif\0\0', e), app1('http://ns.adobe.com/xap/1.0/\0', x)),
  png: (e, x) => png(chunk('eXIf', e), itxt(x)),
  webp: (e, x) =>
    Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), riff('VP8 ', pixels), riff('EXIF', e), riff('XMP ', x)]),
  heic: (e, x) =>
    Buffer.concat([
      Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
      x,
      pixels,
      Buffer.from('\0\0\0\x06Exif\0\0', 'latin1'),
      e,
    ]),
  tiff: (e, x) => Buffer.concat([e, x, pixels]),
}

describe.each(Object.keys(kinds))('of a %s', kind => {
  const make = kinds[kind]!
  const plain = xmp('', '')
  test.each([true, false])(
    'the position in EXIF is found, and taken out of it alone (little-endian: %s)',
    isLittle => {
      const picture = make(exif({ isLittle, position: true }), plain)
      expect([hasLocation(picture), hasLocation(make(exif({ isLittle, position: false }), plain))]).toEqual([
        true,
        false,
      ])
      const bare = Buffer.from(withoutLocation(picture))
      expect([bare.length, hasLocation(bare)]).toEqual([picture.length, false])
      // Entries are as they would be without the position; all that they point to, and the second folder, stays in its place.
      const start = bare.indexOf(isLittle ? 'II*\0' : 'MM\0*', 0, 'latin1')
      const without = exif({ isLittle, position: false })
      expect(bare.subarray(start, start + 50)).toEqual(without.subarray(0, 50))
      expect(bare.subarray(start + 62, start + 140)).toEqual(picture.subarray(start + 62, start + 140))
      expect(bare.subarray(start + 248, start + 300)).toEqual(picture.subarray(start + 248, start + 300))
      expect(bare.subarray(start + 140, start + 190).every(byte => byte === 0)).toBe(true)
      expect(bare.subarray(start + 200, start + 248).every(byte => byte === 0)).toBe(true)
      expect(bare.includes(pixels) || kind === 'png').toBe(true)
    },
  )

  test('the position in XMP is found, and blanks take its place', () => {
    const picture = make(exif({ isLittle: true, position: false }), located)
    expect(hasLocation(picture)).toBe(true)
    const bare = Buffer.from(withoutLocation(picture))
    expect([bare.length, hasLocation(bare), bare.includes('GPS', 0, 'latin1')]).toEqual([
      picture.length,
      false,
      false,
    ])
    for (const kept of ['dc:title="A"', 'dc:rights="B"', '<x:y>z</x:y>'])
      expect(bare.includes(kept)).toBe(true)
  })
})

test('a picture without a position is no other afterwards', () => {
  for (const make of Object.values(kinds)) {
    const picture = make(exif({ isLittle: true, position: false }), xmp(''))
    expect(Buffer.from(withoutLocation(picture))).toEqual(picture)
  }
})

test('sizes and orientation are told as before, and checksums are those of what is there', () => {
  const before = kinds.jpeg!(exif({ isLittle: false, position: true }), located)
  expect(imageSize(withoutLocation(before))).toEqual(imageSize(before))
  const after = Buffer.from(withoutLocation(kinds.png!(exif({ isLittle: true, position: true }), located)))
  for (let at = 8; at < after.length;) {
    const end = at + 8 + after.readUInt32BE(at)
    expect(after.readUInt32BE(end)).toBe(crc32(after.subarray(at + 4, end)))
    at = end + 4
  }
})

test('nothing that is broken makes it fail', () => {
  const whole = Object.values(kinds).map(make => make(exif({ isLittle: true, position: true }), located))
  const broken = fc
    .tuple(
      fc.constantFrom(...whole),
      fc.array(fc.tuple(fc.nat(1200), fc.nat(255)), { maxLength: 12 }),
      fc.nat(1200),
    )
    .map(([picture, changes, end]) => {
      const copy = Buffer.from(picture.subarray(0, end))
      for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte
      return copy
    })
  fc.assert(
    fc.property(broken, bytes => {
      hasLocation(bytes)
      expect(withoutLocation(bytes)).toHaveLength(bytes.length)
    }),
    { numRuns: 2000 },
  )
})

test('a build warns of each such picture, or publishes it without', async () => {
  const picture = kinds.jpeg!(exif({ isLittle: true, position: true }), located)
  const files = { 'pages/cat.JPG': picture, 'pages/notes.txt': picture }
  expect((await builtSite(files)).findings).toEqual(['publish/location pages/cat.JPG'])
  const stripping = { 'imprimatur.config.json': '{ "build": { "stripLocation": true, "extras": false } }' }
  const { findings, output } = await builtSite({ ...files, ...stripping })
  expect(findings).toEqual([])
  expect(output['cat.JPG']).not.toContain('GPSL')
  expect(output['notes.txt']).toContain('GPSL')
  expect(['a.heic', 'b.webp', 'c.JPEG', 'd.svg', 'e.gif'].filter(isPicture)).toEqual([
    'a.heic',
    'b.webp',
    'c.JPEG',
    'd.svg',
    'e.gif',
  ])
})
