import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig, type Config } from '../../config/config.ts'
import { overlaySource } from '../../core/read-file.ts'
import type { Diagnostic } from '../../core/types.ts'
import { isDefaults } from '../../document/place/folder-defaults.ts'
import { isBaseline } from '../../lint/baseline.ts'
import { lintFaults } from '../../lint/settings.ts'
import type { SiteIndex } from './site-index.ts'
import type { SiteWatch } from './site-watch.ts'
import { createTypography, type SiteTypography } from './typography.ts'

/** One site that an editor has files of. */
export interface Workspace {
  readonly root: string
  readonly config: Config
  readonly typography: SiteTypography
  /** What of the site is known; undefined while there is none, and where none of its code may run. */
  readonly site: SiteIndex | undefined
  /** What was last found wrong with the configuration, of which the last good one holds, and with the site; typography apart. */
  readonly found: readonly Diagnostic[]
  /** What an open file holds now; undefined when it is closed. */
  edit(path: string, text: string | undefined): void
  /** Looks at the site again, at all or only at these files; tells whether `found` is new. */
  refresh(paths?: readonly string[]): Promise<boolean>
}

export interface Trust {
  /** Whether the site’s own code may run: a configuration that is a program, layouts, templates. */
  readonly isTrusted: boolean
}

export async function openWorkspace(root: string, { isTrusted }: Trust): Promise<Workspace> {
  let session: SiteSession | undefined
  let opening: Promise<SiteSession> | undefined
  let current = await readConfig(root, isTrusted)
  let found: readonly Diagnostic[] = []
  let index: { readonly of: unknown; readonly site: SiteIndex } | undefined
  const isSite = () => isTrusted && existsSync(join(root, current.config.dirs.pages))
  return {
    root,
    get config() {
      return current.config
    },
    get typography() {
      return current.typography
    },
    get site() {
      const live = session?.watch.live
      if (session && live && index?.of !== live) index = { of: live, site: session.indexOf(live) }
      return index?.site
    },
    get found() {
      return [...current.problems, ...found]
    },
    edit(path, text) {
      overlaySource(join(root, path), text)
      if (isDefaults(path)) current = configured(current.config)
    },
    async refresh(paths) {
      if (!isSite()) {
        if (!paths) current = await readConfig(root, isTrusted)
        return true
      }
      session = await (opening ??= openSession(root))
      const { watch } = session
      await watch.refresh(paths)
      const { config = current.config } = watch
      const isRead = !paths || paths.some(path => isDefaults(path) || isBaseline(path))
      if (config !== current.config || isRead) current = configured(config)
      const checked = await watch.check()
      found = checked ?? found
      return checked !== undefined
    },
  }
}

interface SiteSession {
  readonly watch: SiteWatch
  indexOf(live: NonNullable<SiteWatch['live']>): SiteIndex
}

/** What builds a site takes longer to load than the first text to lint: it is loaded when the site is looked at. */
async function openSession(root: string): Promise<SiteSession> {
  const [{ createSiteWatch }, { createReadTexts, createSiteIndex }] = await Promise.all([
    import('./site-watch.ts'),
    import('./site-index.ts'),
  ])
  const texts = createReadTexts()
  return { watch: createSiteWatch(root), indexOf: live => createSiteIndex(live, texts) }
}

interface ReadConfig {
  readonly config: Config
  readonly typography: SiteTypography
  readonly problems: readonly Diagnostic[]
}

/** The configuration as it is, or what a site without one has. */
async function readConfig(root: string, isTrusted: boolean): Promise<ReadConfig> {
  const modules = isTrusted ? 'fresh' : 'refused'
  const { value: config, diagnostics } = await loadConfig(root, {}, { folders: 'any', modules })
  return config ? configured(config) : { ...configured(await withoutFile(root)), problems: diagnostics }
}

function configured(config: Config): ReadConfig {
  const typography = createTypography(config)
  return { config, typography, problems: [...lintFaults(config), ...typography.problems] }
}

async function withoutFile(root: string): Promise<Config> {
  const { value } = await loadConfig(root, {}, { folders: 'any', siteCode: 'none' })
  if (!value) throw new Error('what is left out of a configuration has a default')
  return value
}
