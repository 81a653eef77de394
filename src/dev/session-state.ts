import { posix } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { loadConfig, type SiteCode, type UserConfig } from '../config/config.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import { changesBetween, rescanSources, scanSources, type SourceScan } from '../build/cache/file-states.ts'
import { createParsedPages } from '../build/cache/parsed-pages.ts'
import { isStillSo } from '../build/pages/publication.ts'
import { prepareSite } from '../build/prepare-site.ts'
import { createTypesetter } from '../build/render/typography.ts'
import { arrangePages } from '../build/steps/arrange-pages.ts'
import { loadKeys } from '../build/keys.ts'
import { loadPlanet } from '../build/planet.ts'
import { readPlanet } from '../build/steps/read-planet.ts'
import { verifyKeys, type SiteKeys } from '../build/steps/verify-keys.ts'
import { isDefaults, pagesBelow } from '../document/place/folder-defaults.ts'
import type { LiveSite, SiteSetup } from './live-site.ts'
import { renewSite } from './renew-site.ts'
import {
  hasSameFiles,
  hasSameLeftOut,
  isOfKeys,
  isOfPlanet,
  isWithin,
  versionsOf,
  type Versions,
} from './source-changes.ts'

/** What a dev session knows of its site at a moment. */
export type SessionState = Unread | Broken | Current

interface SessionFacts {
  /** Of the newest configuration that could be read. */
  readonly setup?: SiteSetup | undefined
  /** What is served; with `problems`, it is how the site was before them. */
  readonly live?: LiveSite | undefined
  /** Why there is no site of the sources as they are. */
  readonly problems: readonly Diagnostic[]
  readonly versions: Versions
}

/** The sources are to be looked at as though for the first time: at the start, or after they, or the configuration, could not be read. */
interface Unread extends SessionFacts {
  readonly kind: 'unread'
}

/** The sources were looked at, and there is something wrong with the keys, or with the site as a whole. */
interface Broken extends SessionFacts {
  readonly kind: 'broken'
  readonly setup: SiteSetup
  readonly scan: SourceScan
  readonly keys: Result<SiteKeys>
}

/** The site that is served is that of the sources. */
interface Current extends SessionFacts {
  readonly kind: 'current'
  readonly setup: SiteSetup
  readonly scan: SourceScan
  readonly keys: Result<SiteKeys>
  readonly live: LiveSite
}

export interface SessionOptions {
  readonly root: string
  readonly overrides: UserConfig
  readonly siteCode?: SiteCode
  now(): Date
}

const NONE: readonly Diagnostic[] = []

export const INITIAL: SessionState = {
  kind: 'unread',
  problems: NONE,
  versions: { styles: '', assets: '' },
}

/** After a failure of our own the next look starts from nothing; what is served stays. */
export const afterFailure = ({ setup, live, problems, versions }: SessionState): Unread => ({
  kind: 'unread',
  setup,
  live,
  problems,
  versions,
})

/**
 * The state after another look at the sources, at all or only at these (relative to the root): the same object when nothing has
 * changed. A change outside the folders of the site may concern the configuration, which may read any file.
 */
export async function nextState(
  state: SessionState,
  paths: readonly string[] | undefined,
  options: SessionOptions,
): Promise<SessionState> {
  const { setup } = state
  if (!setup) return reload(state, undefined, options)
  const before = state.kind === 'unread' ? undefined : state.scan
  const { value: scan } =
    before && paths ? rescanSources(setup.config, before, paths) : scanSources(setup.config, before)
  if (!scan || state.kind === 'unread' || setup.today !== dayOf(options)) return reload(state, scan, options)
  const changes = [...new Set([...changesBetween(before, scan), ...overdue(setup, options)])]
  if ([...(paths ?? []), ...changes].some(path => !isWithin(setup.config, path)))
    return reload(state, scan, options)
  const isSame = changes.length === 0 && (before === undefined || hasSameLeftOut(before, scan))
  return isSame ? state : makeSite(state, { setup, scan, changes, keys: state.keys }, options)
}

/** Reads the configuration again, and then looks at the sources; `looked` is what they were before. */
async function reload(
  state: SessionState,
  looked: SourceScan | undefined,
  options: SessionOptions,
): Promise<SessionState> {
  const { value: setup, diagnostics } = await loadSetup(state.setup, options)
  if (!setup) return unread(state, state.setup, diagnostics)
  const before = state.kind !== 'unread' && state.setup === setup ? state.scan : undefined
  const { value: scan, diagnostics: unreadable } = scanSources(setup.config, looked ?? before)
  if (!scan) return unread(state, setup, unreadable)
  // What changed while the configuration was read may concern it.
  const meanwhile = looked ? changesBetween(looked, scan) : []
  if (meanwhile.some(path => !isWithin(setup.config, path)))
    return nextState({ ...afterFailure(state), setup }, undefined, options)
  return makeSite(state, { setup, scan, changes: changesBetween(before, scan) }, options)
}

