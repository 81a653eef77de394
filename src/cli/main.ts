#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { isatty } from 'node:tty'
import { main } from './program.ts'

const outlet = (stream: NodeJS.WriteStream) => ({
  isTerminal: stream.isTTY === true,
  write: (text: string) => void stream.write(text),
})

/** The first signal ends the call in peace; a second one finds nobody who listens, and ends the program. */
const interrupted = () =>
  new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })

// A reader that has seen enough (`| head`) closes the pipe.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 2))

process.exitCode = await main(process.argv.slice(2), {
  stdout: outlet(process.stdout),
  stderr: outlet(process.stderr),
  stdin: { isTerminal: () => isatty(0), read: () => readFileSync(0, 'utf8') },
  env: process.env,
  cwd: process.cwd(),
  interrupted,
})
