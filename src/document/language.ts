/** The languages that the rules know. */
export type Language = 'ru' | 'en'

/** The language of a BCP 47 tag, or of one with POSIX's `_`, or undefined for one that no rule knows: its text is left alone. */
export function languageOf(tag: string): Language | undefined {
  return /^(?:ru|en)(?=[-_]|$)/i.exec(tag)?.[0].toLowerCase() as Language | undefined
}
