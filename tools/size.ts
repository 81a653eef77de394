/*
 * What the package weighs when it is installed, each dependency with its reason: npm run size. Fails above the budget.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listPath, readRows } from './dependencies.ts'
import { identity } from './launch/repository.ts'
import { packPackage } from './launch/stage.ts'
import { BUDGET, weigh } from './launch/weight.ts'

const MEGABYTE = 1_000_000
const home = mkdtempSync(join(tmpdir(), 'imprimatur-size-'))

try {
  const archive = await packPackage(home)
  const args = ['install', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error', archive]
  execFileSync('npm', args, { cwd: home, stdio: 'inherit' })
  const installed = join(home, 'node_modules')
  const own = `${identity().name}/`
  const rows = readRows(readFileSync(listPath, 'utf8')).map(({ name, why }) => ({
    name,
    why,
    weight: weigh(installed, path => path.startsWith(`${own}node_modules/${name}/`)),
  }))
  const program = weigh(installed, path => path.startsWith(own) && !path.startsWith(`${own}node_modules/`))
  const whole = weigh(installed)
  const heaviest = rows
    .filter(({ weight }) => weight.files > 0)
    .toSorted((a, b) => b.weight.bytes - a.weight.bytes)
  for (const { name, why, weight } of heaviest) console.log(`${kilobytes(weight.bytes)}  ${name}: ${why}`)
  const others = whole.bytes - program.bytes - rows.reduce((sum, { weight }) => sum + weight.bytes, 0)
  console.log(`${kilobytes(others)}  what these bring`)
  console.log(`${kilobytes(program.bytes)}  the program itself, ${program.files} files`)
  const disk = whole.disk / MEGABYTE
  const sum = `${(whole.bytes / MEGABYTE).toFixed(1)} MB in ${whole.files} files, ${disk.toFixed(1)} MB of a disk; ${BUDGET} MB is the limit`
  console.log(sum)
  if (disk > BUDGET) process.exitCode = 1
} finally {
  rmSync(home, { recursive: true, force: true })
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`.padStart(9)
}
