import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { builtProgram, documentsIn, languageOf, TemporarySite } from './reference/program.ts'

/*
 * Changes that `lint --fix` would make, drawn at random, for reading by eye:
 *
 *     npx jiti tools/lint/sample.ts [--count 300] [--seed 1] [--each N] [--rule TEXT] [--lang L] [--program FILE] FOLDER…
 *
 * Prints `n code folder/file:line`, and below it what stands there before and after, with what is around it
 * (⍽ no-break space, ⏎ end of line). Every safe fix of every document has the same chance; with --each, as many
 * of each rule as there are up to N instead, so that the rare ones are seen; --rule keeps rules with this in their name.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    each: { type: 'string' },
    rule: { type: 'string', default: '' },
    lang: { type: 'string' },
    program: { type: 'string', default: builtProgram },
  },
})

interface Edit {
  readonly start: { readonly offset: number }
  readonly end: { readonly offset: number }
  readonly text: string
}

interface Finding {
  readonly code: string
  readonly file?: string
  readonly start?: { readonly line: number }
  readonly fix?: { readonly safe: boolean; readonly edits: readonly Edit[] }
}

interface Change {
  readonly code: string
  readonly place: string
  readonly before: string
  readonly after: string
}

const shown = (text: string) =>
  text.replaceAll(/&nbsp;|&#160;|&#8239;|[\u00A0\u202F]/g, '⍽').replaceAll(/\r?\n/g, '⏎')

/** A finding's own edits in what stands around them, 50 characters to each side. */
function changeOf(code: string, place: string, text: string, edits: readonly Edit[]): Change {
  const sorted = edits.toSorted((a, b) => a.start.offset - b.start.offset)
  const from = Math.max(0, (sorted[0]?.start.offset ?? 0) - 50)
  const to = (sorted.at(-1)?.end.offset ?? 0) + 50
  let after = ''
  let at = from
  for (const edit of sorted) {
    after += text.slice(at, edit.start.offset) + edit.text
    at = edit.end.offset
  }
  return { code, place, before: shown(text.slice(from, to)), after: shown(after + text.slice(at, to)) }
}

const changes: Change[] = []
for (const folder of positionals) {
  const paths = documentsIn(folder)
  const texts = new Map(paths.map(path => [path, readFileSync(join(folder, path), 'utf8')]))
  const site = new TemporarySite(resolve(values.program), values.lang ?? languageOf([...texts.values()]))
  try {
    site.copy(folder, paths)
    for (const output of site.lint(paths, ['--format', 'json']).outputs) {
      const { diagnostics } = JSON.parse(output) as { diagnostics: readonly Finding[] }
      for (const { code, file = '', start, fix } of diagnostics) {
        const path = file.replace(/^pages\//, '')
        if (fix?.safe !== true || fix.edits.length === 0 || !code.includes(values.rule)) continue
        changes.push(changeOf(code, `${join(folder, path)}:${start?.line}`, texts.get(path) ?? '', fix.edits))
      }
    }
  } finally {
    site.remove()
  }
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function draw(from: readonly Change[], count: number, next: () => number): Change[] {
  const rest = [...from]
  const drawn: Change[] = []
  while (drawn.length < count && rest.length > 0) {
    const at = Math.floor(next() * rest.length)
    const [chosen] = rest.splice(at, 1)
    if (chosen) drawn.push(chosen)
  }
  return drawn
}

const next = dice(Number(values.seed))
const rules = new Map<string, Change[]>()
for (const change of changes) {
  const some = rules.get(change.code)
  if (some) some.push(change)
  else rules.set(change.code, [change])
}
const drawn = values.each
  ? [...rules.values()].flatMap(some => draw(some, Number(values.each), next))
  : draw(changes, Number(values.count), next)
for (const [index, { code, place, before, after }] of drawn.entries())
  console.log(`${index + 1} ${code} ${place}\n   ${before}\n → ${after}`)
console.log(`\n${drawn.length} of ${changes.length} changes`)
for (const [code, some] of [...rules].toSorted(([, a], [, b]) => b.length - a.length))
  console.log(`${String(some.length).padStart(7)} ${code}`)
