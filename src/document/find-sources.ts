import { readdirSync, realpathSync, type Stats } from 'node:fs'
import { join, posix } from 'node:path'
import type { Config } from '../config/config.ts'
import { isFolder } from '../config/site-root.ts'
import { hasErrors } from '../core/diagnostic.ts'
import { append } from '../core/lists/long-lists.ts'
import { statTarget } from '../core/read-file.ts'
import { unreadable } from '../core/source.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import { isDropping } from './droppings.ts'
import { isPage } from './formats.ts'
import { isDefaults } from './place/folder-defaults.ts'
import { ALL, includedBy, NOTHING, type Included } from './place/included.ts'
import { isIn, leadsOut, MOST_WAYS, realPath, refusedLink, tangle } from './place/links.ts'

export interface Sources {
  /** Relative to the pages folder. */
  readonly pages: readonly string[]
  /** Fields for all pages of a folder; relative to the pages folder. */
  readonly defaults: readonly string[]
  /** Copied as they are. */
  readonly files: readonly CopiedFile[]
  /** Files and folders that are passed over, relative to the root; a folder ends with a slash. */
  readonly passedOver: readonly string[]
  /** Remarks on the links that are not followed. */
  readonly leftOut: readonly Diagnostic[]
  /** Whether no symbolic link was met on the way: then each file is listed by its path alone. */
  readonly hasNoLinks: boolean
}

export interface CopiedFile {
  /** Relative to the output folder. */
  readonly path: string
  /** Relative to the root. */
  readonly source: string
  /** What it holds, where that is no file of the site. */
  read?(): Uint8Array
}

/**
 * Lists the sources, in an order that no machine changes. Symbolic links are followed, once; those of a stranger's site, whose code
 * is not run, only within it, or a link would publish any file of whoever builds it.
 */
export function listSources({ root, dirs, build, siteCode }: Config): Result<Sources> {
  const diagnostics: Diagnostic[] = []
  const passedOver: string[] = []
  const included = includedBy(build.include)
  const output = realPath(join(root, dirs.output))
  const within = linksWithin({ root, siteCode })
  const real = realPath(root)
  let hasNoLinks = real !== undefined && (output === undefined || output === join(real, dirs.output))
  const below = (dir: string) => {
    const target = realPath(join(root, dir))
    if (target !== undefined && target !== join(real ?? root, dir)) hasNoLinks = false
    const refused =
      target !== undefined &&
      real !== undefined &&
      target !== join(real, dir) &&
      refusedLink(dir, target, { root: real, entered: [], output })
    if (refused) {
      diagnostics.push(refused)
      return []
    }
    const { value = [], diagnostics: own } = listFiles(root, dir, {
      included,
      onPassedOver: path => passedOver.push(path),
      onLink: () => (hasNoLinks = false),
      without: output,
      within,
    })
    append(diagnostics, own)
    return value
  }
  const pages: string[] = []
  const defaults: string[] = []
  const files: CopiedFile[] = []
  const copy = (dir: string, path: string) =>
    files.push({ path: path.normalize('NFC'), source: `${dir}/${path}` })
  for (const path of below(dirs.pages)) {
    if (isPage(path)) pages.push(path)
    else if (isDefaults(path)) defaults.push(path)
    else copy(dirs.pages, path)
  }
  if (dirs.assets !== undefined) for (const path of below(dirs.assets)) copy(dirs.assets, path)
  return hasErrors(diagnostics)
    ? { diagnostics }
    : { value: { pages, defaults, files, passedOver, leftOut: diagnostics, hasNoLinks }, diagnostics }
}

/**
 * The same sources when a page, by its path from the root, has come or is gone, and nothing else has: as `listSources` lists them. Undefined
 * when only that can tell.
 */
export function withPage(
  sources: Sources,
  path: string,
  { isThere, config }: { readonly isThere: boolean; readonly config: Config },
): Sources | undefined {
  const { dirs, build, root } = config
  const lies = (dir: string | undefined) => dir !== undefined && (dir === '.' || path.startsWith(`${dir}/`))
  const inner = path.slice(dirs.pages.length + 1)
  const isPlain = sources.hasNoLinks && build.include.length === 0 && dirs.pages !== '.'
  if (!isPlain || !lies(dirs.pages) || lies(dirs.assets) || lies(dirs.output)) return undefined
  if (!isPage(inner) || inner.split('/').some(isDropping)) return undefined
  const { pages } = sources
  const at = placeAmong(pages, inner)
  const isListed = pages[at] === inner
  if (!isThere) return isListed ? { ...sources, pages: pages.toSpliced(at, 1) } : undefined
  const folder = realPath(join(root, posix.dirname(path)))
  const isOwnFolder = folder !== undefined && folder === join(realPath(root) ?? root, posix.dirname(path))
  return isOwnFolder && !isListed ? { ...sources, pages: pages.toSpliced(at, 0, inner) } : undefined
}

/** Where a path is in a list, or would be: the names in a folder are in order, and what is in it stands for it. */
function placeAmong(paths: readonly string[], path: string): number {
  const inOrder = (each: string) => each.replaceAll('/', '\0')
  const key = inOrder(path)
  let [from, to] = [0, paths.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (inOrder(paths[middle]!) < key) from = middle + 1
    else to = middle
  }
  return from
}

