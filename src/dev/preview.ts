import { createParsedPages } from '../build/cache/parsed-pages.ts'
import { isHeldBack } from '../build/pages/publication.ts'
import { prepareSite } from '../build/prepare-site.ts'
import { arrangePages } from '../build/steps/arrange-pages.ts'
import type { LiveSite } from './live-site.ts'

/** A page that a build would not publish, and why. */
export interface HeldBackPage {
  readonly site: LiveSite
  /** As in “a draft”. */
  readonly why: string
}

/** Pages that are held back, at the addresses that they are to have; the site itself knows nothing of them. */
export interface Preview {
  at(path: string): HeldBackPage | undefined
}

/** Of a site as it is now; it is arranged anew when somebody first asks for what it does not have. */
export function createPreview(live: LiveSite | undefined): Preview {
  let site: LiveSite | undefined
  const reasons = new Map(live?.arrangement.heldBack.map(({ source, why }) => [source, why]))
  return {
    at(path) {
      if (!live || reasons.size === 0) return undefined
      site ??= withHeldBack(live)
      const { source } = site?.prepared.paths.get(path) ?? {}
      const why = source === undefined ? undefined : reasons.get(source)
      return site && why !== undefined ? { site, why } : undefined
    },
  }
}

/** Undefined when with them there would be no site: two pages may want one address. */
function withHeldBack(live: LiveSite): LiveSite | undefined {
  const { arrange, prepare } = live.made
  const config = { ...live.setup.config, build: { ...live.setup.config.build, drafts: true } }
  const published = [...arrange.parsed.known].filter(([, { value }]) => value && !isHeldBack(value))
  const { value } = arrangePages({ ...arrange, config, parsed: createParsedPages(published) })
  if (!value) return undefined
  const { arrangement } = value
  return { ...live, arrangement, prepared: prepareSite({ ...prepare, config, arrangement }) }
}
