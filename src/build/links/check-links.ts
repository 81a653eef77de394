import type { Code } from '../../core/codes.ts'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { Diagnostic, SourceFile } from '../../core/types.ts'
import { readSource } from '../../core/read-file.ts'
import type { PreparedSite } from '../prepare-site.ts'
import type { Site } from '../site.ts'
import { readDocument } from '../../document/document.ts'
import { basePath } from '../../config/base-path.ts'
import { existing } from './collect-links.ts'
import type { At, LinkFindings, LocatedLink } from './findings.ts'
import type { SitePage } from '../pages/site-page.ts'
import { destination } from './destination.ts'
import { withEject } from '../../theme/parts.ts'
import { siteTemplates } from './templates.ts'
import { resolveDestination } from '../render/resolve-destination.ts'
import { writtenAddresses, type WrittenAddress } from './written.ts'
import { addressOf, suggestTarget } from './suggest.ts'

/** Reports every link that is broken or leads to a page that has moved, where its author wrote it. */
export function checkLinks(findings: LinkFindings, { site, paths }: PreparedSite): readonly Diagnostic[] {
  const ids = new Map(findings.ids)
  const find = createFinder(site, paths)
  const base = basePath(site.config.site.url)
  const isTolerated = site.config.build.links === 'warn'
  const withWeight = (found: Diagnostic): Diagnostic =>
    isTolerated && found.severity === 'error' ? { ...found, severity: 'warning' } : found
  const settled = new Set<string>()
  const problems = new Map<string, LinkProblem | undefined>()
  const problemWith = (link: LocatedLink) => {
    const key = `${link.path}#${link.fragment}`
    if (!problems.has(key)) problems.set(key, problemOf(link, ids, paths, base))
    return problems.get(key)
  }
  const suggested = new Map<string, string>()
  /** What a link that leads nowhere was likely to lead to, where it is written. */
  const suggest = ({ path, source, from }: LocatedLink, { file, span }: At) => {
    // What stands in a layout is no path seen from the page.
    const written = file?.path === source && span ? file.text.slice(...span) : undefined
    const key = JSON.stringify([path, source, written])
    if (!suggested.has(key) && suggested.size >= MOST_SUGGESTED) return ''
    const found = suggested.get(key) ?? suggestTarget({ path, source, from, written }, { site, paths })
    suggested.set(key, found)
    return found
  }
  const bySource = findings.unresolved.toSorted((a, b) =>
    a.source < b.source ? -1 : a.source > b.source ? 1 : 0,
  )
  const diagnostics = bySource.flatMap(suspect => {
    const wrong = problemWith(suspect)
    if (!wrong) return []
    // What a layout links to is wrong on every page; it is reported once.
    const key = `${suspect.path}#${suspect.fragment}`
    if (!suspect.own && settled.has(key)) return []
    if (!suspect.own) settled.add(key)
    const { code, message, hint: rest, isLost } = wrong
    return find(suspect).map(at => {
      const hint = isLost ? suggest(suspect, at) + rest : rest
      return withWeight(withEject(diagnostic(code, message, { hint, ...at })))
    })
  })
  const outgoing = findings.external.flatMap(([url, source, from]) =>
    find({ source, from, path: url, fragment: '', own: true }).map(at =>
      diagnostic('link/external', url, {
        hint: 'the build opens no address of others; see that it still answers',
        ...at,
      }),
    ),
  )
  return [...diagnostics, ...outgoing]
}

/** The most broken links that get a suggestion: each is compared with every path of the site. */
const MOST_SUGGESTED = 200

interface LinkProblem {
  readonly code: Code
  readonly message: string
  readonly hint: string
  /** Something else may have been meant. */
  readonly isLost?: boolean
}

function problemOf(
  { path, fragment }: LocatedLink,
  ids: ReadonlyMap<string, string>,
  paths: PreparedSite['paths'],
  base: string,
): LinkProblem | undefined {
  const there = existing(path, paths)
  if (there === undefined) {
    const below = withoutBase(path, base)
    if (below !== undefined && existing(below, paths) !== undefined) {
      const hint = `write ${addressOf(below)}: the path of site.url is put before every address that begins with a slash`
      return { code: 'link/broken', message: `Nothing is at ${addressOf(path)}`, hint }
    }
    const hint = 'a file below the pages folder has the address of its place there'
    return { code: 'link/broken', message: `Nothing is at ${addressOf(path)}`, hint, isLost: true }
  }
  const target = paths.get(there)?.redirectTarget
  if (target !== undefined) {
    const hint = `link to ${target} itself`
    return { code: 'link/moved', message: `${addressOf(there)} has moved to ${target}`, hint }
  }
  const known = ids.get(there)?.split('\0').filter(Boolean) ?? []
  if (known.includes(fragment)) return undefined
  const hint = `${suggestion(fragment, known)}an anchor is the id of a heading or of an element`
  return { code: 'link/broken', message: `${addressOf(there)} has no anchor #${fragment}`, hint }
}

const withoutBase = (path: string, base: string) =>
  base !== '' && `/${path}`.startsWith(`${base}/`) ? path.slice(base.length) : undefined

interface ReadAddresses {
  readonly file: SourceFile
  readonly written: readonly WrittenAddress[]
}

type LinkFinder = (suspect: LocatedLink) => readonly At[]

/** Finds the place of a link: in the page's source, in its front matter, in a layout; failing all, the page. */
function createFinder(site: Site, paths: PreparedSite['paths']): LinkFinder {
  const { root, markdown } = site.config
  const sources = new Map<string, ReadAddresses>()
  const open = (path: string) => {
    let source = sources.get(path)
    if (!source) {
      const file = readSource(root, path).value ?? { path, text: '' }
      sources.set(path, (source = { file, written: writtenAddresses(file, markdown) }))
    }
    return source
  }
  let templates: readonly ReadAddresses[] | undefined
  let pageOf: ReadonlyMap<string, SitePage> | undefined

  return suspect => {
    const { file, written } = open(suspect.source)
    const { offset, length = 0, from } = suspect
    if (offset !== undefined) return [{ file, span: [offset, offset + length] }]
    pageOf ??= new Map([...paths.values()].flatMap(each => (each ? [[each.url, each] as const] : [])))
    const page = pageOf.get(from)
    if (page?.redirectTarget !== undefined && file.text !== '')
      return [{ file, span: readDocument(file).frontMatter.span('redirectTarget', 'value') }]
    const leadsThere = ({ address }: WrittenAddress) => {
      const to = destination(
        page ? resolveDestination(site, page, address) : address,
        from,
        site.config.site.url,
      )
      if (to?.kind === 'external') return to.url === suspect.path
      return to?.path === suspect.path && to.fragment === suspect.fragment
    }
    const within = suspect.own ? written.filter(leadsThere).map(({ span }) => ({ file, span })) : []
    if (within.length > 0) return within
    templates ??= siteTemplates(site.config).map(each => ({
      file: each,
      written: writtenAddresses(each, markdown),
    }))
    const around = templates.flatMap(each =>
      each.written.filter(leadsThere).map(({ span }) => ({ file: each.file, span })),
    )
    return around.length > 0 ? around : [{ file: { path: suspect.source, text: '' } }]
  }
}
