import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { SEED } from '../seed.ts'
import { startScenario } from './dev-scenario.ts'

/** tools/soak/dev.ts makes thousands. */
const CHANGES = 40

test('after any change the server gives what a fresh build gives, byte for byte', async () => {
  const folder = folderWith()
  const { dev, change, compare } = await startScenario(join(folder, 'site'), join(folder, 'built'), SEED)
  expect(await compare()).toEqual([])
  for (let i = 1; i <= CHANGES; i++) {
    const name = await change()
    expect({ i, name, wrong: await compare() }).toEqual({ i, name, wrong: [] })
  }
  expect(await dev.stop()).toBe('SIGINT')
}, 300_000)
