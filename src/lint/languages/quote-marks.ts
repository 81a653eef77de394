import TypografModule from 'typograf'
import { languages, type Language } from '../../document/language.ts'

/** The quotation marks of a language, a character for each level from the outermost on. */
export interface QuoteMarks {
  readonly left: string
  readonly right: string
  /** What stands inside the outer marks, between them and the words: a narrow no-break space, or nothing. */
  readonly space: '' | '\u202F'
}

/** Its type declarations name the class as the module's default, and Node's module resolution takes them for CommonJS. */
const Typograf = TypografModule as unknown as {
  getData(key: string): { readonly left: string; readonly right: string; readonly spacing?: boolean }
}

const read = (locale: string): QuoteMarks => {
  const { left, right, spacing } = Typograf.getData(`${locale}/quote`)
  return { left, right, space: spacing ? '\u202F' : '' }
}

/**
 * With single marks outside they would have to be told from apostrophes before anything else, which is known for English only; the
 * Dutch have double ones outside as often.
 */
const doubleOutside = ({ left, right, space }: QuoteMarks): QuoteMarks =>
  left.startsWith('‘') ? { left: swapped(left), right: swapped(right), space } : { left, right, space }

const swapped = (pair: string) => [...pair].toReversed().join('')

const american = read('en-US')

/** In quotation marks only a book is set as in Britain. */
const british = read('en-GB')

const marks = new Map<Language, QuoteMarks>(
  languages.map(lang => [lang, lang === 'en' || lang === 'en-GB' ? american : doubleOutside(read(lang))]),
)

export function quoteMarksOf(lang: Language, preset: 'typograf' | 'book' = 'typograf'): QuoteMarks {
  return lang === 'en-GB' && preset === 'book' ? british : (marks.get(lang) ?? american)
}
