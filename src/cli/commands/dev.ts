import { spawn } from 'node:child_process'
import { platform } from 'node:os'
import { join, resolve } from 'node:path'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { inUrl, isEverywhere, isLoopback, ownAddresses } from '../../dev/server/host.ts'
import { serveSite, type SiteServer } from '../../dev/server/server.ts'
import { watchFiles } from '../../dev/server/watcher.ts'
import { now } from '../../core/dates.ts'
import { reason } from '../../core/source.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../arguments.ts'
import { createDevSession, type DevSession } from '../../dev/session.ts'
import { keepHeapSmall } from '../../core/v8-options.ts'

export const command: Command = {
  help: `imprimatur dev: shows the site while you write it

  imprimatur dev [--root DIR] [--port N] [--host H] [--drafts] [--open]

Serves the site from memory, always as its sources are at the moment, and writes nothing.
Open pages follow every change by themselves; a stylesheet changes without a reload. What is
wrong with a page is shown on it: mistakes, broken links, bad typography. Ctrl-C ends it.

  --root DIR      the site's folder, with pages/ in it           (default: this folder)
  --port N        the port; when it is taken, the next free one  (default: 4000)
  --host H        the address to listen at; 0.0.0.0 shows the site, unfinished as it is, to
                  everybody who can reach this machine           (default: 127.0.0.1)
  --drafts        with drafts, and pages dated after today
  --open          open it in the browser
  --help          this text

SOURCE_DATE_EPOCH (seconds) stands in for the clock where it decides what is after today.
Exit code: 0 ended by Ctrl-C, 2 something is wrong with the call.
`,
  options: {
    help: commonOptions.help,
    root: commonOptions.root,
    port: { type: 'string' },
    host: { type: 'string' },
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
  keepHeapSmall()
  const root = resolve(cwd, String(values.root ?? '.'))
  const session = createDevSession({
    root,
    overrides: { build: { drafts: values.drafts as boolean | undefined } },
    now: () => now(env),
  })
  await session.refresh()
  const ended = call.interrupted()
  let server: SiteServer
  try {
    server = await serveSite(session, { host, port })
  } catch (error) {
    return { diagnostics: [cannotListen(host, port, error)] }
  }
  const address = `http://${inUrl(isEverywhere(host) ? '127.0.0.1' : host)}:${server.port}/`
  await call.tell({ diagnostics: [], summary: greeting({ host, port, address, taken: server.port }) })
  const close = await follow(session, server, { root, call })
  if (values.open === true) open(address)
  await ended
  await Promise.all([close(), server.close()])
  return { diagnostics: [] }
}

function greeting(at: { host: string; port: number; taken: number; address: string }): string {
  const { host, port, taken, address } = at
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
  return `${busy}${exposed}${address} shows the site; Ctrl-C ends it.`
}

/** A path that is in none of the site’s folders. */
const CONFIGURATION = 'imprimatur.config'

/** Passes every change on to who looks at the site, and says on the terminal when there is none, and when there is one again. */
async function follow(
  edition: DevSession,
  server: SiteServer,
  { root, call }: { readonly root: string; readonly call: Call },
): Promise<() => Promise<void>> {
  let told: readonly Diagnostic[] = []
  const report = async () => {
    const { problems } = edition
    if (told === problems) return
    const isMended = told.length > 0 && problems.length === 0
    told = problems
    if (problems.length > 0) await call.tell({ diagnostics: problems, summary: 'The site stays as it was.' })
    else if (isMended) await call.tell({ diagnostics: [], summary: 'The site is whole again.' })
  }
  await report()
  const covered = new Set<string>()
  let isBlind = false
  const watcher = await watchFiles({
    root,
    isIgnored: path =>
      /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/.test(path) || isBelow(path, edition.config?.dirs.output),
    onChange(paths) {
      update(paths).catch((error: unknown) => {
        const said = error instanceof Error ? error.stack : String(error)
        void call.tell({
          diagnostics: [],
          summary: `imprimatur failed, and it is not your fault:\n\n${said}`,
        })
      })
    },
    onError(error) {
      if (!isBlind) void call.tell({ diagnostics: [unwatched(error)] })
      isBlind = true
    },
  })
  async function update(paths: readonly string[]): Promise<void> {
    if (await edition.refresh(paths)) await server.announce()
    watchOutside()
    await report()
  }
  /** Folders of the site may lie beside it. */
  function watchOutside(): void {
    const { pages, layouts, assets } = edition.config?.dirs ?? {}
    for (const dir of [pages, layouts, assets]) {
      if (!dir?.startsWith('..') || covered.has(dir)) continue
      covered.add(dir)
      watcher.add(join(root, dir))
    }
  }
  // Before the watcher was ready, anything may have happened to what the configuration reads.
  await update([CONFIGURATION])
  return () => watcher.close()
}

const isBelow = (path: string, dir: string | undefined) =>
  dir !== undefined && (path === dir || path.startsWith(`${dir}/`))

/** ENOSPC is what Linux says when it watches as many folders as it may. */
const unwatched = (error: unknown): Diagnostic => {
  const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC'
  const why = isFull ? 'the system watches no more folders' : reason(error)
  const hint = `pages no longer follow by themselves, but are right when you reload them${isFull ? '; raise fs.inotify.max_user_watches' : ''}`
  return diagnostic('dev/watch', `Not every change is seen: ${why}`, { hint })
}

const cannotListen = (host: string, port: number, error: unknown): Diagnostic =>
  diagnostic('usage/listen', `Nothing can listen at ${inUrl(host)}:${port}: ${reason(error)}`, {
    hint: 'give an address of this machine with --host and a free port above 1023 with --port',
  })

/** Each system has its own word for “open”; where there is none, the address stands on the terminal. */
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
