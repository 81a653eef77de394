import { quotationMarks, apostrophes } from '../characters.ts'
import type { Rewrite } from '../../engine/edit-buffer.ts'
import type { Language } from '../../../document/language.ts'
import { quoteMark, type PairedMark } from '../../engine/quotes.ts'
import type { Rule } from '../rule.ts'
import { setQuotes } from '../../engine/typograf.ts'
import { pairingOf, segmentsWith } from '../../engine/quotations.ts'

export const quote: Rule = {
  code: 'common/punctuation/quote',
  title: 'Quotation marks are those of the language, at each level of nesting',
  why: 'Straight marks are a typewriter’s; «…» „…“ in Russian and “…” ‘…’ in English tell beginning from end, and outer from inner.',
  writes: quotationMarks + apostrophes,
  examples: [
    { lang: 'en', before: 'so-called "secure" messengers', after: 'so-called “secure” messengers' },
    { lang: 'en', before: '"I said "no" twice"', after: '“I said ‘no’ twice”' },
    { lang: 'ru', before: '"Книга "Война и мир" хороша"', after: '«Книга „Война и мир“ хороша»' },
    { lang: 'ru', before: 'Монитор 24" и корпус 19"', after: 'Монитор 24" и корпус 19"' },
    { lang: 'ru', before: 'Прости ^_^" Забыл купить "Доширак"', after: 'Прости ^_^" Забыл купить «Доширак»' },
  ],
  guard: quoteMark,
  run(buffer, { lang, enabled }) {
    const foreign = lang === 'ru' && enabled('imprimatur/foreign-quote')
    let segments = [...segmentsWith(buffer.text)]
    for (let round = 0; round < ROUNDS && segments.length > 0; round++) {
      const changes: (readonly Rewrite[])[] = []
      segments = segments.filter(segment => {
        const { marks, lone } = pairingOf(buffer.text, segment, { foreign })
        const set = lone.length === 0 ? setMarks(buffer.text, marks, lang) : []
        changes.push(...set)
        return set.length > 0
      })
      buffer.rewrite(changes)
    }
  },
}

/** A mark that has been set may pair otherwise. */
const ROUNDS = 3

/** Typograf chooses the marks of each level; it gets the bare skeleton of the text, so that every mark has a side. */
function setMarks(
  text: string,
  marks: readonly PairedMark[],
  lang: Language,
): readonly (readonly Rewrite[])[] {
  const skeleton = setSkeleton(marks.map(({ opens }) => (opens ? ' "x' : 'x" ')).join(''), lang)
  const pairs: Rewrite[][] = []
  for (const [i, { at, pair }] of marks.entries()) {
    const wanted = skeleton[3 * i + 1] as string
    if (text[at] !== wanted) (pairs[pair] ??= []).push({ at, text: wanted })
  }
  return pairs.filter(Boolean)
}

const skeletons = new Map<string, string>()

/** Most paragraphs have one of a few skeletons. */
function setSkeleton(skeleton: string, lang: Language): string {
  if (skeleton.length > 48) return setQuotes(skeleton, lang)
  const key = lang + skeleton
  let set = skeletons.get(key)
  if (set === undefined) skeletons.set(key, (set = setQuotes(skeleton, lang)))
  return set
}
