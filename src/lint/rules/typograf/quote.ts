import { append } from '../../../core/lists/long-lists.ts'
import type { Language } from '../../../document/language.ts'
import type { EditBuffer, Rewrite } from '../../engine/edit-buffer.ts'
import { hasSingles, readQuotations, segmentsWith, type Quotations } from '../../engine/quotations.ts'
import type { PairedMark } from '../../engine/quotes.ts'
import type { SingleMark } from '../../engine/single-quotes.ts'
import { quoteMarksOf, type QuoteMarks } from '../../languages/quote-marks.ts'
import { apostrophes, blanks, quotationMarks } from '../characters.ts'
import type { Rule, RuleContext } from '../rule.ts'

export const quote: Rule = {
  code: 'common/punctuation/quote',
  title: 'Quotation marks are those of the language, at each level of nesting',
  why: 'Straight marks are a typewriter’s; «…» „…“ in Russian, “…” ‘…’ in English, „…“ ‚…‘ in German tell beginning from end, and outer from inner.',
  writes: quotationMarks + apostrophes + blanks,
  cost: 'it reads each paragraph with a mark, and again what it has set',
  examples: [
    { lang: 'en', before: 'so-called "secure" messengers', after: 'so-called “secure” messengers' },
    { lang: 'en', before: '"I said "no" twice"', after: '“I said ‘no’ twice”' },
    { lang: 'en', before: "the word 'cabbage' is short", after: 'the word ‘cabbage’ is short' },
    { lang: 'ru', before: '"Книга "Война и мир" хороша"', after: '«Книга „Война и мир“ хороша»' },
    { lang: 'ru', before: 'Монитор 24" и корпус 19"', after: 'Монитор 24" и корпус 19"' },
    { lang: 'ru', before: 'Прости ^_^" Забыл купить "Доширак"', after: 'Прости ^_^" Забыл купить «Доширак»' },
    { lang: 'fr', before: 'Il a dit "oui" hier', after: 'Il a dit «&#8239;oui&#8239;» hier' },
  ],
  needs: ['double mark', 'single mark'],
  run(buffer, context) {
    const { lang, enabled } = context
    const foreign = lang === 'ru' && enabled('imprimatur/foreign-quote')
    const marks = quoteMarksOf(lang, context.preset)
    let segments = segmentsWith(buffer, hasSingles(lang) ? `${quotationMarks}'‘` : quotationMarks)
    for (let round = 0; round < ROUNDS && segments.length > 0; round++) {
      const changes: (readonly Rewrite[])[] = []
      segments = segments.filter(segment => {
        const quotations = readQuotations(buffer, segment, { lang, foreign })
        const set =
          quotations.doubles.lone.length === 0 ? setMarks(buffer.text, quotations, { marks, context }) : []
        append(changes, set)
        return set.length > 0
      })
      buffer.rewrite(changes)
    }
    if (marks.space !== '') setSpaces(buffer, marks)
  },
}

/** A mark that has been set may pair otherwise. */
const ROUNDS = 3

interface LevelMark extends PairedMark {
  readonly isSingle?: true
}

/** For each pair, the marks that its level wants: a group of rewrites, none for a pair that is right. */
function setMarks(
  text: string,
  { doubles, singles }: Quotations,
  { marks: { left, right }, context }: { marks: QuoteMarks; context: RuleContext },
): readonly (readonly Rewrite[])[] {
  const pairs = new Map<number, Rewrite[]>()
  const levels: number[] = []
  const british = context.lang === 'en-GB' && context.preset === 'book'
  for (const { at, opens, pair, isSingle } of withSingles(doubles.marks, singles)) {
    if (opens) {
      const above = levels.at(-1)
      // Single marks stay what the author has made them.
      if (isSingle && !british) levels.push(1)
      else levels.push(above === undefined ? 0 : deeper(above, left.length, context.lang))
    }
    const level = (opens ? levels.at(-1) : levels.pop()) ?? 0
    const wanted = (opens ? left : right)[level] as string
    if (text[at] === wanted) continue
    const rewrites = pairs.get(pair)
    if (rewrites) rewrites.push({ at, text: wanted })
    else pairs.set(pair, [{ at, text: wanted }])
  }
  return [...pairs.values()]
}

function withSingles(doubles: readonly PairedMark[], singles: readonly SingleMark[]): readonly LevelMark[] {
  if (singles.length === 0) return doubles
  const all: LevelMark[] = [...doubles]
  for (const { at, role, pair } of singles)
    if (role === 'opens' || role === 'closes')
      all.push({ at, opens: role === 'opens', pair: -1 - pair, isSingle: true })
  return all.toSorted((a, b) => a.at - b.at)
}

/** Where single marks are read as well, levels take turns; elsewhere the last has no end, since what it holds is not seen again. */
const deeper = (above: number, levels: number, lang: Language) =>
  hasSingles(lang) ? (above + 1) % levels : Math.min(above + 1, levels - 1)

/** The space inside the outer marks: an ordinary one becomes narrow, and where there is none it is put in. */
function setSpaces(buffer: EditBuffer, { left, right, space }: QuoteMarks): void {
  const [opens, closes] = [left[0] as string, right[0] as string]
  const narrow: Rewrite[][] = []
  const { text } = buffer
  for (const mark of [opens, closes]) {
    const beside = mark === opens ? 1 : -1
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
      const neighbour = text[at + beside] ?? '\u2029'
      if (neighbour === ' ') narrow.push([{ at: at + beside, text: space }])
      else if (!/\s/.test(neighbour))
        narrow.push([{ at, text: mark === opens ? mark + space : space + mark }])
    }
  }
  buffer.rewrite(narrow)
}
