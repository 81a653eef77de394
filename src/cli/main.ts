#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { isatty } from 'node:tty'
import { loadModule } from '../config/bundle/load-bundle.ts'

/**
 * When a reader closes the pipe early (`| head`), the rest is not written, and the call ends with the exit code
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

/** A command that runs until it is interrupted ends when its output is closed. */
let readerLeft = () => {}
const left = new Promise<void>(resolve => (readerLeft = resolve))

/** The first of these signals is a request to end, so that the call can clean up; a second one has no handler, and ends the process. */
const requested = (signals: readonly NodeJS.Signals[]) =>
  new Promise<void>(resolve => {
    for (const signal of signals) process.once(signal, () => resolve())
    void left.then(resolve)
  })

let isDone = false

/** The site's code may end the process, or await what never comes; then nothing else can say so. */
process.once('exit', () => {
  if (isDone) return
  process.stderr.write(
    'imprimatur was ended before it was done: the configuration calls process.exit, or awaits what never comes\n',
  )
  process.exitCode = 2
})

const args = process.argv.slice(2)
const command = commandOf(args)
const owner = command === undefined ? undefined : { command, host: process }
const { main } = await loadModule('cli/program', () => import('./program.ts'), owner)

const code = await main(args, {
  stdout: outlet(process.stdout),
  stderr: outlet(process.stderr),
  stdin: { isTerminal: () => isatty(0), read: () => readFileSync(0, 'utf8') },
  pipes: () => {
    // Whoever speaks a protocol ends as that says.
    isDone = true
    return { input: process.stdin, output: process.stdout }
  },
  env: process.env,
  cwd: process.cwd(),
  interrupted: () => requested(['SIGINT', 'SIGTERM', 'SIGHUP']),
  terminated: () => requested(['SIGTERM', 'SIGHUP']),
})

isDone = true
process.exitCode = exitCode ?? code

/** A configuration may have left a timer or a server behind; when all is written, nothing is waited for. */
const written = [process.stdout, process.stderr].map(
  stream => new Promise<void>(resolve => void stream.write('', () => resolve())),
)
await Promise.all(written)
process.exit()

/** The word that says what is to be done; undefined in a folder that is not trusted, and for a call that does nothing but tell. */
function commandOf([word = '', ...others]: readonly string[]): string | undefined {
  const isPlain = !others.some(each => ['--no-config', '--help', '-h'].includes(each))
  return isPlain && /^[a-z]+$/.test(word) && word !== 'help' ? word : undefined
}
