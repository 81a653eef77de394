import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { english, reports, russian, type Kind } from './reference/misses.ts'
import { builtProgram, documentsIn, languageOf, TemporarySite } from './reference/program.ts'
import { proseOf, wordsIn, type Paragraph } from './reference/prose.ts'

/*
 * What is still badly set after `lint --fix`, per 1,000 words, by kind (reference/misses.ts):
 *
 *     npx jiti tools/lint/missed.ts [--lang en|ru] [--program FILE] [--places N] FOLDER…
 *
 * A column per folder and one for all; then N places of each kind (3). What the linter reports for the author to decide is not
 * missed, and is counted apart, as reported: it must say so of that very place, or of the paragraph as a whole. What the rules do not
 * promise by default is counted apart, too, as wishes. Paragraphs in the other script are left out, as the linter leaves them. Documents that it
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
  readonly reported: Map<string, number>
}

interface Report {
  readonly code: string
  readonly message: string
  readonly file?: string
  readonly severity: string
  readonly start?: { readonly line: number }
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
  const corpus: Corpus = {
    name: basename(folder),
    words: 0,
    refused: new Map(),
    counts: new Map(),
    reported: new Map(),
  }
  corpora.set(lang, [...(corpora.get(lang) ?? []), corpus])
  try {
    site.copy(folder, paths)
    const { outputs } = site.lint(paths, ['--fix', '--all', '--format', 'json'])
    const found = reportsIn(outputs)
    for (const path of paths) {
      const said = found.get(`pages/${path}`) ?? []
      const error = said.find(({ severity }) => severity === 'error')
      if (error === undefined) count(lang, corpus, { path, text: site.read(path), said })
      else refuse(lang, corpus, { path, text: site.read(path), code: error.code })
    }
  } finally {
    site.remove()
  }
}

/** What is reported of each document. */
function reportsIn(outputs: readonly string[]): ReadonlyMap<string, readonly Report[]> {
  const found = new Map<string, Report[]>()
  for (const output of outputs) {
    const { diagnostics } = JSON.parse(output) as { diagnostics: readonly Report[] }
    for (const each of diagnostics)
      if (each.file !== undefined) found.set(each.file, [...(found.get(each.file) ?? []), each])
  }
  return found
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

function count(
  lang: 'en' | 'ru',
  corpus: Corpus,
  { path, text, said }: { path: string; text: string; said: readonly Report[] },
): void {
  for (const paragraph of proseOf(path, text, lang)) {
    corpus.words += wordsIn(paragraph.text)
    for (const kind of lang === 'en' ? english : russian) {
      const found = [...paragraph.text.matchAll(kind.pattern)]
      const reported = found.length === 0 ? 0 : Math.min(found.length, reportedOf(kind, paragraph, said))
      add(corpus.counts, kind.name, found.length - reported)
      add(corpus.reported, kind.name, reported)
      if (reported > 0) continue
      for (const { index } of found) {
        const around = paragraph.text.slice(Math.max(0, index - 30), index + 40).replaceAll('\u00A0', '⍽')
        const key = `${lang} ${kind.name}`
        places.set(key, [...(places.get(key) ?? []), `${corpus.name}/${path}:${paragraph.line} …${around}…`])
      }
    }
  }
}

function add(counts: Map<string, number>, name: string, number: number): void {
  counts.set(name, (counts.get(name) ?? 0) + number)
}

/** How many places of a kind are reported in a paragraph: all of them when it is reported as a whole. */
function reportedOf({ name }: Kind, { line, lastLine }: Paragraph, said: readonly Report[]): number {
  let places = 0
  for (const { code, message, start } of said) {
    if (!start || start.line < line || start.line > lastLine) continue
    const report = reports.find(
      each => each.code === code && each.kinds.test(name) && message.includes(each.says ?? ''),
    )
    if (report?.of === 'paragraph') return Infinity
    if (report) places++
  }
  return places
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
    row(wished ? '**all wishes**' : '**all missed**', ({ counts }) =>
      these.reduce((sum, { name }) => sum + (counts.get(name) ?? 0), 0),
    )
    if (!wished)
      row('**reported to the author**', ({ reported }) =>
        these.reduce((sum, { name }) => sum + (reported.get(name) ?? 0), 0),
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
