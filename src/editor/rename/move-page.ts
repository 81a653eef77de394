import { posix } from 'node:path'
import type { WorkspaceEdit } from 'vscode-languageserver'
import type { Edit, SourceFile } from '../../core/types.ts'
import { pageNamed } from '../../build/pages/relations.ts'
import { readPage } from '../../build/pages/read-page.ts'
import type { SitePage } from '../../build/pages/site-page.ts'
import { readDocument } from '../../document/document.ts'
import { addAlias } from './add-alias.ts'
import { wayTo } from '../completion.ts'
import { changesOf } from './rename-heading.ts'
import type { SiteIndex } from '../site/site-index.ts'
import type { Workspace } from '../site/workspace.ts'

/** Old path -> new path of sources, from the root. */
export type Moves = ReadonlyMap<string, string>

/**
 * What must be written before sources move so that no link breaks and each old address still answers: links by file and by address, in the
 * pages that move and to them, `translationOf`, `redirectTarget`, and the old address among the aliases.
 */
export function movePages({ root, config, site }: Workspace, moves: Moves): WorkspaceEdit | undefined {
  if (!site) return undefined
  const addresses = newAddresses(site, moves, (file, source) => {
    const below = posix.relative(config.dirs.pages, source)
    const read = readPage(file, below, { config, now: Date.now() }).value
    return read && 'page' in read ? read.page.url : undefined
  })
  const edits = new Map<string, readonly Edit[]>()
  for (const page of site.pages) {
    const file = site.read(page.source)
    if (!file) continue
    const own = [
      ...linkEdits(page, file, { site, moves, addresses }),
      ...fieldEdits(page, file, { site, moves, addresses }),
    ]
    const alias = addresses.has(page.source) ? addAlias(file, page.url) : undefined
    const all = alias ? [...own, alias] : own
    if (all.length > 0) edits.set(page.source, all)
  }
  return { changes: changesOf(root, edits, site.read) }
}

interface Moving {
  readonly site: SiteIndex
  readonly moves: Moves
  /** By their source before the move: pages whose address changes, with the new one. */
  readonly addresses: ReadonlyMap<string, string>
}

/** A folder that moves takes along what is in it. */
export function movesOf(site: SiteIndex, renamed: readonly (readonly [from: string, to: string])[]): Moves {
  return new Map(
    renamed.flatMap(([from, to]) =>
      site.sources
        .filter(source => source === from || source.startsWith(`${from}/`))
        .map(source => [source, to + source.slice(from.length)] as const),
    ),
  )
}

function newAddresses(
  site: SiteIndex,
  moves: Moves,
  addressOf: (file: SourceFile, source: string) => string | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    [...moves].flatMap(([from, to]) => {
      const [page, file] = [site.pageAt(from), site.read(from)]
      const url = page && file && addressOf({ ...file, path: to }, to)
      return url === undefined || url === page?.url ? [] : [[from, url] as const]
    }),
  )
}

function linkEdits(page: SitePage, file: SourceFile, moving: Moving): readonly Edit[] {
  return moving.site.addressesIn(file).flatMap(({ address, span }) => {
    const text = movedAddress(page, address, moving)
    return text === undefined || text === address ? [] : [{ span, text }]
  })
}

/** What is to be written for an address; undefined when it may stay. */
function movedAddress(
  page: SitePage,
  address: string,
  { site, moves, addresses }: Moving,
): string | undefined {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(address) ?? []
  if (path === '') return undefined
  const from = moves.get(page.source) ?? page.source
  const named = site.sourceNamed(page.source, path)
  if (named !== undefined) return wayTo(moves.get(named) ?? named, from) + rest
  const to = site.targetOf(page.source, address)
  const moved = to && addresses.get(to.target.source)
  if (moved !== undefined) return moved + rest
  const isRelative = !/^(?:[a-z][a-z\d+.-]*:|\/)/i.test(path)
  return isRelative && addresses.has(page.source) && to ? to.target.url + rest : undefined
}

/** Fields that name other pages. */
function fieldEdits(page: SitePage, file: SourceFile, { site, moves, addresses }: Moving): readonly Edit[] {
  const { fields, span } = readDocument(file).frontMatter
  const edits: Edit[] = []
  const { translationOf, redirectTarget } = fields
  if (typeof redirectTarget === 'string') {
    const to = site.targetOf(page.source, redirectTarget)
    const moved = to && addresses.get(to.target.source)
    if (moved !== undefined) edits.push({ span: span('redirectTarget', 'value'), text: moved })
  }
  const original = typeof translationOf === 'string' ? pageNamed(site.byName, page, translationOf) : undefined
  if (typeof translationOf !== 'string' || !original) return edits
  const isAddress = translationOf.replace(/\/?$/, '/') === original.url || translationOf === original.url
  const source = moves.get(original.source) ?? original.source
  const isFromRoot = translationOf === original.source
  const from = moves.get(page.source) ?? page.source
  const text = isAddress
    ? (addresses.get(original.source) ?? translationOf)
    : isFromRoot
      ? source
      : posix.relative(posix.dirname(from), source)
  if (text !== translationOf) edits.push({ span: span('translationOf', 'value'), text })
  return edits
}
