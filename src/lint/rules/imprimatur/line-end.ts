import { append } from '../../../core/lists/long-lists.ts'
import { blanks, characterSet, lineBreak, type CharacterSet } from '../characters.ts'
import type { EditBuffer, Rewrite } from '../../engine/edit-buffer.ts'
import { findTies } from '../../ties/numbers.ts'
import { match } from '../../ties/written-number.ts'
import { WORD } from '../../parse/cells.ts'
import { isEnglishBook } from '../../ties/tie.ts'
import type { Rule, RuleContext } from '../rule.ts'

const NO_BREAK_SPACE = '\u00A0'

export const lineEnd: Rule = {
  code: 'imprimatur/line-end',
  title: 'A short word or a number at the end of a source line belongs to the next one',
  why: 'A line’s end in the source is a blank to the reader, where a line may break: the short word would hang. It moves down and is tied there. So does the word before a dash or a particle that would begin the line.',
  writes: blanks + lineBreak,
  languages: ['en', 'ru'],
  cost: 'every line has an end, and a change of it is several',
  examples: [
    { lang: 'ru', before: 'долго были в\nлесу', after: 'долго были\nв&nbsp;лесу' },
    { lang: 'en', before: 'promoted by a\ncompany', after: 'promoted\nby&nbsp;a&nbsp;company' },
    { lang: 'ru', before: 'Вчера было\nбы лучше', after: 'Вчера\nбыло&nbsp;бы лучше' },
  ],
  needs: ['line end'],
  run(buffer, context) {
    const line = new LineView(buffer.text, {
      isLetter: context.lang === 'ru' ? russian : english,
      units: context.lexicon.units,
      within: numbersOver(buffer, context),
      leaning: context.lang === 'ru' ? russianLeaning : dash,
      sourceOf: buffer.sourceOf,
    })
    const changes: (readonly Rewrite[])[] = []
    const reshaping: (readonly Rewrite[])[] = []
    for (const end of buffer.signs.lineEnds) {
      const blank = line.breakBefore(end)
      if (blank === undefined || !buffer.breakable(blank)) continue
      if (templateOpener.test(buffer.text.slice(blank, end))) continue
      const change = line.move(blank, end)
      if (!buffer.mayRewrite(change)) continue
      const plain = amongWords.test(buffer.text.slice(blank - 1, end + 4))
      ;(plain ? changes : reshaping).push(change)
      line.accept(change)
    }
    buffer.rewrite(changes)
    buffer.rewrite(reshaping, { again: true })
  },
}

/** The line ends between a number and its unit, what it counts, or its label. */
function numbersOver(buffer: EditBuffer, context: RuleContext): ReadonlySet<number> {
  const { text, signs, between, sourceOf } = buffer
  const isLineEnd = (at: number) => text[at] === '\n'
  const digits = digitsOver(text, signs.digits)
  if (digits.length === 0) return none
  const flat = { text: text.replace(/\n/g, ' '), signs: { ...signs, digits }, between, sourceOf }
  const { counts: all, units, labels } = findTies(flat, context.lexicon, isLineEnd)
  // A line that begins with a capital may be the next of a list of lines: Level: 3, Parent: 4.
  const counts = all.filter(at => text[at] !== '\n' || !/\p{Lu}/u.test(text[at + 1] ?? ''))
  const ties = isEnglishBook(context) ? [...units, ...labels] : [...counts, ...units, ...labels]
  return new Set(ties.filter(isLineEnd))
}

const none: ReadonlySet<number> = new Set()

/** Of numbers beside, or over, the end of a line, where their digits begin. A number has no more than a character between its digits. */
function digitsOver(text: string, digits: readonly number[]): readonly number[] {
  const found: number[] = []
  for (let first = 0, next = 0; first < digits.length; first = next) {
    let isOver = false
    let end = digits[first] as number
    do {
      isOver ||= text.charCodeAt((digits[next] as number) - 1) === LINE
      end = (digits[next++] as number) + 1
      while (isDigit(text.charCodeAt(end))) end++
    } while (digits[next] === end + 1)
    if (isOver || text.charCodeAt(end) === LINE) append(found, digits.slice(first, next))
  }
  return found
}

