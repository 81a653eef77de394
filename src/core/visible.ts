/**
 * What a terminal or a log would obey instead of showing it: C0 (but for a line break and a tab) and DEL, C1, and the marks that
 * turn the direction of writing.
 */
const COMMANDS = /[\0-\x08\x0B-\x1F\x7F-\x9F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** Text of unknown origin for a terminal or a log: ESC becomes ␛, and what has no picture its number, as in `\x9B`. */
export const visible = (text: string): string =>
  text.replace(COMMANDS, character => {
    const code = character.charCodeAt(0)
    if (code < 0x20) return String.fromCharCode(0x2400 + code)
    if (code === 0x7f) return '␡'
    return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`
  })

/** The same for what has to stay on one line. */
export const visibleLine = (text: string): string =>
  visible(text).replace(/[\n\t\u2028\u2029]/g, character =>
    character === '\n' ? '␊' : character === '\t' ? '␉' : `\\u${hex(character.charCodeAt(0), 4)}`,
  )

/** JSON that says the same, and in which nothing is obeyed: JSON.stringify leaves DEL, C1 and the marks of direction as they are. */
export const escapeJson = (json: string): string =>
  json.replace(COMMANDS, character => `\\u${hex(character.charCodeAt(0), 4)}`)

const hex = (code: number, digits: number) => code.toString(16).toUpperCase().padStart(digits, '0')

/** A whole number from 0 with its digits in threes, as English has it: `Intl` takes a while to begin. */
export function groupDigits(n: number): string {
  const digits = String(n)
  const first = digits.length % 3 || 3
  return digits.slice(0, first) + digits.slice(first).replaceAll(/\d{3}/g, ',$&')
}
