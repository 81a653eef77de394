/*
 * What a rule may write is made of these, and of what it names itself. `\n` stands for a line break that renders as a blank: a
 * rule that names it may move the end of a source line.
 */

export const blanks = ' \t\u00A0\u2002\u2003\u2009\u202F'
export const lineBreak = '\n'
export const quotationMarks = '«‹»›„“‟”"'
export const apostrophes = "'‘’‚‛"
export const dashes = '-‒–—―'

/** Characters by code. */
export type CharacterSet = Pick<ReadonlySet<number>, 'has' | 'size'>

/** All of them but what ends a line or a segment. */
export const anyCharacter: CharacterSet = { size: Infinity, has: code => code !== 0x0a && code !== 0x2029 }

export const characterSet = (characters: string): CharacterSet =>
  new Set(Array.from(characters, character => character.charCodeAt(0)))

/** Every kind of blank, also one that no rule names. */
export const isBlank = (code: number): boolean => blankCodes.has(code)

const blankCodes = characterSet(blanks + lineBreak)
