/*
 * Publishes the package: npm run release [-- --dry-run] [--first]. It refuses, and says what to do, while anything is not as a release
 * needs it; above all while the name is not ours. Called by .github/workflows/release.yml, which npm trusts instead of a token.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { refusals, type RegistryEntry } from './launch/refusals.ts'
import { identity, readText, root } from './launch/repository.ts'
import { packPackage } from './launch/stage.ts'

const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean' }, first: { type: 'boolean' } } })
const ours = identity()
const { version } = JSON.parse(readText('package.json')) as { readonly version: string }

const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()

/** What the registry has under the name; undefined where nobody has it. */
function lookUp(name: string): RegistryEntry | undefined {
  const { stdout } = spawnSync('npm', ['view', name, 'name', 'versions', 'repository.url', '--json'], {
    encoding: 'utf8',
  })
  const answer = JSON.parse(stdout || '{}') as {
    readonly error?: { readonly code: string; readonly summary: string }
    readonly versions?: string | readonly string[]
    readonly 'repository.url'?: string
  }
  if (answer.error?.code === 'E404') return undefined
  if (answer.error || answer.versions === undefined)
    throw new Error(`npm view ${name}: ${answer.error?.summary ?? 'no answer'}`)
  return { versions: [answer.versions].flat(), repository: answer['repository.url'] }
}

const refused = refusals({
  identity: ours,
  version,
  isFirst: values.first === true,
  registry: lookUp(ours.name),
  changelog: readText('CHANGELOG.md'),
  tags: git('tag', '--points-at', 'HEAD').split('\n'),
  changes: git('status', '--porcelain'),
})
for (const { message, hint } of refused) console.error(`${message}\n  → ${hint}`)

if (refused.length > 0) {
  console.error('Nothing is published.')
  process.exitCode = 1
} else {
  const archive = await packPackage(root)
  const args = ['publish', archive, '--access', 'public']
  // Provenance is made where the release runs; a trial on another machine has none to make.
  const more = values['dry-run'] === true ? ['--dry-run'] : ['--provenance']
  const tag = version.includes('-') ? ['--tag', 'next'] : []
  const { status } = spawnSync('npm', [...args, ...more, ...tag], { cwd: root, stdio: 'inherit' })
  process.exitCode = status ?? 1
}
