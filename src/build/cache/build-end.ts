import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import type { Config } from '../../config/config.ts'
import type { Diagnostic } from '../../core/types.ts'
import { isStampOf, type OutputFolder } from '../output/output-folder.ts'
import type { Window } from '../pages/publication.ts'
import type { PreparedSite } from '../prepare-site.ts'
import type { ParsedPages } from './parsed-pages.ts'
import type { CacheEntry } from './render-file.ts'
import { packStamps, stampAt, type Stamp, type StampColumn } from '../file-stamp.ts'

/** How a build ended that found nothing to do, or did it: the same again, as long as its sources and the output folder are what they were. */
export interface BuildEnd {
  /** As in `BuildReport`. */
  readonly files: number
  readonly made: number
  readonly unpublished: number
  /** What was found of pages, once each. */
  readonly diagnostics: readonly Diagnostic[]
  /** Those of them that were found before any page was rendered. */
  readonly planned: readonly Diagnostic[]
  /** When no page comes or goes. */
  readonly window: Window
  /** `fingerprintOf` what is found of keys and planet, which every build looks at. */
  readonly given: string
  /** All files of the site, and the stamp of each. */
  readonly outputs: readonly string[]
  readonly stamps: StampColumn
  /** Those that only send a reader on. */
  readonly redirects: readonly string[]
  /** Whether `_headers` is the program’s own, and has a policy to keep to. */
  readonly hasPolicy: boolean
}

/** More than that, found of pages, is not read in less time than it is found again. */
const MOST_FOUND = 2000

interface EndInput {
  readonly config: Config
  readonly now: number
  readonly parsed: ParsedPages
  readonly reused: ReadonlyMap<string, Pick<CacheEntry, 'stamp'>>
  /** All of the site. */
  readonly paths: readonly string[]
  /** `sealedStamps` of those that were rendered. */
  readonly stamps: ReadonlyMap<string, Stamp>
  readonly prepared: Pick<PreparedSite, 'paths' | 'site'>
  readonly found: Pick<BuildEnd, 'files' | 'made' | 'unpublished' | 'diagnostics' | 'planned' | 'given'>
}

/**
 * Of a build that has written; undefined when another may end otherwise though nothing has changed: where pictures are made, by a library
 * that may come, go and change, and where a file of the output has no stamp to rely on.
 */
export function endOf({
  config,
  now,
  parsed,
  reused,
  paths,
  stamps: sealed,
  prepared,
  found,
}: EndInput): BuildEnd | undefined {
  if (config.build.pictures || found.diagnostics.length > MOST_FOUND) return undefined
  const stamps: Stamp[] = []
  for (const path of paths) {
    const stamp = reused.get(path)?.stamp ?? sealed.get(path)
    if (stamp === undefined) return undefined
    stamps.push(stamp)
  }
  return {
    ...found,
    window: windowOf(parsed, now),
    outputs: paths,
    stamps: packStamps(stamps),
    redirects: paths.filter(path => prepared.paths.get(path)?.redirectTarget !== undefined),
    hasPolicy: prepared.site.policy !== undefined,
  }
}

/** The same when these files were made again; undefined as `endOf`. */
export function endAfter(
  { outputs, stamps, ...end }: BuildEnd,
  made: ReadonlyMap<string, Pick<CacheEntry, 'stamp'>>,
  diagnostics: readonly Diagnostic[],
): BuildEnd | undefined {
  if (diagnostics.length > MOST_FOUND) return undefined
  const now = outputs.map((path, row) => {
    const again = made.get(path)
    return again ? again.stamp : stampAt(stamps, row)
  })
  return now.includes(undefined) ? undefined : { ...end, diagnostics, outputs, stamps: packStamps(now) }
}

/** From the last page that came or went to the next that will. */
function windowOf(parsed: ParsedPages, now: number): Window {
  let [from, until] = [-Infinity, Infinity]
  for (const { value } of parsed.known.values())
    for (const moment of value?.window ?? []) {
      if (moment <= now) from = Math.max(from, moment)
      else until = Math.min(until, moment)
    }
  return [from, until]
}

/** Whether a build at a moment, whose sources are as they were but for those that these files depend on, ends so, too, but for these. */
export function endsSo(
  { window: [from, until], given, outputs, stamps }: BuildEnd,
  now: number,
  { folder, owned }: OutputFolder,
  { fingerprint, due }: { readonly fingerprint: string; readonly due?: ReadonlySet<string> },
): boolean {
  return (
    from <= now &&
    now < until &&
    given === fingerprint &&
    outputs.length === owned.size &&
    outputs.every(
      (path, at) => owned.has(path) && (due?.has(path) || isStampOf(stampAt(stamps, at), join(folder, path))),
    )
  )
}

/** A text that differs when one of these does, all of them data; undefined when one is not. */
export function fingerprintOf(...values: readonly unknown[]): string | undefined {
  try {
    return createHash('sha256').update(serialize(values)).digest('base64url')
  } catch {
    return undefined
  }
}
