import { platform } from 'node:os'
import { join, resolve } from 'node:path'
import { isPresent } from '../core/read-file.ts'
import type { SiteCode, UserConfig } from '../config/config.ts'
import { configNames } from '../config/site-root.ts'
import { diagnostic } from '../core/diagnostic.ts'
import { reason } from '../core/source.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import { editorNamed } from './fixes/editor.ts'
import { createSourceFixes } from './fixes/fix-page.ts'
import { createHeardChanges, type HeardChanges } from './heard-changes.ts'
import { inUrl, isEverywhere } from './server/host.ts'
import { serveSite, type SiteServer } from './server/server.ts'
import type { ServedSite } from './server/served-site.ts'
import { watchFiles } from './server/watcher.ts'
import { createDevSession, type DevSession } from './session.ts'

export interface DevServerOptions {
  /** The site's folder; one that is not absolute is looked for in the folder that the process runs in. Default: `.` */
  readonly root?: string
  /** What stands over the configuration in `root`. */
  readonly config?: UserConfig
  /** As in `build`. */
  readonly siteCode?: SiteCode
  /** The address to listen at; `0.0.0.0` or `::` for all of this machine. Default: `127.0.0.1` */
  readonly host?: string
  /** 0 to 65535; when it is taken, the next free one is used; 0 is any that is free. Default: 4000 */
  readonly port?: number
  /**
   * What opens a file at a line: a command, as in EDITOR, or an address, as in `vscode://file`, with `{file}`, `{line}` and `{column}`
   * where they do not simply stand at its end. Commands that need a terminal are ignored. Default: none
   */
  readonly editor?: string | undefined
  /** Decides which pages are of days to come, which are served with `config.build.drafts` only. Default: the clock. */
  now?(): Date
  /**
   * There is no site of the sources as they are, for these reasons, so that pages stay as they were; empty when there is one again.
   * Called when the reasons change, and not at all as long as there are none.
   */
  onProblems?(diagnostics: readonly Diagnostic[]): void
  /** What is wrong with a page that is open in a browser, whenever that has changed; `address` is its path. */
  onPage?(address: string, diagnostics: readonly Diagnostic[]): void
  /** Not every change is seen any more (`dev/watch`); pages are right all the same when they are loaded again. Called once. */
  onUnwatched?(diagnostic: Diagnostic): void
  /** A fault of the program, in the midst of following a change. Without this it is thrown, where nobody can catch it. */
  onFailure?(error: unknown): void
}

export interface DevServer {
  /** Of the site's start: `http://127.0.0.1:4000/`, or `http://127.0.0.1:4000/blog/`. */
  readonly url: string
  readonly port: number
  /** Done when the port is free, and no file is watched any more. */
  close(): Promise<void>
}

/**
 * Serves a site from memory, always as its sources are, and writes nothing. Done when it serves. A configuration or page that is
 * wrong is no obstacle, and told to `onProblems` and on the pages; errors are `usage/listen`, and `config/dirs` where there is no site.
 */
export async function startServer(options: DevServerOptions): Promise<Result<DevServer>> {
  const { config = {}, host = '127.0.0.1', port = 4000, now = () => new Date() } = options
  const root = resolve(options.root ?? '.')
  const session = createDevSession({ root, overrides: config, siteCode: options.siteCode ?? 'run', now })
  await session.refresh()
  const missing = session.problems.filter(({ code }) => code === 'config/dirs')
  if (missing.length > 0 && !configNames.some(name => isPresent(join(root, name))))
    return { diagnostics: missing }
  const heard = createHeardChanges(root, platform())
  const check = createLaterLook()
  /** A page that is asked for needs no look at every file, where all changes are heard of; one follows, in case that is not so. */
  const refresh = async () => {
    const paths = check.isReady() ? await heard.pending() : undefined
    if (paths) check.later()
    return session.refresh(paths)
  }
  const served: ServedSite = Object.create(session, { refresh: { value: refresh } }) as ServedSite
  let server: SiteServer
  try {
    server = await serveSite(served, {
      host,
      port,
      root,
      fixes: createSourceFixes(() => session.config && { root, pages: session.config.dirs.pages }),
      // What is wrong with the site as a whole is reported once, and not for each page.
      onReport: (address, found) => {
        if (session.problems.length === 0) options.onPage?.(address, found)
      },
      editor: options.editor === undefined ? undefined : editorNamed(options.editor),
    })
  } catch (error) {
    return { diagnostics: [cannotListen(host, port, error)] }
  }
  // The caller has the server before it hears of problems.
  const following = new Promise<() => Promise<void>>(resolve =>
    setImmediate(() => resolve(follow(session, server, { ...options, root, heard, check }))),
  )
  return {
    value: {
      url: `http://${inUrl(isEverywhere(host) ? '127.0.0.1' : host)}:${server.port}${session.base}/`,
      port: server.port,
      async close() {
        const unwatch = await following
        await Promise.all([unwatch(), server.close()])
      },
    },
    diagnostics: [],
  }
}

