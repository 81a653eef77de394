import type { Config } from '../config/config.ts'
import { basePath } from '../config/base-path.ts'
import type { Diagnostic, OutputFile } from '../core/types.ts'
import { isOtherNow } from '../build/cache/file-states.ts'
import { serveFile, servePage, type LiveSite } from './live-site.ts'
import { createPreview, type HeldBackPage } from './preview.ts'
import { createPageCache } from './page-cache.ts'
import { serialize } from './serialize.ts'
import type { ServedFile, ServedSite } from './server/served-site.ts'
import { afterFailure, INITIAL, nextChange, nextState, type SessionOptions } from './session-state.ts'

/** The site as its sources are at this moment. Nothing of it is written; a page is rendered when it is asked for. */
export interface DevSession extends ServedSite {
  /** The newest that could be read. */
  readonly config: Config | undefined
  /** When the next page comes or goes by itself, in milliseconds since 1970: the session is to be refreshed then. */
  readonly nextChange: number
  /** Why there is no site at the moment; the same array for as long as nothing changes. */
  readonly problems: readonly Diagnostic[]
  /**
   * Looks at the sources again, at all or only at these (relative to the root), and tells whether anything has changed. A
   * change outside the folders of the site may concern the configuration, which may read any file.
   */
  refresh(paths?: readonly string[]): Promise<boolean>
}

const NONE: readonly Diagnostic[] = []

export function createDevSession(options: SessionOptions): DevSession {
  let state = INITIAL
  let preview = createPreview(undefined)
  const pageCache = createPageCache()
  /** Whether the source of a page has changed between the look at the sources and now, when its body was read. */
  const isTorn = ({ prepared }: LiveSite, path: string) => {
    const { source } = prepared.paths.get(path) ?? {}
    return (
      source !== undefined && state.kind === 'current' && isOtherNow(state.setup.config, state.scan, source)
    )
  }
  return {
    get config() {
      return state.setup?.config
    },
    get base() {
      const { config } = state.setup ?? {}
      return config ? basePath(config.site.url) : ''
    },
    get nextChange() {
      return nextChange(state)
    },
    get problems() {
      return state.problems
    },
    get styles() {
      return state.versions.styles
    },
    get assets() {
      return state.versions.assets
    },
    refresh: serialize(async paths => {
      try {
        const next = await nextState(state, paths, options)
        if (next === state) return false
        state = next
        preview = createPreview(state.live)
        pageCache.invalidate()
        return true
      } catch (error) {
        // Whatever went wrong is to go wrong again, and not to be taken for the site as it is.
        state = afterFailure(state)
        throw error
      }
    }),
    has: path => (state.live?.prepared.output.has(path) ?? false) || preview.at(path) !== undefined,
    isCopied: path => state.live?.copied.has(path) ?? false,
    async make(path) {
      const file = state.live?.prepared.output.get(path)
      if (!file?.prepare) return undefined
      await file.prepare()
      return serveFile(file, NONE)
    },
    read(path) {
      const { live, problems } = state
      const file = live?.prepared.output.get(path)
      if (!path.endsWith('.html')) return file && serveFile(file, problems)
      const lastGood = pageCache.lastGood(path)
      if (problems.length > 0) return { contents: lastGood, diagnostics: () => problems, isFailed: true }
      if (live && file)
        return pageCache.get(path, () => {
          const page = servePage(live, file, lastGood)
          // Half old and half new: what has changed meanwhile is heard of soon.
          return (isTorn(live, path) ? pageCache.previous(path) : undefined) ?? page
        })
      const heldBack = preview.at(path)
      return heldBack && pageCache.get(path, () => serveHeldBack(heldBack, path, lastGood))
    },
  }
}

/** A page that nobody else will see, with a word about it. */
function serveHeldBack(
  { site, why }: HeldBackPage,
  path: string,
  lastGood: string | Uint8Array | undefined,
): ServedFile {
  const file = site.prepared.output.get(path) as OutputFile
  return { ...servePage(site, file, lastGood), notice: `Not published: ${why}` }
}
