/** A page, and the sheet that two of them are printed on; in millimetres. */
export interface Paper {
  readonly width: number
  readonly height: number
  readonly sheet: { readonly width: number; readonly height: number; readonly name: string }
  readonly name: string
}

/** ISO 216, and what is in use where that is not. */
export const PAPERS = {
  a5: { name: 'A5', width: 148, height: 210, sheet: { name: 'A4', width: 297, height: 210 } },
  'half-letter': {
    name: 'Half Letter',
    width: 139.7,
    height: 215.9,
    sheet: { name: 'Letter', width: 279.4, height: 215.9 },
  },
} as const satisfies Readonly<Record<string, Paper>>

/** Of a page, in millimetres. */
export const MARGINS = { inside: 19, outside: 15, top: 20, bottom: 20 } as const

/** How wide a line of text is, in points. */
export const textWidth = ({ width }: Paper): number =>
  ((width - MARGINS.inside - MARGINS.outside) / 25.4) * 72

/** How high a page of text is, in points. */
export const textHeight = ({ height }: Paper): number => ((height - MARGINS.top - MARGINS.bottom) / 25.4) * 72

/** Characters of a line of a table: its type is 8 points, and half as wide as high. */
export const tableCharacters = (paper: Paper): number => Math.floor(textWidth(paper) / 4.1)
