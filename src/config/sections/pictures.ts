import type { Kind } from '../../core/value-kinds.ts'

export const pictureFormats = ['avif', 'webp', 'original'] as const

/** `original`: that of the file itself. */
export type PictureFormat = (typeof pictureFormats)[number]

/** Smaller copies of pictures, among which a browser chooses. */
export interface PicturesConfig {
  /** Of the copies, in pixels. A picture that is no wider than one gets a copy of its own width in its place, and none that is wider. */
  readonly widths: readonly number[]
  /** Best first; `['avif', 'webp']` when left out. */
  readonly formats?: readonly PictureFormat[] | undefined
  /** How wide a picture is shown, as the attribute `sizes` has it (HTML, 4.8.4.2.2). */
  readonly sizes?: string | undefined
}

const fields = ['widths', 'formats', 'sizes'] as const

const isWidth = (value: unknown) => Number.isInteger(value) && Number(value) >= 16 && Number(value) <= 16_383

/** AVIF and WebP have no wider pictures than 16,383 pixels in common. */
export const pictures: Kind = {
  expected: `widths in pixels, such as { widths: [480, 960, 1920] }, and perhaps formats, of ${pictureFormats.join(', ')}, and sizes`,
  jsonSchema: {
    type: 'object',
    properties: {
      widths: { type: 'array', minItems: 1, items: { type: 'integer', minimum: 16, maximum: 16_383 } },
      formats: { type: 'array', minItems: 1, items: { enum: pictureFormats } },
      sizes: { type: 'string', minLength: 1 },
    },
    required: ['widths'],
    additionalProperties: false,
  },
  accepts: value => faultOf(value) === undefined,
  why: faultOf,
}

function faultOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no object'
  const { widths, formats, sizes } = value as Record<string, unknown>
  const unknown = Object.keys(value).find(key => !(fields as readonly string[]).includes(key))
  if (unknown !== undefined) return `there is no “${unknown}”`
  if (!Array.isArray(widths) || widths.length === 0 || !widths.every(isWidth))
    return 'widths are whole numbers from 16 to 16383'
  if (
    formats !== undefined &&
    (!Array.isArray(formats) ||
      formats.length === 0 ||
      !formats.every(each => (pictureFormats as readonly unknown[]).includes(each)))
  )
    return `formats are of ${pictureFormats.join(', ')}`
  if (sizes !== undefined && (typeof sizes !== 'string' || sizes.trim() === ''))
    return 'sizes is text, such as 100vw'
  return undefined
}
