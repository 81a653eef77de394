import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { outputOf } from '../process.ts'

const cache = fileURLToPath(new URL('../../../node_modules/.cache/imprimatur-bench', import.meta.url))

/** The `node_modules` with these packages, installed at first use into a cache that `npm ci` empties. */
export async function installed(name: string, versions: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(cache, name)
  const modules = join(folder, 'node_modules')
  if (Object.entries(versions).every(([dependency, version]) => isThere(modules, dependency, version)))
    return modules
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: versions }))
  await outputOf(['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'])
  return modules
}

function isThere(modules: string, name: string, version: string): boolean {
  try {
    const manifest = readFileSync(join(modules, name, 'package.json'), 'utf8')
    return JSON.parse(manifest).version === version
  } catch {
    return false
  }
}