/**
 * Whatever lies below the layouts folder, from the root; none when there is no such folder. What cannot be read is left out: who asks for
 * it is told.
 */
export function listLayouts(config: Config): readonly string[] {
  const { root, dirs } = config
  const isSkipped = (path: string) =>
    dirs.layouts === '.' && /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/.test(path)
  const without = realPath(join(root, dirs.output))
  const within = linksWithin(config)
  const { value = [] } = listFiles(root, dirs.layouts, { isSkipped, included: ALL, without, within })
  return dirs.layouts === '.' ? value : value.map(path => `${dirs.layouts}/${path}`)
}

/** The folder that symbolic links must not lead out of, if any: `Walk.within`. */
export const linksWithin = ({ root, siteCode }: Pick<Config, 'root' | 'siteCode'>): string | undefined =>
  siteCode === 'none' ? realPath(root) : undefined

interface Walk {
  /** Asked of each file and folder, by its path from the root: whether it is none of those that are sought. */
  readonly isSkipped?: (path: string) => boolean
  readonly included?: Included
  /** Told each file and folder that is passed over, by its path from the root, a folder with a slash behind it. */
  readonly onPassedOver?: (path: string) => void
  /** Told when a symbolic link is met. */
  readonly onLink?: () => void
  /** A folder that is not entered, whatever leads there: its real path. */
  readonly without?: string | undefined
  /** A folder that links must not lead out of, or they are left out: its real path. */
  readonly within?: string | undefined
}

/**
 * The files below a folder of the root, relative to it, without what is no part of a site. What cannot be read is left out, and in
 * the diagnostics: errors of what cannot be read, remarks on links that add nothing or may not be followed.
 */
export function listFiles(
  root: string,
  dir: string,
  {
    isSkipped = () => false,
    included = NOTHING,
    onPassedOver = () => {},
    onLink = () => {},
    without,
    within,
  }: Walk = {},
): Result<readonly string[]> {
  const diagnostics: Diagnostic[] = []
  const entered = new Map<string, number>()
  /** Links that were remarked on: many ways may lead to one. */
  const remarked = new Set<string>()
  const base = { root: realPath(root), output: without }
  const fromRoot = (path: string) => (path === '' ? dir : dir === '.' ? path : `${dir}/${path}`)
  /** `isOnlyPassage`: of this folder no more is wanted than what is named. */
  const walk = (folder: string, ancestors: readonly string[], isOnlyPassage: boolean): string[] => {
    try {
      const real = realpathSync(join(root, dir, folder))
      if (real === without) return []
      const times = (entered.get(real) ?? 0) + 1
      entered.set(real, times)
      if (times === MOST_WAYS) diagnostics.push(tangle(fromRoot(folder)))
      if (times >= MOST_WAYS) return []
      const entries = readdirSync(real, { withFileTypes: true })
      entries.sort((a, b) => (a.name < b.name ? -1 : 1))
      return entries.flatMap(entry => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        const place = fromRoot(path)
        if (isSkipped(place)) return []
        if (entry.isSymbolicLink()) onLink()
        const isOut = (isOnlyPassage || isDropping(entry.name)) && !included.has(place)
        const leadsOn = isOut && included.isAbove(place)
        if (isOut && !leadsOn) {
          onPassedOver(entry.isDirectory() ? `${place}/` : place)
          return []
        }
        const refused =
          entry.isSymbolicLink() && judgeLink(join(real, entry.name), place, [...ancestors, real])
        if (refused) return report(join(real, entry.name), refused)
        const there = entry.isSymbolicLink() ? follow(join(root, dir, path), place, diagnostics) : entry
        if (there?.isDirectory()) return walk(path, [...ancestors, real], leadsOn)
        if (!there || isOut) return []
        if (there.isFile()) return [path]
        diagnostics.push(unreadable(place, { code: 'ENOTREG' }))
        return []
      })
    } catch (error) {
      diagnostics.push(unreadable(fromRoot(folder), error))
      return []
    }
  }
  const judgeLink = (link: string, place: string, ancestors: readonly string[]): Diagnostic | undefined => {
    const target = realPath(link)
    if (target === undefined) return undefined
    if (within !== undefined && !isIn(within, target)) return leadsOut(place)
    return isFolder(target) ? refusedLink(place, target, { ...base, entered: ancestors }) : undefined
  }
  /** Once for each link, by its real path. */
  const report = (link: string, refused: Diagnostic): string[] => {
    if (!remarked.has(link)) diagnostics.push(refused)
    remarked.add(link)
    return []
  }
  const start = realPath(join(root, dir))
  if (within !== undefined && start !== undefined && !isIn(within, start))
    return { value: [], diagnostics: [leadsOut(dir)] }
  return { value: walk('', [], false), diagnostics }
}

/** What a link leads to. */
function follow(file: string, path: string, diagnostics: Diagnostic[]): Stats | undefined {
  try {
    return statTarget(file)
  } catch (error) {
    diagnostics.push(unreadable(path, error))
    return undefined
  }
}