/** Nearer to what closes it, it might open a template tag. */
const templateOpener = /\{[{%]/

/** A line's end moved among nothing but words, of which the last is no particle, concerns no other rule. */
const amongWords = /^[\p{L},;:.!?…)»”] [\p{L} \u00A0]+\n\p{L}{3}$/u

/** Behind a line’s end, where none has moved yet. */
const restOfLine = /[^\n\u2029]*/y

/** Without one, a line may be an underline, or part two blocks, to somebody. */
const hasWord = /[\p{L}\d\uE000]/u

const dashCodes = characterSet('—–')

/** What must not begin a line: a dash in the middle of a sentence, and in Russian a particle. */
const dash: Leaning = { first: dashCodes, pattern: /[—–][ \u00A0](?=\p{Ll}|I[ \u00A0’])/uy }
const russianLeaning: Leaning = {
  first: characterSet('—–лжб'),
  pattern: /[—–][ \u00A0](?=\p{Ll})|(?:ли|ль|же|бы)(?![\p{L}-])/uy,
}

/** Somebody who ends a line above a dash means it, unless the line is as full as lines of running text are. */
const FULL = 40

/** What begins a block, or would in another dialect. */
const marker = /^(?:[-*+:~]|\d{1,9}[.)]|#{1,6})[ \u00A0]/

const isDigit = (code: number) => code >= 0x30 && code <= 0x39

const LINE = 0x0a
const PARAGRAPH = 0x2029
const BLANK = 0x20

/** No tied group of words is longer; a longer one stays where it is. */
const LONGEST = 120

const english = (code: number) => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a
const russian = (code: number) =>
  english(code) || (code >= 0x410 && code <= 0x44f) || code === 0x401 || code === 0x451

/** What a short word may stand behind. */
const before = characterSet(' \u00A0\n\u2029(«‹»›„“‟”"')

interface Leaning {
  /** What a match begins with: a cheap question before a dear one. */
  readonly first: CharacterSet
  readonly pattern: RegExp
}

interface LineFacts {
  readonly isLetter: (code: number) => boolean
  /** Short words that belong to the number before them. */
  readonly units: ReadonlySet<string>
  /** Line ends where something is tied, and would stand apart. */
  readonly within: ReadonlySet<number>
  /** What leans on the word before. */
  readonly leaning: Leaning
  sourceOf(at: number): string
}

/** A text in which line ends move while it is read. */
class LineView {
  private readonly text: string
  private readonly isLetter: (code: number) => boolean
  private readonly units: ReadonlySet<string>
  private readonly facts: LineFacts
  private readonly moved = new Map<number, number>()
  /** The last place that has moved: places ascend. */
  private last = -1

  constructor(text: string, facts: LineFacts) {
    this.text = text
    this.facts = facts
    this.isLetter = facts.isLetter
    this.units = facts.units
  }

  accept(change: readonly Rewrite[]): void {
    for (const { at, text } of change) this.moved.set((this.last = at), text.charCodeAt(0))
  }

  private code(at: number): number {
    return (at <= this.last ? this.moved.get(at) : undefined) ?? this.text.charCodeAt(at)
  }

  private isStop(at: number): boolean {
    const code = this.code(at)
    return at < 0 || code === BLANK || code === LINE || code === PARAGRAPH
  }

  /** Whether a word of one or two letters ends here. */
  private endsShort(end: number): boolean {
    let start = end
    while (end - start < 3 && start > 0 && this.isLetter(this.code(start - 1))) start--
    const size = end - start
    if (size === 0 || size > 2 || !(start === 0 || before.has(this.code(start - 1)))) return false
    return !(isDigit(this.code(start - 2)) && this.units.has(this.text.slice(start, end)))
  }

  private leans(at: number): boolean {
    const { first, pattern } = this.facts.leaning
    if (!first.has(this.text.charCodeAt(at))) return false
    pattern.lastIndex = at
    return pattern.test(this.text)
  }

  /** Whether what begins the next line leans on the word that ends here. */
  private leansBack(end: number): boolean {
    if (!this.leans(end + 1)) return false
    if (!this.beginsWithDash(end + 1)) return true
    let start = end
    while (end - start < FULL && !this.isLineStart(start)) start--
    return end - start >= FULL && /[\p{L}\d,)]/u.test(this.text[end - 1] as string)
  }

  /** Above such a line another one of a list or of speech may end. */
  private beginsWithDash(at: number): boolean {
    return dashCodes.has(this.text.charCodeAt(at)) && /[ \u00A0]/.test(this.text[at + 1] ?? '')
  }

  private isLineStart(at: number): boolean {
    const before = this.code(at - 1)
    return at === 0 || before === LINE || before === PARAGRAPH
  }

  /** A line may end with code, but not with what may be a block to somebody when it stands alone. */
  private isCode(from: number, to: number): boolean {
    const at = this.text.slice(from, to).indexOf(WORD)
    return at >= 0 && /^``?(?!`)/.test(this.facts.sourceOf(from + at))
  }

  /**
   * The blank at which to break the line that ends here instead: before the last words that are tied together, or short.
   * Undefined when nothing dangles, or when what stays or what moves would not begin or end like a text.
   */
  breakBefore(end: number): number | undefined {
    const next = this.code(end + 1)
    if (next === LINE || next === PARAGRAPH || this.code(end) !== LINE) return undefined
    const leans = this.leansBack(end)
    if (!leans && (this.beginsWithDash(end + 1) || !(this.endsShort(end) || this.facts.within.has(end))))
      return undefined
    const below = match(restOfLine, this.text, end + 1)
    if (marker.test(below) || !hasWord.test(below)) return undefined
    let blank = end
    do {
      do blank--
      while (!this.isStop(blank))
      if (end - blank > LONGEST || this.code(blank) !== BLANK) return undefined
    } while (this.endsShort(blank) || this.leans(blank + 1))
    let last = blank
    while (blank - last < LONGEST && !this.isStop(last - 1)) last--
    const stays = /[\p{L}\d]/u.test(this.text.slice(last, blank)) || this.isCode(last, blank)
    const moves = /^(?:[\p{L}(«„“"]|\d+[^\d.)])/u.test(this.text.slice(blank + 1, blank + 12))
    return stays && moves ? blank : undefined
  }

  move(blank: number, end: number): readonly Rewrite[] {
    const change: Rewrite[] = [{ at: blank, text: '\n' }]
    for (let at = blank + 1; at < end; at++)
      if (this.code(at) === BLANK) change.push({ at, text: NO_BREAK_SPACE })
    return [...change, { at: end, text: NO_BREAK_SPACE }]
  }
}
