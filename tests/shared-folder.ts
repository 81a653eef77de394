import { existsSync, mkdtempSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

/**
 * A folder that every test file of a run has in common, and that no test changes: the first that asks for it has it made. Two that ask at
 * once both make it, and one of the two is taken, so that nobody ever waits for another who may have died.
 */
export async function sharedFolder(name: string, make: (folder: string) => unknown): Promise<string> {
  const folder = join(inject('runFolder'), name)
  if (existsSync(folder)) return folder
  const own = mkdtempSync(`${folder}-`)
  await make(own)
  try {
    renameSync(own, folder)
  } catch (error) {
    // Another was there first.
    if (!existsSync(folder)) throw error
  }
  return folder
}
