import { suggestion } from '../../../core/diagnostic.ts'
import { formatDate } from '../../../core/dates.ts'
import { escape, Html, markup } from '../../../core/html.ts'
import { compareWords, type CompareWords } from '../../identity/compare-words.ts'
import { changeWords, type ChangeWords } from '../../manifest/change-words.ts'
import { clients } from '../../clients/clients.ts'
import type { OmemoClient } from '../../clients/client.ts'
import { en, type PageWords, type WordName } from './en.ts'
import { languageOf, type WordLanguage } from './languages.ts'
import { ru } from './ru.ts'

const tables: Readonly<Record<WordLanguage, PageWords>> = { en, ru }

type Values = Readonly<Record<string, Html | string | number>>

/** The words of a page in its language, as HTML and as text. */
export interface Wordbook {
  readonly lang: WordLanguage
  html(name: WordName, values?: Values): Html
  /** For attributes, and for scripts. */
  text(name: WordName, values?: Values): string
  steps(client: OmemoClient, values: Values): readonly Html[]
  worked(client: OmemoClient, values: Values): Html
  day(iso: string): Html
  /** For the box. */
  readonly compare: CompareWords
  /** For the history. */
  readonly changes: ChangeWords
}

export interface WordOptions {
  /** The page’s language, a BCP 47 tag. */
  readonly lang: string
  /** Words that the page has instead of ours, by name. */
  readonly wording?: Readonly<Record<string, string>> | undefined
  /** Sets a text, plain or HTML, as the rest of the site is set. */
  readonly typeset?: ((text: string, lang: string) => string) | undefined
}

/** Every word of a language by its name in front matter: those of the page, and `dino.1` … `dino.3` and `dino.worked` of each client. */
export const wordsOf = (language: WordLanguage): Readonly<Record<string, string>> => ({
  ...tables[language],
  ...Object.fromEntries(
    clients.flatMap(({ id, words }) => [
      ...words[language].steps.map((step, n) => [`${id}.${n + 1}`, step] as const),
      [`${id}.worked`, words[language].worked] as const,
    ]),
  ),
})

/** What is wrong with words in front matter: a name that no word has, or a `{…}` that nothing is put in for. */
export function checkWording({
  lang,
  wording = {},
}: WordOptions): { message: string; hint: string } | undefined {
  const words = wordsOf(languageOf(lang))
  for (const [name, text] of Object.entries(wording)) {
    const ours = Object.hasOwn(words, name) ? words[name] : undefined
    if (ours === undefined) {
      const hint = `${suggestion(name, Object.keys(words))}the words are those of src/keys/page/words/en.ts, and dino.1, dino.2, dino.3, dino.worked of each client`
      return { message: `“${name}” is no word of the keys page`, hint }
    }
    const known = placesIn(ours)
    const stray = placesIn(text).find(place => !known.includes(place) && !isLink(name, place))
    if (stray !== undefined) {
      const hint = known.length > 0 ? `it may have ${known.join(', ')}` : 'it is the whole text as it is'
      return { message: `Nothing is put in for ${stray} in “${name}”`, hint }
    }
  }
  return undefined
}

const placesIn = (text: string): readonly string[] => text.match(/\{\w+\}/g) ?? []

/** In the steps of a client the address and both links may always stand. */
const isLink = (name: string, place: string) =>
  clients.some(({ id }) => name.startsWith(`${id}.`)) && ['{address}', '{open}', '{write}'].includes(place)

/** The words of a page; `wording` is checked by `checkWording`. */
export function createWordbook({ lang: tag, wording = {}, typeset = text => text }: WordOptions): Wordbook {
  const lang = languageOf(tag)
  const words = { ...wordsOf(lang), ...wording }
  const html = (name: string, values: Values = {}) => fill(typeset(toHtml(words[name] ?? ''), lang), values)
  const text = (name: WordName, values: Values = {}) =>
    typeset(words[name] ?? '', lang).replace(/\{(\w+)\}/g, (whole, place: string) =>
      String(values[place] ?? whole),
    )
  return {
    lang,
    html,
    text,
    steps: ({ id }, values) => [1, 2, 3].map(n => html(`${id}.${n}`, values)),
    worked: ({ id }, values) => html(`${id}.worked`, values),
    day: iso => {
      // Bound are the day to its month, and what a language puts behind the year.
      const written = formatDate(iso, 'long', text('locale'))
        .replace(/^(\d+) /, '$1\u00a0')
        .replace(/ (\S+\.)$/, '\u00a0$1')
      return markup`<time datetime="${iso}">${written}</time>`
    },
    compare: wordsIn(words, 'compare', compareWords),
    changes: wordsIn(words, 'change', changeWords),
  }
}

/** The words of a group under the names that it has for itself. */
const wordsIn = <N extends string>(
  words: Readonly<Record<string, string>>,
  group: string,
  names: Readonly<Record<N, string>>,
): Readonly<Record<N, string>> =>
  Object.fromEntries(Object.keys(names).map(name => [name, words[`${group}.${name}`] ?? ''])) as Readonly<
    Record<N, string>
  >

const toHtml = (word: string) =>
  escape(word)
    .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/`(.+?)`/g, '<code>$1</code>')

/** The words are escaped, and what is put in is when it is no HTML. */
const fill = (word: string, values: Values): Html =>
  new Html(
    word.replace(/\{(\w+)\}/g, (whole, place: string) => {
      const value = values[place]
      return value === undefined ? whole : String(markup`${value}`)
    }),
  )
