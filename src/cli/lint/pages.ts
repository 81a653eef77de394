import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readRegularFile, readSource } from '../../core/read-file.ts'
import type { Diagnostic, SourceFile } from '../../core/types.ts'
import { optimizeLate } from '../../core/v8-options.ts'
import { readDocument } from '../../document/document.ts'
import { fieldsOfFolders } from '../../document/place/folder-defaults.ts'
import { readFileName } from '../../document/place/file-name.ts'
import { languageOfPage } from '../../document/page-language.ts'
import {
  compareWithBaseline,
  createBaseline,
  isTolerable,
  readBaseline,
  writeBaseline,
  type Baseline,
} from '../../lint/baseline.ts'
import { Cache } from '../../lint/cache.ts'
import { linksWithin } from '../../document/find-sources.ts'
import { findPages } from '../../lint/files.ts'
import { setByBuild } from '../../lint/set-by-build.ts'
import type { Outcome } from '../arguments.ts'
import { difference } from './input.ts'
import type { LintRun } from './run.ts'
import { summarize } from './summary.ts'
import { lintText } from './text.ts'

/** Lints the pages that these files and folders stand for, against the baseline. */
export async function lintPages(job: LintRun, paths: readonly string[]): Promise<Outcome> {
  const { root, config, settingsOf, mode, values, version, isNew } = job
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
  const isPartial = isNew !== undefined && mode !== 'report'
  const uncached =
    isPartial || values['no-cache'] || config.lint.ownRules.length > 0 || config.markdown !== undefined
  const cache = uncached ? undefined : new Cache(root, JSON.stringify([version, config.lint, settingsOf('')]))
  optimizeLate()
  const diagnostics: Diagnostic[] = [...found.diagnostics]
  const changed: [SourceFile, SourceFile][] = []
  for (const path of pages) {
    const seen = await lintPage(path, job, cache)
    for (const each of seen.diagnostics) diagnostics.push(each)
    if (seen.changed) changed.push(seen.changed)
  }
  cache?.write()
  const isBuilt = builtBySite(job, diagnostics)
  const ruled: Diagnostic[] = []
  const unruled: string[] = []
  let built = 0
  for (const each of diagnostics) {
    if (each.code === 'lint/no-rules') {
      if (each.file) unruled.push(unruledName(each.file, settingsOf(each.file.path).lang))
    } else if (isNew && !isNew(each)) continue
    else if (isBuilt(each)) built++
    else ruled.push(each)
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
  if (mode === 'diff') return difference(fresh, changed)
  return {
    diagnostics: fresh,
    summary:
      remarkOnCache(values.verbose ? cache?.problem : undefined) +
      summarize(
        fresh,
        {
          pages: pages.length,
          fixed: changed.length,
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

/**
 * What a build with `typography: 'fix'` sets by itself need not be fixed in the source. `--fix`, `--diff` and editors work on the
 * source.
 */
function builtBySite(
  { root, config, settingsOf, mode, values }: LintRun,
  diagnostics: readonly Diagnostic[],
): (found: Diagnostic) => boolean {
  if (mode !== 'report' || values.all) return () => false
  const { build, dirs } = config
  const judges = new Map<SourceFile, (found: Diagnostic) => boolean>()
  const withheld = new Set(diagnostics.flatMap(({ file, isWithheld }) => (file && isWithheld ? [file] : [])))
  const folderFields = fieldsOfFolders({ root, pages: dirs.pages })
  const judgeOf = (file: SourceFile): ((found: Diagnostic) => boolean) => {
    const { typography = folderFields(file.path).typography ?? build.typography } =
      readDocument(file).frontMatter.fields
    if (typography !== 'fix') return () => false
    const isSet = setByBuild(file, settingsOf(file.path), { hasWithheld: withheld.has(file) })
    return found => /^imprimatur\/(?:front-matter|caption)$/.test(found.code) || isSet(found)
  }
  return found => {
    const { file } = found
    if (!file?.path.startsWith(`${dirs.pages}/`)) return false
    let judge = judges.get(file)
    if (!judge) judges.set(file, (judge = judgeOf(file)))
    return judge(found)
  }
}

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

interface Seen {
  readonly diagnostics: readonly Diagnostic[]
  readonly changed?: [before: SourceFile, after: SourceFile]
}

/** A page that the cache knows to be clean is not even decoded. */
async function lintPage(
  path: string,
  { root, config, settingsOf, mode, isNew }: LintRun,
  cache: Cache | undefined,
): Promise<Seen> {
  const settings = settingsOf(path)
  // By its name and its folder a page may have another language than one of the same content.
  const variant =
    config.lint.overrides.length > 0 ? path : `${readFileName(path).lang ?? ''} ${settings.lang}`
  const bytes = cache && readBytes(root, path)
  const key = bytes && cache.key(path, bytes, variant)
  const known = key && cache.find(key)
  if (known === 'clean') return { diagnostics: [] }
  const { value: file, diagnostics } = readSource(root, path)
  if (!file) return { diagnostics }
  const remembered = known && mode === 'report' ? cache.read(key, file) : undefined
  if (remembered) return { diagnostics: remembered }

  const set = await lintText(file, settings, mode, mode === 'report' ? undefined : isNew)
  if (set.fixed.text === file.text) {
    if (key && mode === 'report') cache.keep(key, set.diagnostics)
    return { diagnostics: set.diagnostics }
  }
  if (mode === 'diff') return { diagnostics: set.diagnostics, changed: [file, set.fixed] }
  const { writeSource } = await import('../../core/files.ts')
  const unwritten = writeSource(root, file, set.fixed)
  if (unwritten.length === 0)
    cache?.keep(cache.key(path, Buffer.from(set.fixed.text), variant), set.diagnostics)
  // A file that was not written still has its findings.
  if (unwritten.length > 0)
    return { diagnostics: [...(await lintText(file, settings, 'report')).diagnostics, ...unwritten] }
  return { diagnostics: set.diagnostics, changed: [file, set.fixed] }
}

/** Unreadable files are reported where they are read. */
function readBytes(root: string, path: string): Buffer | undefined {
  try {
    return readRegularFile(join(root, path))
  } catch {
    return undefined
  }
}

/** What the summary calls the language of a page without rules. */
function unruledName(file: SourceFile, siteLang: string): string {
  const { tag, isKnown } = languageOfPage(readDocument(file), siteLang)
  return isKnown ? tag : 'not named'
}
