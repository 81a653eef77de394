import type { OpaqueSyntax } from './syntax.ts'

/** Rows to be looked for in one text after another. */
export class SignTable {
  private readonly rows: readonly OpaqueSyntax[]
  private readonly others: string
  private readonly needles: readonly string[]
  /** By those needles that a text has not. */
  private readonly known = new Map<string, RowSigns>()

  /** `others` are signs of what is no row. */
  constructor(rows: readonly OpaqueSyntax[], others = '') {
    this.rows = rows
    this.others = others
    this.needles = [...new Set(rows.flatMap(({ needs }) => needs ?? []))]
  }

  in(text: string): SignFinder {
    const missing = this.needles.filter(needle => !text.includes(needle))
    const key = missing.join(' ')
    let signs = this.known.get(key)
    if (!signs) {
      const rows = this.rows.filter(({ needs }) => needs === undefined || !missing.includes(needs))
      signs = new RowSigns(rows, this.others)
      this.known.set(key, signs)
    }
    return new SignFinder(text, signs)
  }
}

/** Finds where rows may begin in a text, for places that are asked for in ascending order; what none begins with is passed over. */
export class SignFinder {
  private readonly text: string
  private readonly signs: RowSigns
  private anywhere = -1
  private inLine = -1

  constructor(text: string, signs: RowSigns) {
    this.text = text
    this.signs = signs
  }

  /** The first sign at or behind `from`; the end of the text when there is none. */
  next(from: number): number {
    const { text, signs } = this
    if (this.anywhere < from) this.anywhere = lastOf(signs.anywhere, text, from) ?? text.length
    if (this.inLine < from)
      this.inLine =
        (from === 0 ? lastOf(signs.atStart, text, 0) : undefined) ??
        lastOf(signs.inLine, text, endsLine(text, from - 1) ? from - 1 : from) ??
        text.length
    return Math.min(this.anywhere, this.inLine)
  }

  /** The rows that may begin with a sign, in their order. No line is taken to begin before `from`, but at the place itself. */
  rowsAt(at: number, from: number): readonly OpaqueSyntax[] {
    return this.signs.rowsAt(this.text, at, from)
  }
}

/** The last character of what a pattern matches first. */
function lastOf(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex - 1 : undefined
}

/** What may stand before a row that begins its line. */
const BLANKS = ' \t>'

/** What some rows begin with, by what each says of its first two characters and of the beginning of its line. */
class RowSigns {
  /** Each matches what ends with a sign. As one expression the two take V8 twice as long as one after the other. */
  readonly anywhere: RegExp
  readonly inLine: RegExp
  /** In the first line of a text. */
  readonly atStart: RegExp
  private readonly rows: readonly OpaqueSyntax[]
  /** Codes of the signs that mean more where a line begins. */
  private readonly ofLines: ReadonlySet<number>
  private readonly known = new Map<number, readonly OpaqueSyntax[]>()

  constructor(rows: readonly OpaqueSyntax[], others: string) {
    this.rows = rows
    const all = rows.flatMap(row => [...row.signs].map(sign => ({ row, sign, next: row.next })))
    const lines = all.filter(({ row, sign }) => isOfLines(row, sign))
    const inline = all.filter(({ row, sign }) => !isOfLines(row, sign))
    const line = `${among(BLANKS)}*(?:${sourceOf(lines)})`
    this.anywhere = new RegExp(sourceOf([...inline, ...[...others].map(sign => ({ sign }))]), 'g')
    this.inLine = new RegExp(`[\\r\\n]${line}`, 'g')
    this.atStart = new RegExp(line, 'y')
    this.ofLines = new Set(lines.map(({ sign }) => sign.charCodeAt(0)))
  }

  rowsAt(text: string, at: number, from: number): readonly OpaqueSyntax[] {
    const code = text.charCodeAt(at)
    const next = at + 1 < text.length ? Math.min(text.charCodeAt(at + 1), OTHER) : END
    const isLine = this.ofLines.has(code) && isFirstInLine(text, at, from)
    const key = (code * 256 + next) * 2 + Number(isLine)
    let rows = this.known.get(key)
    if (!rows) {
      rows = this.rows.filter(row => mayBegin(row, { sign: text.charAt(at), next, isLine }))
      this.known.set(key, rows)
    }
    return rows
  }
}

/** For the character behind a sign: one that is not of ASCII, and the end of the text. */
const OTHER = 0x80
const END = 0x81

interface Beginning {
  readonly sign: string
  /** A code. */
  readonly next: number
  readonly isLine: boolean
}

function mayBegin(row: OpaqueSyntax, { sign, next, isLine }: Beginning): boolean {
  if (!row.signs.includes(sign) || (!isLine && isOfLines(row, sign))) return false
  return row.next === undefined || next === END || row.next.includes(String.fromCharCode(next))
}

const isOfLines = ({ beginsLine }: OpaqueSyntax, sign: string) =>
  beginsLine === true || beginsLine?.includes(sign) === true

function isFirstInLine(text: string, at: number, from: number): boolean {
  let before = at - 1
  while (before >= from && BLANKS.includes(text.charAt(before))) before--
  return before < 0 || endsLine(text, before)
}

const endsLine = (text: string, at: number) => text[at] === '\n' || text[at] === '\r'

/** A pattern for any of these signs, each before what may come next, or before the end of the text. */
function sourceOf(signs: readonly { readonly sign: string; readonly next?: string | undefined }[]): string {
  const alone = new Set<string>()
  const before = new Map<string, string>()
  for (const { sign, next } of signs) {
    if (next === undefined) alone.add(sign)
    else before.set(sign, (before.get(sign) ?? '') + next)
  }
  const followed = [...before].filter(([sign]) => !alone.has(sign))
  const sources = followed.map(([sign, next]) => `${among(sign)}(?:(?=${among(next)})|$)`)
  return [...(alone.size > 0 ? [among([...alone].join(''))] : []), ...sources].join('|') || '(?!)'
}

const among = (characters: string) => `[${[...new Set(characters)].map(escaped).join('')}]`

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
