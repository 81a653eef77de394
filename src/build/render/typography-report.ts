import type { Config } from '../../config/config.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, SourceFile } from '../../core/types.ts'
import { Cache, pageKey } from '../../lint/cache.ts'
import type { TextSetter } from './typography.ts'
import { createTypesetter, ruleFailures } from './typography.ts'

/** The typography of one thread of a build, and what it reports. */
export interface TypographyReport extends TextSetter {
  readonly diagnostics: readonly Diagnostic[]
  /** The diagnostics about the page of this source. */
  of(source: string): readonly Diagnostic[]
  /** Takes the diagnostics about a page from an earlier build. */
  restore(source: string, diagnostics: readonly Diagnostic[]): void
  /** Writes the cache of pages that were linted. */
  close(): void
}

/** Lints the pages whose `typography` is warn or error, when they are rendered, and reports how many places are badly set. */
export function createTypographyReport(
  config: Config,
  { version, worker }: { readonly version: string; readonly worker: number },
): TypographyReport {
  const { root, build, lint, markdown } = config
  const typesetter = createTypesetter(config)
  const cache = new Cache(root, JSON.stringify(['build', version, lint]), `build-${worker}`)
  const reported = new Map<string, readonly Diagnostic[]>()
  const of = (source: string) => typesetter.withheld(source) ?? reported.get(source) ?? []

  /** What is badly set in a page; the cache has it of most. */
  const findingsIn = (file: SourceFile, lang: string): readonly Diagnostic[] => {
    // A function of the configuration has no hash, so that results with one cannot be cached.
    if (lint.ownRules.length > 0 || markdown) return typesetter.lint(file, lang)
    const variant = lint.overrides.length > 0 ? `${lang} ${file.path}` : lang
    const key = pageKey(file.path, Buffer.from(file.text), variant)
    const known = cache.find(key)
    const found = (known === 'clean' ? [] : known && cache.read(key, file)) ?? typesetter.lint(file, lang)
    cache.keep(key, found)
    return found
  }
  return {
    get diagnostics() {
      return [...typesetter.diagnostics, ...[...reported.keys()].flatMap(of)]
    },
    of,
    restore: (source, diagnostics) => void reported.set(source, diagnostics),
    setPage(file, page, how) {
      const { lang, typography = build.typography } = page
      if (!reported.has(file.path)) {
        const isChecked = typography === 'warn' || typography === 'error'
        const found = isChecked ? findingsIn(file, lang) : []
        const failures = ruleFailures(found)
        const places = found.length - failures.length
        const level = typography === 'error' ? 'error' : 'warning'
        reported.set(file.path, places > 0 ? [...failures, badlySet(file, places, level)] : failures)
      }
      return typesetter.setPage(file, page, how)
    },
    setText: typesetter.setText,
    close: () => cache.write(),
  }
}

function badlySet(file: SourceFile, places: number, severity: 'warning' | 'error'): Diagnostic {
  const message = places === 1 ? 'One place is badly set' : `${places} places are badly set`
  const hint = `imprimatur lint ${file.path} shows ${places === 1 ? 'it' : 'them'}, and --fix sets what can be set`
  return diagnostic('page/typography', message, { severity, hint, file: { path: file.path, text: '' } })
}
