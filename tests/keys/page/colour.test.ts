import { expect, test } from 'vitest'
import { colourOf } from '../../../src/keys/page/colour.ts'

const luminance = (hex: string) => {
  const [r = 0, g = 0, b = 0] = hex.match(/[0-9a-f]{2}/g)!.map(pair => {
    const channel = parseInt(pair, 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** WCAG 2.2, success criterion 1.4.3. */
const contrast = (one: string, other: string) => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const texts = Array.from({ length: 2000 }, (_, n) => n.toString(16).padStart(8, '0'))

test('every colour has a contrast of 4.5 on light and on dark backgrounds', () => {
  for (const { light, dark } of texts.map(colourOf)) {
    for (const paper of ['#ffffff', '#f2efe8']) expect(contrast(light, paper)).toBeGreaterThan(4.5)
    for (const paper of ['#000000', '#24262b']) expect(contrast(dark, paper)).toBeGreaterThan(4.5)
  }
})

test('the colours go round the whole circle', () => {
  expect(new Set(texts.map(text => colourOf(text).light)).size).toBeGreaterThan(300)
})

test('the most saturated red, green and blue of HSLuv', () => {
  // hsluv.org: hsluv(12.177, 100, 53.237) is #ff0000; ours are of another lightness on the same edge of sRGB.
  const channels = texts.map(text =>
    colourOf(text)
      .light.match(/[0-9a-f]{2}/g)!
      .map(pair => parseInt(pair, 16)),
  )
  expect(channels.every(rgb => Math.min(...rgb) === 0 || Math.max(...rgb) === 255)).toBe(true)
})
