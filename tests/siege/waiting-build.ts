import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

/** Waits until a build that has everything else done waits for the lock of another: it has laid down its own, to put it in the place of that. */
export async function untilItWaits(docs: string): Promise<void> {
  const waits = () =>
    readdirSync(docs)
      .filter(name => name.startsWith('.imprimatur-stage-'))
      .some(name => existsSync(join(docs, name, 'lock')))
  await expect.poll(waits).toBe(true)
}
