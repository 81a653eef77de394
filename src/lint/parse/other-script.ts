import type { Language } from '../../document/language.ts'
import { countLetters, isEnglish } from '../../document/page-language.ts'
import type { OtherScript, Segment } from './cells.ts'

const cyrillic: ReadonlySet<Language> = new Set(['ru', 'uk', 'be', 'bg'])
/** Written in two scripts, or in a third. */
const unclear: ReadonlySet<Language> = new Set(['sr', 'el'])

/** Whether a segment's language is written in Cyrillic letters. */
export const isCyrillic = ({ lang }: Segment): boolean => lang !== undefined && cyrillic.has(lang)

const FEWEST_WORDS = 4

const latinLetter = /[A-Za-z\u00C0-\u024F]/
const cyrillicLetter = /[\u0400-\u052F]/

/** Whether a segment is of another script than its language's: at least four words, of which 80 % of the letters are. */
export function otherScript(segment: Segment): OtherScript | undefined {
  const { lang, pieces } = segment
  if (!lang || unclear.has(lang)) return undefined
  const inCyrillic = isCyrillic(segment)
  // Nearly all are in their own alone.
  const others = inCyrillic ? latinLetter : cyrillicLetter
  if (!pieces.some(piece => others.test(piece.text))) return undefined
  const text = pieces.map(piece => piece.text).join('')
  const letters = countLetters(text)
  const [own, other] = inCyrillic ? [letters.cyrillic, letters.latin] : [letters.latin, letters.cyrillic]
  if (other === 0 || own * 4 > other) return undefined
  if ((text.match(/\p{L}[\p{L}\p{M}'’-]*/gu)?.length ?? 0) < FEWEST_WORDS) return undefined
  if (inCyrillic) return { lang: isEnglish(text, letters) ? 'en' : undefined }
  return { lang: letters.foreign === 0 ? 'ru' : undefined }
}
