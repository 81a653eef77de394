import { type ChildProcess } from 'node:child_process'
import type { PageDiagnostic, PageReport, Status } from '../../src/dev/client/protocol.ts'
import { cli, start } from '../program.ts'

/** A development server that runs, as a user would start it. */
export interface Dev {
  readonly process: ChildProcess
  /** `http://127.0.0.1:4000`. */
  readonly url: string
  /** Its output so far. */
  output(): string
  /** Ends it, as Ctrl-C does by default, and gives its exit code, or the signal that has ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>
}

/** Starts the program and waits until it serves. */
export async function startDev(
  root: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Dev> {
  const child = start(process.execPath, [cli, 'dev', '--port', '0', ...args], { cwd: root, env })
  let text = ''
  const ended = new Promise<number | NodeJS.Signals | null>(resolve =>
    child.once('exit', (code, signal) => resolve(code ?? signal)),
  )
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (part: string) => {
        text += part
        const found = /(http:\/\/\S+)\/ shows the site/.exec(text)?.[1]
        if (found) resolve(found)
      })
    }
    child.once('exit', () => reject(new Error(text)))
  })
  return {
    process: child,
    url,
    output: () => text,
    stop(signal = 'SIGINT') {
      child.kill(signal)
      return ended
    },
  }
}

/** A page’s stream of events, read one by one. */
export async function listen(url: string, path: string) {
  const abort = new AbortController()
  const address = `${url}/.imprimatur/events?page=${encodeURIComponent(path)}`
  const { body } = await fetch(address, { signal: abort.signal })
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  return {
    /** The next state that the page receives. */
    async next(): Promise<Status> {
      for (;;) {
        const found = /event: status\ndata: (.*)\n\n/.exec(text)
        if (found) {
          text = text.slice(found.index + found[0].length)
          return JSON.parse(found[1]!) as Status
        }
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream has ended')
        text += value
      }
    },
    close: () => abort.abort(),
  }
}

/** The diagnostics of a page at this moment. */
export async function reportOn(url: string, path: string): Promise<PageReport> {
  const stream = await listen(url, path)
  const { report } = await stream.next()
  stream.close()
  return report!
}

/** `pages/a.md:3:5`, or as much of it as is known. */
export const placeOf = ({ place: { file, line, column } = { file: '' } }: PageDiagnostic): string =>
  [file, line, column].filter(part => part !== undefined).join(':')

const CLIENT =
  /<script type="module" src="\/\.imprimatur\/client\.js" data-version="[\w.-]*" data-token="[\w-]*"><\/script>/

/** A page as a build would write it. */
export const withoutClient = (html: string): string => html.replace(CLIENT, '')
