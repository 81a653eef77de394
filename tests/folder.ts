import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clear, writeFiles, type Files } from './tree.ts'

let base: string | undefined
let count = 0

/** A new folder with these files; it goes when the test file is done. */
export function folderWith(files: Files = {}): string {
  base ??= mkdtempSync(join(tmpdir(), 'imprimatur-test-'))
  const folder = join(base, String(count++))
  mkdirSync(folder)
  writeFiles(folder, files)
  return folder
}

/** Takes them all away: after each test file, of which several may run in one process. */
export function clearFolders(): void {
  if (base !== undefined) clear(base)
  base = undefined
}
