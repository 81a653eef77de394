import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../../config/config.ts'
import type { BuildCache } from './build-cache.ts'
import type { RememberedFiles } from './kept-files.ts'
import type { Result } from '../../core/types.ts'
import type { ParsedPages, ReadPage } from './parsed-pages.ts'
import type { FileDependencies } from './render-file.ts'

const MOST_SOUGHT = 10

interface ChangesInput {
  readonly config: Config
  readonly cache: BuildCache
  readonly changed: ReadonlySet<string>
  readonly remembered: RememberedFiles
  readonly parsed: ParsedPages
  readonly unread: readonly string[]
  /** `BuildEnd.given`, as it is now. */
  readonly given: string | undefined
}

/**
 * Whether a file depends on what has changed since the last build, when that is the bodies of pages alone: there are the same files, keys
 * and planet, every page reads as it did, but for its body, and none has come or gone by the clock. All else that a template may ask for
 * is made of these, and of the configuration and the day, to which the cache belongs; the files of the output have the paths that they had.
 * Undefined when more has changed.
 */
export function findChangedBodies({
  config,
  cache: { end },
  changed,
  remembered,
  parsed,
  unread,
  given,
}: ChangesInput): ((file: FileDependencies) => boolean) | undefined {
  // Without an end, something was made that the sources do not tell.
  if (!end || given === undefined || end.given !== given) return undefined
  if (remembered.pages.size !== parsed.known.size) return undefined
  const bodies = new Set(unread.map(path => `${config.dirs.pages}/${path}`))
  for (const path of changed) if (!bodies.has(path)) return undefined
  for (const path of unread) {
    if (!isSamePage(remembered.pages.get(path), parsed.known.get(path))) return undefined
  }
  return dependsOn(bodies)
}

/** Whether a file depends on the body of one of these sources. */
export function dependsOn(sources: ReadonlySet<string>): (file: FileDependencies) => boolean {
  const touched = new Set(['bodies', ...[...sources].map(source => `source ${source}`)])
  // Of few, most files have none anywhere in their text.
  const few = touched.size > MOST_SOUGHT ? undefined : [...touched]
  return ({ dependencies }) =>
    (!few || few.some(each => dependencies.includes(each))) &&
    dependencies.split('\n').some(each => touched.has(each))
}

/** Whether a page reads as it did, but for its body: also with its fields in the same order, as templates may list them. */
export const isSamePage = (before: ReadPage | undefined, now: Result<ReadPage> | undefined): boolean =>
  before !== undefined &&
  now?.value !== undefined &&
  now.diagnostics.length === 0 &&
  isDeepStrictEqual(plain(before), plain(now.value))

/** A page that was kept has lost its class. */
const plain = (read: object) =>
  'page' in read ? { ...read, page: Object.entries(read.page as object) } : read
