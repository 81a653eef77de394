/*
 * Runs the tests that call the program with the package as it is published, installed in a folder of its own: what its archive
 * lacks, fails. npm run test:package [-- FILE…]
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { identity, root } from './launch/repository.ts'
import { packPackage } from './launch/stage.ts'

/** Those that need what a package has not, sources or a copy of them, are left out. */
const usual = ['cli', 'keys', 'planet', 'lint', 'build', 'scaffold', 'zine'].map(name => `tests/${name}`)
const aboutSources = ['tests/cli/pack.test.ts', 'tests/cli/usage.test.ts', 'tests/cli/dev.test.ts']

const home = mkdtempSync(join(tmpdir(), 'imprimatur-package-'))
// Some tests run the program as another user, who has to get there.
chmodSync(home, 0o755)
try {
  const archive = await packPackage(home)
  const args = ['install', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', archive]
  execFileSync('npm', args, { cwd: home, stdio: 'inherit' })
  const asked = process.argv.slice(2)
  const files = asked.length > 0 ? asked : [...usual, ...aboutSources.map(path => `--exclude=${path}`)]
  const { status } = spawnSync('npx', ['--no-install', 'vitest', 'run', ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, IMPRIMATUR_PACKAGE: join(home, 'node_modules', identity().name) },
  })
  process.exitCode = status ?? 1
} finally {
  rmSync(home, { recursive: true, force: true })
}
