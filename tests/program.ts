import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const repository = fileURLToPath(new URL('..', import.meta.url))

/** The built program, as it is installed. */
export const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))

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
}

/** What a user's shell hands down, without what would change an answer. */
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

/** Runs the program as a user would. */
export const imprimatur = (args: readonly string[], where: Circumstances): Promise<Run> =>
  execute(process.execPath, [cli, ...args], where)

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
