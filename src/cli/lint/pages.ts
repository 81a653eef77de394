import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readRegularFile, readSource } from '../../core/read-file.ts'
import type { Diagnostic } from '../../core/types.ts'
import { optimizeLate } from '../../core/v8-options.ts'
import { linksWithin } from '../../document/find-sources.ts'
import {
  compareWithBaseline,
  createBaseline,
  isTolerable,
  readBaseline,
  writeBaseline,
  type Baseline,
} from '../../lint/baseline.ts'
import { Cache, pageKey } from '../../lint/cache.ts'
import { findPages } from '../../lint/files.ts'
import type { Outcome } from '../arguments.ts'
import { isOnChangedLine } from './changed-lines.ts'
import { difference } from './input.ts'
import { createPageLinter, type PageLinter, type ReportedPage } from './page.ts'
import type { LintRun } from './run.ts'
import { summarize } from './summary.ts'
import { writePage, type WrittenPage } from './write-page.ts'

/** Lints the pages that these files and folders stand for, against the baseline. */
export async function lintPages(run: LintRun, paths: readonly string[]): Promise<Outcome> {
  const { root, config, settingsOf, mode, values, version, since } = run
  const { ignore } = config.lint
  const found = findPages(root, paths, {
    ignore,
    output: config.dirs.output,
    within: linksWithin(config),
  })
  const pages = found.value ?? []
  const baseline = readBaseline(root)
  if (!baseline.value) return baseline
  // A rule of the configuration has no hash, so that results with one cannot be cached, nor a part of the findings.
  const isPartial = since !== undefined && mode !== 'report'
  const uncached =
    isPartial || values['no-cache'] || config.lint.ownRules.length > 0 || config.markdown !== undefined
  const cache = uncached ? undefined : new Cache(root, JSON.stringify([version, config.lint, settingsOf('')]))
  optimizeLate()
  const linter = createPageLinter(run, { isCached: cache !== undefined })
  const remembered = cache ? lookUp(run, pages, { cache, linter }) : new Map<string, ReportedPage>()
  const unknown = pages.filter(path => !remembered.has(path))
  const linted = new Map<string, WrittenPage>()
  for (const path of unknown) linted.set(path, await writePage(run, linter, await linter.lint(path)))
  for (const path of unknown) {
    const kept = linted.get(path)?.kept
    if (kept) cache?.keepPage(kept)
  }
  cache?.write()
  const isNew = since && isOnChangedLine(since)
  const ruled: Diagnostic[] = found.diagnostics.filter(each => !isNew || isNew(each))
  const unruled: string[] = []
  let [built, fixed, differences] = [0, 0, '']
  for (const path of pages) {
    const page = linted.get(path) ?? remembered.get(path)
    for (const each of page?.diagnostics ?? []) ruled.push(each)
    if (page?.unruled !== undefined) unruled.push(page.unruled)
    built += page?.built ?? 0
    if (linted.get(path)?.isFixed) fixed++
    differences += linted.get(path)?.difference ?? ''
  }
  const { fresh, pruned, gone, known } = compareWithBaseline(ruled, baseline.value, pages)
  if (values['write-baseline'])
    return changeBaseline(root, {
      next: createBaseline(ruled, baseline.value, pages),
      diagnostics: ruled.filter(({ code }) => !isTolerable(code)),
      summary: `${pages.length} pages; what was found now is the baseline`,
    })
  if (values['prune-baseline'])
    return changeBaseline(root, {
      next: Object.fromEntries(Object.entries(pruned).filter(([path]) => existsSync(join(root, path)))),
      diagnostics: fresh,
      summary: `${pages.length} pages; the baseline holds what is still there`,
    })
  if (mode === 'diff') return difference(fresh, differences)
  return {
    diagnostics: fresh,
    summary:
      remarkOnCache(values.verbose ? cache?.problem : undefined) +
      summarize(
        fresh,
        {
          pages: pages.length,
          fixed,
          unruled,
          known,
          gone,
          built,
        },
        {
          statistics: values.statistics === true,
          isFirst: mode === 'report' && Object.keys(baseline.value).length === 0,
        },
      ),
    checked: pages,
  }
}

/** Asked for with --verbose. */
const remarkOnCache = (problem: string | undefined) =>
  problem === undefined ? '' : `Nothing is remembered for the next run: ${problem}\n`

interface BaselineChange {
  readonly next: Baseline
  /** What is reported; with an error of the linter's own nothing is written. */
  readonly diagnostics: readonly Diagnostic[]
  readonly summary: string
}

/** The findings of a page that could not be linted are unknown: no baseline is made of a run with an error. */
function changeBaseline(root: string, { next, diagnostics, summary }: BaselineChange): Outcome {
  if (diagnostics.some(({ code }) => !isTolerable(code)))
    return { diagnostics, summary: 'The baseline is left as it was: not everything could be linted' }
  const unwritten = writeBaseline(root, next)
  return unwritten.length > 0 ? { diagnostics: unwritten } : { diagnostics, summary }
}

interface CacheLookup {
  readonly cache: Cache
  readonly linter: PageLinter
}

/** The pages that the cache knows, by their paths. One that it knows to be clean is not even decoded. */
function lookUp(
  { root, mode }: LintRun,
  pages: readonly string[],
  { cache, linter }: CacheLookup,
): ReadonlyMap<string, ReportedPage> {
  const known = new Map<string, ReportedPage>()
  for (const path of pages) {
    const bytes = readBytes(root, path)
    const key = bytes && pageKey(path, bytes, linter.variant(path))
    const state = key && cache.find(key)
    if (state === 'clean') known.set(path, CLEAN)
    if (state !== 'findings' || mode !== 'report') continue
    const { value: file } = readSource(root, path)
    const found = file && cache.read(key as string, file)
    if (found) known.set(path, linter.sort(file, found))
  }
  return known
}

const CLEAN: ReportedPage = { diagnostics: [], built: 0 }

/** Unreadable files are reported where they are read. */
function readBytes(root: string, path: string): Buffer | undefined {
  try {
    return readRegularFile(join(root, path))
  } catch {
    return undefined
  }
}
