import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import { startScenario } from '../../tests/dev/dev-scenario.ts'
import { clear } from '../../tests/tree.ts'

/*
 * A day, or a year, of an author in fast motion:
 *
 *     npx jiti tools/soak/dev.ts [CHANGES] [SEED]
 *
 * Every fifth change, what the server gives is held to a fresh build. At the end the server’s memory, open files and
 * watched folders are those of after the first hundred changes, or little more.
 */
const changes = Number(process.argv[2] ?? 5000)
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000)

const BETWEEN = 5
const GROWTH = 1.3
/** A year’s folder more than there was. */
const MORE = 10

const folder = mkdtempSync(join(tmpdir(), 'imprimatur-soak-'))
const { dev, change, compare } = await startScenario(join(folder, 'site'), join(folder, 'built'), seed)
const { pid } = dev.process

const megabytes = () =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
/** Open files, and folders that are watched: all of these have one file between them. */
function handles(): number {
  const infos = readdirSync(`/proc/${pid}/fdinfo`).map(name => {
    try {
      return readFileSync(`/proc/${pid}/fdinfo/${name}`, 'utf8')
    } catch {
      return ''
    }
  })
  return infos.length + infos.join('').split('inotify wd:').length - 1
}

const median = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

const memory: number[] = []
let first = { memory: 0, handles: 0 }
let failed = 0
for (let i = 1; i <= changes; i++) {
  const name = await change()
  if (i % BETWEEN === 0) {
    const wrong = await compare()
    if (wrong.length > 0) failed++
    for (const each of wrong) console.error(`change ${i}, seed ${seed}: ${name}: ${each}`)
    memory.push(megabytes())
  }
  // Connections are kept for five seconds.
  if (i === 100) await sleep(6000)
  if (i === 100) first = { memory: median(memory.slice(-5)), handles: handles() }
  if (i % 500 === 0) console.log(`${i} changes: ${megabytes().toFixed(0)} MB, ${handles()} handles`)
}

const last = median(memory.slice(-20))
await sleep(6000)
const open = handles()
const growth = last / first.memory
const code = await dev.stop()
clear(folder)
console.log(
  `${changes} changes, seed ${seed}: ${failed} left something wrong; ` +
    `memory ${first.memory.toFixed(0)} MB after 100, ${last.toFixed(0)} MB at the end (× ${growth.toFixed(2)}); ` +
    `handles ${first.handles}, then ${open}; ended by ${code}`,
)
if (failed > 0 || growth > GROWTH || open > first.handles + MORE || code !== 'SIGINT') process.exitCode = 1
