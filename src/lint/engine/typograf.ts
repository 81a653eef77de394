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
  readonly settings: object | undefined
}

const handlers = new Map(Typograf.getRules().map(rule => [rule.name, rule] as const))

/** What a handler finds of Typograf itself: no tags, which are not in our texts. */
const engine = { safeTags: {} }

/**
 * What one of Typograf's rules replaces, in order. Its handler alone is asked, since `execute()` decodes entities, changes line
 * ends and costs as much as all handlers together. A handler knows nothing of its text but that things can be replaced in it.
 */
export function replacementsOf(
  name: string,
  lang: Language,
  settings: Readonly<Record<string, string | number>> = {},
): readonly Replacement[] {
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
  rule.handler.call(engine, text, { ...rule.settings, ...settings }, contextOf(lang))
  return found
}

/** Rules look at the first of Typograf's languages and take the letters of all. */
function contextOf(lang: Language) {
  const own = lang === 'en' ? 'en-US' : lang
  const locale = own.startsWith('en') ? [own] : [own, 'en-US']
  const letters = locale.map(name => Typograf.getData(`${name}/char`) as string).join('')
  return {
    isHTML: false,
    prefs: { locale, live: false },
    getData: (key: string) => (key === 'char' ? letters : Typograf.getData(`${own}/${key}`)),
  }
}
