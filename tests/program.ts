import { spawn, type ChildProcess } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { main as Main } from '../src/cli/program.ts'
import type * as Bundle from '../src/config/bundle/load-bundle.ts'
import { pathsOf } from './tree.ts'
import { noPipes } from './call.ts'

export const repository = fileURLToPath(new URL('..', import.meta.url))

/** The folder of a package that is installed, when the tests are to run that one: npm run test:package. */
const installed = process.env.IMPRIMATUR_PACKAGE

/** Whether the tests run a package, whose modules are in a bundle. */
export const isPackaged = installed !== undefined

/** The built program, as it is installed. */
export const cli = join(installed ?? repository, 'dist/cli/main.js')

export interface Run {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Circumstances {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** User and group to run as; only root can. */
  readonly uid?: number
  /** What is on standard input. */
  readonly stdin?: string
}

/** The environment of a user's shell, without variables that would change the output. */
const telling = new Set(['SOURCE_DATE_EPOCH', 'NO_COLOR', 'FORCE_COLOR', 'NODE_OPTIONS', 'NODE_ENV', 'CI'])
const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !telling.has(name)))

export function start(file: string, args: readonly string[], { cwd, env, uid }: Circumstances): ChildProcess {
  return spawn(file, args, {
    cwd,
    env: { ...plain, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  })
}

export function ended(child: ChildProcess): Promise<Run> {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', text => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', text => (stderr += text))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}

export const execute = (file: string, args: readonly string[], where: Circumstances): Promise<Run> =>
  ended(start(file, args, where))

/** Starts the program as a user would: for what only a process has, such as signals, pipes and a memory of its own. */
export const spawnImprimatur = (args: readonly string[], where: Circumstances): Promise<Run> =>
  execute(process.execPath, [cli, ...args], where)

/**
 * Runs the built program in this process, which is some 0.3 s faster, and otherwise the same: the user that it runs as, and what
 * Node reads from the environment when it starts, call for a process of its own.
 */
export async function imprimatur(args: readonly string[], where: Circumstances): Promise<Run> {
  const { cwd, env = {}, uid, stdin = '' } = where
  if (uid !== undefined || Object.keys(env).some(name => ofNode.test(name)))
    return spawnImprimatur(args, where)
  const [stdout, stderr] = [collector(), collector()]
  program ??= loadMain()
  const main = await program
  const code = await main(args, {
    stdout,
    stderr,
    stdin: { isTerminal: () => false, read: () => stdin },
    env: { ...plain, ...env },
    cwd,
    pipes: noPipes,
    interrupted: () => new Promise(() => undefined),
    terminated: () => new Promise(() => undefined),
  })
  return { code, signal: null, stdout: stdout.text(), stderr: stderr.text() }
}

const ofNode = /^(?:NODE_.*|TZ|LANG|LC_.*|HOME|PATH)$/

function collector() {
  let all = ''
  return { isTerminal: false, write: (text: string) => void (all += text), text: () => all }
}

let program: Promise<typeof Main> | undefined

/** Of dist/, where modules, workers and files that are read at run time lie as they do for users; it must be what src/ is now. */
async function loadMain(): Promise<typeof Main> {
  if (installed === undefined) checkBuilt()
  const at = (path: string) => pathToFileURL(join(dirname(cli), path)).href
  // In a package it is in the bundle.
  const { loadModule } = (await import(at('../config/bundle/load-bundle.js'))) as typeof Bundle
  const { main } = await loadModule(
    'cli/program',
    () => import(at('program.js')) as Promise<{ main: typeof Main }>,
  )
  return main
}

function checkBuilt(): void {
  const isStale = pathsOf(join(repository, 'src')).some(path => {
    const [source, built] = [
      join(repository, 'src', path),
      join(repository, 'dist', path.replace(/\.ts$/, '.js')),
    ]
    const [written, compiled] = [source, built].map(
      file => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0,
    )
    return /(?<!\.d)\.ts$/.test(path) && compiled! < written!
  })
  if (isStale) throw new Error('dist/ is older than src/: run npx tsc')
}

export interface Place {
  readonly line: number
  readonly column: number
}

/** What `--format json` prints. */
export interface JsonReport {
  readonly version: number
  readonly summary?: string
  readonly diagnostics: readonly {
    readonly code: string
    readonly severity: string
    readonly message: string
    readonly hint?: string
    readonly file?: string
    readonly start?: Place
    readonly end?: Place
  }[]
}

/** A build's exit code, its report, and each finding as `code file:line:column`. */
export async function build(
  where: Circumstances,
  ...args: readonly string[]
): Promise<Run & { readonly report: JsonReport; readonly findings: readonly string[] }> {
  const run = await imprimatur(['build', ...args, '--format', 'json'], where)
  const report = JSON.parse(run.stdout || run.stderr) as JsonReport
  const findings = report.diagnostics.map(({ code, file, start: at }) =>
    [code, [file, at?.line, at?.column].filter(Boolean).join(':')].filter(Boolean).join(' '),
  )
  return { ...run, report, findings }
}
