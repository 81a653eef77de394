import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { faultsOf } from './reference/compare.ts'
import { builtProgram, documentsIn, languageOf, TemporarySite } from './reference/program.ts'

/*
 * Sets every Markdown document of each folder with the built program, twice, and compares before and after with a
 * reading of its own (reference/), which shares no code with the linter:
 *
 *     npx jiti tools/lint/damage.ts [--lang L] [--program FILE] [--faults N] FOLDER…
 *
 * Prints a row per folder, then at most N faults of each (20), each with its place in the document as it was.
 * Ends with 1 if a document was damaged, changed by the second run, or ended the program. The language of a
 * folder is recognised by its letters unless it is given.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lang: { type: 'string' },
    program: { type: 'string', default: builtProgram },
    faults: { type: 'string', default: '20' },
  },
})

const shown = (text: string) => text.replaceAll('\u00A0', '⍽').replaceAll(/\r?\n/g, '⏎')

console.log('| corpus | lang | documents | fixed | damaged | changed again | crashes | seconds |')
console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |')
const details: string[] = []
for (const folder of positionals) {
  const paths = documentsIn(folder)
  const texts = new Map(paths.map(path => [path, readFileSync(join(folder, path), 'utf8')]))
  const lang = values.lang ?? languageOf([...texts.values()])
  const site = new TemporarySite(resolve(values.program), lang)
  const row = { fixed: 0, damaged: 0, again: 0 }
  const kinds = new Map<string, number>()
  const places: string[] = []
  try {
    site.copy(folder, paths)
    const start = process.hrtime.bigint()
    const first = site.lint(paths, ['--fix', '--quiet'])
    const seconds = Number(process.hrtime.bigint() - start) / 1e9
    const set = new Map(paths.map(path => [path, site.read(path)]))
    const second = site.lint(paths, ['--fix', '--quiet'])
    for (const [path, before] of texts) {
      const after = set.get(path) ?? ''
      if (after !== before) row.fixed++
      const faults = faultsOf(path, before, after)
      if (faults.length > 0) row.damaged++
      for (const { line, what, before: was, after: is } of faults) {
        kinds.set(what, (kinds.get(what) ?? 0) + 1)
        places.push(`${path}:${line} ${what}: ${shown(was)} → ${shown(is)}`)
      }
      if (site.read(path) === after) continue
      row.again++
      places.push(`${path}: changed by the second run`)
    }
    for (const [path, why] of [...first.crashed, ...second.crashed])
      places.push(`${path}: ended the program: ${why.split('\n')[0]}`)
    const crashes = new Set([...first.crashed.keys(), ...second.crashed.keys()]).size
    const counts = [paths.length, row.fixed, row.damaged, row.again, crashes, seconds.toFixed(1)]
    console.log(`| ${basename(folder)} | ${lang} | ${counts.join(' | ')} |`)
  } finally {
    site.remove()
  }
  if (places.length === 0) continue
  const most = [...kinds].toSorted(([, a], [, b]) => b - a).map(([what, count]) => `${count} ${what}`)
  details.push(
    `\n${folder}: ${most.join(', ')}`,
    ...places.slice(0, Number(values.faults)).map(place => `  ${place}`),
  )
}
for (const detail of details) console.log(detail)
if (details.length > 0) process.exitCode = 1
