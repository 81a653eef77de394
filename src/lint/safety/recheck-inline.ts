import type { Token } from 'markdown-it'
import type { Edit } from '../../core/types.ts'
import { editContent, type Content } from '../parse/content.ts'
import type { Finding } from '../engine/edits.ts'
import type { InlineOutline } from '../parse/markdown.ts'
import { largestSafeSet } from './bisect.ts'

/** What only the parser can judge. */
export interface Uncertain {
  /** Offsets of no-break spaces that, written as entities, might be too much for a star beside them. */
  readonly places: ReadonlySet<number>
  /** Contents with brackets or addresses in their text that a change might turn into something else. */
  readonly contents: ReadonlySet<Content>
  /** What contents were read as, where that is known. */
  readonly read: ReadonlyMap<Content, Token[]>
}

/** Characters to read again at most for the sake of one content: what is not rechecked by then is withheld. */
const MOST_CHARACTERS = 1_000_000

/**
 * Takes the entities back that change what a content's stars and underscores mean, and writes characters; then withholds
 * what changes it all the same. In source order.
 */
export function recheckInline(
  findings: readonly Finding[],
  { places, contents: risky, read }: Uncertain,
  contents: readonly Content[],
  outline: InlineOutline,
): readonly Finding[] {
  const sorted = findings.toSorted((a, b) => startOf(a) - startOf(b))
  if (places.size === 0 && risky.size === 0) return sorted
  const isUncertain = ({ edits }: Finding) => edits.some(({ span }) => places.has(span[0]))
  const rechecked = places.size > 0 ? contents : contents.filter(content => risky.has(content))
  let next = 0
  for (const content of rechecked) {
    const [start, end] = content.span
    while (next > 0 && startOf(sorted[next - 1] as Finding) >= start) next--
    while (next < sorted.length && startOf(sorted[next] as Finding) < start) next++
    let last = next
    while (last < sorted.length && startOf(sorted[last] as Finding) <= end) last++
    const first = next
    const inside = sorted.slice(first, last)
    next = last
    if (inside.length === 0 || !(risky.has(content) || inside.some(isUncertain))) continue
    const safe = recheck(inside, content, {
      places,
      meant: outline(content.text, read.get(content)),
      outline,
    })
    safe.forEach((finding, i) => (sorted[first + i] = finding))
  }
  return sorted
}

const startOf = ({ edits }: Finding) => edits[0]?.span[0] ?? 0

function recheck(
  findings: readonly Finding[],
  content: Content,
  { places, meant, outline }: { places: ReadonlySet<number>; meant: string; outline: InlineOutline },
): readonly Finding[] {
  const isSound = (some: readonly Finding[]) => outline(editContent(content, editsOf(some))) === meant
  if (isSound(findings)) return findings
  const plain = findings.map(({ rule, edits }) => ({
    rule,
    edits: edits.map(edit => (places.has(edit.span[0]) ? asCharacters(edit) : edit)),
    withheld: false,
  }))
  const safe = new Set(largestSafeSet(plain, isSound, MOST_CHARACTERS / content.text.length))
  for (const finding of plain) finding.withheld = !safe.has(finding)
  return plain
}

const editsOf = (findings: readonly Finding[]) =>
  findings.flatMap(({ edits }) => edits).toSorted((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1])

const asCharacters = ({ span, text }: Edit): Edit => ({
  span,
  text: text.replaceAll('&nbsp;', '\u00A0').replaceAll('&#8239;', '\u202F'),
})
