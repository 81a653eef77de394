import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { clear } from './tree.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder that every test file of a run sees, and that goes with the run. */
    readonly runFolder: string
  }
}

export function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'imprimatur-run-'))
  project.provide('runFolder', folder)
  project.onTestsRerun(async () => {
    clear(folder)
    mkdirSync(folder)
  })
  return () => clear(folder)
}
