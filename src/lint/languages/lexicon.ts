import type { OwnWords } from '../../config/lint-config.ts'
import { english } from './en.ts'
import { russian } from './ru.ts'
import type { Language } from '../../document/language.ts'
import type { WordLists } from './word-lists.ts'

export type Lexicon = { readonly [List in keyof WordLists]: ReadonlySet<string> } & {
  readonly [List in 'tie' | 'free']: ReadonlySet<string>
}

const lists: Partial<Record<Language, WordLists>> = { en: english, 'en-GB': english, ru: russian }
const none: OwnWords = {}
const known = new WeakMap<OwnWords, Map<Language, Lexicon>>()

/** The words of a language, none for one of which only the quotation marks are known, and the author’s own. */
export function lexiconOf(lang: Language, own: OwnWords = none): Lexicon {
  let lexicons = known.get(own)
  if (!lexicons) known.set(own, (lexicons = new Map()))
  let lexicon = lexicons.get(lang)
  if (!lexicon) lexicons.set(lang, (lexicon = compile(lists[lang], own)))
  return lexicon
}

/** Lists in which capitals matter: `MB`, `May`, `Python`, and letters. */
const cased: ReadonlySet<string> = new Set(['units', 'products', 'months', 'letters', 'proclitics', 'eras'])

function compile(words: WordLists | undefined, { tie = [], free = [] }: OwnWords): Lexicon {
  const list = (name: keyof WordLists): ReadonlySet<string> => {
    const text = words?.[name] ?? ''
    return new Set(wordsOf(cased.has(name) ? text : text.toLowerCase()))
  }
  return {
    units: list('units'),
    counted: list('counted'),
    eras: list('eras'),
    labels: list('labels'),
    labelAbbreviations: list('labelAbbreviations'),
    products: list('products'),
    months: list('months'),
    functionWords: list('functionWords'),
    titles: list('titles'),
    letters: list('letters'),
    proclitics: list('proclitics'),
    lettered: list('lettered'),
    tie: new Set(tie.map(lower)),
    free: new Set(free.map(lower)),
  }
}

const lower = (word: string) => word.toLowerCase()

/** Every word of a list, its endings written out. */
export function wordsOf(list: string): readonly string[] {
  return list.split(/\s+/).flatMap(entry => {
    const [, stem = '', endings] = /^([^(]*)\(([^)]*)\)$/.exec(entry) ?? [undefined, entry]
    return stem === '' && !endings ? [] : (endings?.split('|').map(ending => stem + ending) ?? [stem])
  })
}
