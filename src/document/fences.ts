import type { Code } from '../core/codes.ts'
import type { Span } from '../core/types.ts'
import type { Format } from './formats.ts'

/** Where front matter stands. All offsets are into the whole text. */
export interface Fences {
  readonly language: 'yaml' | 'toml' | 'json'
  /** What the fences hold between them; a JSON object is its own fence. */
  readonly content: Span
  readonly bodyStart: number
}

/** Text that begins like front matter and is none. */
export interface FenceFault {
  readonly code: Code
  readonly message: string
  readonly hint: string
  readonly span: Span
}

/**
 * Finds the front matter that a text begins with, blank lines and a byte order mark before it aside. A fence is a line of `---`,
 * with blanks behind it and, behind the first one, yaml, toml or json; or of `+++` (TOML); or a JSON object is its own fence.
 * Whatever else begins like front matter is a fault, so that neither a reader is shown it nor a fix touches it. Undefined when there is none.
 */
export function findFences(text: string, format: Format): Fences | FenceFault | undefined {
  const start = skip(LEADING, text, 0)
  const at = skip(BLANKS, text, start)
  switch (text[at]) {
    case '-':
      return text.startsWith('---', at) ? readFences(text, { at, start, mark: '---' }) : undefined
    case '+':
      return text.startsWith('+++', at) ? readFences(text, { at, start, mark: '+++' }) : undefined
    case '%':
      return at === start ? readMap(text, at) : undefined
    case '{':
      return at === start ? readObject(text, at) : undefined
    case '<':
      return behindComment(text, at)
    default:
      return format === 'markdown' && at === start ? unfenced(text, at) : undefined
  }
}

export const isFault = (found: Fences | FenceFault): found is FenceFault => 'code' in found

/** Where the body begins in a text that has no front matter: behind a byte order mark. */
export const behindMark = (text: string): number => (text.startsWith('\uFEFF') ? 1 : 0)

const LEADING = /\uFEFF?(?:[ \t]*(?:\r\n|\n|\r))*/y
const BLANKS = /[ \t]*/y
const LINE = /[^\r\n]*/y
const BREAK = /\r\n|\n|\r|/y

/** Where a sticky pattern that matches ends. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  pattern.exec(text)
  return Math.max(at, pattern.lastIndex)
}

const isBlank = (text: string) => /^[ \t]*$/.test(text)

const names = new Map<string, Fences['language']>([
  ['', 'yaml'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['toml', 'toml'],
  ['json', 'json'],
])

/** What gray-matter or an extension of it would run or parse: never text. */
const REFUSED = /^(?:js|javascript|cjs|mjs|ts|typescript|coffee|coffeescript|cson|php|ruby|python)$/i

interface Opening {
  readonly at: number
  /** Where its line begins. */
  readonly start: number
  readonly mark: '---' | '+++'
}

function readFences(text: string, { at, start, mark }: Opening): Fences | FenceFault | undefined {
  const end = skip(LINE, text, at)
  const word = text.slice(at + mark.length, end).trim()
  const span: Span = [at, end]
  const language = mark === '+++' ? (word === '' ? 'toml' : undefined) : names.get(word.toLowerCase())
  const close = findClose(text, end, mark)
  if (language === undefined) return notFence(text, { word, mark, span, close })
  if (at > start) {
    if (!hasField(text, end)) return undefined
    return fault('A fence stands at the beginning of its line', 'take away the blanks before it', span)
  }
  if (!close) {
    const isDotted = mark === '---' && /[\r\n]\.\.\.[ \t]*(?=[\r\n]|$)/.test(text)
    const hint = isDotted
      ? 'close it with a line --- in place of ...'
      : `close it with a line ${mark}${mark === '---' ? ' ; for a thematic break at the top of a page write *** instead' : ''}`
    return fault('Front matter is opened here and never closed', hint, span)
  }
  if (!isBlank(text.slice(close.at + mark.length, close.end))) {
    const written = text.slice(close.at, close.end)
    const message = `“${written.slice(0, 40)}” does not close front matter: a fence has nothing behind it`
    return fault(message, `write ${mark} alone; what stands behind it goes on the next line`, [
      close.at,
      close.end,
    ])
  }
  const from = skip(BREAK, text, end)
  return { language, content: [from, Math.max(from, close.before)], bodyStart: skip(BREAK, text, close.end) }
}

interface Closing {
  readonly at: number
  /** Where the line break before it begins. */
  readonly before: number
  readonly end: number
}

/** The first line that begins as a closing fence does, whatever stands behind. */
function findClose(text: string, from: number, mark: string): Closing | undefined {
  const line = mark === '---' ? /(\r\n|\n|\r)---[^\r\n]*/g : /(\r\n|\n|\r)\+\+\+[^\r\n]*/g
  line.lastIndex = from
  const found = line.exec(text)
  if (!found) return undefined
  return { at: found.index + (found[1] ?? '').length, before: found.index, end: line.lastIndex }
}

interface Mistaken {
  readonly word: string
  readonly mark: string
  readonly span: Span
  readonly close: Closing | undefined
}

