import type { OutputFile, Result } from '../model.ts'
import { existing, type LinkFindings } from './links.ts'
import type { Press } from './site.ts'

/**
 * One file of the site, and all that is wrong with it, its links and those of the site’s stylesheets too. What links lead to is
 * rendered for its anchors.
 */
export function proofread(press: Press, file: OutputFile): Result<string | Uint8Array> {
  press.forgetLinks()
  const { value, diagnostics } = file.contents()
  for (const [path, sheet] of press.output) if (path.endsWith('.css')) sheet.contents()
  const wrong = press.judgeLinks(withAnchors(press, press.linkFindings()))
  press.forgetLinks()
  return { ...(value !== undefined && { value }), diagnostics: [...diagnostics, ...wrong] }
}

/** The same findings with the anchors of every page that a link leads to: those that nobody has rendered are rendered now. */
export function withAnchors(press: Press, { suspects, ids, external }: LinkFindings): LinkFindings {
  const known = new Set<string | undefined>(ids.map(([path]) => path))
  const targets = suspects.flatMap(({ path, fragment }) =>
    fragment === '' ? [] : existing(path, press.output),
  )
  press.forgetLinks()
  for (const path of new Set(targets)) if (!known.has(path)) press.output.get(path!)?.contents()
  return { suspects, ids: [...ids, ...press.linkFindings().ids], external }
}
