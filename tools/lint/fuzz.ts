import { assert, property } from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { saysTheSame } from '../../src/lint/safety/same-meaning.ts'
import { applyEdits, safeEdits } from '../../src/lint/fix.ts'
import { dialectDocuments } from '../../tests/lint/dialects.ts'
import { documents } from '../../tests/lint/documents.ts'
import { everyWritten, lint } from '../../tests/lint/fix.ts'
import { faultsOf } from './reference/compare.ts'
import { faultInPlace } from '../../tests/lint/typesetting.ts'

/*
 * What `npm test` tries on a few hundred documents, on as many as you like:
 *
 *     npx jiti tools/lint/fuzz.ts 20000 [SEED]     generated documents
 *     npx jiti tools/lint/fuzz.ts dialects 60000 [SEED]   generated documents that mix dialects, compared by reference/
 *     npx jiti tools/lint/fuzz.ts FOLDER           the Markdown in a folder, node_modules for one
 *
 * Prints, for each way to fail, how often it was met and the shortest document that does.
 */
const failures = new Map<string, { count: number; source: string; detail: string }>()
let changed = 0

function fail(kind: string, source: string, detail: string): void {
  const known = failures.get(kind)
  if (!known) failures.set(kind, { count: 1, source, detail })
  else if (source.length < known.source.length)
    Object.assign(known, { count: known.count + 1, source, detail })
  else known.count++
}

function tryDocument(text: string, path: string): void {
  for (const lang of ['en', 'ru']) {
    try {
      const fixed = applyEdits(text, safeEdits(lint(text, { lang, path })))
      if (fixed !== text) changed++
      if (!saysTheSame({ path, text }, { path, text: fixed }, { writes: everyWritten }))
        fail(`${lang} ${path}: says something else`, text, fixed)
      const again = applyEdits(fixed, safeEdits(lint(fixed, { lang, path })))
      if (again !== fixed) fail(`${lang} ${path}: changes again`, text, `${fixed}\n---\n${again}`)
      const fault = path === 'page.md' ? faultInPlace(text, lang) : undefined
      if (fault) fail(`${lang} ${path}: set otherwise in place`, text, fault)
    } catch (error) {
      fail(
        `${lang} ${path}: ${(error as Error).message.replaceAll(/\d+/g, 'N')}`,
        text,
        (error as Error).stack ?? '',
      )
    }
  }
}

function tryDialects(text: string): void {
  for (const path of ['page.md', 'page.mdx']) {
    for (const lang of ['en', 'ru']) {
      const fixed = applyEdits(text, safeEdits(lint(text, { lang, path })))
      const [fault] = faultsOf(path, text, fixed)
      if (fault) fail(`${lang} ${path}: ${fault.what}`, text, `${fault.before} → ${fault.after}`)
    }
  }
}

const [what = '20000', ...rest] = process.argv.slice(2)
const [seed = '1'] = what === 'dialects' ? rest.slice(1) : rest
if (what === 'dialects') {
  const generated = property(dialectDocuments(), text => {
    tryDialects(text)
    tryDocument(text, 'page.md')
  })
  assert(generated, { numRuns: Number(rest[0] ?? 60_000), seed: Number(seed) })
} else if (/^\d+$/.test(what)) {
  const generated = property(documents(), text => {
    tryDocument(text, 'page.md')
    tryDocument(text, 'page.html')
  })
  assert(generated, { numRuns: Number(what), seed: Number(seed) })
} else {
  for (const path of readdirSync(what, { recursive: true, encoding: 'utf8' })) {
    if (/\.(?:md|markdown)$/i.test(path)) tryDocument(readFileSync(`${what}/${path}`, 'utf8'), 'page.md')
  }
}
console.log(`${changed} documents were set, ${failures.size} ways to fail`)
for (const [kind, { count, source, detail }] of failures) {
  console.log(`\n${kind}: ${count}\n${JSON.stringify(source)}\n${JSON.stringify(detail)}`)
}
process.exitCode = failures.size > 0 ? 1 : 0
