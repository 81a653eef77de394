import type { Config } from '../config.ts'
import { diagnostic } from '../diagnostic.ts'
import { Cache } from '../lint/cache.ts'
import { applyEdits, safeEdits } from '../lint/mend.ts'
import { lintSource, type Settings } from '../lint/lint.ts'
import { setPage } from '../lint/page.ts'
import { ruleNames } from '../lint/rule-names.ts'
import type { Diagnostic, SourceFile, Typography } from '../model.ts'

/** What a build does about typography: nothing, a word for each page, or setting it on the way to the reader. */
export interface Typesetter {
  readonly diagnostics: Diagnostic[]
  /** The source as it is to be rendered; the file stays as it is. */
  setPage(
    file: SourceFile,
    page: { readonly lang: string; readonly typography?: Typography | undefined },
  ): SourceFile
  /** A title or other plain text or HTML, with no-break spaces as characters. */
  setText(text: string, lang: string): string
  /** Remembers for the next build which pages are well set. */
  close(): void
}

/** Front matter is the linter's business: here only what the reader sees counts. */
export const FRONT_MATTER = 'imprimatur/front-matter'

export function createTypesetter(
  { root, build, lint }: Config,
  { version, share }: { version: string; share: number },
): Typesetter {
  const diagnostics: Diagnostic[] = unknownRules(lint.rules)
  const rules = { ...lint.rules, [FRONT_MATTER]: 'off' as const }
  const settings = (lang: string): Settings => ({ lang, noBreakSpace: lint.noBreakSpace, rules })
  const cache = new Cache(root, JSON.stringify(['build', version, lint]), `build-${share}`)
  const told = new Set<string>()

  /** How many places of a page are badly set; the cache knows it of most. */
  const count = (file: SourceFile, lang: string): number => {
    const key = cache.key(`${lang}.${file.path}`, Buffer.from(file.text))
    const known = cache.find(key)
    const found =
      (known === 'clean' ? [] : known && cache.read(key, file)) ?? lintSource(file, settings(lang))
    cache.keep(key, found)
    return found.length
  }
  return {
    diagnostics,
    setPage(file, { lang, typography = build.typography }) {
      if (typography === 'off') return file
      if (typography === 'fix') {
        const { fixed, diagnostics: left } = setPage(file, settings(lang), 'fix')
        diagnostics.push(...left.filter(({ code }) => code === 'lint/left-alone'))
        return fixed
      }
      if (told.has(file.path)) return file
      told.add(file.path)
      const places = count(file, lang)
      if (places > 0) diagnostics.push(badlySet(file, places, typography))
      return file
    },
    setText(text, lang) {
      const file = { path: 'text.html', text }
      return applyEdits(text, safeEdits(lintSource(file, { ...settings(lang), noBreakSpace: 'character' })))
    },
    close: () => cache.write(),
  }
}

function badlySet(file: SourceFile, places: number, typography: 'warn' | 'error'): Diagnostic {
  const message = places === 1 ? 'One place is badly set' : `${places} places are badly set`
  const hint = `imprimatur lint ${file.path} shows ${places === 1 ? 'it' : 'them'}, and --fix sets what can be set`
  const severity = typography === 'error' ? 'error' : 'warning'
  return diagnostic('page/typography', message, { severity, hint, file: { path: file.path, text: '' } })
}

export const unknownRules = (rules: Config['lint']['rules']): Diagnostic[] =>
  Object.keys(rules)
    .filter(name => !ruleNames.has(name))
    .map(name =>
      diagnostic('config/rule', `lint.rules: there is no rule “${name}”`, {
        hint: 'imprimatur rules lists them all',
      }),
    )
