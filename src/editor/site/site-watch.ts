import { append } from '../../core/lists/long-lists.ts'
import { setImmediate } from 'node:timers/promises'
import type { Config } from '../../config/config.ts'
import type { Diagnostic } from '../../core/types.ts'
import { describeState } from '../../build/cache/file-states.ts'
import { createFingerprint } from '../../build/cache/fingerprints.ts'
import { renderFile, stillUpToDate, type FileDependencies } from '../../build/cache/render-file.ts'
import { checkLinks } from '../../build/links/check-links.ts'
import { mergeDiagnostics } from '../../build/merge-diagnostics.ts'
import { digestPaths } from '../../build/prepare-site.ts'
import { serialize } from '../../dev/serialize.ts'
import { afterFailure, INITIAL, nextState, type SessionState } from '../../dev/session-state.ts'
import type { LiveSite } from '../../dev/live-site.ts'

/** A site as its sources are, those that are not saved among them, and all that a build would say of it. */
export interface SiteWatch {
  /** The newest configuration that could be read. */
  readonly config: Config | undefined
  /** What it was made of last; undefined while there is none. */
  readonly live: LiveSite | undefined
  /** Looks at the sources again, at all or only at these (relative to the root). */
  refresh(paths?: readonly string[]): Promise<void>
  /**
   * What a build would say, typography apart: what is as it was is not rendered again, and between two pages whatever else waits comes
   * first. Undefined when the site changed meanwhile.
   */
  check(): Promise<readonly Diagnostic[] | undefined>
}

export function createSiteWatch(root: string, now: () => Date = () => new Date()): SiteWatch {
  let state: SessionState = INITIAL
  const known = createKnownFiles()
  const options = { root, overrides: {}, now }
  return {
    get config() {
      return state.setup?.config
    },
    get live() {
      return state.live
    },
    refresh: serialize(async (paths?: readonly string[]) => {
      try {
        state = await nextState(state, paths, options)
      } catch (error) {
        state = afterFailure(state)
        throw error
      }
    }),
    check: serialize(async () => {
      const looked = state
      if (looked.kind !== 'current') return looked.problems
      const found = await checkSite(looked, known, () => state !== looked)
      return found && mergeDiagnostics([...looked.live.warnings, ...found])
    }),
  }
}

/** What was found when a file of the site was last rendered, and what that depended on. */
interface KnownFile {
  readonly dependencies: FileDependencies | undefined
  readonly diagnostics: readonly Diagnostic[]
}

interface KnownFiles {
  readonly files: Map<string, KnownFile>
  places: string
}

const createKnownFiles = (): KnownFiles => ({ files: new Map(), places: '' })

/** Milliseconds for which pages are rendered before others get their turn. */
const TURN = 8

async function checkSite(
  { live: { prepared, arrangement }, scan }: Extract<SessionState, { kind: 'current' }>,
  known: KnownFiles,
  isOutdated: () => boolean,
): Promise<readonly Diagnostic[] | undefined> {
  const { site, output, paths } = prepared
  const stateOf = (source: string) => describeState(scan.states.get(source))
  const fingerprint = createFingerprint({ site, pages: paths, stateOf, metadata: arrangement.metadata })
  const places = digestPaths(prepared)
  const hasSamePlaces = places === known.places
  const found: Diagnostic[] = []
  site.links.reset()
  let turn = performance.now()
  for (const [path, file] of output) {
    const [page, before] = [paths.get(path), known.files.get(path)]
    const dependenciesNow =
      before?.dependencies && stillUpToDate(fingerprint, site, page, before.dependencies, hasSamePlaces)
    if (before && dependenciesNow) {
      known.files.set(path, { ...before, dependencies: dependenciesNow })
      append(found, before.diagnostics)
      continue
    }
    const { result, dependencies } = renderFile(site, fingerprint, file, page)
    append(found, result.diagnostics)
    known.files.set(path, { dependencies, diagnostics: result.diagnostics })
    if (performance.now() - turn < TURN) continue
    await setImmediate()
    if (isOutdated()) return undefined
    turn = performance.now()
  }
  for (const path of known.files.keys()) if (!output.has(path)) known.files.delete(path)
  known.places = places
  return [...found, ...checkLinks(site.links.findings(), prepared)]
}
