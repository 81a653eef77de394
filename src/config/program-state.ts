import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openBundle } from './bundle/bundle-file.ts'

/** The name of the package in the registry; npm run identity keeps it in step with package.json. The command is `imprimatur` under any name. */
export const PACKAGE = 'imprimatur'

/** How a folder that has the package calls it; where it is not installed npx would run whatever bears the command's name in the registry. */
export const CALL = 'npx --no-install imprimatur'

/**
 * What the program is made of, as one text: its own files by the newest of their times, since they change while its version does not,
 * and every package that it depends on, with its version. Whatever a cache keeps depends on it.
 */
export const programState = (): string => (known ??= describe())

let known: string | undefined

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

function describe(): string {
  // The packages that are not in it came with it.
  const bundle = openBundle()
  if (bundle) return bundle.state
  const own = join(
    ROOT,
    fileURLToPath(import.meta.url)
      .slice(ROOT.length)
      .split(/[/\\]/)[0] ?? '',
  )
  return [String(newestIn(own)), ...dependencyVersions(ROOT)].join('\n')
}

/** The newest time of the files below a folder, declarations apart. */
function newestIn(folder: string): number {
  let newest = 0
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) newest = Math.max(newest, newestIn(path))
    else if (!entry.name.endsWith('.d.ts')) newest = Math.max(newest, statSync(path).mtimeMs)
  }
  return newest
}

interface InstalledPackage {
  readonly folder: string
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
}

/** `name version`, of all packages below one, where Node would find them; one that is not there is named without a version. */
export function dependencyVersions(folder: string): readonly string[] {
  const versions = new Map<string, string>()
  const visit = (from: InstalledPackage | undefined) => {
    for (const name of Object.keys(from?.dependencies ?? {})) {
      const found = findPackage(name, from?.folder ?? folder, versions)
      if (found === 'known') continue
      versions.set(found?.folder ?? name, found ? `${name} ${found.version}` : name)
      visit(found)
    }
  }
  visit(readPackage(folder))
  return [...versions.values()].toSorted()
}

function readPackage(folder: string): InstalledPackage | undefined {
  try {
    if (!existsSync(folder)) return undefined
    return { ...(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as object), folder }
  } catch {
    return undefined
  }
}

/** As Node's `require` looks for a package: in `node_modules` here, then in each folder above. */
function findPackage(
  name: string,
  from: string,
  known: ReadonlyMap<string, unknown>,
): InstalledPackage | 'known' | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (known.has(place)) return 'known'
    const found = readPackage(place)
    if (found) return found
    if (dirname(folder) === folder) return undefined
  }
}
