import { crc32, deflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { expect, test } from 'vitest'
import { deviceLink } from '../../../src/keys/identity/uri.ts'
import { drawPng, encodeQr } from '../../../src/keys/qr/encode.ts'
import { largestPicture, readQrPicture } from '../../../src/keys/qr/read-picture.ts'
import { vectors } from '../signed-history.ts'

const link = (count: number) => deviceLink('press@example.org', vectors.devices.slice(0, count))
const codeOf = (text: string) => drawPng(encodeQr(text).value!)

/** A picture as a screenshot has it: of any kind of PNG, with something around the code, a little worn. */
function screenshot(
  text: string,
  options: Parameters<typeof PNG.sync.write>[1],
  wear: (png: PNG) => void = () => {},
) {
  const code = PNG.sync.read(codeOf(text))
  const screen = new PNG({ width: code.width + 120, height: code.height + 300, fill: true })
  screen.data.fill(0xe4)
  for (let at = 3; at < screen.data.length; at += 4) screen.data[at] = 255
  PNG.bitblt(code, screen, 0, 0, code.width, code.height, 60, 150)
  wear(screen)
  return PNG.sync.write(screen, options)
}

test.each([1, 2, 5, 8])('a code of %i devices is read, as it is drawn and as a screenshot', count => {
  const text = link(count)
  expect(readQrPicture(codeOf(text))).toEqual({ text })
  expect(readQrPicture(screenshot(text, { colorType: 6 }))).toEqual({ text })
  expect(readQrPicture(screenshot(text, { colorType: 2 }))).toEqual({ text })
  expect(readQrPicture(screenshot(text, { colorType: 0 }))).toEqual({ text })
})

test('a scratch is what the error correction is for', () => {
  const text = link(2)
  const scratched = screenshot(text, { colorType: 6 }, ({ data, width }) => {
    for (let x = 150; x < 200; x++)
      for (let y = 260; y < 263; y++) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3)
  })
  expect(readQrPicture(scratched)).toEqual({ text })
})

test('black on nothing is black on white', () => {
  const text = link(1)
  const clear = screenshot(text, { colorType: 6 }, ({ data }) => {
    for (let at = 0; at < data.length; at += 4) if (data[at]! > 127) data.fill(0, at, at + 4)
  })
  expect(readQrPicture(clear)).toEqual({ text })
})

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

function png(
  width: number,
  height: number,
  data: Buffer,
  { interlace = 0, extra = [] as readonly Buffer[] } = {},
) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 0, 0, 0, interlace], 8)
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    ...extra,
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const bomb = deflateSync(Buffer.alloc(128 * 1024 * 1024))
const code = codeOf(link(1))

test.each([
  ['nothing', Buffer.alloc(0), 'it is no PNG'],
  ['a JPEG', Buffer.from('ffd8ffe000104a46', 'hex'), 'it is no PNG'],
  ['the signature alone', code.subarray(0, 8), 'it is a PNG without a header'],
  ['half a picture', code.subarray(0, code.length - 40), 'its end is missing'],
  ['a bit that fell over', Buffer.from(code).fill(1, 60, 61), 'a part of it is damaged'],
  ['a file without end', Buffer.alloc(largestPicture.bytes + 1), 'it is larger than 8 MiB'],
  [
    'more pixels than a picture has',
    png(100_000, 100_000, deflateSync(Buffer.alloc(9))),
    /million are read at most/,
  ],
  ['no pixels', png(0, 9, deflateSync(Buffer.alloc(9))), /0 × 9 pixels/],
  [
    'a small picture that unpacks without end',
    png(20, 20, bomb),
    'it does not unpack to as many pixels as it says',
  ],
  [
    'the same, interlaced',
    png(20, 20, bomb, { interlace: 1 }),
    'it does not unpack to as many pixels as it says',
  ],
  [
    'a profile that unpacks without end',
    png(2, 2, deflateSync(Buffer.alloc(6)), {
      extra: [chunk('iCCP', Buffer.concat([Buffer.from('a\0\0'), bomb]))],
    }),
    'no QR code is found in it',
  ],
  [
    'a picture of something',
    png(64, 64, deflateSync(Buffer.alloc(65 * 64, 85))),
    /PNG with a fault|no QR code/,
  ],
  ['too few rows', png(64, 64, deflateSync(Buffer.alloc(65))), /fault|no QR code/],
] as const)('%s is refused, in words', (_, bytes, why) => {
  const before = process.memoryUsage().rss
  expect(readQrPicture(bytes).why).toMatch(why)
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024)
})
