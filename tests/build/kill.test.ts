import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { createDice, SEED } from '../seed.ts'
import { prepare } from './kill.ts'

const dice = createDice(SEED)

// `npm run soak` does this a hundred times, and before every change to the file system.
test('killed at any instant, a build leaves whole files, and the next one completes it', async () => {
  const trial = await prepare(folderWith(), 40)
  for (let i = 0; i < 4; i++) {
    const share = dice(1000) / 1000
    expect({ share, ...(await trial.killAt(share)) }).toMatchObject({ share, wrong: [] })
  }
})

test('killed before any of its changes to the file system, too', async () => {
  const trial = await prepare(folderWith(), 12)
  expect(trial.steps).toBeGreaterThan(30)
  let midway = 0
  for (let i = 0; i < 6; i++) {
    const step = Math.floor(((i + dice(1000) / 1000) / 6) * trial.steps)
    const killed = await trial.killBefore(step)
    expect({ step, wrong: killed.wrong }).toEqual({ step, wrong: [] })
    if (killed.midway) midway++
  }
  expect(midway).toBeGreaterThan(2)
})
