import type { Rule } from './rule.ts'
import { afterNumber } from './common/nbsp/afterNumber.ts'
import { afterParagraphMark } from './common/nbsp/afterParagraphMark.ts'
import { afterSectionMark } from './common/nbsp/afterSectionMark.ts'
import { afterShortWord } from './common/nbsp/afterShortWord.ts'
import { beforeShortLastNumber } from './common/nbsp/beforeShortLastNumber.ts'
import { beforeShortLastWord } from './common/nbsp/beforeShortLastWord.ts'
import { dpi } from './common/nbsp/dpi.ts'
import { apostrophe } from './common/punctuation/apostrophe.ts'
import { quote } from './common/punctuation/quote.ts'
import { englishDash } from './en-US/dash/main.ts'
import { foreignQuote } from './imprimatur/foreign-quote.ts'
import { frontMatter } from './imprimatur/front-matter.ts'
import { homoglyph } from './imprimatur/homoglyph.ts'
import { leadingApostrophe } from './imprimatur/leading-apostrophe.ts'
import { lineEnd } from './imprimatur/line-end.ts'
import { literalStar } from './imprimatur/literal-star.ts'
import { longDash } from './imprimatur/long-dash.ts'
import { unbalancedQuote } from './imprimatur/unbalanced-quote.ts'
import { russianDash } from './ru/dash/main.ts'
import { abbr } from './ru/nbsp/abbr.ts'
import { addr } from './ru/nbsp/addr.ts'
import { afterNumberSign } from './ru/nbsp/afterNumberSign.ts'
import { beforeParticle } from './ru/nbsp/beforeParticle.ts'
import { centuries } from './ru/nbsp/centuries.ts'
import { dayMonth } from './ru/nbsp/dayMonth.ts'
import { initials } from './ru/nbsp/initials.ts'
import { m } from './ru/nbsp/m.ts'
import { mln } from './ru/nbsp/mln.ts'
import { ooo } from './ru/nbsp/ooo.ts'
import { page } from './ru/nbsp/page.ts'
import { ps } from './ru/nbsp/ps.ts'
import { rubleKopek } from './ru/nbsp/rubleKopek.ts'
import { see } from './ru/nbsp/see.ts'
import { year } from './ru/nbsp/year.ts'
import { years } from './ru/nbsp/years.ts'

/**
 * Every rule, in the order in which they run. The order is part of what they mean: `ru/nbsp/beforeParticle` unties what
 * `common/nbsp/afterShortWord` has tied, and the line's end is looked at when its words are tied.
 */
export const rules: readonly Rule[] = [
  longDash,
  russianDash,
  englishDash,
  foreignQuote,
  quote,
  leadingApostrophe,
  apostrophe,
  year,
  see,
  rubleKopek,
  ps,
  page,
  ooo,
  mln,
  initials,
  dayMonth,
  centuries,
  afterNumberSign,
  addr,
  abbr,
  dpi,
  beforeShortLastWord,
  beforeShortLastNumber,
  afterShortWord,
  afterSectionMark,
  afterParagraphMark,
  afterNumber,
  years,
  m,
  beforeParticle,
  lineEnd,
  unbalancedQuote,
  homoglyph,
  literalStar,
  frontMatter,
]
