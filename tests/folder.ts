import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { clear, writeFiles, type Files } from './tree.ts'

const base = mkdtempSync(join(tmpdir(), 'imprimatur-test-'))
afterAll(() => clear(base))

let count = 0

/** A new folder with these files; it goes when the test file is done. */
export function folderWith(files: Files = {}): string {
  const folder = join(base, String(count++))
  mkdirSync(folder)
  writeFiles(folder, files)
  return folder
}
