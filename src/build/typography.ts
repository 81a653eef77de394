import type { Config } from '../config/config.ts'
import { diagnostic } from '../core/diagnostic.ts'
import { Cache } from '../lint/cache.ts'
import { lintSource } from '../lint/lint.ts'
import type { Diagnostic, SourceFile } from '../core/types.ts'
import type { SetPage } from '../document/markdown.ts'
import { createComposition, type Manuscript } from './typesetting.ts'

/** What a build does about typography: nothing, a word for each page, or setting it on the way to the reader. */
export interface Typesetter {
  readonly diagnostics: readonly Diagnostic[]
  /** What was said of a page. */
  wordsOn(source: string): readonly Diagnostic[]
  /** Says what an earlier build said of a page. */
  repeat(source: string, words: readonly Diagnostic[]): void
  /** A page as it is to be rendered; the file stays as it is. */
  setPage(file: SourceFile, page: Manuscript, how: { readonly inPlace: boolean }): SetPage
  /** A title or other plain text or HTML, with no-break spaces as characters. */
  setText(text: string, lang: string): string
  /** Remembers for the next build which pages are well set. */
  close(): void
}

export function createTypesetter(
  config: Config,
  { version, share }: { version: string; share: number },
): Typesetter {
  const { root, build, lint, markdown } = config
  const { diagnostics: unknown, settings, setPage, setText } = createComposition(config)
  const cache = new Cache(root, JSON.stringify(['build', version, lint]), `build-${share}`)
  const said = new Map<string, readonly Diagnostic[]>()

  /** How many places of a page are badly set; the cache knows it of most. */
  const count = (file: SourceFile, lang: string): number => {
    // What a function of the configuration does cannot be known beforehand.
    if (lint.ownRules.length > 0 || markdown) return lintSource(file, settings(lang)).length
    const key = cache.key(`${lang}.${file.path}`, Buffer.from(file.text))
    const known = cache.find(key)
    const found =
      (known === 'clean' ? [] : known && cache.read(key, file)) ?? lintSource(file, settings(lang))
    cache.keep(key, found)
    return found.length
  }
  return {
    get diagnostics() {
      return [...unknown, ...[...said.values()].flat()]
    },
    wordsOn: source => said.get(source) ?? [],
    repeat: (source, words) => void said.set(source, words),
    setPage(file, { lang, typography = build.typography }, { inPlace }) {
      if (typography === 'fix')
        return setPage(file, lang, { inPlace, say: words => void said.set(file.path, words) })
      if (typography !== 'off' && !said.has(file.path)) {
        const places = count(file, lang)
        said.set(file.path, places > 0 ? [badlySet(file, places, typography)] : [])
      }
      return { file }
    },
    setText,
    close: () => cache.write(),
  }
}

function badlySet(file: SourceFile, places: number, typography: 'warn' | 'error'): Diagnostic {
  const message = places === 1 ? 'One place is badly set' : `${places} places are badly set`
  const hint = `imprimatur lint ${file.path} shows ${places === 1 ? 'it' : 'them'}, and --fix sets what can be set`
  const severity = typography === 'error' ? 'error' : 'warning'
  return diagnostic('page/typography', message, { severity, hint, file: { path: file.path, text: '' } })
}