/** Milliseconds. SOURCE_DATE_EPOCH stands still, and Node waits no longer than the second. */
const SHORTEST_TIMER = 1000
const LONGEST_TIMER = 2 ** 31 - 1

/** A path that is in none of the site’s folders. */
const CONFIGURATION = 'imprimatur.config'

/** Passes every change on to those who look at the site, and reports when there is none, and when there is one again. */
function follow(
  session: DevSession,
  server: SiteServer,
  {
    root,
    now = () => new Date(),
    onProblems,
    onUnwatched,
    onFailure,
    heard,
    check,
  }: DevServerOptions & { readonly root: string; readonly heard: HeardChanges; readonly check: LaterLook },
): () => Promise<void> {
  let reported: readonly Diagnostic[] = []
  const report = () => {
    const { problems } = session
    if (reported === problems) return
    const isNews = reported.length > 0 || problems.length > 0
    reported = problems
    if (isNews) onProblems?.(problems)
  }
  report()
  const covered = new Set<string>()
  let isBlind = false
  let timer: NodeJS.Timeout | undefined
  const watcher = watchFiles({
    root,
    isIgnored: path =>
      /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/.test(path) || isBelow(path, session.config?.dirs.output),
    heard,
    onChange(paths) {
      // What is asked for from now on is looked at after these.
      heard.seen()
      void update(paths)
    },
    onError(error) {
      if (!isBlind) onUnwatched?.(unwatched(error))
      isBlind = true
    },
  })
  async function update(paths?: readonly string[]): Promise<void> {
    try {
      if (await session.refresh(paths)) await server.announce()
      watchOutside()
      report()
      waitForNextChange()
    } catch (error) {
      if (!onFailure) throw error
      onFailure(error)
    }
  }
  /** A page may come or go by itself while somebody looks at a list of pages. */
  function waitForNextChange(): void {
    clearTimeout(timer)
    const left = session.nextChange - now().getTime()
    if (left < Infinity)
      timer = setTimeout(() => void update([]), Math.min(Math.max(left, SHORTEST_TIMER), LONGEST_TIMER))
    timer?.unref()
  }
  /** Folders of the site may lie beside it. */
  function watchOutside(): void {
    const { pages, layouts, assets } = session.config?.dirs ?? {}
    for (const dir of [pages, layouts, assets]) {
      if (!dir?.startsWith('..') || covered.has(dir)) continue
      covered.add(dir)
      heard.failed()
      watcher.add(join(root, dir))
    }
  }
  // Before the watcher was ready, anything may have happened to what the configuration reads.
  let isClosed = false
  void watcher.ready.then(async () => {
    await update([CONFIGURATION])
    if (!isClosed) check.start(() => void update())
  })
  return () => {
    isClosed = true
    clearTimeout(timer)
    check.stop()
    return watcher.close()
  }
}

/** A look at every file when nobody has asked for anything for a while. */
interface LaterLook {
  /** Whether it has begun, and not ended. */
  isReady(): boolean
  start(look: () => void): void
  later(): void
  stop(): void
}

/** Milliseconds. */
const CHECK_AFTER = 1000

function createLaterLook(): LaterLook {
  let look: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined
  return {
    isReady: () => look !== undefined,
    start: begun => void (look = begun),
    later() {
      clearTimeout(timer)
      timer = setTimeout(() => look?.(), CHECK_AFTER)
      timer.unref()
    },
    stop() {
      clearTimeout(timer)
      look = undefined
    },
  }
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
