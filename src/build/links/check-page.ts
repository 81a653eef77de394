import type { Diagnostic, OutputFile, Result } from '../../core/types.ts'
import { existing, mergeFindings, type LinkFindings } from './collect.ts'
import type { Press } from '../site.ts'

/** One file of the site, and what stands in the way of it. */
export interface Proof extends Result<string | Uint8Array> {
  /** What is wrong with its links and those of the site’s stylesheets. What links lead to is rendered for its anchors. */
  judgeLinks(): readonly Diagnostic[]
}

export function proofread(press: Press, file: OutputFile): Proof {
  press.takeLinks()
  const result = file.contents()
  const own = press.takeLinks()
  return {
    ...result,
    judgeLinks() {
      press.takeLinks()
      for (const [path, sheet] of press.output) if (path.endsWith('.css')) sheet.contents()
      const found = mergeFindings([own(), press.linkFindings()])
      return press.judgeLinks(withAnchors(press, found))
    },
  }
}

/** The same findings with the anchors of every page that a link leads to: those that nobody has rendered are rendered now. */
export function withAnchors(press: Press, { suspects, ids, external }: LinkFindings): LinkFindings {
  const known = new Set<string | undefined>(ids.map(([path]) => path))
  const targets = suspects.flatMap(({ path, fragment }) =>
    fragment === '' ? [] : existing(path, press.output),
  )
  press.takeLinks()
  for (const path of new Set(targets)) if (!known.has(path)) press.output.get(path!)?.contents()
  return { suspects, ids: [...ids, ...press.linkFindings().ids], external }
}
