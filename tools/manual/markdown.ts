/** Text as Markdown that reads the same. */
export const plainText = (text: string): string =>
  text
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[\\*_[\]<>&|~$^=]/g, '\\$&')))
    .join('')

const SHOWN: Readonly<Record<string, string>> = {
  '\u00A0': '&nbsp;',
  '\u202F': '&#8239;',
  '\u2011': '&#8209;',
  '\u00AD': '&shy;',
  '\t': '→',
  '\n': ' ⏎ ',
}

/** The text as code in a line; blanks that look like others are shown by their names. */
export function codeText(text: string): string {
  const shown = text.replace(/[\u00A0\u202F\u2011\u00AD\t\n]/g, c => SHOWN[c] ?? c)
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const room = /^[` ]|[` ]$/.test(shown) ? ' ' : ''
  return `${fence}${room}${shown}${room}${fence}`
}

/** In a cell a bar ends it, even in code. */
const cell = (text: string) => text.replace(/(?<!\\)\|/g, '\\|').replaceAll('\n', ' ')

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map(row => row.map(cell))]
    .map(row => `| ${row.join(' | ')} |`)
    .join('\n')
