import { readdirSync, realpathSync, statSync, type Stats } from 'node:fs'
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import type picomatchOf from 'picomatch'
import type { Config } from '../config/config.ts'
import { diagnostic } from '../core/diagnostic.ts'
import { append } from '../core/lists/long-lists.ts'
import { unreadable } from '../core/source.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import { isDropping } from './droppings.ts'
import { isPage } from './formats.ts'
import { isDefaults } from './place/folder-defaults.ts'

const require = createRequire(import.meta.url)

export interface Sources {
  /** Relative to the pages folder. */
  readonly pages: readonly string[]
  /** Fields for all pages of a folder; relative to the pages folder. */
  readonly defaults: readonly string[]
  /** Copied as they are. */
  readonly files: readonly CopiedFile[]
  /** Files and folders that are passed over, relative to the root; a folder ends with a slash. */
  readonly passedOver: readonly string[]
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
  const below = (dir: string) => {
    const { value = [], diagnostics: own } = listFiles(root, dir, {
      included,
      onPassedOver: path => passedOver.push(path),
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
  return diagnostics.length > 0
    ? { diagnostics }
    : { value: { pages, defaults, files, passedOver }, diagnostics }
}

/** Whatever lies below the layouts folder, from the root; none when there is no such folder. What cannot be read is left out. */
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
  /** A folder that is not entered, whatever leads there: its real path. */
  readonly without?: string | undefined
  /** A folder that links must not lead out of, or they are passed over: its real path. */
  readonly within?: string | undefined
}

/**
 * The files below a folder of the root, relative to it, without what is no part of a site. What cannot be read is left out, and in
 * the diagnostics.
 */
export function listFiles(
  root: string,
  dir: string,
  { isSkipped = () => false, included = NOTHING, onPassedOver = () => {}, without, within }: Walk = {},
): Result<readonly string[]> {
  const diagnostics: Diagnostic[] = []
  const entered = new Map<string, number>()
  const fromRoot = (path: string) => (path === '' ? dir : dir === '.' ? path : `${dir}/${path}`)
  /** `isOnlyPassage`: of this folder no more is wanted than what is named. */
  const walk = (folder: string, ancestors: readonly string[], isOnlyPassage: boolean): string[] => {
    try {
      const real = realpathSync(join(root, dir, folder))
      if (ancestors.includes(real) || real === without || isOutside(real, within)) return []
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
        const isOut = (isOnlyPassage || isDropping(entry.name)) && !included.has(place)
        const leadsOn = isOut && included.isAbove(place)
        if (isOut && !leadsOn) {
          onPassedOver(entry.isDirectory() ? `${place}/` : place)
          return []
        }
        if (entry.isSymbolicLink() && isOutside(realPath(join(real, entry.name)), within)) {
          onPassedOver(place)
          return []
        }
        const there = entry.isSymbolicLink() ? follow(join(root, dir, path), place, diagnostics) : entry
        if (entry.isSymbolicLink() && there?.isDirectory() && leadsAbove(join(real, entry.name), root)) {
          diagnostics.push(linkAbove(place))
          return []
        }
        // Pipes, sockets and devices are neither read nor copied.
        if (there?.isDirectory()) return walk(path, [...ancestors, real], leadsOn)
        return there?.isFile() && !isOut ? [path] : []
      })
    } catch (error) {
      diagnostics.push(unreadable(fromRoot(folder), error))
      return []
    }
  }
  return { value: walk('', [], false), diagnostics }
}

/** What a configuration takes in that would be passed over. */
interface Included {
  /** Whether it is named; a folder stands for all that is in it. */
  has(path: string): boolean
  /** Whether something below it is named. */
  isAbove(path: string): boolean
}

const NOTHING: Included = { has: () => false, isAbove: () => false }
const ALL: Included = { has: () => true, isAbove: () => true }

/** That lead to one folder, by links. A few links that lead to each other's folders make more ways than anybody could list. */
const MOST_WAYS = 300

/** By picomatch's patterns, from the root. */
function includedBy(patterns: readonly string[]): Included {
  if (patterns.length === 0) return NOTHING
  const picomatch = require('picomatch') as typeof picomatchOf
  const plain = patterns.map(pattern => pattern.replace(/^(?:\.?\/)+|(?<!\/)\/+$/g, ''))
  const matches = picomatch([...plain], { dot: true })
  const folders = plain.map(pattern => pattern.split('/'))
  return {
    has: matches,
    isAbove(path) {
      const segments = path.split('/')
      return folders.some(pattern => {
        const deep = pattern.indexOf('**')
        const outer = deep < 0 ? segments : segments.slice(0, deep)
        const isLonger = deep >= 0 || pattern.length > segments.length
        return isLonger && outer.every((segment, i) => picomatch(pattern[i] ?? '', { dot: true })(segment))
      })
    },
  }
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

/** Whether a link leads to a folder that the whole site lies in, and with it whatever lies beside: the root of the disk, at worst. */
function leadsAbove(link: string, root: string): boolean {
  const [target, site] = [realPath(link), realPath(root)]
  if (target === undefined || site === undefined || target === site) return false
  return site.startsWith(target.endsWith(sep) ? target : target + sep)
}

const linkAbove = (path: string) =>
  diagnostic('file/read', 'This link leads to a folder that the site itself lies in', {
    hint: 'let it lead to the folder that is meant, or take it away',
    file: { path, text: '' },
  })

const tangle = (path: string) =>
  diagnostic('file/read', `This is one of ${MOST_WAYS} ways to the same folder, by symbolic links`, {
    hint: 'let fewer links lead there, and none of them to a folder that other links lead on from',
    file: { path, text: '' },
  })

/** Whether a file is known to be elsewhere than in a folder; both are real paths. */
const isOutside = (file: string | undefined, folder: string | undefined): boolean =>
  file !== undefined && folder !== undefined && file !== folder && !file.startsWith(folder + sep)

/** What a link leads to. */
function follow(file: string, path: string, diagnostics: Diagnostic[]): Stats | undefined {
  try {
    return statSync(file)
  } catch (error) {
    diagnostics.push(unreadable(path, error))
    return undefined
  }
}
