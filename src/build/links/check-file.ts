import { reportViolations } from '../policy/report-violations.ts'
import { violationsIn } from '../policy/violations.ts'
import type { Diagnostic, OutputFile, Result } from '../../core/types.ts'
import type { PreparedSite } from '../prepare-site.ts'
import { workEnded } from '../render/ejs.ts'
import { inTime, WorkEnded } from '../render/time-limit.ts'
import { checkLinks } from './check-links.ts'
import { existing } from './collect-links.ts'
import { mergeFindings, type LinkFindings } from './findings.ts'

/** One file of the site as it was rendered, and what is wrong with its links. */
export interface CheckedFile extends Result<string | Uint8Array> {
  /** Whether it does what the policy of the site forbids: then a build writes none. */
  breaksPolicy(): boolean
  /** What is wrong with its links and those of the site’s stylesheets. What links lead to is rendered for its anchors. */
  checkLinks(): readonly Diagnostic[]
}

export function renderAndCheck(prepared: PreparedSite, file: OutputFile): CheckedFile {
  const { links } = prepared.site
  links.reset()
  const result = inPatience(prepared, file, () => file.contents())
  const taken = links.reset()
  let known: LinkFindings | undefined
  const own = () => (known ??= taken.findings())
  return {
    ...result,
    breaksPolicy() {
      const { policy, config } = prepared.site
      const { last, before } = taken
      if (!policy || known || !last) return own().violations.length > 0
      // Whoever waits for the page waits for this, and not for its links: a list may have thousands.
      const looked = { policy, site: config.site.url, from: last.url }
      return before.violations.length > 0 || violationsIn(last.html, looked).length > 0
    },
    checkLinks() {
      const { value = [], diagnostics } = inPatience(prepared, file, () => {
        links.reset()
        for (const [path, stylesheet] of prepared.output) if (path.endsWith('.css')) stylesheet.contents()
        const found = mergeFindings([own(), links.findings()])
        const wrong = [
          ...checkLinks(withAnchors(prepared, found), prepared),
          ...reportViolations(found.violations, prepared.site),
        ]
        return { value: wrong, diagnostics: [] }
      })
      return [...diagnostics, ...value]
    },
  }
}

/** Ends what takes too long, so that the next page begins as though nothing had been. */
function inPatience<T>(prepared: PreparedSite, file: OutputFile, work: () => Result<T>): Result<T> {
  const { patience } = prepared.site.config.build
  let result: Result<T> = { diagnostics: [] }
  try {
    inTime(1000 * patience, () => (result = work()))
    return result
  } catch (error) {
    if (!(error instanceof WorkEnded)) throw error
    prepared.site.dependencies.reset()
    prepared.bodies.reset()
    prepared.site.links.reset()
    return { diagnostics: [workEnded(error, patience, file.maker.source ?? file.path)] }
  }
}

/** The same findings with the anchors of every page that a link leads to: those that nobody has rendered are rendered now. */
export function withAnchors(
  { site: { links }, output }: PreparedSite,
  { unresolved, ids, external, violations }: LinkFindings,
): LinkFindings {
  const known = new Set<string | undefined>(ids.map(([path]) => path))
  const targets = unresolved.flatMap(({ path, fragment }) => (fragment === '' ? [] : existing(path, output)))
  links.reset()
  for (const path of new Set(targets)) if (!known.has(path)) output.get(path!)?.contents()
  return { unresolved, ids: [...ids, ...links.findings().ids], external, violations }
}
