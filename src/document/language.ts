/** The languages that the rules know. */
export type Language = 'ru' | 'en'

/** A BCP 47 tag's language, or undefined for one that no rule knows: its text is left alone. */
export function languageOf(tag: string): Language | undefined {
  return /^(?:ru|en)(?=-|$)/i.exec(tag)?.[0].toLowerCase() as Language | undefined
}
