import type { Signs } from '../engine/signs/signs.ts'

/** A text that rules set, and what of its source stands unseen between the characters. */
export interface ReadableText {
  readonly text: string
  /** Where something of interest stands in it. */
  readonly signs: Signs
  /** The markup between a character and the next. */
  readonly between: (at: number) => string
  /** What a character stands for in the source. */
  readonly sourceOf: (at: number) => string
}

export const isBlank = (character: string | undefined): boolean =>
  character === ' ' || character === '\u00A0' || character === '\u202F'

/** The word that ends before `end`: letters, digits, and what words have inside. */
export function wordBefore(text: string, end: number): string {
  let start = end
  while (start > 0 && end - start < LONGEST_WORD && isInWord(text.charCodeAt(start - 1))) start--
  return text.slice(start, end)
}

const inWord = /[\p{L}\d.’'+#-]/u

/** Known beforehand of the characters that nearly every text is made of: it is asked for every number and every name. */
const isInWord = (code: number) =>
  code < common.length ? common[code] === 1 : inWord.test(String.fromCharCode(code))
const common = Uint8Array.from({ length: 0x500 }, (_, code) => Number(inWord.test(String.fromCharCode(code))))
const LONGEST_WORD = 40

/** Whether what begins at `at` is the first word of its segment or of a sentence: behind a stop, a colon or a dash at the beginning. */
export function beginsSentence(text: string, at: number): boolean {
  let i = at - 1
  while (i >= 0 && opening.test(text[i] as string)) i--
  return i < 0 || /[.!?…:;\u2029]/.test(text[i] as string)
}

const opening = /[\s«„“‘"'([{—–*-]/
