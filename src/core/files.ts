import { randomUUID } from 'node:crypto'
import { mkdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { diagnostic } from './diagnostic.ts'
import type { Diagnostic, SourceFile } from './types.ts'
import { reason } from './source.ts'

/**
 * Writes beside the file and renames: whoever reads sees the old file or the new one, whole. Throws what the system throws,
 * and leaves nothing behind then.
 */
export function writeWhole(path: string, text: string, mode = 0o666): void {
  const stage = join(dirname(path), `.${randomUUID()}.imprimatur`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(stage, text, { mode })
    renameSync(stage, path)
  } catch (error) {
    rmSync(stage, { force: true })
    throw error
  }
}

/** Writes a fixed page. Links are followed, modes kept. */
export function writeSource(root: string, { path, text }: SourceFile): readonly Diagnostic[] {
  try {
    const target = realpathSync(join(root, path))
    writeWhole(target, text, statSync(target).mode)
    return []
  } catch (error) {
    const hint = 'make it writable, and run this again'
    return [
      diagnostic('lint/write', `This cannot be written: ${reason(error)}`, {
        hint,
        file: { path, text: '' },
      }),
    ]
  }
}
