import { spawn } from 'node:child_process'
import { platform } from 'node:os'
import { diagnostic } from '../../core/diagnostic.ts'
import { editorNamed } from '../../dev/fixes/editor.ts'
import type { Diagnostic } from '../../core/types.ts'
import { inUrl, isEverywhere, isLoopback, ownAddresses } from '../../dev/server/host.ts'
import { now } from '../../core/dates.ts'
import {
  commonOptions,
  configOptions,
  siteCodeOf,
  type Call,
  type Command,
  type Outcome,
  siteRoot,
} from '../arguments.ts'
import { createPageLog } from '../page-log.ts'
import { keepHeapSmall } from '../../core/v8-options.ts'
import { startDevServer } from '../../index.ts'

export const command: Command = {
  help: `imprimatur dev: shows the site while you write it

  imprimatur dev [--root DIR] [--port N] [--host H] [--editor E] [--drafts] [--open]

Serves the site from memory, always as its sources are at the moment. Open pages follow every
change by themselves; a stylesheet changes without a reload. What is wrong with a page is shown
on it: mistakes, broken links, bad typography, which is marked in the text. Ctrl-C ends it.

Enter or a click on a mark sets it in the source, as lint --fix does, and U undoes that; nothing
else is ever written. F8 and Shift+F8 go from mark to mark.

  --root DIR      the site's folder, with pages/ in it           (default: this folder)
  --no-config     run none of the site’s own code: no configuration, no template
  --port N        the port; when it is taken, the next free one  (default: 4000)
  --host H        the address to listen at; 0.0.0.0 shows the site, unfinished as it is, to
                  everybody who can reach this machine           (default: 127.0.0.1)
  --editor E      what opens a file at a line: a command, or an address such as vscode://file
                  or txmt://open?url=file://{file}&line={line}   (default: VISUAL or EDITOR,
                  when it needs no terminal)
  --drafts        drafts, and pages of days to come or past, in lists and feeds, too; without
                  it each is at its own address alone, and says what it is
  --open          open it in the browser
  --help          this text

SOURCE_DATE_EPOCH (seconds) stands in for the clock where it decides what is still to come.
Exit code: 130 ended by Ctrl-C, 0 ended in another way, 2 something is wrong with the call, or there
is no site.
`,
  options: {
    help: commonOptions.help,
    root: commonOptions.root,
    'no-config': configOptions['no-config'],
    port: { type: 'string' },
    host: { type: 'string' },
    editor: { type: 'string' },
    drafts: { type: 'boolean' },
    open: { type: 'boolean' },
  },
  formats: ['text'],
  most: 0,
  run: dev,
}

const PORT = 4000

async function dev(call: Call): Promise<Outcome> {
  const { values, cwd, env } = call
  const host = String(values.host ?? '127.0.0.1')
  const port = Number(values.port ?? PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const hint = 'a port is a number from 1 to 65535; 0 takes any that is free'
    return { diagnostics: [diagnostic('usage/option', `“${String(values.port)}” is no port`, { hint })] }
  }
  const editor = editorOf(call)
  if (typeof editor === 'object') return { diagnostics: [editor] }
  keepHeapSmall()
  const ended = call.terminated()
  const pages = createPageLog()
  let told = Promise.resolve()
  const tell = (outcome: Outcome) => void (told = told.then(() => call.tell(outcome)))
  const { value: server, diagnostics } = await startDevServer({
    root: siteRoot({ values, cwd }),
    config: { build: { drafts: values.drafts as boolean | undefined } },
    siteCode: siteCodeOf(call),
    host,
    port,
    editor,
    now: () => now(env),
    onProblems: problems =>
      tell({
        diagnostics: problems,
        summary: problems.length > 0 ? 'The site stays as it was.' : 'The site is whole again.',
      }),
    onPage: (address, found) => {
      const summary = pages.describe(address, found)
      if (summary !== undefined) tell({ diagnostics: [], summary })
    },
    onUnwatched: found => tell({ diagnostics: [found] }),
    onFailure: error => tell({ diagnostics: [], summary: describeFailure(error) }),
  })
  if (!server) return { diagnostics }
  tell({ diagnostics: [], summary: greeting({ host, port, url: server.url, taken: server.port }) })
  if (values.open === true) open(server.url)
  await ended
  await server.close()
  return { diagnostics: [] }
}

/** The one that is named, or that of the environment. One that needs a terminal cannot be opened from a page. */
function editorOf({ values, env }: Call): string | Diagnostic | undefined {
  const { editor: named } = values
  if (typeof named !== 'string')
    return [env.VISUAL, env.EDITOR].find(each => each !== undefined && editorNamed(each) !== undefined)
  const hint = 'name one with a window of its own, such as code or gvim, or an address, such as vscode://file'
  return editorNamed(named)
    ? named
    : diagnostic('usage/option', `“${named}” cannot be opened from a page`, { hint })
}

const describeFailure = (error: unknown) =>
  `imprimatur failed, and it is not your fault:\n\n${error instanceof Error ? error.stack : String(error)}`

function greeting(at: { host: string; port: number; taken: number; url: string }): string {
  const { host, port, taken, url } = at
  const busy = port !== 0 && taken !== port ? `Port ${port} is taken; this is port ${taken}.\n` : ''
  const exposed = isLoopback(host)
    ? ''
    : `Everybody who can reach this machine sees the site as it is, unfinished pages and all: ${(isEverywhere(
        host,
      )
        ? ownAddresses()
        : [host]
      )
        .map(each => `http://${inUrl(each)}:${taken}/`)
        .join(' ')}\n`
  return `${busy}${exposed}${url} shows the site; Ctrl-C ends it.`
}

/** The command that opens an address, by system; where there is none, the address is on the terminal. */
function open(address: string): void {
  const [file, ...args] =
    platform() === 'darwin'
      ? ['open', address]
      : platform() === 'win32'
        ? ['cmd', '/c', 'start', '', address]
        : ['xdg-open', address]
  spawn(file!, args, { stdio: 'ignore', detached: true })
    .once('error', () => undefined)
    .unref()
}
