import { hasSingles, readQuotations, segmentsWith } from '../../engine/quotations.ts'
import { quotationMarks } from '../characters.ts'
import type { Rule } from '../rule.ts'

export const unbalancedQuote: Rule = {
  code: 'imprimatur/unbalanced-quote',
  title: 'Every quotation mark has its partner in the same paragraph',
  why: 'Where one is missing, only the author knows which. Until then no quotation mark of the paragraph is touched, or no single one.',
  writes: '',
  cost: 'it reads the marks once more, as all others have left them',
  examples: [
    { lang: 'ru', before: 'Он сказал: "Привет и ушёл.', after: 'Он сказал: "Привет и ушёл.' },
    { lang: 'en', before: 'The 5" disk, returns "" when empty', after: 'The 5" disk, returns "" when empty' },
    { lang: 'en', before: "he said 'never again and left", after: "he said 'never again and left" },
  ],
  needs: ['double mark', 'single mark'],
  run(buffer, { lang, enabled }) {
    const foreign = lang === 'ru' && enabled('imprimatur/foreign-quote')
    for (const segment of segmentsWith(buffer, hasSingles(lang) ? `${quotationMarks}'` : quotationMarks)) {
      const { doubles, singles } = readQuotations(buffer, segment, { lang, foreign })
      const [first] = doubles.lone
      if (first !== undefined) buffer.report(first, 1, 'This quotation mark has no partner in its paragraph')
      const single = singles.find(({ at, role }) => role === 'undecided' && buffer.text[at] === "'")
      if (single)
        buffer.report(
          single.at,
          1,
          'Nobody can tell what this mark is: a quotation mark without a partner, or an apostrophe',
          {
            hint: 'write ‘ ’ for quotation marks and ’ for an apostrophe',
          },
        )
    }
  },
}
