import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import { digest } from '../core/hash.ts'
import type { OutputFile, Result } from '../core/types.ts'
import type { CopiedFile } from '../document/find-sources.ts'
import type { PlanetList } from '../planet/list.ts'
import { KEPT_FOLDER } from '../planet/paths.ts'
import type { gatherPlanet, Planet } from '../planet/publish/gather.ts'
import type { planetAtom, planetOpml } from '../planet/publish/planet-feed.ts'
import { address } from './pages/addresses.ts'
import { SitePage } from './pages/site-page.ts'
import { TemplateFailure } from './render/ejs.ts'
import type { DependencyTracker } from './cache/dependencies.ts'

/** The planet of a site. Nothing of it is read before it is shown. */
export interface SitePlanet {
  readonly title: string
  /** For templates. Throws a TemplateFailure when what is kept cannot be read. */
  show(): Planet
  /** Whether it was shown since this was last asked: links of strangers are then in what was rendered. */
  takeShown(): boolean
  /** Its files besides the page, by path in the output folder. */
  readonly files: ReadonlyMap<string, () => Result<string>>
  /** What stands for all that it is made from; `stateOf` gives the state of a source. */
  fingerprint(stateOf: (source: string) => string): string
}

const PAGE = 'planet/index.html'
const FEED = 'planet.atom'

/** Loads what a planet is made with: other sites need none of it. */
export async function loadPlanet(
  config: Config,
  list: PlanetList | undefined,
): Promise<SitePlanet | undefined> {
  if (!list) return undefined
  const [gathering, feeds] = await Promise.all([
    import('../planet/publish/gather.ts'),
    import('../planet/publish/planet-feed.ts'),
  ])
  return createPlanet(config, list, { ...gathering, ...feeds })
}

interface Publishing {
  readonly gatherPlanet: typeof gatherPlanet
  readonly planetAtom: typeof planetAtom
  readonly planetOpml: typeof planetOpml
}

function createPlanet({ root, site }: Config, list: PlanetList, publishing: Publishing): SitePlanet {
  let gathered: Result<Planet> | undefined
  let isShown = false
  const gather = () => (gathered ??= publishing.gatherPlanet(root, list))
  const file = (write: (planet: Planet) => string) => () => {
    const { value, diagnostics } = gather()
    return value ? { value: write(value), diagnostics } : { diagnostics }
  }
  const published = { siteUrl: site.url, lang: site.lang, page: '/planet/', feed: `/${FEED}` }
  return {
    title: list.title,
    show() {
      isShown = true
      const { value, diagnostics } = gather()
      if (!value) throw new TemplateFailure(diagnostics[0]!)
      return value
    },
    takeShown() {
      const was = isShown
      isShown = false
      return was
    },
    files: new Map([
      [FEED, file(planet => publishing.planetAtom(planet, published))],
      ['planet.opml', file(publishing.planetOpml)],
    ]),
    fingerprint: stateOf => digest([list.file.text, ...list.feeds.map(({ keptPath }) => stateOf(keptPath))]),
  }
}

/** The page that shows it, as archives are pages; an author’s own page at its address is to win over it. */
export function planetPage({ title }: PlanetList, { site: { lang } }: Config): SitePage {
  const place = address(PAGE.split('/'))
  if (typeof place === 'string') throw new Error(place)
  const source = `${place.url} (made by the program)`
  return new SitePage({ layout: 'planet', lang, title, tags: [], css: [], ...place, source })
}

/** The files besides the page. */
export const planetFiles = ({
  planet,
  dependencies,
}: {
  readonly planet: SitePlanet | undefined
  readonly dependencies: DependencyTracker
}): readonly OutputFile[] =>
  [...(planet?.files ?? [])].map(([path, contents]) => ({
    path,
    maker: { kind: 'planet' },
    contents() {
      dependencies.record('planet')
      return contents()
    },
  }))

const isKept = (path: string) => posix.dirname(path) === KEPT_FOLDER && path.endsWith('.json')

/** Whether a file is the list, or what is kept of the feeds: neither is published. */
export const isOfPlanet = (list: PlanetList, { source }: Pick<CopiedFile, 'source'>): boolean => {
  const path = posix.normalize(source)
  return path === posix.normalize(list.file.path) || isKept(path)
}