/** The setup for the configuration as it is: the old one, if it would be no other. */
async function loadSetup(
  old: SiteSetup | undefined,
  { root, overrides, siteCode = 'run', ...options }: SessionOptions,
): Promise<Result<SiteSetup>> {
  const { value: config, diagnostics } = await loadConfig(root, overrides, { modules: 'fresh', siteCode })
  if (!config) return { diagnostics }
  const today = dayOf(options)
  if (old && old.today === today && isDeepStrictEqual(config, old.config)) return { value: old, diagnostics }
  const setup = { config, today, typesetter: createTypesetter(config), parsed: createParsedPages() }
  return { value: setup, diagnostics }
}

/** The sources of pages that come or go by themselves, and have since they were read. */
function overdue({ config, parsed }: SiteSetup, { now }: SessionOptions): readonly string[] {
  const time = now().getTime()
  const found: string[] = []
  for (const [path, { value }] of parsed.known)
    if (value && !isStillSo(value, time)) found.push(`${config.dirs.pages}/${path}`)
  return found
}

/** When the next page comes or goes by itself, in milliseconds since 1970. */
export function nextChange({ setup }: SessionState): number {
  let first = Infinity
  for (const { value } of setup?.parsed.known.values() ?? [])
    first = Math.min(first, value?.window?.[1] ?? Infinity)
  return first
}

const dayOf = ({ now }: Pick<SessionOptions, 'now'>) => now().toISOString().slice(0, 10)

/** Pages stay as they were. The same problems again are no change. */
function unread(
  state: SessionState,
  setup: SiteSetup | undefined,
  diagnostics: readonly Diagnostic[],
): SessionState {
  const isSame = isDeepStrictEqual(state.problems, diagnostics)
  if (isSame && state.kind === 'unread' && state.setup === setup) return state
  return { ...afterFailure(state), setup, problems: isSame ? state.problems : diagnostics }
}

interface ChangedSources {
  readonly setup: SiteSetup
  readonly scan: SourceScan
  /** The paths that are not what they were when the site was last made. */
  readonly changes: readonly string[]
  /** What is known of the keys, if that is still so. */
  readonly keys?: Result<SiteKeys>
}

async function makeSite(
  state: SessionState,
  { setup, scan, changes, keys: known }: ChangedSources,
  options: SessionOptions,
): Promise<SessionState> {
  const { config, parsed, typesetter } = setup
  const now = options.now().getTime()
  const { sources } = scan
  const versions = versionsOf(scan)
  const isSameKeys = known && !changes.some(path => isOfKeys(config, path))
  const isRenewed =
    isSameKeys &&
    !changes.some(path => isOfPlanet(config, path)) &&
    state.kind === 'current' &&
    hasSameFiles(state.scan, scan) &&
    hasSameLeftOut(state.scan, scan) &&
    renewSite(state.live.prepared, changes, { config, now, sources, parsed })
  if (isRenewed) return { ...state, scan, versions }

  for (const path of changes) parsed.forget(posix.relative(config.dirs.pages, path))
  for (const path of pagesBelow(changes.filter(isDefaults), config, parsed.known.keys())) parsed.forget(path)
  const keys = isSameKeys ? known : await verifyKeys({ config, now, sources, mode: 'write' })
  const planet = await readPlanet({ config })
  // Before the arrangement, which changes pages that are still served: from then on nothing is waited for.
  const shown = keys.value && {
    ...keys.value,
    shownKeys: await loadKeys({ root: config.root, keys: keys.value.keys, typography: typesetter }),
    planet: await loadPlanet(config, planet.value?.planet),
  }
  const arrange = keys.value &&
    planet.value && { config, now, sources, parsed, ...keys.value, ...planet.value }
  const before = state.live?.setup === setup ? state.live.arrangement : undefined
  const arranged = arrange && arrangePages({ ...arrange, before })
  const diagnostics = [
    ...sources.leftOut,
    ...keys.diagnostics,
    ...planet.diagnostics,
    ...(arranged?.diagnostics ?? []),
  ]
  if (!shown || !arrange || !arranged?.value)
    return { kind: 'broken', setup, scan, keys, live: state.live, problems: diagnostics, versions }
  const { arrangement } = arranged.value
  const prepare = { config, arrangement, ...shown, typography: typesetter }
  const prepared = prepareSite(prepare)
  const { missing } = prepared.site.pictures ?? {}
  const live: LiveSite = {
    setup,
    arrangement,
    prepared,
    made: { arrange, prepare },
    copied: new Set(arrangement.files.map(({ path }) => path)),
    warnings: missing ? [...diagnostics, missing] : diagnostics,
  }
  return { kind: 'current', setup, scan, keys, live, problems: NONE, versions }
}
