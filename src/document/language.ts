/** The languages that have rules, by their BCP 47 subtag. British English differs from the American in its dashes. */
export const languages = [
  'ru',
  'en',
  'en-GB',
  'be',
  'bg',
  'ca',
  'cs',
  'da',
  'de',
  'el',
  'eo',
  'es',
  'et',
  'fi',
  'fr',
  'ga',
  'hu',
  'it',
  'lv',
  'nl',
  'no',
  'pl',
  'ro',
  'sk',
  'sl',
  'sr',
  'sv',
  'tr',
  'uk',
] as const
export type Language = (typeof languages)[number]

/** The language of a BCP 47 tag, or of one with POSIX's `_`, or undefined for one that no rule knows: its text is left alone. */
export function languageOf(tag: string): Language | undefined {
  const [primary = '', ...subtags] = tag.toLowerCase().split(/[-_]/)
  if (primary === 'en' && subtags.includes('gb')) return 'en-GB'
  const language = primary === 'nb' || primary === 'nn' ? 'no' : primary
  return languages.find(known => known === language)
}
