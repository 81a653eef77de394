import type { Stamp } from '../file-stamp.ts'
import type { Diagnostic, Maker, OutputFile, Result } from '../../core/types.ts'
import type { Fingerprint } from './fingerprints.ts'
import type { Site } from '../site.ts'
import type { PageLinks } from '../links/collect-links.ts'
import type { SitePage } from '../pages/site-page.ts'

/** What a later build has to know of a file so as not to render it again. It can be cloned. */
export interface FileDependencies {
  /** One dependency a line, as the `DependencyTracker` recorded them. */
  readonly dependencies: string
  /** Of these dependencies, by `Fingerprint`. */
  readonly fingerprint: string
  /** Of a page. */
  readonly links?: PageLinks | undefined
}

/** A file as a build left it. */
export interface CacheEntry {
  /** Whose it was, by `describeMaker`: another may have come to make the file of this path. */
  readonly maker: string
  readonly dependencies: FileDependencies
  /** Of what stood in the output folder, where it was to be relied on. */
  readonly stamp: Stamp | undefined
  /** The diagnostics about the page’s typography. */
  readonly typography: readonly Diagnostic[]
}

export const describeMaker = (file: OutputFile | undefined): string => (file ? describe(file.maker) : '')

const describe = ({ kind, source = '', target }: Maker): string =>
  `${kind} ${source}${target ? ` > ${describe(target)}` : ''}`

export interface RenderedFile {
  readonly result: Result<string | Uint8Array>
  /** Absent where the file is to be rendered in every build. */
  readonly dependencies?: FileDependencies | undefined
}

/** Renders a file and records what it depends on; `page` is the page that it is, if it is one. */
export function renderFile(
  { dependencies: tracker, links }: Site,
  fingerprintOf: Fingerprint,
  file: OutputFile,
  page: SitePage | undefined,
): RenderedFile {
  const { value: result, dependencies: recorded } = tracker.track(() => file.contents())
  const isSound = result.value !== undefined && result.diagnostics.length === 0
  const dependencies = recorded.has('pages') ? condense([...recorded]) : [...recorded]
  const fingerprint = isSound && dependencies.length > 0 ? fingerprintOf(dependencies) : undefined
  if (fingerprint === undefined) return { result }
  return {
    result,
    dependencies: {
      dependencies: dependencies.join('\n'),
      fingerprint,
      ...(page && { links: links.lastLinks }),
    },
  }
}

/** Above this many pages, their bodies are one dependency instead of one each. */
const MOST_BODIES = 100

/** The metadata of all pages implies the neighbours of each, and not their bodies. */
function condense(dependencies: readonly string[]): readonly string[] {
  const others = dependencies.filter(dependency => !dependency.startsWith('around '))
  const besides = others.filter(dependency => !dependency.startsWith('source '))
  return others.length - besides.length > MOST_BODIES ? [...besides, 'bodies'] : others
}

/**
 * What is known of a file that would be rendered as it was. Its links are taken from there, and resolved again where the site has other
 * paths than it had: undefined when one is broken that was not.
 */
export function withLinks(
  site: Site,
  page: SitePage | undefined,
  known: FileDependencies,
  hasSamePlaces: boolean,
): FileDependencies | undefined {
  if (!page || !known.links) return known
  const links = site.links.restore(page, known.links, hasSamePlaces)
  if (links === known.links) return known
  const { dependencies, fingerprint } = known
  return links && { dependencies, fingerprint, links }
}

/** The same, if the file would be rendered as it was: what it depends on is as it was. */
export const stillUpToDate = (
  fingerprintOf: Fingerprint,
  ...[site, page, known, hasSamePlaces]: Parameters<typeof withLinks>
): FileDependencies | undefined =>
  fingerprintOf(known.dependencies.split('\n')) === known.fingerprint
    ? withLinks(site, page, known, hasSamePlaces)
    : undefined
