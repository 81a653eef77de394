import type { Draft, Rewrite } from '../draft.ts'
import type { Language } from '../language.ts'
import { quoteMark, type Pair } from '../quotes.ts'
import type { Rule } from '../rule.ts'
import { setQuotes } from '../typograf.ts'
import { pairingOf, segmentsWith } from './quotations.ts'

export const quote: Rule = {
  name: 'common/punctuation/quote',
  why: 'Straight marks are a typewriter’s; «…» „…“ in Russian and “…” ‘…’ in English tell beginning from end, and outer from inner.',
  examples: [
    { lang: 'en', before: 'so-called "secure" messengers', after: 'so-called “secure” messengers' },
    { lang: 'en', before: '"I said "no" twice"', after: '“I said ‘no’ twice”' },
    { lang: 'ru', before: '"Книга "Война и мир" хороша"', after: '«Книга „Война и мир“ хороша»' },
    { lang: 'ru', before: 'Монитор 24" и корпус 19"', after: 'Монитор 24" и корпус 19"' },
    { lang: 'ru', before: 'Прости ^_^" Забыл купить "Доширак"', after: 'Прости ^_^" Забыл купить «Доширак»' },
  ],
  guard: quoteMark,
  run(draft, { lang, enabled }) {
    const foreign = lang === 'ru' && enabled('imprimatur/foreign-quote')
    for (const segment of segmentsWith(draft.text)) {
      const { pairs, lone } = pairingOf(draft.text, segment, { foreign })
      if (lone.length === 0) setPairs(draft, pairs, lang)
    }
  },
}

/** Typograf tells the marks of each level; it gets the bare skeleton of the text, so that every mark has a side. */
function setPairs(draft: Draft, pairs: readonly Pair[], lang: Language): void {
  const places = pairs.flatMap(({ open, close }) => [
    { at: open, opens: true },
    { at: close, opens: false },
  ])
  places.sort((a, b) => a.at - b.at)
  const skeleton = setQuotes(places.map(({ opens }) => (opens ? ' "x' : 'x" ')).join(''), lang)
  const marks = new Map(places.map(({ at }, i) => [at, skeleton[3 * i + 1] as string]))
  for (const { open, close } of pairs) {
    const rewrites = [open, close]
      .map((at): Rewrite => ({ at, length: 1, text: marks.get(at) as string }))
      .filter(({ at, text }) => draft.text[at] !== text)
    if (rewrites.length > 0) draft.rewrite(rewrites)
  }
}
