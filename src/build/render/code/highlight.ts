import { createRequire } from 'node:module'
import type { HLJSApi, Language, LanguageFn } from 'highlight.js'
import { grammarOf } from './languages.ts'
import { HtmlEmitter } from './html-emitter.ts'

const require = createRequire(import.meta.url)

/** What the body of a message may be, where a grammar has any language guessed (`http`). */
const guessed = ['json', 'xml']

/** Code as HTML with `hljs-…` classes, or '' when the language, the first word after the fence, has no grammar. */
type Highlight = (code: string, word: string) => string

/**
 * The engine and each grammar are loaded when first needed, those of embedded languages too: of what highlight.js has not got it says
 * nothing, and a page would be another after pages in other languages. So a stand-in notes that its language was asked for, and the code
 * is highlighted once more with the grammar in its place.
 */
export function createHighlight(): Highlight {
  let engine: HLJSApi | undefined
  const known = new Map<string, boolean>()
  const wanted = new Set<string>()
  return (code, word) => {
    const language = grammarOf(word)
    if (!load(language)) return ''
    for (;;) {
      const html = engine?.highlight(code, { language, ignoreIllegals: true }).value ?? ''
      if (wanted.size === 0) return html
      for (const embedded of wanted) load(embedded)
      wanted.clear()
    }
  }

  function load(language: string): boolean {
    const before = known.get(language)
    if (before !== undefined) return before
    const grammar = /^[a-z0-9-]+$/.test(language) ? readGrammar(language) : undefined
    known.set(language, grammar !== undefined)
    if (grammar) register((engine ??= loadEngine()), language, grammar)
    else engine?.unregisterLanguage(language)
    return grammar !== undefined
  }

  function register(engine: HLJSApi, language: string, grammar: LanguageFn): void {
    engine.registerLanguage(language, grammar)
    for (const embedded of embeddedIn(engine.getLanguage(language)))
      if (!known.has(embedded)) engine.registerLanguage(embedded, () => standIn(embedded))
  }

  function standIn(language: string): Language {
    return { contains: [{ match: /[^]+/, 'on:begin': () => void wanted.add(language) }] }
  }
}

/** One for all pages of a thread. */
export const highlight = createHighlight()

/** Names of the languages that a grammar leaves parts of the code to. */
function embeddedIn(grammar: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  const seen = new Set<unknown>()
  const visit = (mode: unknown) => {
    if (typeof mode !== 'object' || mode === null || mode instanceof RegExp || seen.has(mode)) return
    seen.add(mode)
    for (const [key, value] of Object.entries(mode)) {
      if (key === 'subLanguage') for (const name of namesIn(value as Embedded)) names.add(name)
      else if (key !== 'keywords') visit(value)
    }
  }
  visit(grammar)
  return names
}

type Embedded = string | readonly string[]

/** An empty list stands for any language at all. */
function namesIn(languages: Embedded): readonly string[] {
  if (typeof languages === 'string') return [languages]
  return languages.length === 0 ? guessed : languages
}

function readGrammar(language: string): LanguageFn | undefined {
  try {
    return require(`highlight.js/lib/languages/${language}`) as LanguageFn
  } catch {
    return undefined
  }
}

/** An engine of our own: a plug-in for Markdown may configure the one that it shares with others. */
function loadEngine(): HLJSApi {
  const engine = (require('highlight.js/lib/core') as HLJSApi).newInstance()
  engine.configure({ __emitter: HtmlEmitter, languages: guessed })
  return engine
}
