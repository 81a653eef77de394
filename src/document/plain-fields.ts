import type { Span } from '../core/types.ts'

/** A field, and where its name and its value stand in the whole text. */
export interface PlainField {
  readonly name: string
  readonly value: unknown
  readonly nameAt: Span
  readonly valueAt: Span
}

/**
 * YAML front matter as nearly everybody writes it: a field and its value a line, or words that go on below, or a list or fields of its own, each of
 * these a line; and comments, a line each.
 * Undefined for all other YAML, which is left to the library. Of 3,000 posts, a cold build takes 10 % more CPU when the library reads each
 * page, 20 % when gray-matter hands it to it: hence this. A test holds that both read the same.
 */
export function readPlainFields(text: string, [start, end]: Span): readonly PlainField[] | undefined {
  const fields = new Map<string, PlainField>()
  let block: PlainBlock | undefined
  let words: PlainField | undefined
  for (let at = start; at < end;) {
    const newline = text.indexOf('\n', at)
    const isLast = newline < 0 || newline >= end
    const line = isLast ? text.slice(at, end) : text.slice(at, newline).replace(/\r$/, '')
    const found = NAME.exec(line)
    if (found) {
      const name = line.slice(0, line.indexOf(':'))
      const written = withoutLastBlanks(line.slice(found[0].length))
      const value = readValue(written)
      if (value === undefined || fields.has(name) || /^null$/i.test(name)) return undefined
      const from = at + (written === '' ? name.length + 1 : found[0].length)
      const valueAt: Span = [from, from + written.length]
      const field: PlainField = { name, value, nameAt: [at, at + name.length], valueAt }
      fields.set(name, field)
      words = PLAIN.test(written) || NUMBERED.test(written) ? field : undefined
      block = written === '' ? { field, items: [], entries: new Map(), indent: 0, from: 0 } : undefined
    } else if (line === '' || line[0] === '#') {
      if (!isUsual(line)) return undefined
      words = undefined
    } else if (words) {
      words = goneOn(words, line, { text, at })
      if (!words) return undefined
      fields.set(words.name, words)
    } else {
      const until = block && (readItem(block, line, at) ?? readEntry(block, line, at))
      if (!block || until === undefined) return undefined
      const { field, items, entries, from } = block
      const value = items.length > 0 ? items : Object.fromEntries(entries)
      fields.set(field.name, { ...field, value, valueAt: [from, until] })
    }
    at = isLast ? end : newline + 1
  }
  return [...fields.values()]
}

const NAME = /^[a-z][\w-]{0,100}(?: [\w-]{1,100}){0,5}:(?: +|$)/i

/** Words (YAML 1.2, 7.3.3) that go on with a line that is further in: to the reader a blank stands between them. */
function goneOn(
  words: PlainField,
  line: string,
  { text, at }: { text: string; at: number },
): PlainField | undefined {
  const indent = /^ +/.exec(line)?.[0].length ?? 0
  const more = withoutLastBlanks(line.slice(indent))
  if (indent === 0 || !isUsual(more) || !GOES_ON.test(more)) return undefined
  const [from, to] = words.valueAt
  // What is a constant alone is none with words behind it.
  const before = typeof words.value === 'string' ? words.value : text.slice(from, to)
  return { ...words, value: `${before} ${more}`, valueAt: [from, at + indent + more.length] }
}

/** The items of a list below the name of a field, or fields of its own, a line each: never both. */
interface PlainBlock {
  readonly field: PlainField
  readonly items: unknown[]
  readonly entries: Map<string, unknown>
  indent: number
  /** Where the first begins. */
  from: number
}

/** Adds the item on a line that begins at `at` to a list, and gives where it ends; undefined when it is none, or not a plain one. */
function readItem(block: PlainBlock, line: string, at: number): number | undefined {
  const { 0: marker, 1: indent } = /^( *)- +/.exec(line) ?? []
  if (marker === undefined || indent === undefined || block.entries.size > 0) return undefined
  const written = withoutLastBlanks(line.slice(marker.length))
  const value = written === '' ? undefined : readValue(written)
  if (value === undefined || !fitsIn(block, indent.length, at)) return undefined
  block.items.push(value)
  return at + marker.length + written.length
}

