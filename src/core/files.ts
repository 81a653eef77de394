import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
  type Stats,
} from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { diagnostic } from './diagnostic.ts'
import { readRegularFile } from './read-file.ts'
import { reason } from './source.ts'
import type { Diagnostic, SourceFile } from './types.ts'

/** A file on its way begins with a dot, so that neither a build nor the linter takes it for one of the site. */
const STAGE = /^\.[\da-f-]{36}\.imprimatur$/

/** No write takes so long: a stage that is older is left over from a program that was killed. */
const DEAD_AFTER = 10 * 60_000

/**
 * Writes beside the file and renames: whoever reads sees the old file or the new one, whole. Throws what the system throws,
 * and leaves nothing behind then. Parts are written one behind the other. `prepare` is called with the path of the whole new file just before it takes its place.
 */
export function writeWhole(
  path: string,
  contents: string | Uint8Array | readonly Uint8Array[],
  prepare: (stage: string) => void = () => {},
): void {
  const folder = dirname(path)
  const stage = join(folder, `.${randomUUID()}.imprimatur`)
  try {
    mkdirSync(folder, { recursive: true })
    clearDeadStages(folder)
    writeNew(stage, Array.isArray(contents) ? (contents as readonly Uint8Array[]) : [contents as string])
    prepare(stage)
    renameSync(stage, path)
  } catch (error) {
    rmSync(stage, { force: true })
    throw error
  }
}

/** One after the other: joined they would take the memory of all once more. */
function writeNew(path: string, parts: readonly (string | Uint8Array)[]): void {
  const file = openSync(path, 'wx')
  try {
    for (const part of parts) writeFileSync(file, part)
  } finally {
    closeSync(file)
  }
}

const cleared = new Set<string>()

/** Once a run and folder. */
function clearDeadStages(folder: string): void {
  if (cleared.has(folder)) return
  cleared.add(folder)
  for (const name of readdirSync(folder)) {
    if (!STAGE.test(name)) continue
    const stage = join(folder, name)
    const { mtimeMs = Infinity } = statSync(stage, { throwIfNoEntry: false }) ?? {}
    if (Date.now() - mtimeMs > DEAD_AFTER) rmSync(stage, { force: true })
  }
}

/**
 * Writes a fixed page. Links are followed; mode, owner and group are kept. A page of several names (hard links), or whose owner
 * only its owner could set again, is written in place, since a new file would be another one. Nothing is written where the page
 * is read-only, or is no longer what `before` is.
 */
export function writeSource(root: string, before: SourceFile, { text }: SourceFile): readonly Diagnostic[] {
  const { path } = before
  const refused = (message: string, hint: string) => [
    diagnostic('lint/write', message, { hint, file: { path, text: '' } }),
  ]
  try {
    const target = realpathSync(join(root, path))
    const stats = statSync(target)
    if ((stats.mode & 0o222) === 0)
      return refused('This is not written: it is read-only', `chmod u+w, and run this again`)
    const isUnchanged = () => readRegularFile(target).equals(Buffer.from(before.text))
    if (!isUnchanged()) return refused(...changed)
    if (stats.nlink > 1 || !replaceSource(target, text, { stats, isUnchanged })) {
      if (!isUnchanged()) return refused(...changed)
      writeInPlace(target, text)
    }
    return []
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return refused(...changed)
    return refused(`This cannot be written: ${reason(error)}`, 'make it writable, and run this again')
  }
}

const changed = [
  'This is not written: somebody else changed it while it was linted',
  'run this again, and it is the new text that is set',
] as const

class ChangedMeanwhile extends Error {}

interface Replaced {
  readonly stats: Stats
  readonly isUnchanged: () => boolean
}

/** False when the new file could not be given to the owner of the old one. */
function replaceSource(target: string, text: string, { stats, isUnchanged }: Replaced): boolean {
  try {
    writeWhole(target, text, stage => {
      const own = statSync(stage)
      if (own.uid !== stats.uid || own.gid !== stats.gid) giveTo(stage, stats)
      // After the owner, for a change of owner may take bits away; and not at creation, where the umask does.
      chmodSync(stage, stats.mode & 0o7777)
      if (!isUnchanged()) throw new ChangedMeanwhile()
    })
    return true
  } catch (error) {
    if (error instanceof CannotGive) return false
    throw error
  }
}

class CannotGive extends Error {}

function giveTo(stage: string, { uid, gid }: Stats): void {
  try {
    chownSync(stage, uid, gid)
  } catch {
    throw new CannotGive()
  }
}

function writeInPlace(target: string, text: string): void {
  const descriptor = openSync(target, 'r+')
  try {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, bytes.length - at, at)
    ftruncateSync(descriptor, bytes.length)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Where a file or folder really is, when that is below this folder: links are followed. Undefined elsewhere, and where nothing is. */
export function realPathBelow(folder: string, path: string): string | undefined {
  try {
    const real = realpathSync(path)
    return real.startsWith(realpathSync(folder) + sep) ? real : undefined
  } catch {
    return undefined
  }
}
