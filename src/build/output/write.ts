import { append } from '../../core/lists/long-lists.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, OutputFile, Result } from '../../core/types.ts'
import { LIST, stagedStampOf, unusable, type OutputFolder } from './output-folder.ts'
import { workEnded } from '../render/ejs.ts'
import { eachInTime, WorkEnded } from '../render/time-limit.ts'
import type { Stamp } from '../file-stamp.ts'
import { openStage, stagedSite } from './stages.ts'

/** What a build found, file by file, before it touches the site. */
export interface StagedSite {
  /** Every path of the new site. */
  readonly paths: readonly string[]
  readonly changed: ReadonlyMap<string, StagedFile>
  /** Of each file as it will be there, by `stagedStampOf`. */
  readonly stamps: ReadonlyMap<string, Stamp>
}

export interface StagedFile {
  readonly state: 'new' | 'changed'
  /** Where the new contents lie. */
  readonly staged: string
}

/** Keeps the contents of a changed file until all are known to be good; gives the place where they lie. */
export type StoreContents = (path: string, contents: string | Uint8Array) => string

/** Keeps them in a folder beside the site that is laid out as the site is. Several threads may do so at a time. */
export function storeIn({ folder }: OutputFolder, builder: string): StoreContents {
  let root: string | undefined
  const folders = new Set<string>()
  return (path, contents) => {
    root ??= stagedSite(openStage(folder, builder))
    const staged = join(root, path)
    const outer = dirname(staged)
    if (!folders.has(outer)) mkdirSync(outer, { recursive: true })
    folders.add(outer)
    writeFileSync(staged, contents)
    return staged
  }
}

/** For `--check`, which only compares. */
export const storeNothing: StoreContents = () => ''

/**
 * Renders files, compares them with those of the site, and keeps what differs. The site is not touched. A file that takes more than
 * `patience` seconds is an error, and the last.
 */
export function stage(
  files: Iterable<OutputFile>,
  target: OutputFolder,
  { store, patience }: { readonly store: StoreContents; readonly patience: number },
): Result<StagedSite> {
  const diagnostics: Diagnostic[] = []
  const paths: string[] = []
  const changed = new Map<string, StagedFile>()
  const stamps = new Map<string, Stamp>()
  let failed = false
  let making = ''
  const report = (found: readonly Diagnostic[]) => {
    append(diagnostics, found)
    failed ||= hasErrors(found)
  }
  try {
    eachInTime(1000 * patience, files, file => {
      making = file.maker.source ?? file.path
      const { value: contents, diagnostics: found } = file.contents()
      report(found)
      if (contents === undefined) return
      const state = target.compare(file.path, contents)
      paths.push(file.path)
      if (typeof state === 'object') report([state])
      if (typeof state === 'object' || failed) return
      if (state !== 'same') changed.set(file.path, { state, staged: store(file.path, contents) })
      const stamp = stagedStampOf(changed.get(file.path)?.staged ?? join(target.folder, file.path))
      if (stamp !== undefined) stamps.set(file.path, stamp)
    })
  } catch (error) {
    if (error instanceof WorkEnded) report([workEnded(error, patience, making)])
    else report([unusable(target.name, error)])
  }
  return failed ? { diagnostics } : { value: { paths, changed, stamps }, diagnostics }
}

/** What `commit` would do. */
export function check({ paths, changed }: StagedSite, target: OutputFolder): readonly Diagnostic[] {
  const hint = 'run imprimatur build, look at what changed, and commit it'
  const stale = (path: string, how: string) =>
    diagnostic('output/stale', `${target.name}/${path} ${how}`, { hint })
  const wanted = new Set(paths)
  const unlisted = paths.filter(path => !target.owned.has(path) && !changed.has(path))
  return [
    ...[...changed].map(([path, { state }]) =>
      stale(path, state === 'new' ? 'is missing' : 'is not what its source gives'),
    ),
    ...[...target.owned].filter(path => !wanted.has(path)).map(path => stale(path, 'has no source any more')),
    ...unlisted.map(path => stale(LIST, `does not name ${path}`)),
  ]
}
