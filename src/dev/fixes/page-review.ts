import { digest } from '../../core/hash.ts'
import type { Diagnostic, SourceFile, Span } from '../../core/types.ts'
import type { ShownPart, ShownPlaces } from '../marks/locate-places.ts'

/** What the linter finds in the source of a page, and proposes. */
export interface PageReview {
  /** As it was read. */
  readonly source: SourceFile
  readonly findings: readonly Diagnostic[]
  /** Where findings stand in the page as it is served. Slow: the page is rendered once more. */
  shown(): ShownFindings
}

export interface ShownFindings {
  readonly parts: ReadonlyMap<Diagnostic, readonly ShownPart[]>
  /** The text of each text node that has a part, by its number in the document. */
  readonly texts: ReadonlyMap<number, string>
}

export const NOTHING_SHOWN: ShownFindings = { parts: new Map(), texts: new Map() }

/** Stands for a text: what was proposed for one is not proposed for another. */
export const versionOf = ({ text }: SourceFile): string => digest([text])

/** Stands for a proposed fix, in the text that it is proposed for. */
export const fixId = ({ code, span, fix }: Diagnostic): string =>
  digest([code, JSON.stringify(span), JSON.stringify(fix?.edits)])

/** The places in the source that are marked for a finding: what its fix changes, or all that it is about. */
const placesOf = ({ fix, span }: Diagnostic): readonly Span[] =>
  fix ? fix.edits.map(edit => edit.span) : span ? [span] : []

/** Marks what of the findings lies behind `bodyStart`: the rest is not rendered as it is written. */
export function showFindings(
  findings: readonly Diagnostic[],
  bodyStart: number,
  locate: (places: readonly Span[]) => ShownPlaces,
): ShownFindings {
  const owners: Diagnostic[] = []
  const places: Span[] = []
  for (const finding of findings) {
    const own = placesOf(finding)
    if (own.some(([start]) => start < bodyStart)) continue
    for (const place of own) {
      owners.push(finding)
      places.push(place)
    }
  }
  const { parts, texts } = locate(places)
  const byFinding = new Map<Diagnostic, ShownPart[]>()
  for (const part of parts) {
    const owner = owners[part.place] as Diagnostic
    const known = byFinding.get(owner)
    if (known) known.push(part)
    else byFinding.set(owner, [part])
  }
  return { parts: byFinding, texts }
}
