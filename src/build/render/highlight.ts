import { createRequire } from 'node:module'
import type { HLJSApi, LanguageFn } from 'highlight.js'
import { HtmlEmitter } from './highlight-emitter.ts'

const require = createRequire(import.meta.url)

/** Names that authors write, where highlight.js has the grammar under another. */
const aliases: Readonly<Record<string, string>> = {
  js: 'javascript',
  jsx: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  sh: 'bash',
  zsh: 'bash',
  console: 'shell',
  html: 'xml',
  svg: 'xml',
  xhtml: 'xml',
  atom: 'xml',
  rss: 'xml',
  ejs: 'xml',
  yml: 'yaml',
  md: 'markdown',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  toml: 'ini',
  jsonc: 'json',
  json5: 'json',
  'c++': 'cpp',
  'c#': 'csharp',
  patch: 'diff',
  make: 'makefile',
  docker: 'dockerfile',
  text: 'plaintext',
  txt: 'plaintext',
}

let engine: HLJSApi | undefined
const known = new Map<string, boolean>()

/**
 * Code as HTML with `hljs-…` classes, or '' when the language has no grammar.
 * The engine and each grammar are loaded when the first page needs them.
 */
export function highlight(code: string, info: string): string {
  const written = info.toLowerCase()
  const language = Object.hasOwn(aliases, written) ? (aliases[written] ?? written) : written
  if (!load(language)) return ''
  return engine?.highlight(code, { language, ignoreIllegals: true }).value ?? ''
}

function load(language: string): boolean {
  let there = known.get(language)
  if (there === undefined) {
    engine ??= loadEngine()
    const grammar = /^[a-z0-9-]+$/.test(language) ? readGrammar(language) : undefined
    if (grammar) engine.registerLanguage(language, grammar)
    known.set(language, (there = grammar !== undefined))
  }
  return there
}

function readGrammar(language: string): LanguageFn | undefined {
  try {
    return require(`highlight.js/lib/languages/${language}`) as LanguageFn
  } catch {
    return undefined
  }
}

function loadEngine(): HLJSApi {
  const loaded = require('highlight.js/lib/core') as HLJSApi
  loaded.configure({ __emitter: HtmlEmitter })
  return loaded
}