/** The same, of a field within a field. */
function readEntry(block: PlainBlock, line: string, at: number): number | undefined {
  const indent = /^ +/.exec(line)?.[0].length ?? 0
  const marker = NAME.exec(line.slice(indent))?.[0]
  if (indent === 0 || marker === undefined || block.items.length > 0) return undefined
  const name = marker.slice(0, marker.indexOf(':'))
  const written = withoutLastBlanks(line.slice(indent + marker.length))
  const value = written === '' ? undefined : readValue(written)
  if (value === undefined || block.entries.has(name) || /^null$/i.test(name)) return undefined
  if (!fitsIn(block, indent, at)) return undefined
  block.entries.set(name, value)
  return at + indent + marker.length + written.length
}

/** Whether a line of a block is as far in as its first is. */
function fitsIn(block: PlainBlock, indent: number, at: number): boolean {
  const isFirst = block.items.length + block.entries.size === 0
  if (isFirst) Object.assign(block, { indent, from: at + indent })
  return isFirst || indent === block.indent
}

/** What a line may not have: among others tabs, line breaks of Unicode's own, and half characters. */
const STRANGE = /[\p{C}\p{Zl}\p{Zp}]/u

/** Latin, Cyrillic and the signs between them have nothing of it, and are told in a tenth of the time. */
const USUAL = /^[ -~\u00A1-\u00AC\u00AE-\u024F\u0400-\u0481–—‘’“”„…№]*$/

/** A day, perhaps with a time: text, to YAML 1.2. */
const DATE = /^\d{4}-\d\d-\d\d(?:[ T]\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z| ?[+-]\d\d:?\d\d)?)?$/

/** A number with a fraction (YAML 1.2, 10.3.2). */
const FRACTION = /^(?:0|[1-9]\d{0,8})\.\d{1,9}$/

/**
 * A plain scalar that begins with a digit, and has a character that no number has (YAML 1.2, 10.3.2), or more points than one, or is a
 * UUID: 3rd Party, 34%, 4.0.0.
 */
const NUMBERED =
  /^\d(?=[^]*[^\d.+_a-fox:#-]|\d*\.\d+\.\d|[\da-f]{7}-(?:[\da-f]{4}-){3}[\da-f]{12}$)(?:[^:#]|:(?=[^\s])|(?<=[^\s:])#)*$/iu

/**
 * A plain scalar (YAML 1.2, 7.3.3) that begins with what no number, constant or indicator begins with. A colon is text before a
 * character, a number sign behind one.
 */
const PLAIN =
  /^(?:[\p{L}\p{Extended_Pictographic}/(<«“„]|\.(?!(?:inf|nan)$)(?=\p{L}))(?:[^:#]|:(?=[^\s])|(?<=[^\s:])#)*$/iu

/** What words go on with: where they begin, more signs would mean something. */
const GOES_ON = /^[\p{L}\d/(«“„"'](?:[^:#]|:(?=[^\s])|(?<=[^\s:])#)*$/u

const isUsual = (written: string) => USUAL.test(written) || !STRANGE.test(written)

function readValue(written: string): unknown {
  if (written === '') return null
  if (!isUsual(written)) return undefined
  switch (written[0]) {
    case '"':
      return /^"(?:[^"\\]|\\["\\])*"$/.test(written)
        ? written.slice(1, -1).replace(/\\(.)/g, '$1')
        : undefined
    case "'":
      return /^'[^']*'$/.test(written) ? written.slice(1, -1) : undefined
    case '[':
      return readList(written)
    default:
      if (/^(?:0|[1-9]\d{0,8})$/.test(written) || FRACTION.test(written)) return Number(written)
      if (DATE.test(written)) return written
      if (NUMBERED.test(written)) return written
      return PLAIN.test(written) ? readWords(written) : undefined
  }
}

function readList(written: string): unknown {
  if (written === '[]') return []
  if (!/^\[\p{L}[^:#"'[\]{},&*]*(?:, \p{L}[^:#"'[\]{},&*]*)*\]$/u.test(written)) return undefined
  return written
    .slice(1, -1)
    .split(',')
    .map(item => readWords(withoutLastBlanks(item.replace(/^ /, ''))))
}

/** `/ +$/` looks at every run of blanks from each of its blanks: quadratic. */
function withoutLastBlanks(text: string): string {
  let end = text.length
  while (text[end - 1] === ' ') end--
  return text.slice(0, end)
}

/** YAML 1.2, 10.3.2: words that are no text. */
const constants = new Map<string, unknown>([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['null', null],
  ['Null', null],
  ['NULL', null],
])

const readWords = (words: string): unknown => (constants.has(words) ? constants.get(words) : words)
