import { deflateSync } from 'node:zlib'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasLocation, withoutLocation } from '../../../src/build/output/picture-location.ts'
import { hasSealedLocation } from '../../../src/build/output/sealed-location.ts'
import { builtSite } from '../built-site.ts'

const chunk = (name: string, data: Buffer) => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(name, 'latin1'), data, Buffer.alloc(4)])
}
const png = (...chunks: readonly Buffer[]) =>
  Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks, chunk('IEND', Buffer.alloc(0))])
const xmp = (place: string) => `<x:xmpmeta><rdf:Description ${place}/></x:xmpmeta>`
const located = xmp('exif:GPSLatitude="55,45N" exif:GPSLongitude="37,37E"')
const international = (text: string) =>
  chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0', 'latin1'), deflateSync(text)]))
const profile = (text: string) =>
  chunk('zTXt', Buffer.concat([Buffer.from('Raw profile type xmp\0\0', 'latin1'), deflateSync(text)]))
const hex = (text: string) =>
  `\nxmp\n      ${text.length}\n${Buffer.from(text).toString('hex').replace(/.{72}/g, '$&\n')}\n`

const positions: Readonly<Record<string, Buffer>> = {
  'a.png': png(international(located)),
  'b.png': png(profile(hex(located))),
  'c.png': png(profile(located)),
  'd.mp4': Buffer.from('\0\0\0\x20udta\0\0\0\x18\xa9xyz\0\x10+55.75+037.61/', 'latin1'),
  'e.mov': Buffer.from('keys com.apple.quicktime.location.ISO6709 +55.75', 'latin1'),
  'f.3gp': Buffer.from('\0\0\0\x20loci\0\0\0\0', 'latin1'),
}
const none: Readonly<Record<string, Buffer>> = {
  'a.png': png(international(xmp('dc:title="x"')), profile(hex(xmp('')))),
  'b.mp4': Buffer.from('ftypisom moov', 'latin1'),
  'c.txt': Buffer.from('com.apple.quicktime.location.ISO6709'),
}

test('a position that cannot be taken out is told, whether the others are or not', async () => {
  for (const [path, bytes] of Object.entries(positions))
    expect([path, hasSealedLocation(path, bytes)]).toEqual([path, true])
  for (const [path, bytes] of Object.entries(none))
    expect([path, hasSealedLocation(path, bytes)]).toEqual([path, false])
  const files = Object.fromEntries(Object.entries(positions).map(([path, bytes]) => [`pages/${path}`, bytes]))
  const config = { 'imprimatur.config.json': '{ "build": { "stripLocation": true, "extras": false } }' }
  const { findings, output } = await builtSite({ ...files, ...config })
  expect(findings).toEqual(Object.keys(positions).map(path => `publish/location pages/${path}`))
  expect(Object.keys(output)).toEqual(Object.keys(positions))
})

test('in a GIF and in an SVG it is taken out', () => {
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><metadata>${located}</metadata></svg>`)
  const gif = Buffer.concat([
    Buffer.from('GIF89a\x21\xff\x0bXMP DataXMP', 'latin1'),
    Buffer.from(located),
    Buffer.from([1, 0xff, 0]),
  ])
  for (const picture of [svg, gif]) {
    expect(hasLocation(picture)).toBe(true)
    const bare = withoutLocation(picture)
    expect([bare.length, hasLocation(bare)]).toEqual([picture.length, false])
  }
})

test('nothing that is broken makes it fail', () => {
  const whole = Object.entries(positions)
  fc.assert(
    fc.property(
      fc.constantFrom(...whole),
      fc.nat(300),
      fc.nat(255),
      fc.nat(300),
      ([path, bytes], at, byte, end) => {
        const copy = Buffer.from(bytes.subarray(0, end))
        if (at < copy.length) copy[at] = byte
        expect(hasSealedLocation(path, copy)).toBeTypeOf('boolean')
      },
    ),
  )
})
