import { fixText } from '../../src/lint/fix.ts'
import { inspect, type Inspection } from '../../src/lint/lint.ts'

export interface Case {
  readonly name: string
  readonly lang: string
  readonly source: string
  readonly fixed: string
  /** Markdown when absent. */
  readonly path?: string
}

interface Options {
  readonly lang: string
  readonly path?: string | undefined
  readonly enabled?: (rule: string) => boolean
  readonly noBreakSpace?: 'entity' | 'character'
}

export const look = (
  text: string,
  { lang, path = 'page.md', enabled = () => true, noBreakSpace = 'entity' }: Options,
): Inspection => inspect({ path, text }, { lang, enabled, noBreakSpace })

/** The text as `--fix` leaves it. Throws when the page would say something else. */
export function fix(text: string, options: Options): string {
  const edits = look(text, options).findings.flatMap(finding => finding.edits)
  const fixed = fixText({ path: options.path ?? 'page.md', text }, edits)
  if (fixed === undefined)
    throw new Error(`The page says something else after the fix: ${JSON.stringify(edits)}`)
  return fixed
}
