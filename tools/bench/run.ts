import { rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { fewPosts } from './corpus.ts'
import { measureEditor } from './editor.ts'
import { floor } from './floor/floor.ts'
import { measureGrowth, sizes } from './growth.ts'
import { cli, imprimatur } from './imprimatur.ts'
import { measureLint } from './lint.ts'
import { measureBuilds, measureStarts } from './measurement.ts'
import { packedCli } from './packed.ts'
import { help, parseOptions, UsageError, type Options } from './options.ts'
import { requireGnuTime, stopAll, type Command } from './process.ts'
import { BenchError, type Program } from './program.ts'
import { measurePromoted } from './promoted.ts'
import { measureRules } from './rules.ts'
import { measureServing } from './serving.ts'
import { summaryTable, type Measured } from './summary.ts'
import { changedTable, coldTable, growthTable, servingTable, startTable, unchangedTable } from './table.ts'
import { clearSite, workplace, writeSite, type Workplace } from './workplace.ts'

/** Starts are short, and vary the more. */
const fewestStarts = 15

const print = (text: string) => process.stdout.write(`${text}\n`)
const progress = (message: string) => process.stderr.write(`${message}\n`)

async function bench({ posts, peers, runs, parts, isPacked }: Options): Promise<void> {
  await requireGnuTime()
  const main = isPacked ? await packedCli() : cli
  const ours = await imprimatur('off', main)
  const programs = [ours, await imprimatur('fix', main)]
  const hasPeers = parts.includes('builds') || parts.includes('dev')
  for (const peer of hasPeers ? peers : []) programs.push(await peer())
  if (parts.includes('builds')) programs.push(await imprimatur('bare', main), floor())
  const most = parts.includes('growth') ? sizes.reduce((sum, size) => sum + size) : 0
  const place = workplace(Math.max(most, Math.max(...posts) * programs.length))
  // Also when it is interrupted: the sites take hundreds of megabytes of memory.
  process.on('exit', () => rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 }))
  print(header(programs, place, runs))
  const round = { runs, progress }
  const all: Measured[] = []
  for (const count of hasPeers ? posts : []) {
    const builds = parts.includes('builds') ? await measureBuilds(programs, count, place.folder, round) : []
    const serving = parts.includes('dev') ? await measureServing(programs, count, place.folder, round) : []
    all.push({ posts: count, builds, serving })
    print(`## ${count.toLocaleString('en')} posts\n`)
    for (const tableOf of builds.length > 0 ? [coldTable, unchangedTable, changedTable] : [])
      print(tableOf(builds))
    if (serving.length > 0) print(servingTable(serving))
  }
  if (parts.includes('builds')) print(`## All together\n\n${summaryTable(all)}`)
  if (parts.includes('start')) print(`## Start\n\n${await starts(ours, place, Math.max(runs, fewestStarts))}`)
  if (parts.includes('growth'))
    print(`## Growth\n\n${growthTable(await measureGrowth(ours, place.folder, round))}`)
  if (parts.includes('lint')) for await (const text of measureLint(place.folder, round)) print(text)
  if (parts.includes('rules')) print(`## Rules\n\n${await measureRules(place.folder, round)}`)
  if (parts.includes('editor')) print(`## Editor\n\n${await measureEditor(ours, place.folder, round)}`)
  if (parts.includes('heap'))
    print(`## Heap\n\n${await measurePromoted([ours, floor()], place.folder, round)}`)
  const disturbed = all.flatMap(({ posts: count, builds: [{ written = 0 } = {}] }) =>
    written > 0 ? [`imprimatur wrote ${written} files although nothing had changed (${count} posts)`] : [],
  )
  if (disturbed.length > 0) throw new BenchError(disturbed.join('\n'))
}

/** Of the package, as it is published: who installs it starts that. */
async function starts(program: Program, { folder }: Workplace, runs: number): Promise<string> {
  progress('packing the program')
  const packed = await packedCli()
  progress('starts')
  const site = join(folder, 'start')
  writeSite(program, fewPosts(), site)
  const commands: readonly (readonly [string, Command])[] = [
    ['node -e 0', [process.execPath, '-e', '0']],
    ['imprimatur --version', [process.execPath, packed, '--version']],
    ['imprimatur build (5 pages)', [process.execPath, packed, 'build', '--root', site]],
  ]
  const seconds = await measureStarts(
    commands.map(([, command]) => command),
    runs,
    () => clearSite(program, site),
  )
  return startTable(commands.map(([name], at) => [name, seconds[at] ?? []]))
}

function header(programs: readonly Program[], { kind }: Workplace, runs: number): string {
  const cores = `${availableParallelism()} cores`
  const memory = `${(totalmem() / 1e9).toFixed(0)} GB`
  const load = `load ${loadavg()[0]?.toFixed(1)} before the first run`
  const machine = [cpus()[0]?.model ?? 'unknown processor', cores, memory, load, `Node ${process.version}`]
  const versions = programs.map(({ name, version }) => `${name} ${version}`)
  return `${machine.join(', ')}; ${versions.join(', ')}; built on ${kind}; medians of ${runs} runs (min–max)\n`
}

process.on('exit', stopAll)
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.on(signal, () => process.exit(code))
}

try {
  const options = parseOptions(process.argv.slice(2))
  if (options) await bench(options)
  else process.stdout.write(help)
} catch (error) {
  if (!(error instanceof BenchError || error instanceof UsageError)) throw error
  process.stderr.write(`\n${error.message}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
