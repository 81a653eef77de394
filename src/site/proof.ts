import type { OutputFile, Result } from '../model.ts'
import { existing } from './links.ts'
import type { Press } from './site.ts'

/**
 * One file of the site, and all that is wrong with it, its links and those of the site’s stylesheets too. What links lead to is
 * rendered for its anchors.
 */
export function proofread(press: Press, file: OutputFile): Result<string | Uint8Array> {
  press.forgetLinks()
  const { value, diagnostics } = file.contents()
  for (const [path, sheet] of press.output) if (path.endsWith('.css')) sheet.contents()
  const { suspects, ids } = press.linkFindings()
  press.forgetLinks()
  const targets = new Set(
    suspects.filter(({ fragment }) => fragment !== '').map(({ path }) => existing(path, press.output)),
  )
  for (const path of targets) {
    if (path !== undefined && path !== file.path) press.output.get(path)?.contents()
  }
  const anchors = [...ids, ...press.linkFindings().ids]
  press.forgetLinks()
  const wrong = press.judgeLinks([{ suspects, ids: anchors, external: [] }])
  return { ...(value !== undefined && { value }), diagnostics: [...diagnostics, ...wrong] }
}
