import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'

/** A program that runs beside the tests. */
export interface ChildProgram {
  /** All that it has written. */
  output(): string
  /** Ends it, and waits until it is gone. */
  stop(): Promise<void>
}

/**
 * The shell between us and the program ends it as soon as its standard input is closed, and that happens whenever this
 * process goes, however it goes: a test that fails, or a killed runner, leaves nothing behind.
 */
const guard = `"$@" & pid=$!
cat > /dev/null
kill "$pid"
for i in $(seq 50); do kill -0 "$pid" 2> /dev/null || exit 0; sleep 0.1; done
kill -9 "$pid"`

/** Starts a program whose output goes into the file `log`. */
export function startProgram(
  command: readonly string[],
  log: string,
  env: Readonly<Record<string, string>> = {},
): ChildProgram {
  const output = openSync(log, 'a')
  const child = spawn('sh', ['-c', guard, 'sh', ...command], {
    stdio: ['pipe', output, output],
    env: { ...process.env, ...env },
  })
  closeSync(output)
  const gone = once(child, 'close')
  return {
    output: () => readFileSync(log, 'utf8'),
    async stop() {
      child.stdin?.end()
      await gone
    },
  }
}

/** Waits until `look` finds something; what it looked for is named when it does not come. */
export async function waitFor<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  seconds = 20,
): Promise<T> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`waited ${seconds} s in vain for ${what}`)
}
