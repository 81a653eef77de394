import { apostrophes, blanks, dashes, quotationMarks } from '../../rules/characters.ts'

/** Kinds of characters, letters first. */
export const Kind = {
  latin: 0,
  cyrillic: 1,
  latinCapital: 2,
  cyrillicCapital: 3,
  /** What may be a letter of another script. */
  foreign: 4,
  other: 5,
  blank: 6,
  digit: 7,
  lineEnd: 8,
  doubleMark: 9,
  singleMark: 10,
  dash: 11,
  point: 12,
  /** Another mark that ends a sentence. */
  stop: 13,
  /** A sign by itself. */
  rare: 14,
} as const

/** By code unit. */
export const kinds = kindTable()

function kindTable(): Uint8Array {
  const table = new Uint8Array(0x10000).fill(Kind.foreign, 0x80).fill(Kind.other, 0, 0xc0)
  const put = (characters: string, kind: number) => {
    for (const character of characters) table[character.charCodeAt(0)] = kind
  }
  put('ªµº', Kind.foreign)
  put('×÷', Kind.other)
  // Accents; punctuation and symbols, pictures, and what stands for code or a tag.
  table.fill(Kind.other, 0x300, 0x370)
  table.fill(Kind.other, 0x2000, 0x2c00).fill(Kind.other, 0xd800, 0xf900)
  table.fill(Kind.cyrillic, 0x400, 0x530).fill(Kind.cyrillicCapital, 0x400, 0x430)
  table.fill(Kind.latin, 0x61, 0x7b).fill(Kind.latinCapital, 0x41, 0x5b)
  put('0123456789', Kind.digit)
  put(blanks, Kind.blank)
  put('\n\r\u2028\u2029', Kind.lineEnd)
  put(quotationMarks, Kind.doubleMark)
  put(apostrophes, Kind.singleMark)
  put(dashes, Kind.dash)
  put('.', Kind.point)
  put('!?…', Kind.stop)
  put('*№§¶', Kind.rare)
  return table
}

/** Whether a character is one of «‹»›„“‟”" */
export const isDoubleMark = (code: number): boolean => kinds[code] === Kind.doubleMark

/** Whether a character is a Latin or Cyrillic letter; there are others. */
export const isPlainLetter = (code: number): boolean => (kinds[code] as number) < Kind.foreign

export const isLatin = (kind: number): boolean => kind === Kind.latin || kind === Kind.latinCapital
export const isCyrillic = (kind: number): boolean => kind === Kind.cyrillic || kind === Kind.cyrillicCapital
export const isCapital = (kind: number): boolean =>
  kind === Kind.latinCapital || kind === Kind.cyrillicCapital
export const isMark = (kind: number): boolean => kind === Kind.doubleMark || kind === Kind.singleMark