/** A first line with more than a fence has: front matter all the same, when fields stand below it. */
function notFence(text: string, { word, mark, span, close }: Mistaken): FenceFault | undefined {
  const isWord = mark === '---' && /^[a-z][\w.+-]*$/i.test(word)
  if ((isWord && close) || (mark === '---' && REFUSED.test(word))) {
    const message = `Front matter is YAML, TOML or JSON; “${word}” is refused`
    const hint = 'write --- alone, and YAML below it'
    return { code: 'front-matter/language', message, hint, span }
  }
  if (!hasField(text, span[1])) return undefined
  const written = text.slice(...span).slice(0, 40)
  const hint = `write ${mark} alone; for a thematic break above such a line write *** instead`
  return fault(`“${written}” opens no front matter, and fields stand below it`, hint, span)
}

const FIELD = /(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r(?!\n)))*["']?\w[\w-]*["']?[ \t]*(?::(?=[ \t\r\n]|$)|=)/y

const hasField = (text: string, at: number) => skip(FIELD, text, at) > at

const OBJECT = /\{[ \t]*(?:[\r\n]\s*)?(?:"|\}|'?\w[\w-]*'?[ \t]*:)/y
const ALONE = /\{[ \t]*[\r\n]/y

/** As Hugo has it: `{` and `}` on lines of their own, or an object that is a line. `{%`, `{{` and `{ lang: ru }` are text. */
function readObject(text: string, at: number): Fences | FenceFault | undefined {
  const isAlone = skip(ALONE, text, at) > at
  if (skip(OBJECT, text, at) === at || (!isAlone && !/\{[ \t]*"/y.test(text.slice(at, at + 100))))
    return undefined
  const end = endOfObject(text, at)
  const line: Span = [at, skip(LINE, text, at)]
  if (end === undefined)
    return isAlone
      ? fault('Front matter is opened here and never closed', 'close it with }', line)
      : undefined
  const lineEnd = skip(BLANKS, text, end)
  if (lineEnd < text.length && !/[\r\n]/.test(text[lineEnd] ?? '')) {
    const span: Span = [end, skip(LINE, text, end)]
    const message = 'Words stand behind the } that closes front matter'
    return isAlone ? fault(message, 'put them on the next line', span) : undefined
  }
  return { language: 'json', content: [at, end], bodyStart: skip(BREAK, text, lineEnd) }
}

/** Behind the brace that closes the one at `at`. A string ends with its line at the latest, as in JSON. */
function endOfObject(text: string, at: number): number | undefined {
  let depth = 0
  let isString = false
  for (let i = at; i < text.length; i++) {
    const character = text[i]
    if (isString) {
      if (character === '\\') i++
      else if (character === '"' || character === '\n' || character === '\r') isString = false
    } else if (character === '"') isString = true
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return i + 1
  }
  return undefined
}

/** NimblePublisher's front matter, a map of Elixir above a line of `---`. */
function readMap(text: string, at: number): FenceFault | undefined {
  if (!text.startsWith('%{', at) || !findClose(text, at, '---')) return undefined
  const message = 'Front matter is YAML, TOML or JSON; a map of Elixir is refused'
  const hint = 'write its fields as YAML between two lines ---'
  return { code: 'front-matter/language', message, hint, span: [at, skip(LINE, text, at)] }
}

const COMMENTS = /(?:<!--[^]*?-->\s*)+/y
const FENCE = /---[ \t]*(?:(?:ya?ml|toml|json)[ \t]*)?(?=[\r\n])|\+\+\+[ \t]*(?=[\r\n])/iy
const ONLY_FIELDS = /^(?:["']?\w[\w-]*["']?[ \t]*(?::(?:[ \t].*)?|=.*)|[ \t].*|- .*|#.*|[\]}],?)?$/

function behindComment(text: string, at: number): FenceFault | undefined {
  const open = skip(COMMENTS, text, at)
  const end = skip(FENCE, text, open)
  if (open === at || end === open || !/[\r\n]/.test(text[open - 1] ?? '')) return undefined
  const close = findClose(text, end, text.slice(open, open + 3))
  if (!close || !hasField(text, end)) return undefined
  const lines = text.slice(end, close.before).split(/\r\n|\n|\r/)
  if (!lines.every(line => ONLY_FIELDS.test(line))) return undefined
  const message = 'Front matter stands behind a comment, where it is text'
  return unread(message, 'move the comment below it, or into it as “# …”', [open, end])
}

const METADATA = /([a-z][\w-]*):(?=[ \t\r\n]|$)[^\r\n]*(?:\r\n|\n|\r|$)/iy

/** Pelican's and MultiMarkdown's `Title: …` on top of a page, or front matter that has lost its fences. */
function unfenced(text: string, at: number): FenceFault | undefined {
  const names: string[] = []
  METADATA.lastIndex = at
  for (let field = METADATA.exec(text); field; field = METADATA.exec(text))
    names.push((field[1] ?? '').toLowerCase())
  if (!names.includes('title')) return undefined
  const message = 'Fields stand here without fences, where they are text'
  const hint = 'put them between two lines --- ; if they are text, write *Title:* in place of Title:'
  return unread(message, hint, [at, skip(LINE, text, at)])
}

const fault = (message: string, hint: string, span: Span): FenceFault => ({
  code: 'front-matter/fence',
  message,
  hint,
  span,
})

const unread = (message: string, hint: string, span: Span): FenceFault => ({
  ...fault(message, hint, span),
  code: 'front-matter/unread',
})
