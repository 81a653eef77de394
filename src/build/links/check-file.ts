import type { Diagnostic, OutputFile, Result } from '../../core/types.ts'
import { existing, mergeFindings, type LinkFindings } from './collect-links.ts'
import type { PreparedSite } from '../site.ts'

/** One file of the site, and what stands in the way of it. */
export interface CheckedFile extends Result<string | Uint8Array> {
  /** What is wrong with its links and those of the site’s stylesheets. What links lead to is rendered for its anchors. */
  checkLinks(): readonly Diagnostic[]
}

export function renderAndCheck(press: PreparedSite, file: OutputFile): CheckedFile {
  press.resetLinks()
  const result = file.contents()
  const own = press.resetLinks()
  return {
    ...result,
    checkLinks() {
      press.resetLinks()
      for (const [path, sheet] of press.output) if (path.endsWith('.css')) sheet.contents()
      const found = mergeFindings([own(), press.linkFindings()])
      return press.checkLinks(withAnchors(press, found))
    },
  }
}

/** The same findings with the anchors of every page that a link leads to: those that nobody has rendered are rendered now. */
export function withAnchors(press: PreparedSite, { unresolved, ids, external }: LinkFindings): LinkFindings {
  const known = new Set<string | undefined>(ids.map(([path]) => path))
  const targets = unresolved.flatMap(({ path, fragment }) =>
    fragment === '' ? [] : existing(path, press.output),
  )
  press.resetLinks()
  for (const path of new Set(targets)) if (!known.has(path)) press.output.get(path!)?.contents()
  return { unresolved, ids: [...ids, ...press.linkFindings().ids], external }
}
