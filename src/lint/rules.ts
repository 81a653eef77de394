import type { Rule } from './rule.ts'
import { apostrophe } from './rules/apostrophe.ts'
import { dashes } from './rules/dash.ts'
import { foreignQuote } from './rules/foreign-quote.ts'
import { frontMatter } from './rules/front-matter.ts'
import { homoglyph } from './rules/homoglyph.ts'
import { leadingApostrophe } from './rules/leading-apostrophe.ts'
import { lineEnd } from './rules/line-end.ts'
import { literalStar } from './rules/literal-star.ts'
import { longDash } from './rules/long-dash.ts'
import { lateRussianNoBreakSpaces, russianNoBreakSpaces } from './rules/nbsp-russian.ts'
import { noBreakSpaces } from './rules/nbsp.ts'
import { quote } from './rules/quote.ts'
import { unbalancedQuote } from './rules/unbalanced-quote.ts'

/**
 * Every rule, in the order in which they run. The order is part of what they mean: `ru/nbsp/beforeParticle` unties what
 * `common/nbsp/afterShortWord` has tied, and the line's end is looked at when its words are tied.
 */
export const rules: readonly Rule[] = [
  longDash,
  ...dashes,
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
