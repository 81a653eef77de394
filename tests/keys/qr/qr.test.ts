import jsQr from 'jsqr'
import { PNG } from 'pngjs'
import { expect, test } from 'vitest'
import { decodeQr } from '../../../src/keys/qr/decode.ts'
import { checkQrFiles } from '../../../src/keys/qr/read-image.ts'
import { drawPng, drawSvg, encodeQr, sideOf } from '../../../src/keys/qr/encode.ts'

const textOf = (bytes: number) => `xmpp:${'ж'.repeat(Math.floor((bytes - 5) / 2))}${bytes % 2 ? '' : '!'}`

/** The most bytes that a code of each version holds at level M, and so one text for every version. */
const capacities = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
]

test.each(capacities.map((bytes, n) => [n + 1, textOf(bytes)] as const))(
  'version %i: written files say what was meant',
  (version, text) => {
    const modules = encodeQr(text).value!
    expect(modules.size).toBe(17 + 4 * version)
    expect(sideOf(text)).toBe(modules.size + 8)
    expect(decodeQr(modules)).toBe(text)
    const files = [drawSvg(modules, 'a <title>'), drawPng(modules)]
    for (const some of [...files.map(file => [file]), files]) {
      expect(checkQrFiles(some, text)).toEqual({ value: text })
    }
  },
)

test('a text that no code can hold is refused', () => {
  expect(encodeQr(textOf(2332)).refusal?.code).toBe('keys/qr')
})

test('jsQR reads the PNG, as decoded by a library for PNG', () => {
  for (const bytes of [42, 110, 300, 640]) {
    const { data, width, height } = PNG.sync.read(drawPng(encodeQr(textOf(bytes)).value!))
    const found = jsQr.default(new Uint8ClampedArray(data), width, height, {
      inversionAttempts: 'dontInvert',
    })
    expect(Buffer.from(found?.binaryData ?? []).toString('utf8')).toBe(textOf(bytes))
  }
})

test('one module painted over anywhere is noticed', () => {
  const text = textOf(62)
  const modules = encodeQr(text).value!
  const size = modules.size
  const unnoticed = Array.from({ length: size ** 2 }, (_, at) => at).filter(at => {
    const isDark = (x: number, y: number) => modules.isDark(x, y) !== (y * size + x === at)
    return decodeQr({ size, isDark }) === text
  })
  const remainderBits = 7
  expect(unnoticed).toHaveLength(remainderBits)
  expect(unnoticed.every(at => at % size < 2)).toBe(true)
})

test('another text, a grey plate, a missing quiet zone or a cut file is refused', () => {
  const text = textOf(62)
  const svg = drawSvg(encodeQr(text).value!, 'title')
  const png = drawPng(encodeQr(text).value!)
  for (const file of [
    drawSvg(encodeQr(`${text}.`).value!, 'title'),
    svg.replace('#fff', '#eee'),
    svg.replace('#000', '#fff'),
    svg.replace(/M4 4h7v1h-7z/, ''),
    svg.replaceAll(/viewBox="0 0 \d+ \d+"/g, 'viewBox="0 0 37 37"'),
    svg.replace('v1', 'v2'),
    drawPng(encodeQr(`${text}.`).value!),
    png.subarray(0, 60),
    png.subarray(0, -40),
  ]) {
    expect(checkQrFiles([file], text).refusal?.code).toBe('keys/qr')
    expect(checkQrFiles([svg, file], text).refusal?.code).toBe('keys/qr')
  }
})
