import TypografModule from 'typograf'
import type { Language } from '../../document/language.ts'
import { replacement, type Replacement } from './pattern.ts'

type Handler = (text: unknown, settings: unknown, context: unknown) => unknown

/** Its type declarations name the class as the module's default, and Node's module resolution takes them for CommonJS. */
const Typograf = TypografModule as unknown as {
  getRules(): readonly TypografRule[]
  getData(key: string): unknown
}

interface TypografRule {
  readonly name: string
  readonly handler: Handler
  readonly settings: unknown
}

/** Typograf's own names of the languages; its rules look at the first and take the letters of all. */
const locales: Readonly<Record<Language, readonly string[]>> = { ru: ['ru', 'en-US'], en: ['en-US'] }

const handlers = new Map(Typograf.getRules().map(rule => [rule.name, rule] as const))

/** What a handler finds of Typograf itself: no tags, which are not in our texts. */
const engine = { safeTags: {} }

/**
 * What one of Typograf's rules replaces, in order. Its handler alone is asked, since `execute()` decodes entities, changes line
 * ends and costs as much as all handlers together. A handler knows nothing of its text but that things can be replaced in it.
 */
export function replacementsOf(name: string, lang: Language): readonly Replacement[] {
  const rule = handlers.get(name)
  if (!rule) throw new Error(`Typograf has no rule ${name}`)
  const found: Replacement[] = []
  const text = {
    replace(...[pattern, wanted]: Parameters<typeof replacement>) {
      const next = replacement(pattern, wanted)
      // What a handler does twice, since matches may touch, an edit buffer does in one go.
      if (next.again || String(next.pattern) !== String(found.at(-1)?.pattern)) found.push(next)
      return text
    },
  }
  rule.handler.call(engine, text, rule.settings, contexts[lang])
  return found
}

/** The text with the quotation marks that the language wants at each level. The text must be balanced. */
export function setQuotes(text: string, lang: Language): string {
  const rule = handlers.get('common/punctuation/quote') as TypografRule
  return rule.handler.call(engine, text, rule.settings, { ...contexts[lang], text }) as string
}

function createContext(lang: Language) {
  const locale = locales[lang]
  const letters = locale.map(name => Typograf.getData(`${name}/char`) as string).join('')
  return {
    isHTML: false,
    prefs: { locale, live: false },
    getData: (key: string) => (key === 'char' ? letters : Typograf.getData(`${locale[0]}/${key}`)),
  }
}

const contexts: Readonly<Record<Language, object>> = { ru: createContext('ru'), en: createContext('en') }
