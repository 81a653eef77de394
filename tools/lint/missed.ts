import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { english, russian } from './reference/misses.ts'
import { builtProgram, documentsIn, languageOf, TemporarySite } from './reference/program.ts'
import { proseOf, wordsIn } from './reference/prose.ts'

/*
 * What is still badly set after `lint --fix`, per 1,000 words, by kind (reference/misses.ts):
 *
 *     npx jiti tools/lint/missed.ts [--lang en|ru] [--program FILE] [--places N] FOLDER…
 *
 * A column per folder and one for all; then N places of each kind (3). What the rules do not promise by default
 * is counted apart, as wishes. Paragraphs in the other script are left out, as the linter leaves them. Documents that it
 * refuses to read, with an error, are counted by themselves: nothing is missed in them but all of it, and the author is told so.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lang: { type: 'string' },
    program: { type: 'string', default: builtProgram },
    places: { type: 'string', default: '3' },
  },
})

interface Corpus {
  readonly name: string
  words: number
  /** Documents that were not read, by the error's code, and the words in them. */
  readonly refused: Map<string, { documents: number; words: number }>
  readonly counts: Map<string, number>
}

const corpora = new Map<'en' | 'ru', Corpus[]>()
const places = new Map<string, string[]>()
for (const folder of positionals) {
  const paths = documentsIn(folder)
  const lang =
    values.lang === 'en' || values.lang === 'ru'
      ? values.lang
      : languageOf(paths.map(path => readFileSync(join(folder, path), 'utf8')))
  const site = new TemporarySite(resolve(values.program), lang)
  const corpus: Corpus = { name: basename(folder), words: 0, refused: new Map(), counts: new Map() }
  corpora.set(lang, [...(corpora.get(lang) ?? []), corpus])
  try {
    site.copy(folder, paths)
    const { outputs } = site.lint(paths, ['--fix', '--quiet', '--format', 'json'])
    const errors = errorsIn(outputs)
    for (const path of paths) {
      const code = errors.get(`pages/${path}`)
      if (code === undefined) count(lang, corpus, path, site.read(path))
      else refuse(lang, corpus, { path, text: site.read(path), code })
    }
  } finally {
    site.remove()
  }
}

/** The first error of each document. */
function errorsIn(outputs: readonly string[]): ReadonlyMap<string, string> {
  const errors = new Map<string, string>()
  for (const output of outputs) {
    const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; file?: string }[] }
    for (const { code, file } of diagnostics)
      if (file !== undefined && !errors.has(file)) errors.set(file, code)
  }
  return errors
}

function refuse(
  lang: 'en' | 'ru',
  { refused }: Corpus,
  { path, text, code }: { path: string; text: string; code: string },
): void {
  const words = proseOf(path, text, lang).reduce((sum, { text: said }) => sum + wordsIn(said), 0)
  const before = refused.get(code) ?? { documents: 0, words: 0 }
  refused.set(code, { documents: before.documents + 1, words: before.words + words })
}

function count(lang: 'en' | 'ru', corpus: Corpus, path: string, text: string): void {
  for (const paragraph of proseOf(path, text, lang)) {
    corpus.words += wordsIn(paragraph.text)
    for (const { name, pattern } of lang === 'en' ? english : russian) {
      for (const { index } of paragraph.text.matchAll(pattern)) {
        corpus.counts.set(name, (corpus.counts.get(name) ?? 0) + 1)
        const around = paragraph.text.slice(Math.max(0, index - 30), index + 40).replaceAll('\u00A0', '⍽')
        const key = `${lang} ${name}`
        places.set(key, [...(places.get(key) ?? []), `${corpus.name}/${path}:${paragraph.line} …${around}…`])
      }
    }
  }
}

for (const [lang, some] of corpora) {
  const kinds = lang === 'en' ? english : russian
  const words = some.reduce((sum, corpus) => sum + corpus.words, 0)
  const rate = (found: number, of: number) => (of === 0 ? '–' : ((found * 1000) / of).toFixed(2))
  const row = (title: string, of: (corpus: Corpus) => number) => {
    const total = some.reduce((sum, corpus) => sum + of(corpus), 0)
    console.log(
      `| ${[title, rate(total, words), ...some.map(each => rate(of(each), each.words))].join(' | ')} |`,
    )
  }
  console.log(`\nMissed per 1,000 words after --fix, ${lang}, ${words.toLocaleString('en')} words\n`)
  console.log(`| kind | all | ${some.map(({ name }) => name).join(' | ')} |`)
  console.log(`| --- |${' ---: |'.repeat(some.length + 1)}`)
  for (const wished of [false, true]) {
    const these = kinds.filter(({ wish = false }) => wish === wished)
    for (const { name } of these) row(wished ? `wish: ${name}` : name, ({ counts }) => counts.get(name) ?? 0)
    row(wished ? '**all wishes**' : '**all**', ({ counts }) =>
      these.reduce((sum, { name }) => sum + (counts.get(name) ?? 0), 0),
    )
  }
  for (const { name, refused } of some)
    for (const [code, { documents, words: unread }] of refused)
      console.log(`\nRefused in ${name}: ${documents} documents, ${unread} words (${code})`)
  const most = Number(values.places)
  for (const { name } of kinds) {
    const found = places.get(`${lang} ${name}`) ?? []
    if (found.length === 0 || most === 0) continue
    console.log(`\n${name}: ${found.length}`)
    const step = Math.max(1, Math.floor(found.length / most))
    for (let at = 0; at < Math.min(found.length, step * most); at += step) console.log(`  ${found[at]}`)
  }
}
