import { commentClose, replaceEnclosed } from '../core/text/enclosed.ts'
import type { Document } from './document.ts'
import { canonicalLanguage, languageTag } from '../core/value-kinds.ts'
import { readHtmlDocument } from './html-tags.ts'
import { findOpaque } from './opaque/find-opaque.ts'

/** The language of a page: what the build writes into its HTML, and what the linter sets it in. */
export interface PageLanguage {
  /** A BCP 47 tag. */
  readonly tag: string
  /** False when the page names no language and its letters are not those of the site's, nor of one that they would tell. */
  readonly isKnown: boolean
}

/**
 * What front matter names, or the file's name, or the `<html>` of a whole document; or else the site's language, unless the letters of the page contradict it: then the language that they tell,
 * Russian or English.
 */
export function languageOfPage(document: Document, siteLang: string): PageLanguage {
  if (document.lang !== undefined) return { tag: document.lang, isKnown: true }
  const { lang } =
    document.format === 'html' ? (readHtmlDocument(document.file.text, document.bodyStart) ?? {}) : {}
  if (lang !== undefined && languageTag.accepts(lang)) return { tag: canonicalLanguage(lang), isKnown: true }
  const site = { tag: siteLang, isKnown: true }
  const isCyrillic = scriptOf(siteLang) === 'Cyrl'
  const sample = document.file.text.slice(document.bodyStart, document.bodyStart + SAMPLE)
  if (!isCyrillic && !CYRILLIC.test(sample)) return site
  if (isCyrillic && agrees(countLetters(sample.replace(REFERENCE, ' ')), siteLang)) return site
  const prose = proseOf(sample, document.format)
  if ((prose.match(WORD)?.length ?? 0) < FEWEST_WORDS) return site
  const letters = countLetters(prose)
  return isCyrillic ? amongCyrillic(prose, letters, siteLang) : amongOthers(letters, siteLang)
}

/** Its letters are none of the page's: else no-break spaces would make another language of it. */
const REFERENCE = /&#?\w{1,31};/g

/** So many letters tell. */
const SAMPLE = 20_000
const FEWEST_WORDS = 4
const CYRILLIC = /[\u0400-\u052F]/
const WORD = /\p{L}[\p{L}\p{M}'’-]*/gu

export interface Letters {
  readonly cyrillic: number
  /** Of the Cyrillic letters: those that are not in the Russian alphabet … */
  readonly foreign: number
  /** … and ы, э, ё. */
  readonly russian: number
  readonly latin: number
  /** Of the Latin letters: those that are not in the English alphabet. */
  readonly accented: number
}

export function countLetters(text: string): Letters {
  const counts = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < letters.length) (counts[letters[code] as number] as number)++
  }
  const [, latin = 0, accented = 0, usual = 0, russian = 0, foreign = 0] = counts
  return { cyrillic: usual + russian + foreign, foreign, russian, latin: latin + accented, accented }
}

/** By code: 0 for no letter, or which letter it is, as `countLetters` counts them. */
const letters = Uint8Array.from({ length: 0x530 }, (_, code) => {
  if (code < 0x80) return /[a-z]/i.test(String.fromCharCode(code)) ? 1 : 0
  if (code < 0x400) return code >= 0xc0 && code < 0x250 && code !== 0xd7 && code !== 0xf7 ? 2 : 0
  const character = String.fromCharCode(code)
  return /[ыэё]/i.test(character) ? 4 : /[а-я]/i.test(character) ? 3 : 5
})

/** Half of the letters decide against a site's language in another script. */
const isMostly = (some: number, others: number) => some > 0 && some >= others

function agrees({ cyrillic, latin, foreign, russian }: Letters, siteLang: string): boolean {
  if (!isMostly(cyrillic, latin)) return false
  return isRussian(siteLang) ? foreign * 100 <= cyrillic : russian === 0
}

const isRussian = (tag: string) => /^ru(?=[-_]|$)/i.test(tag)

/** A Cyrillic page on a site in another script: Russian if all its letters are, since the site names no other that is written so. */
function amongOthers({ cyrillic, latin, foreign }: Letters, siteLang: string): PageLanguage {
  if (!isMostly(cyrillic, latin)) return { tag: siteLang, isKnown: true }
  return foreign === 0 ? { tag: 'ru', isKnown: true } : { tag: siteLang, isKnown: false }
}

function amongCyrillic(prose: string, letters: Letters, siteLang: string): PageLanguage {
  const { cyrillic, latin, foreign, russian } = letters
  if (cyrillic * 4 < latin)
    return isEnglish(prose, letters) ? { tag: 'en', isKnown: true } : { tag: siteLang, isKnown: false }
  if (isRussian(siteLang)) return { tag: siteLang, isKnown: foreign * 100 <= cyrillic }
  // Belarusian has these letters, but neither of the two that Russian needs as often.
  const isTold = russian > 0 && foreign === 0 && (!/^be(?=[-_]|$)/i.test(siteLang) || /[ищ]/i.test(prose))
  return { tag: isTold ? 'ru' : siteLang, isKnown: true }
}

/** Whether Latin letters are English: of its alphabet nearly all, and with a word that other languages do not have. */
export const isEnglish = (text: string, { latin, accented }: Letters): boolean =>
  accented * 100 <= latin && ENGLISH.test(text)

const ENGLISH =
  /\b(?:the|and|that|with|you|are|this|it|not|from|they|she|his|were|would|our|there|here|what|how|its|should)\b/i

/** What is left of a text when code, tags, addresses and opaque parts are taken out: enough to count letters. */
function proseOf(text: string, format: Document['format']): string {
  let prose = ''
  let at = 0
  for (const { core } of findOpaque(text, { format })) {
    prose += `${text.slice(at, core[0])} `
    at = core[1]
  }
  return replaceEnclosed(
    prose + text.slice(at),
    NO_PROSE,
    ([whole, name]) => noProseClose.get((name ?? whole).toLowerCase()),
    () => ' ',
  )
}

const NO_PROSE =
  /<(script|style|pre|code)\b(?:[^<>]*>)?|<!--|<\/?[a-z][^<>]*>|`[^`\n]*`|\]\([^()\s]*|\bhttps?:\S+|&#?\w+;/gi

const noProseClose = new Map([
  ...['script', 'style', 'pre', 'code'].map(name => [name, new RegExp(`</${name}>`, 'gi')] as const),
  ['<!--', commentClose],
])

const scripts = new Map<string, string | undefined>()

/** The script that a language is written in, as ISO 15924 has it. */
export function scriptOf(tag: string): string | undefined {
  if (!scripts.has(tag)) scripts.set(tag, new Intl.Locale(tag).maximize().script)
  return scripts.get(tag)
}
