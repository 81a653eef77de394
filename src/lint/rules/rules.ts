import { doubleHyphen } from './imprimatur/double-hyphen.ts'
import { foreignQuote } from './imprimatur/foreign-quote.ts'
import { caption } from './imprimatur/caption.ts'
import { frontMatter } from './imprimatur/front-matter.ts'
import { homoglyph } from './imprimatur/homoglyph.ts'
import { frenchSpace } from './imprimatur/french-space.ts'
import { englishInitials } from './imprimatur/initials.ts'
import { language } from './imprimatur/language.ts'
import { leadingApostrophe } from './imprimatur/leading-apostrophe.ts'
import { lineEnd } from './imprimatur/line-end.ts'
import { literalStar } from './imprimatur/literal-star.ts'
import { longDash } from './imprimatur/long-dash.ts'
import { minusOrRange } from './imprimatur/minus-or-range.ts'
import { personTitle } from './imprimatur/title.ts'
import { unbalancedQuote } from './imprimatur/unbalanced-quote.ts'
import type { Rule } from './rule.ts'
import { apostrophe } from './typograf/apostrophe.ts'
import { americanDash, britishDash, russianDash } from './typograf/dashes.ts'
import { noBreakSpaces } from './typograf/no-break-spaces.ts'
import { lateOptionalRules, optionalRules } from './typograf/optional.ts'
import { quote } from './typograf/quote.ts'
import { lateRussianNoBreakSpaces, russianNoBreakSpaces } from './typograf/russian-no-break-spaces.ts'

/**
 * Every rule, in the order in which they run. The order is part of what they mean: `ru/nbsp/beforeParticle` unties what
 * `common/nbsp/afterShortWord` has tied, and the line's end is looked at when its words are tied.
 */
export const rules: readonly Rule[] = [
  longDash,
  doubleHyphen,
  russianDash,
  americanDash,
  britishDash,
  foreignQuote,
  apostrophe,
  leadingApostrophe,
  quote,
  frenchSpace,
  ...russianNoBreakSpaces,
  englishInitials,
  personTitle,
  ...noBreakSpaces,
  ...lateRussianNoBreakSpaces,
  lineEnd,
  unbalancedQuote,
  minusOrRange,
  homoglyph,
  literalStar,
  language,
  caption,
  frontMatter,
]

/** With those that are off until they are turned on: signs and blanks come before what is made of them, ties after all others. */
export const everyRule: readonly Rule[] = [
  ...optionalRules,
  ...rules.slice(0, rules.indexOf(lineEnd)),
  ...lateOptionalRules,
  ...rules.slice(rules.indexOf(lineEnd)),
]
