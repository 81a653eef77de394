import { append } from '../../core/lists/long-lists.ts'
import { randomBytes } from 'node:crypto'
import {
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result } from '../../core/types.ts'
import { isPresent, readSource } from '../../core/read-file.ts'
import { reason } from '../../core/source.ts'
import { entryName, type KeyPaths, type KeySources, type SignedManifest } from './sources.ts'

/** Reads the manifest and what belongs to it. A signature or history that is not there is for the check to report. */
export function readKeySources(root: string, paths: KeyPaths): Result<KeySources> {
  const required = [
    { path: paths.manifest, hint: 'begin one: imprimatur keys add you@example.org --id 1234 --name phone' },
    {
      path: paths.allowedSigners,
      hint: `it names who may sign: you@example.org and the line of your .pub file`,
    },
  ]
  const missing = required
    .filter(({ path }) => !isPresent(join(root, path)))
    .map(({ path, hint }) =>
      diagnostic('keys/read', 'There is no such file', { hint, file: { path, text: '' }, span: [0, 0] }),
    )
  if (missing.length > 0) return { diagnostics: missing }
  const diagnostics: Diagnostic[] = []
  const read = (path: string) => {
    const result = readSource(root, path)
    append(diagnostics, result.diagnostics)
    return result.value
  }
  const manifest = read(paths.manifest)
  const allowedSigners = read(paths.allowedSigners)
  const signature = isPresent(join(root, paths.signature)) ? read(paths.signature) : undefined
  const names = listFolder(join(root, paths.history))
  const history = new Map(names.map(name => [name, read(posix.join(paths.history, name))] as const))
  if (diagnostics.length > 0 || !manifest || !allowedSigners) return { diagnostics }
  return {
    value: { paths, manifest, signature, allowedSigners, history: withoutAbsent(history) },
    diagnostics,
  }
}

/** A history that cannot be listed is none, and the check says that it is missing. */
function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

const withoutAbsent = <K, V>(map: ReadonlyMap<K, V | undefined>) =>
  new Map([...map].filter((entry): entry is [K, V] => entry[1] !== undefined))

/**
 * Files a signed manifest: first into the history, then in place of the manifest. Every file appears whole, by
 * renaming, and a signature before what it signs; if the process dies on the way, signing again finishes the work.
 */
export function writeSigned(
  root: string,
  paths: KeyPaths,
  signed: SignedManifest,
): Result<readonly string[]> {
  const entry = posix.join(paths.history, entryName(signed.serial))
  const files: readonly (readonly [path: string, text: string])[] = [
    [`${entry}.sig`, signed.signature],
    [entry, signed.text],
    [paths.signature, signed.signature],
    [paths.manifest, signed.text],
  ]
  for (const [path, text] of files) {
    const failure = writeWhole(root, path, text)
    if (failure) return { diagnostics: [failure] }
  }
  return { value: files.map(([path]) => path), diagnostics: [] }
}

/** Writes the list of allowed signers anew. */
export function writeAllowedSigners(
  root: string,
  { allowedSigners }: KeyPaths,
  text: string,
): Result<readonly string[]> {
  const failure = writeWhole(root, allowedSigners, text)
  return failure ? { diagnostics: [failure] } : { value: [allowedSigners], diagnostics: [] }
}

const nextOf = ({ history }: KeyPaths) => posix.join(posix.dirname(history), '.history-next')

/**
 * Begins the history of a chain that takes the place of another: the new one is written beside it, the old one put aside, where it
 * stays for whoever wants to see it, and the new one put in its place. Each step is one renaming; `finishHistory` does what a
 * process that was killed between two of them left.
 */
export function replaceHistory(
  root: string,
  paths: KeyPaths,
  { name, signed }: { readonly name: string; readonly signed: SignedManifest },
): Result<readonly string[]> {
  const { history } = paths
  const next = nextOf(paths)
  const target = posix.join(posix.dirname(history), 'superseded', name)
  const entry = posix.join(next, entryName(signed.serial))
  try {
    rmSync(join(root, next), { recursive: true, force: true })
    const failures = [
      writeWhole(root, `${entry}.sig`, signed.signature),
      writeWhole(root, entry, signed.text),
    ].flatMap(failure => failure ?? [])
    if (failures.length > 0) return { diagnostics: failures }
    mkdirSync(join(root, posix.dirname(target)), { recursive: true })
    renameSync(join(root, history), join(root, target))
    renameSync(join(root, next), join(root, history))
    return { value: [target], diagnostics: [] }
  } catch (error) {
    const message = `The history cannot be put aside: ${reason(error)}`
    const file = { path: history, text: '' }
    const hint = `make room for it at ${target}, and run the command again: it goes on where it stopped`
    return { diagnostics: [diagnostic('keys/write', message, { hint, file, span: [0, 0] })] }
  }
}

/** Puts the history in its place that a killed process had put ready, once the old one is out of the way. */
export function finishHistory(root: string, paths: KeyPaths): void {
  const next = join(root, nextOf(paths))
  if (!existsSync(next)) return
  if (existsSync(join(root, paths.history))) rmSync(next, { recursive: true, force: true })
  else renameSync(next, join(root, paths.history))
}

/** Writes the draft anew after an edit. Its signature no longer fits, and every check says so until it is signed. */
export function writeDraft(root: string, { manifest }: KeyPaths, text: string): Result<readonly string[]> {
  const failure = writeWhole(root, manifest, text)
  return failure ? { diagnostics: [failure] } : { value: [manifest], diagnostics: [] }
}

/** The folder may not be there, or be none: then nothing is. */
function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Nothing was written there.
  }
}

/** The file is old or new, never half; on failure nothing of the attempt stays. */
export function writeWhole(root: string, path: string, text: string): Diagnostic | undefined {
  const target = join(root, path)
  const beside = `${target}.${randomBytes(6).toString('hex')}.tmp`
  try {
    mkdirSync(dirname(target), { recursive: true })
    const descriptor = openSync(beside, 'wx')
    try {
      writeFileSync(descriptor, text)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(beside, target)
    return undefined
  } catch (error) {
    remove(beside)
    const hint = 'make room, or make it writable, and run the command again: it goes on where it stopped'
    return diagnostic('keys/write', `This cannot be written: ${reason(error)}`, {
      hint,
      file: { path, text: '' },
      span: [0, 0],
    })
  }
}
