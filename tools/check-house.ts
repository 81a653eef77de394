import { join } from 'node:path'
import { pathsOf } from '../tests/tree.ts'
import { circles, crowdedFolders, longFiles, readModules, sharedTypeNames } from './house.ts'

const src = join(import.meta.dirname, '../src')
const paths = pathsOf(src)
const modules = readModules(src, paths)

const checks = {
  'modules that import one another in a circle': circles(modules),
  'folders with too many files': crowdedFolders(paths),
  'long files that do not begin with the reason': longFiles(modules),
  'type names that are declared more than once': sharedTypeNames(modules),
}

for (const [what, found] of Object.entries(checks)) {
  if (found.length === 0) continue
  console.error(`${what}:\n${found.map(each => `  ${each}\n`).join('')}`)
  process.exitCode = 1
}
