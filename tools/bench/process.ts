import { spawn } from 'node:child_process'
import { accessSync, constants, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { BenchError } from './program.ts'

export type Command = readonly [program: string, ...args: string[]]

/** What one process and its children needed. */
export interface Usage {
  /** Seconds from before the process was started until after it had ended. */
  readonly wall: number
  /** Seconds of all cores together, user and system. */
  readonly cpu: number
  /** Of these, those in the program itself and not in the system. */
  readonly user: number
  /** Peak resident set in bytes; of several processes, that of the largest. */
  readonly memory: number
}

const gnuTime = '/usr/bin/time'
const running = new Set<number>()

/**
 * Processor time and memory are the kernel's own account, which Node gives only for itself. GNU time, which is
 * small, stands between: a child's peak would otherwise begin with the peak of the process it was forked from.
 */
export async function measured(command: Command, folder: string, notes: string): Promise<Usage> {
  const wall = await wallTime([gnuTime, '-q', '-o', notes, '-f', '%U %S %M', ...command], folder)
  const [user = NaN, system = NaN, kibibytes = NaN] = readFileSync(notes, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
  return { wall, cpu: user + system, user, memory: kibibytes * 1024 }
}

/** Seconds that a whole process takes. */
export async function wallTime(command: Command, folder = '.'): Promise<number> {
  const start = performance.now()
  const { end } = await finished(command, folder)
  return (end - start) / 1000
}

export async function outputOf(command: Command): Promise<string> {
  const { output } = await finished(command, '.')
  return output.trim()
}

export async function requireGnuTime(): Promise<void> {
  try {
    await finished([gnuTime, '-q', '-o', '/dev/null', '-f', '%M', process.execPath, '--version'], '.')
  } catch {
    throw new BenchError('Memory is measured with GNU time, which is missing: sudo apt-get install -y time')
  }
}

export const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** Ends what was started, with its children: a bench that is interrupted leaves no process behind. */
export function stopAll(): void {
  for (const group of running) {
    try {
      process.kill(-group, 'SIGKILL')
    } catch {
      // It has just ended by itself.
    }
  }
}

/** A process that goes on until it is stopped. */
export interface Running {
  /** Peak resident set in bytes so far. */
  memory(): number
  /** The last lines of its output. */
  output(): string
  stop(): Promise<void>
}

export function started(command: Command, folder: string): Running {
  const { child, streams } = launch(command, folder)
  const ended = new Promise<void>(resolve => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  })
  return {
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? NaN) * 1024
    },
    output: () => lastLines(streams),
    stop() {
      if (child.pid && running.has(child.pid)) process.kill(-child.pid, 'SIGTERM')
      return ended
    },
  }
}

interface Output {
  stdout: string
  stderr: string
}

const lastLines = ({ stdout, stderr }: Output) => (stderr || stdout).trim().split('\n').slice(-20).join('\n')

function launch([program, ...args]: Command, cwd: string) {
  // A group of its own, so that it can be stopped as a whole.
  const child = spawn(program, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const { pid } = child
  if (pid) running.add(pid)
  child.once('exit', () => pid && running.delete(pid))
  const streams: Output = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (streams[stream] += text))
  }
  return { child, streams }
}

/** Throws when the command cannot be started or fails, with the last lines of its output. */
async function finished(command: Command, cwd: string): Promise<{ end: number; output: string }> {
  const { child, streams } = launch(command, cwd)
  let end = 0
  try {
    await new Promise<void>((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', () => (end = performance.now()))
      child.on('close', code => (code === 0 ? resolve() : reject(new Error(`exit code ${code}`))))
    })
  } catch (error) {
    const why = (error as Error).message
    throw new BenchError(`${command.join(' ')} failed: ${why}\n${lastLines(streams)}`, { cause: error })
  }
  return { end, output: streams.stdout }
}

/** Of this machine. */
export const freePort = () =>
  new Promise<number>(resolve => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
