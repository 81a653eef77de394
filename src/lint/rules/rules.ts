import { foreignQuote } from './imprimatur/foreign-quote.ts'
import { frontMatter } from './imprimatur/front-matter.ts'
import { homoglyph } from './imprimatur/homoglyph.ts'
import { leadingApostrophe } from './imprimatur/leading-apostrophe.ts'
import { lineEnd } from './imprimatur/line-end.ts'
import { literalStar } from './imprimatur/literal-star.ts'
import { longDash } from './imprimatur/long-dash.ts'
import { unbalancedQuote } from './imprimatur/unbalanced-quote.ts'
import type { Rule } from './rule.ts'
import { apostrophe } from './typograf/apostrophe.ts'
import { typografDashes } from './typograf/dashes.ts'
import { noBreakSpaces } from './typograf/no-break-spaces.ts'
import { quote } from './typograf/quote.ts'
import { lateRussianNoBreakSpaces, russianNoBreakSpaces } from './typograf/russian-no-break-spaces.ts'

/**
 * Every rule, in the order in which they run. The order is part of what they mean: `ru/nbsp/beforeParticle` unties what
 * `common/nbsp/afterShortWord` has tied, and the line's end is looked at when its words are tied.
 */
export const rules: readonly Rule[] = [
  longDash,
  ...typografDashes,
  foreignQuote,
  quote,
  leadingApostrophe,
  apostrophe,
  ...russianNoBreakSpaces,
  ...noBreakSpaces,
  ...lateRussianNoBreakSpaces,
  lineEnd,
  unbalancedQuote,
  homoglyph,
  literalStar,
  frontMatter,
]
