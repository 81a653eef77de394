import { createHash, type Hash } from 'node:crypto'
import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { SourceScan } from '../build/cache/file-states.ts'
import { describeStamp } from '../build/file-stamp.ts'
import { KEPT_FOLDER, listPath } from '../planet/paths.ts'
import type { Config } from '../config/config.ts'

/** Change when a stylesheet, or another file that is no page, has changed. */
export interface Versions {
  readonly styles: string
  readonly assets: string
}

/** Whether a file belongs to the site’s folders, so that only pages depend on it. */
export const isWithin = ({ dirs }: Config, path: string) =>
  [dirs.pages, dirs.layouts, dirs.assets].some(dir => dir !== undefined && path.startsWith(`${dir}/`))

/** Whether the page about keys, or anything beside it, may depend on a file. */
export function isOfKeys({ keys: { manifest, allowedSigners } }: Config, path: string): boolean {
  if (manifest === undefined) return false
  const name = posix.basename(manifest).replace(/\.ya?ml$/, '')
  return (
    path === allowedSigners ||
    path.startsWith(`${posix.dirname(manifest)}/`) ||
    posix.basename(path).startsWith(`${name}.`)
  )
}

/** Whether a file is the list of the planet, or what is kept of its feeds. */
export const isOfPlanet = ({ dirs }: Config, path: string) =>
  path === listPath(dirs.pages) || path.startsWith(`${KEPT_FOLDER}/`)

/** Whether the same links are not followed, for the same reasons. */
export const hasSameLeftOut = (before: SourceScan, after: SourceScan): boolean =>
  isDeepStrictEqual(before.sources.leftOut, after.sources.leftOut)

export const hasSameFiles = (
  before: SourceScan | undefined,
  { sources, sources: { pages, files, defaults } }: SourceScan,
) =>
  before?.sources === sources ||
  (before !== undefined &&
    pages.length === before.sources.pages.length &&
    files.length === before.sources.files.length &&
    isDeepStrictEqual(defaults, before.sources.defaults) &&
    pages.every((path, i) => path === before.sources.pages[i]) &&
    files.every(({ source }, i) => source === before.sources.files[i]?.source))

export function versionsOf({ sources: { files }, states }: SourceScan): Versions {
  const [styles, assets] = [createHash('sha256'), createHash('sha256')]
  for (const { source } of files) {
    const hash = source.endsWith('.css') ? styles : assets
    const { stamp, digest = '' } = states.get(source) ?? {}
    hash.update(`${source}\0${stamp ? describeStamp(stamp) : digest}\0`)
  }
  return { styles: brief(styles), assets: brief(assets) }
}

const brief = (hash: Hash) => hash.digest('base64url').slice(0, 12)
