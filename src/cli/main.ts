#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { isatty } from 'node:tty'
import { main } from './program.ts'

/**
 * A reader that has seen enough (`| head`) closes the pipe: what comes after is not written, and the call ends with the exit code
 * that it would have had. When a report is lost in another way, on a full disk, the call has failed.
 */
const outlet = (stream: NodeJS.WriteStream) => {
  let isOpen = true
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    isOpen = false
    if (code === 'EPIPE') return void (stream === process.stdout && readerLeft())
    if (stream === process.stdout) process.stderr.write(`The report cannot be written: ${message}\n`)
    process.exitCode = 2
    exitCode = 2
  })
  return {
    isTerminal: stream.isTTY === true,
    write: (text: string) => void (isOpen && stream.write(text)),
  }
}

let exitCode: number | undefined

/** What runs until it is told to end has nobody left to run for. */
let readerLeft = () => {}
const left = new Promise<void>(resolve => (readerLeft = resolve))

/** The first signal ends the call in peace; a second one finds nobody who listens, and ends the program. */
const interrupted = () =>
  new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
    void left.then(resolve)
  })

const code = await main(process.argv.slice(2), {
  stdout: outlet(process.stdout),
  stderr: outlet(process.stderr),
  stdin: { isTerminal: () => isatty(0), read: () => readFileSync(0, 'utf8') },
  env: process.env,
  cwd: process.cwd(),
  interrupted,
})

process.exitCode = exitCode ?? code
