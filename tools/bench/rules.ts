import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { posts } from './corpus.ts'
import type { Round } from './measurement.ts'
import { outputOf } from './process.ts'
import { BenchError } from './program.ts'
import { summary } from './statistics.ts'
import { table } from './table.ts'

/** A rule that takes more of a run than this says why, in its `cost`. */
const MOST_PER_CENT = 2

/**
 * Runs in a process of its own, on what was compiled: lints prose as it was typed, and as the linter has set it, by turns without a look at
 * the rules and with a clock around each. Of the first it prints MB/s of user CPU, of the second per cent of the time.
 */
const clock = `
import { readFileSync } from 'node:fs'
const [folder, dist] = process.argv.slice(1)
const { lintSource } = await import(dist + '/lint/lint.js')
const { fixSource } = await import(dist + '/lint/fix.js')
const { everyRule } = await import(dist + '/lint/rules/rules.js')
let spent
const timed = (code, work) => function (...args) {
  if (!spent) return work.apply(this, args)
  const start = process.hrtime.bigint()
  try {
    return work.apply(this, args)
  } finally {
    spent[code] = (spent[code] ?? 0) + Number(process.hrtime.bigint() - start)
  }
}
for (const rule of everyRule) {
  const { code, run, guard } = rule
  if (run) rule.run = timed(code, run)
  const test = timed(code, text => guard.test(text))
  if (guard) rule.guard = { sticky: guard.sticky, test, set lastIndex(at) { guard.lastIndex = at } }
}
const costs = Object.fromEntries(everyRule.map(({ code, cost }) => [code, cost]))
const runs = {}
for (const lang of ['en', 'ru']) {
  const settings = { noBreakSpace: 'entity', rules: {}, lang }
  const page = text => ({ path: 'page.md', text })
  const typed = JSON.parse(readFileSync(folder + '/' + lang + '.json', 'utf8')).map(page)
  const set = typed.map(each => fixSource(each, lintSource(each, settings)).value)
  for (const [kind, pages] of [['typed', typed], ['set', set]]) {
    const bytes = pages.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
    const speeds = []
    const shares = []
    for (let round = 0; round < 16; round++) {
      const isTimed = round % 2 > 0
      spent = isTimed ? {} : undefined
      const [cpu, start] = [process.cpuUsage(), process.hrtime.bigint()]
      for (const each of pages) lintSource(each, settings)
      const whole = Number(process.hrtime.bigint() - start)
      if (round < 4) continue
      if (isTimed) shares.push(Object.fromEntries(Object.entries(spent).map(([code, time]) => [code, (time / whole) * 100])))
      else speeds.push(bytes / process.cpuUsage(cpu).user)
    }
    runs[lang + ', ' + kind] = { speeds, shares }
  }
}
console.log(JSON.stringify({ runs, costs }))
`

const inTenths = (share: number) => share.toFixed(1)

interface RuleRun {
  readonly speeds: readonly number[]
  /** Per cent of a round, by the rule's code. */
  readonly shares: readonly Readonly<Record<string, number>>[]
}

/** The linter's speed, and what each rule takes of it. Throws when a rule takes much, and does not say why. */
export async function measureRules(folder: string, { progress }: Round): Promise<string> {
  for (const lang of ['en', 'ru']) {
    const texts = posts(600).filter(post => post.lang === lang)
    writeFileSync(join(folder, `${lang}.json`), JSON.stringify(texts.map(({ body }) => body)))
  }
  progress('rules, in one process')
  const dist = fileURLToPath(new URL('../../dist', import.meta.url))
  const output = await outputOf([process.execPath, '--input-type=module', '-e', clock, folder, dist])
  const { runs, costs } = JSON.parse(output) as {
    readonly runs: Readonly<Record<string, RuleRun>>
    readonly costs: Readonly<Record<string, string | undefined>>
  }
  const kinds = Object.keys(runs)
  const shareOf = (code: string) =>
    kinds.map(kind => summary((runs[kind] as RuleRun).shares.map(each => each[code] ?? 0)).median)
  const rows = Object.keys(costs)
    .map(code => ({ code, cost: costs[code], shares: shareOf(code) }))
    .toSorted((a, b) => Math.max(...b.shares) - Math.max(...a.shares))
    .filter(({ cost, shares }) => cost !== undefined || Math.max(...shares) > MOST_PER_CENT)
  const silent = rows.filter(({ cost }) => cost === undefined).map(({ code }) => code)
  if (silent.length > 0)
    throw new BenchError(
      `more than ${MOST_PER_CENT} % of a run, without a “cost” that says why: ${silent.join(', ')}`,
    )
  const speeds = kinds.map(kind => [kind, summary((runs[kind] as RuleRun).speeds).median.toFixed(1)])
  return [
    table([['linted in one process', 'MB/s of user CPU'], ...speeds]),
    table([
      ['per cent of a run', ...kinds, 'why'],
      ...rows.map(({ code, cost = '', shares }) => [code].concat(shares.map(inTenths), cost)),
    ]),
  ].join('\n')
}
