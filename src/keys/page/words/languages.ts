/** The languages that the page has words of; a page in another has English ones. */
export const languages = ['en', 'ru'] as const

export type WordLanguage = (typeof languages)[number]

/** By the primary subtag: `ru-RU` is Russian. */
export function languageOf(tag: string): WordLanguage {
  const primary = tag.toLowerCase().split(/[-_]/)[0]
  return languages.find(language => language === primary) ?? 'en'
}
