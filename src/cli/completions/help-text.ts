/** What a command's help says, taken apart: the help is written for people, and all else is made of it. */
export interface HelpText {
  /** Behind the colon of its first line. */
  readonly title: string
  readonly blocks: readonly HelpBlock[]
}

export type HelpBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Lines as they are: calls, examples. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'options'; readonly options: readonly HelpOption[] }

export interface HelpOption {
  /** Without dashes. */
  readonly name: string
  /** The word for its value, such as DIR or CODE=LEVEL. */
  readonly value?: string
  readonly text: string
}

const optionLine = /^ {2}--([\w-]+)(?: ([A-Z]+(?:[:=/][A-Z]+|\.[a-z]+)*))?(?: +(\S.*))?$/

/** Throws where the help of a command is not of this form: a fault of ours, which a test finds. */
export function readHelp(help: string): HelpText {
  const [first = '', ...rest] = help.trimEnd().split('\n\n')
  const [, title] = /^imprimatur(?: [a-z ]+)?: (.+)$/.exec(first) ?? []
  if (title === undefined) throw new Error(`no title: ${first}`)
  return { title, blocks: rest.flatMap(readBlock) }
}

/** What is between two empty lines; options may follow a paragraph without one. */
function readBlock(block: string): readonly HelpBlock[] {
  const lines = block.split('\n')
  if (!lines[0]?.startsWith(' '))
    return [{ kind: 'paragraph', text: lines.map(line => line.trim().replace(/ \\$/, '')).join(' ') }]
  if (!optionLine.test(lines[0])) return [{ kind: 'lines', lines: lines.map(line => line.slice(2)) }]
  return [{ kind: 'options', options: readOptions(lines) }]
}

function readOptions(lines: readonly string[]): readonly HelpOption[] {
  const options: { name: string; value?: string; lines: string[] }[] = []
  for (const line of lines) {
    const [, name, value, text = ''] = optionLine.exec(line) ?? []
    if (name !== undefined) options.push({ name, ...(value !== undefined && { value }), lines: [text] })
    else options.at(-1)?.lines.push(line)
  }
  return options.map(({ lines: own, ...option }) => Object.assign(option, { text: joinLines(own) }))
}

/** A text of several lines, or the rows of a table: a name, a wide gap, what it is. */
function joinLines(lines: readonly string[]): string {
  const whole = lines.map(line => line.trim().replace(/(?<! ) {2,}(?=\()/, ' '))
  const rows = whole.map(line => line.replace(/ {3,}/, ': '))
  if (rows.every((row, at) => row === whole[at])) return whole.join(' ').trim()
  return rows
    .map((row, at) => (at === 0 || row !== whole[at] ? `${row}; ` : `${row} `))
    .join('')
    .replace(/; $/, '')
}

const WIDEST = 72

/** A line for a list in which somebody chooses: what an option does, without its default and what else there is to say. */
export function shorten(text: string): string {
  const [first = ''] = text.replace(/(?:(?<! ) +)?\((?:default|the)\b[^]*$/, '').split(/[;.](?: |$)/)
  if (first.length <= WIDEST) return first
  const cut = first.slice(0, WIDEST)
  const at = Math.max(cut.lastIndexOf(', '), cut.lastIndexOf(': '))
  return at > 0 ? cut.slice(0, at) : `${cut.slice(0, cut.lastIndexOf(' '))} …`
}
