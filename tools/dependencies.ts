import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathsOf } from '../tests/tree.ts'

/** A row of docs-dev/dependencies.md, as it is written there. */
export interface Row {
  readonly name: string
  readonly why: string
  readonly licence: string
  /** Of its own files. */
  readonly size: string
  /** With the packages that nothing else brings. */
  readonly sizeWithOwn: string
  /** The highest version, and the day that the registry has for it; or a dash where the registry does not say. */
  readonly released: string
}

interface Manifest {
  readonly license?: string
  /** As manifests had it before 2014. */
  readonly licenses?: readonly { readonly type: string }[]
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
}

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const root = join(import.meta.dirname, '..')
const readJson = <T>(path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as T

export const listPath = join(root, 'docs-dev/dependencies.md')

const manifest = readJson<Manifest>('package.json')
const lock = readJson<{ readonly packages: Readonly<Record<string, LockedPackage>> }>('package-lock.json')

/** What users install, and what they may install besides, in the order of package.json. */
export const listed = {
  production: Object.keys(manifest.dependencies),
  optional: Object.keys(manifest.peerDependencies),
}

const rowPattern = /^\| `([^`]+)` +\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm

/** The rows of the list's two tables, in order. */
export const readRows = (list: string): readonly Row[] =>
  [...list.matchAll(rowPattern)].map(([, name = '', ...cells]) => {
    const [why = '', licence = '', size = '', sizeWithOwn = '', released = ''] = cells.map(cell =>
      cell.trim(),
    )
    return { name, why, licence, size, sizeWithOwn, released }
  })

/** As the package's own manifest has it: an SPDX expression, or words. */
export function licenceOf(path: string): string {
  const { license, licenses = [] } = readJson<Manifest>(`${path}/package.json`)
  return license ?? (licenses.map(({ type }) => type).join(' OR ') || 'none')
}

/** The folders, from the root, of a package and all that it brings; what is for another platform is not among them. */
function closure(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (name: string, from: string) => {
    const path = resolve(name, from)
    if (path === undefined || found.has(path)) return
    found.add(path)
    const { dependencies, optionalDependencies } = lock.packages[path]!
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, path)
  }
  for (const name of names) visit(name, '')
  return found
}

/** Where `name` is found from a package's folder: in its own node_modules, or in the nearest above. */
function resolve(name: string, from: string): string | undefined {
  for (let folder = from; ;) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (path in lock.packages && isInstalled(path)) return path
    if (folder === '') return undefined
    const above = folder.lastIndexOf('/node_modules/')
    folder = above < 0 ? '' : folder.slice(0, above)
  }
}

/** The folders, from the root, of all packages that come with the program, or with those that are optional. */
export const packagesOf = (kind: keyof typeof listed): ReadonlySet<string> => closure(listed[kind])

const isInstalled = (path: string) =>
  statSync(join(root, path, 'package.json'), { throwIfNoEntry: false }) !== undefined

/** The bytes of a package's own files. */
const bytesOf = (path: string): number =>
  pathsOf(join(root, path))
    .filter(file => !file.startsWith('node_modules/'))
    .reduce((sum, file) => sum + statSync(join(root, path, file)).size, 0)

const totalOf = (paths: Iterable<string>) => [...paths].reduce((sum, path) => sum + bytesOf(path), 0)

const inKilobytes = (bytes: number) => `${Math.max(1, Math.round(bytes / 1000)).toLocaleString('en-US')} kB`

/** The facts of one dependency that the installed packages show. */
export function measure(name: string): Pick<Row, 'licence' | 'size' | 'sizeWithOwn'> {
  const others = closure(listed.production.filter(other => other !== name))
  const own = [...closure([name])].filter(path => !others.has(path))
  const path = `node_modules/${name}`
  return {
    licence: licenceOf(path),
    size: inKilobytes(bytesOf(path)),
    sizeWithOwn: inKilobytes(totalOf(new Set([path, ...own]))),
  }
}

/** One sentence on all packages that come with the program, those that its dependencies bring, too. */
export function describeAll(): string {
  const all = [...closure(listed.production)]
  const counts = new Map<string, number>()
  for (const path of all) counts.set(licenceOf(path), (counts.get(licenceOf(path)) ?? 0) + 1)
  const licences = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  const list = licences.map(([licence, count]) => `${licence} ${count}`).join(', ')
  return `Together ${all.length} packages, ${inKilobytes(totalOf(all))}. Licences: ${list}.`
}
