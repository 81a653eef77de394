/** A number as it is written: with a comma or a point inside, with groups of three digits, or two with a dash between them. */
export interface WrittenNumber {
  readonly start: number
  readonly end: number
  readonly text: string
  /** The blanks between its groups. */
  readonly blanks: readonly number[]
  /** 1500 to 2099, and nothing in it but four digits. */
  readonly isYear: boolean
  /** With a point or two: 3.8, 1.2.3. */
  readonly isVersion: boolean
}

const wholeNumber = /\d+(?:[.,]\d+)*/y
const group = /[ \u00A0\u202F]\d{3}(?!\d)/y
const rangeEnd = /[-–—−]\d+(?:[.,]\d+)*/y

/** Reads the number whose first digit stands at `start`. */
export function readNumber(text: string, start: number): WrittenNumber {
  const blanks: number[] = []
  let end = start
  while (isDigit(text, end)) end++
  if (!goesOn(text, end)) return plainNumber(text, start, end)
  end = start + match(wholeNumber, text, start).length
  const leading = text.slice(start, end)
  if (
    /^[1-9]\d{0,2}$/.test(leading) &&
    text[start - 1] !== '+' &&
    !/\d[ \u00A0-]$/.test(text.slice(Math.max(0, start - 2), start))
  ) {
    let last = end
    while (match(group, text, last) !== '') {
      blanks.push(last)
      last += 4
    }
    // What goes on in other groups is a telephone.
    if (blanks.length > 4 || /^[ \u00A0-]\d/.test(text.slice(last, last + 2))) blanks.length = 0
    else end = last
    if (blanks.length > 0) end += match(/,\d+/y, text, end).length
  }
  end += match(rangeEnd, text, end).length
  const whole = text.slice(start, end)
  return {
    start,
    end,
    text: whole,
    blanks,
    isYear: blanks.length === 0 && /^(?:1[5-9]|20)\d\d(?:[-–—−]\d{2,4})?$/.test(whole),
    isVersion: /\.\d/.test(whole),
  }
}

/** Nearly every number is nothing but digits, with no digit behind the next character either. */
const goesOn = (text: string, end: number) => isDigit(text, end + 1)

function plainNumber(text: string, start: number, end: number): WrittenNumber {
  const whole = text.slice(start, end)
  return {
    start,
    end,
    text: whole,
    blanks: [],
    isYear: end - start === 4 && /^(?:1[5-9]|20)/.test(whole),
    isVersion: false,
  }
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0x30 && code <= 0x39
}

/** What a sticky pattern finds there, or nothing. */
export function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
