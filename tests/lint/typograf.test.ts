import TypografModule from 'typograf'
import { describe, expect, test, vi } from 'vitest'
import { languages, type Language } from '../../src/document/language.ts'
import { replacementsOf } from '../../src/lint/engine/typograf.ts'
import { quoteMarksOf } from '../../src/lint/languages/quote-marks.ts'
import { everyRule } from '../../src/lint/rules/rules.ts'
import { lintSource } from '../../src/lint/lint.ts'

/*
 * What is called of Typograf by names that no document promises. Any release may rename them, and a rule would then do nothing, in
 * silence: so each is named here, and the test that fails says which.
 */

interface TypografRule {
  readonly name: string
  readonly settings?: Readonly<Record<string, unknown>>
  readonly handler: (this: object, text: object, settings: object, context: object) => unknown
}
const Typograf = TypografModule as unknown as {
  getRules(): readonly TypografRule[]
  getData(key: string): unknown
}

/** The handlers that our rules call when they are run on their own examples, and the language. */
const { called } = vi.hoisted(() => ({ called: new Map<string, [name: string, lang: Language]>() }))
vi.mock('../../src/lint/engine/typograf.ts', async importOriginal => {
  const original = await importOriginal<typeof import('../../src/lint/engine/typograf.ts')>()
  const recorded: typeof original.replacementsOf = (name, lang, settings) => {
    called.set(`${name} ${lang}`, [name, lang])
    return original.replacementsOf(name, lang, settings)
  }
  return { ...original, replacementsOf: recorded }
})
const failures: string[] = []
const off = Object.fromEntries(everyRule.map(({ code }) => [code, 'off' as const]))
for (const { code, examples } of everyRule)
  for (const { before: text, lang } of examples) {
    const rules = { ...off, [code]: 'warn' as const }
    try {
      lintSource({ path: 'page.md', text }, { lang, noBreakSpace: 'entity', rules })
    } catch (error) {
      failures.push(`${code}: ${String(error)}`)
    }
  }
const handlers = [...called.values()]

test('Typograf.getRules() and Typograf.getData() are there', () => {
  const members = Object.entries({ getRules: Typograf.getRules, getData: Typograf.getData })
  expect(members.filter(([, member]) => typeof member !== 'function').map(([name]) => name)).toEqual([])
  expect(handlers.length).toBeGreaterThan(60)
})

test('every rule runs on its own examples', () => expect(failures).toEqual([]))

test('a rule that Typograf does not have is told by its name', () => {
  expect(() => replacementsOf('common/nbsp/renamed', 'en')).toThrow(
    'Typograf has no rule common/nbsp/renamed',
  )
})

/** An object of which only `members` may be asked; any other question is put down in `unknown`. */
const only = (what: string, members: object, unknown: string[]) =>
  new Proxy(members, {
    get(target, name) {
      if (!(name in target)) unknown.push(`${what}.${String(name)}`)
      return Reflect.get(target, name) as unknown
    },
  })

describe.each(handlers)('%s in %s', (name, lang) => {
  const rule = Typograf.getRules().find(each => each.name === name)

  test('is a rule of Typograf, with a handler that takes a text, settings and a context', () => {
    expect(rule, `Typograf has no rule ${name}`).toBeDefined()
    expect(typeof rule?.handler, `${name}.handler`).toBe('function')
    expect(rule?.handler.length, `parameters of ${name}.handler`).toBeLessThanOrEqual(3)
    expect(rule?.settings ?? {}, `${name}.settings`).toBeTypeOf('object')
  })

  test('asks for nothing that engine/typograf.ts does not give it', () => {
    const unknown: string[] = []
    const replaced: unknown[] = []
    const text: object = only(
      'text',
      { replace: (pattern: unknown) => (replaced.push(pattern), text) },
      unknown,
    )
    const locale = [lang === 'en' ? 'en-US' : lang]
    const getData = (key: string) => {
      const data = Typograf.getData(key === 'char' ? `${locale[0]}/char` : `${locale[0]}/${key}`)
      if (data === undefined) unknown.push(`getData('${key}')`)
      return data
    }
    const prefs = only('context.prefs', { locale, live: false }, unknown)
    const context = only('context', { isHTML: false, prefs, getData }, unknown)
    const settings = only('settings', rule?.settings ?? {}, unknown)
    rule?.handler.call(only('this', { safeTags: {} }, unknown), text, settings, context)
    expect(unknown).toEqual([])
    expect(replaced.length, `replacements of ${name}`).toBeGreaterThan(0)
    expect(replaced.filter(pattern => !(pattern instanceof RegExp))).toEqual([])
  })
})

describe.each(languages)('the data of %s', lang => {
  const locale = lang === 'en' ? 'en-US' : lang

  test('char is the letters of a class, and quote has marks for each level', () => {
    const letters = Typograf.getData(`${locale}/char`)
    expect(letters, `Typograf.getData('${locale}/char')`).toBeTypeOf('string')
    expect(() => new RegExp(`[${String(letters)}]`)).not.toThrow()
    const quote = Typograf.getData(`${locale}/quote`) as { readonly left: string; readonly right: string }
    expect(quote, `Typograf.getData('${locale}/quote')`).toMatchObject({
      left: expect.stringMatching(/^\p{P}+$/u) as unknown,
      right: expect.stringMatching(/^\p{P}+$/u) as unknown,
    })
    expect([...quote.left].length).toBe([...quote.right].length)
    expect(quoteMarksOf(lang).left).toMatch(/^\p{P}+$/u)
  })
})
