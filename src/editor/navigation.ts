import type { DocumentLink, DocumentSymbol, Location, SymbolInformation } from 'vscode-languageserver'
import type { SourceFile, Span } from '../core/types.ts'
import { readDocument } from '../document/document.ts'
import type { OpenText } from './actions/code-actions.ts'
import { documentOf, rangeOf, uriOf } from './positions.ts'
import { SymbolKind } from './protocol.ts'
import { writtenHeadings, type WrittenHeading, type WrittenLink } from './site/site-index.ts'
import { templateAt } from './templates.ts'
import type { Workspace } from './site/workspace.ts'

export const linkAt = ({ file, workspace }: OpenText, at: number): WrittenLink | undefined =>
  workspace.site?.linksIn(file).find(({ span: [start, end] }) => start <= at && at <= end)

/** The heading whose words stand at an offset. */
export const headingAt = ({ file, workspace }: OpenText, at: number): WrittenHeading | undefined =>
  writtenHeadings(file, workspace.config.markdown).find(({ span: [start, end] }) => start <= at && at <= end)

export function locationOf({ root }: Pick<Workspace, 'root'>, file: SourceFile, span: Span): Location {
  return { uri: uriOf(root, file.path), range: rangeOf(documentOf(file), span) }
}

/** Where what stands here is written: the page or heading of a link, a layout, a partial, the pages of a tag. */
export function definition(page: OpenText, at: number): readonly Location[] {
  const { workspace } = page
  const { site } = workspace
  const template = templateAt(page, at)
  if (template) return [locationOf(workspace, { path: template, text: '' }, [0, 0])]
  const link = linkAt(page, at)
  const file = link && site?.read(link.target.source)
  if (!site || !link || !file) return []
  const heading = site.headings(file).find(({ id }) => id === link.fragment)
  return [locationOf(workspace, file, heading?.span ?? [0, 0])]
}

/** Every link to the heading here; elsewhere, to the page that the link here leads to, or to this page. */
export function references(page: OpenText, at: number): readonly Location[] {
  const { workspace, file } = page
  const { site } = workspace
  if (!site) return []
  const heading = headingAt(page, at)
  const link = linkAt(page, at)
  const source = heading || !link ? file.path : link.target.source
  const fragment = heading?.id ?? link?.fragment ?? ''
  return site
    .allLinks()
    .filter(each => each.target.source === source && (fragment === '' || each.fragment === fragment))
    .map(each => locationOf(workspace, each.file, each.span))
}

/** The links of a page that lead to other sources of the site. */
export function documentLinks({ file, document, workspace }: OpenText): DocumentLink[] {
  const links = workspace.site?.linksIn(file) ?? []
  return links.map(({ span, target }) => ({
    range: rangeOf(document, span),
    target: uriOf(workspace.root, target.source),
    tooltip: target.title,
  }))
}

/** The headings of a page, each below the one that it belongs to. */
export function documentSymbols({ file, document, workspace }: OpenText): DocumentSymbol[] {
  const top: DocumentSymbol[] = []
  const open: { readonly level: number; readonly children: DocumentSymbol[] }[] = [
    { level: 0, children: top },
  ]
  for (const { level, text, span } of writtenHeadings(file, workspace.config.markdown)) {
    const range = rangeOf(document, span)
    const children: DocumentSymbol[] = []
    while ((open.at(-1)?.level ?? 0) >= level) open.pop()
    open
      .at(-1)
      ?.children.push({ name: text || '—', kind: SymbolKind.String, range, selectionRange: range, children })
    open.push({ level, children })
  }
  return top
}

/** Pages by title, and headings, that have all the letters of a query in order. */
export function workspaceSymbols(workspace: Workspace, query: string): SymbolInformation[] {
  const { site } = workspace
  if (!site) return []
  const isMeant = (name: string) => hasInOrder(name.toLowerCase(), query.toLowerCase())
  return site.pages.flatMap(page => {
    const file = site.read(page.source)
    if (!file) return []
    const title: Span = readDocument(file).frontMatter.span('title', 'value')
    const named = [{ text: page.title, span: title }, ...(query === '' ? [] : site.headings(file))]
    return named
      .filter(({ text }) => isMeant(text))
      .map(({ text, span }) => ({
        name: text,
        kind: span === title ? SymbolKind.File : SymbolKind.String,
        location: locationOf(workspace, file, span),
        containerName: page.url,
      }))
  })
}

function hasInOrder(name: string, letters: string): boolean {
  let at = 0
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
