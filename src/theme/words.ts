import { append } from '../core/lists/long-lists.ts'
import { readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Config } from '../config/config.ts'
import { diagnostic, suggestion } from '../core/diagnostic.ts'
import { readSource } from '../core/read-file.ts'
import type { Diagnostic, Result, SourceFile } from '../core/types.ts'
import { canonicalLanguage, languageTag } from '../core/value-kinds.ts'
import { readFields } from '../document/field-syntax.ts'
import { partsIn, partSource } from './parts.ts'

/** The words of the interface, by language. */
export interface Words {
  /** A word in a language, such as `pt-BR`: else in `pt`, in the site's, in English; undefined for a name that no table has. */
  find(name: string, lang: string): string | undefined
  /** The same, in that language or in none. */
  findIn(name: string, lang: string): string | undefined
  readonly names: readonly string[]
}

type WordTable = Readonly<Record<string, string>>

type WordSources = Pick<Config, 'root' | 'dirs' | 'theme' | 'siteCode' | 'site'>

/** What a language has when the site's own has nothing. */
const LAST = 'en'

/** The folder of words, in the folder of layouts. */
const FOLDER = 'words'

/** Whether a file, named from the root, is a table of words. */
export const isWords = ({ dirs }: Pick<Config, 'dirs'>, path: string): boolean =>
  path.startsWith(`${dirs.layouts}/${FOLDER}/`)

/** Reads the tables of the theme, and over them those in `layouts/words/` of the site. What is wrong with one does not hide another. */
export function readWords(config: WordSources): {
  readonly words: Words
  readonly diagnostics: readonly Diagnostic[]
} {
  const { root, dirs, theme, siteCode, site } = config
  const themed = theme ? partsIn('layouts').filter(part => part.startsWith(`layouts/${FOLDER}/`)) : []
  const known = new Map<string, WordTable>()
  for (const part of themed) {
    const file = partSource(part)
    const table = file && readTable(file, []).value
    if (table) known.set(languageOf(part), table)
  }
  const ours = Object.keys(known.get(LAST) ?? {})
  const diagnostics: Diagnostic[] = []
  const tables = new Map(known)
  for (const path of siteCode === 'run' ? tablesBelow(root, `${dirs.layouts}/${FOLDER}`) : []) {
    const { value: file, diagnostics: unread } = readSource(root, path)
    const { value: table, diagnostics: wrong } = file ? readTable(file, ours) : { diagnostics: unread }
    append(diagnostics, wrong)
    const lang = languageOf(path)
    if (table) tables.set(lang, { ...tables.get(lang), ...table })
  }
  const findIn = (name: string, lang: string) => {
    for (const tag of [lang.toLowerCase(), lang.toLowerCase().split('-')[0] ?? '']) {
      const table = tables.get(tag)
      if (table && Object.hasOwn(table, name)) return table[name]
    }
    return undefined
  }
  const words: Words = {
    names: [...new Set([...tables.values()].flatMap(table => Object.keys(table)))],
    findIn,
    find: (name, lang) =>
      [lang, site.lang, LAST].map(each => findIn(name, each)).find(each => each !== undefined),
  }
  return { words, diagnostics }
}

const languageOf = (path: string) =>
  canonicalLanguage(posix.basename(path).replace(/\.ya?ml$/, '')).toLowerCase()

function tablesBelow(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(join(root, folder))
      .filter(name => /\.ya?ml$/.test(name))
      .toSorted()
      .map(name => `${folder}/${name}`)
  } catch {
    return []
  }
}

/** `ours`: the words that the theme asks for. */
function readTable(file: SourceFile, ours: readonly string[]): Result<WordTable> {
  const lang = posix.basename(file.path).replace(/\.ya?ml$/, '')
  if (!languageTag.accepts(lang)) {
    const hint = 'name it after a language, such as de.yaml or pt-BR.yaml'
    return { diagnostics: [diagnostic('words/language', `“${lang}” is no language`, { hint, file })] }
  }
  const end = file.text.length
  const { value, diagnostics: unread } = readFields(file, {
    language: 'yaml',
    content: [file.text.startsWith('\uFEFF') ? 1 : 0, end],
    bodyStart: end,
  })
  if (!value) return { diagnostics: unread }
  const table: Record<string, string> = {}
  const diagnostics: Diagnostic[] = []
  for (const [name, word] of Object.entries(value.fields)) {
    const at = (part: 'key' | 'value') => ({ file, span: value.span(name, part) })
    const near = ours.length > 0 && !ours.includes(name) ? suggestion(name, ours) : ''
    if (near !== '') {
      const hint = `${near}a word of your own may have a name that is less like it`
      diagnostics.push(
        diagnostic('words/similar', `“${name}” is no word of the theme`, { hint, ...at('key') }),
      )
    }
    // What is left empty is still to be translated.
    if (word === null || word === '') continue
    if (typeof word === 'string') table[name] = word
    else {
      const hint = 'put it in quotes'
      diagnostics.push(diagnostic('words/value', `“${name}” is no text`, { hint, ...at('value') }))
    }
  }
  return { value: table, diagnostics }
}

/** Languages of pages in which the theme lacks words, each said once. */
export function missingWords(
  words: Words,
  { theme, site, dirs }: Pick<Config, 'theme' | 'site' | 'dirs'>,
  languages: Iterable<string>,
): readonly Diagnostic[] {
  if (!theme) return []
  const names = words.names.filter(name => words.findIn(name, LAST) !== undefined)
  return [...new Set(languages)].toSorted().flatMap(lang => {
    const lacking = names.filter(name => words.findIn(name, lang) === undefined)
    if (lacking.length === 0) return []
    const stand = [site.lang, LAST].find(each => words.findIn(lacking[0] ?? '', each) !== undefined)
    const path = `${dirs.layouts}/${FOLDER}/${lang}.yaml`
    const what =
      lacking.length === names.length
        ? 'no words'
        : `no word for ${lacking.map(name => `“${name}”`).join(', ')}`
    return [
      diagnostic(
        'words/missing',
        `The theme has ${what} in the language ${lang}, and shows those of ${stand}`,
        {
          hint: `write them into ${path}; imprimatur theme eject layouts/words/${lang}.yaml begins it`,
        },
      ),
    ]
  })
}
