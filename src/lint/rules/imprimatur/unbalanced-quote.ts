import { quoteMark } from '../../engine/quotes.ts'
import type { Rule } from '../rule.ts'
import { pairingOf, segmentsWith } from '../../engine/quotations.ts'

export const unbalancedQuote: Rule = {
  code: 'imprimatur/unbalanced-quote',
  title: 'Every quotation mark has its partner in the same paragraph',
  why: 'Where one is missing, only the author knows which. Until then no quotation mark of the paragraph is touched.',
  writes: '',
  examples: [
    { lang: 'ru', before: 'Он сказал: "Привет и ушёл.', after: 'Он сказал: "Привет и ушёл.' },
    { lang: 'en', before: 'The 5" disk, returns "" when empty', after: 'The 5" disk, returns "" when empty' },
  ],
  guard: quoteMark,
  run(buffer, { lang, enabled }) {
    const foreign = lang === 'ru' && enabled('imprimatur/foreign-quote')
    for (const segment of segmentsWith(buffer.text)) {
      const [first] = pairingOf(buffer.text, segment, { foreign }).lone
      if (first === undefined) continue
      buffer.report(first, 1, 'This quotation mark has no partner in its paragraph')
    }
  },
}
