import { append } from '../../core/lists/long-lists.ts'
import { availableParallelism } from 'node:os'
import { hasErrors } from '../../core/diagnostic.ts'
import type { Diagnostic, OutputFile, Result } from '../../core/types.ts'
import { describeMaker, type CacheEntry } from '../cache/render-file.ts'
import { renderFile, type FileDependencies } from '../cache/render-file.ts'
import type { Stamp } from '../file-stamp.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import { stage, storeIn, storeNothing, type StagedFile } from '../output/write.ts'
import type { Progress } from '../progress.ts'
import type { BuildJob, RenderedShare } from '../workers/job.ts'
import type { PlannedFiles } from './plan-files.ts'
import type { ReusedFiles } from './reuse-unchanged.ts'

export interface MadePictures {
  readonly pictures: Pick<RenderedShare, 'staged' | 'entries'>
}

type MakingInput = BuildJob &
  PlannedFiles &
  ReusedFiles & { readonly folder: OutputFolder; readonly builder: string; readonly progress: Progress }

/** Each takes a thread of the library's own, and the memory of a picture. */
const AT_A_TIME = Math.min(availableParallelism(), 4)

/** Makes the smaller copies of pictures that are due, a few at a time, and stages those that differ from the site as it is. */
export async function makePictures(input: MakingInput): Promise<Result<MadePictures>> {
  const { prepared, due, folder, progress, mode } = input
  const { output, site } = prepared
  const copies = site.pictures ? due.flatMap(path => output.get(path) ?? []) : []
  const files = copies.filter(({ prepare }) => prepare)
  const target = {
    store: mode === 'write' ? storeIn(folder, input.builder) : storeNothing,
    patience: input.config.build.patience,
  }
  const diagnostics: Diagnostic[] = []
  const paths: string[] = []
  const changed = new Map<string, StagedFile>()
  const stamps = new Map<string, Stamp>()
  const entries = new Map<string, CacheEntry>()
  for (let i = 0; i < files.length; i += AT_A_TIME) {
    const some = files.slice(i, i + AT_A_TIME)
    await Promise.all(some.map(file => file.prepare?.()))
    const recorded = new Map<string, FileDependencies>()
    const { value: staged, diagnostics: found } = stage(
      some.map(file => recording(input, file, recorded)),
      folder,
      target,
    )
    append(diagnostics, found)
    progress.made(i + some.length, files.length)
    if (!staged) continue
    append(paths, staged.paths)
    for (const [path, file] of staged.changed) changed.set(path, file)
    for (const [path, stamp] of staged.stamps) {
      stamps.set(path, stamp)
      const dependencies = recorded.get(path)
      const maker = describeMaker(output.get(path))
      if (dependencies) entries.set(path, { maker, dependencies, stamp, typography: [] })
    }
  }
  if (hasErrors(diagnostics)) return { diagnostics }
  return { value: { pictures: { staged: { paths, changed, stamps }, entries } }, diagnostics }
}

function recording(
  { prepared: { site, fingerprint } }: PlannedFiles,
  file: OutputFile,
  recorded: Map<string, FileDependencies>,
): OutputFile {
  return {
    ...file,
    contents() {
      const { result, dependencies } = renderFile(site, fingerprint, file, undefined)
      if (dependencies) recorded.set(file.path, dependencies)
      return result
    },
  }
}
