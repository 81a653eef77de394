import type { Kind } from '../../core/value-kinds.ts'

/** The grounds that the theme sets text on. */
export const PAPER = { light: '#fffdf8', dark: '#161412' } as const

/** What is under code, whose keywords have the colour of links: of the two the nearer to the letters. */
export const CODE_GROUND = { light: '#f7f3ea', dark: '#1f1c19' } as const

/** Of text and its ground, WCAG 2.2, 1.4.3. */
export const ENOUGH = 4.5

/** What a colour is lightened to for the dark ground, where thin letters look thinner. */
const ON_DARK = 7

/** A colour of links and marks: `#rgb` or `#rrggbb`. */
export const readableColour: Kind = {
  expected: 'a colour such as #9c1f0e that can be read on light paper',
  jsonSchema: { type: 'string', pattern: '^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$' },
  accepts: value => typeof value === 'string' && isColour(value) && unreadable(value) === undefined,
  why(value) {
    if (typeof value !== 'string') return undefined
    if (!isColour(value)) return `“${value}” is not # and three or six digits of 0 to f`
    return unreadable(value)
  },
}

/** Why a colour cannot be read on a light ground. */
function unreadable(colour: string): string | undefined {
  for (const [name, ground] of [
    ['the paper', PAPER.light],
    ['what is under code', CODE_GROUND.light],
  ] as const) {
    const found = contrast(colour, ground)
    if (found < ENOUGH)
      return `its contrast with ${name} is ${(Math.floor(found * 10) / 10).toFixed(1)}, and text needs ${ENOUGH}`
  }
  return undefined
}

const isColour = (text: string) => /^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(text)

/** The same colour for the dark ground: mixed with white until it can be read there. */
export function onDark(colour: string): string {
  const channels = channelsOf(colour)
  for (let share = 0; ; share += 0.02) {
    const mixed = hexOf(channels.map(channel => channel + (255 - channel) * Math.min(1, share)))
    if (share >= 1 || contrast(mixed, PAPER.dark) >= ON_DARK) return mixed
  }
}

/** The ratio of the lighter to the darker, from 1 to 21: WCAG 2.2, “contrast ratio”. */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

/** WCAG 2.2, “relative luminance”. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(colour).map(channel => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Red, green and blue, 0 to 255. */
function channelsOf(colour: string): readonly number[] {
  const digits = colour.slice(1)
  const pairs = digits.length === 3 ? [...digits].map(each => each + each) : (digits.match(/../g) ?? [])
  return pairs.map(pair => Number.parseInt(pair, 16))
}

const hexOf = (channels: readonly number[]) =>
  `#${channels.map(channel => Math.round(channel).toString(16).padStart(2, '0')).join('')}`
