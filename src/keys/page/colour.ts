import { createHash } from 'node:crypto'

/** The lightness (CIE L*) of a group on the light and on the dark theme. */
const lightness = { light: 38, dark: 78 } as const

export interface GroupColour {
  /** XEP-0392: degrees, 0 … 360. */
  readonly hue: number
  /** `#rrggbb`, for a light background. */
  readonly light: string
  /** `#rrggbb`, for a dark background. */
  readonly dark: string
}

/** XEP-0392, section 5.1: the first 16 bits, little-endian, of the SHA-1 of the text, as an angle. */
export const hueOf = (text: string): number =>
  (createHash('sha1').update(text, 'utf8').digest().readUInt16LE(0) / 65536) * 360

/**
 * The colour of a text by XEP-0392, section 5.4: HSLuv with full saturation. HSLuv keeps the luminance apart from
 * the hue, so every colour of one theme has the same contrast against its background.
 */
export function colourOf(text: string): GroupColour {
  const hue = hueOf(text)
  return { hue, light: fromHsluv(hue, lightness.light), dark: fromHsluv(hue, lightness.dark) }
}

/** sRGB from XYZ (D65); the rows give red, green and blue. */
const toRgb = [
  [3.240969941904521, -1.537383177570093, -0.498610760293],
  [-0.96924363628087, 1.87596750150772, 0.041555057407175],
  [0.055630079696993, -0.20397695888897, 1.056971514242878],
] as const

/** u′ and v′ of the white point, and the CIE constant that separates the linear part of L*. */
const white = { u: 0.19783000664283, v: 0.46831999493879 }
const kappa = 903.2962962962963

const luminance = (l: number) => (l > 8 ? ((l + 16) / 116) ** 3 : l / kappa)

/** HSLuv (hsluv.org) at saturation 100: the most colourful sRGB colour of this hue and lightness. */
function fromHsluv(hue: number, l: number): string {
  const angle = (hue * Math.PI) / 180
  const chroma = largestChroma(angle, l)
  const u = (chroma * Math.cos(angle)) / (13 * l) + white.u
  const v = (chroma * Math.sin(angle)) / (13 * l) + white.v
  const y = luminance(l)
  const x = (y * 9 * u) / (4 * v)
  const z = (y * (12 - 3 * u - 20 * v)) / (4 * v)
  const channels = toRgb.map(([a, b, c]) => gamma(a * x + b * y + c * z))
  return `#${channels.map(hexByte).join('')}`
}

const gamma = (linear: number) => (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055)

const hexByte = (channel: number) =>
  Math.round(Math.min(1, Math.max(0, channel)) * 255)
    .toString(16)
    .padStart(2, '0')

/** How far a ray at this angle goes before it leaves sRGB: each channel's 0 and 1 bound it by a line. */
function largestChroma(angle: number, l: number): number {
  const y = luminance(l)
  let shortest = Infinity
  for (const [m1, m2, m3] of toRgb) {
    for (const bound of [0, 1]) {
      const top1 = (284517 * m1 - 94839 * m3) * y
      const top2 = (838422 * m3 + 769860 * m2 + 731718 * m1) * l * y - 769860 * bound * l
      const bottom = (632260 * m3 - 126452 * m2) * y + 126452 * bound
      const length = top2 / bottom / (Math.sin(angle) - (top1 / bottom) * Math.cos(angle))
      if (length >= 0) shortest = Math.min(shortest, length)
    }
  }
  return shortest
}
