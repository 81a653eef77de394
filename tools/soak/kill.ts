import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare, type Killed } from '../../tests/build/kill.ts'
import { createDice, SEED } from '../../tests/seed.ts'
import { clear } from '../../tests/tree.ts'

const INSTANTS = Number(process.argv[2] ?? 100)

const dice = createDice(SEED)
/** At least 0, below 1. */
const chance = () => dice(1_000_000) / 1_000_000

const folder = (name: string) => mkdtempSync(join(tmpdir(), `imprimatur-${name}-`))

async function count(what: string, kills: number, kill: (i: number) => Promise<Killed>): Promise<void> {
  let midway = 0
  let failed = 0
  for (let i = 0; i < kills; i++) {
    const killed = await kill(i)
    if (killed.midway) midway++
    if (i % 50 === 49) console.log(`${i + 1} of ${kills}: ${midway} half-way through, ${failed} wrong before`)
    if (killed.wrong.length === 0) continue
    failed++
    console.error(`${what} ${i}:\n  ${killed.wrong.join('\n  ')}`)
  }
  console.log(
    `killed at ${kills} ${what}s, ${midway} of them half-way through the site: ${failed} left something wrong`,
  )
  if (failed > 0) process.exitCode = 1
}

console.log(`seed ${SEED}`)
const large = folder('soak')
const trial = await prepare(large, 150)
// Most of a build's time passes before it changes the site.
await count('random instant', Math.ceil(INSTANTS / 2), i =>
  trial.killAt(i % 5 === 0 ? chance() : 0.6 + chance() * 0.45),
)
await count('random change', Math.floor(INSTANTS / 2), () => trial.killBefore(dice(trial.steps)))
clear(large)

const small = folder('soak')
const steps = await prepare(small, 12)
await count('change', steps.steps, steps.killBefore)
clear(small)
