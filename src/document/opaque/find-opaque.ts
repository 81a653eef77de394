import type { Span } from '../../core/types.ts'
import type { Format } from '../formats.ts'
import { blocks, marks } from './blocks.ts'
import { codeEnd, codeSpan, fencedCode, rawEnd } from './code.ts'
import { directives } from './directives.ts'
import { Braces, Finder } from './finder.ts'
import { inlineSyntaxes } from './inline.ts'
import { lines } from './lines.ts'
import { modules } from './modules.ts'
import { SignTable } from './signs.ts'
import { isAlone, type OpaqueSyntax, type Place, type Stands } from './syntax.ts'
import { templates } from './templates.ts'
import { tex } from './tex.ts'

/** The table: every syntax that is opaque. Where several might begin, the first that fits has it. */
export const opaqueSyntaxes: readonly OpaqueSyntax[] = [
  fencedCode,
  codeSpan,
  ...templates,
  ...blocks,
  ...tex,
  ...directives,
  ...lines,
  ...marks,
  ...modules,
  ...inlineSyntaxes,
]

/** A stretch of a text that is not to be set, crossed or joined to, and of which not a byte may change. */
export interface OpaquePart {
  /** With the blanks and line ends that belong to it. */
  readonly span: Span
  /** Without them. */
  readonly core: Span
  readonly stands: Stands
  readonly name: string
}

interface OpaqueContext {
  readonly format: Format
  readonly isMdx?: boolean
  /** Where to begin; nothing before it is looked at. */
  readonly start?: number
  /** What is opaque besides: the author's own, in order. */
  readonly own?: readonly Span[]
}

/** Finds everything opaque in a text, in order and apart. Linear in the text. */
export function findOpaque(
  text: string,
  { format, isMdx = false, start = 0, own = [] }: OpaqueContext,
): readonly OpaquePart[] {
  const place: Place = { text, format, isMdx, ahead: new Finder(text), braces: new Braces(text) }
  const finder = tableOf(format, isMdx).in(text)
  const parts: OpaquePart[] = []
  let rawUntil = start
  let next = 0
  for (let at = start; at < text.length;) {
    const from = finder.next(at)
    const mine = own[next]
    if (mine && mine[0] <= from) {
      if (mine[1] > at) parts.push(ownPart([Math.max(mine[0], at), mine[1]]))
      at = Math.max(at, mine[1])
      next++
      continue
    }
    if (from === text.length) break
    const isRaw = from < rawUntil
    const begun = begin(finder.rowsAt(from, at), from, { place, isRaw })
    if (begun) {
      const last = parts.at(-1)?.span[1] ?? start
      parts.push(part(begun, text, last))
      at = Math.max(begun.core[1], at)
      continue
    }
    at = from + 1
    if (isRaw) continue
    if (text[from] === '<') rawUntil = Math.max(rawUntil, rawEnd(place, from) ?? 0)
    else if (format === 'markdown') at = codeEnd(place, from) ?? at
  }
  return parts
}

/** The name of what is opaque by the author's own regular expressions. */
export const OWN = 'lint.opaque'

/** Of what is no row: of raw HTML, and in Markdown of code and escaped characters. */
const RAW_SIGNS = '<'
const CODE_SIGNS = '\\`~'

const tables = {
  html: new SignTable(
    opaqueSyntaxes.filter(({ known }) => known === 'everywhere'),
    RAW_SIGNS,
  ),
  markdown: new SignTable(
    opaqueSyntaxes.filter(({ known }) => known !== 'in MDX'),
    RAW_SIGNS + CODE_SIGNS,
  ),
  mdx: new SignTable(opaqueSyntaxes, RAW_SIGNS + CODE_SIGNS),
}

const tableOf = (format: Format, isMdx: boolean) =>
  tables[format === 'html' ? 'html' : isMdx ? 'mdx' : 'markdown']

/** What was found at a place, without what belongs to it of the text around. */
interface Begun {
  readonly name: string
  readonly core: Span
  readonly stands: Stands
  readonly takesBlanks: boolean
}

function begin(
  syntaxes: readonly OpaqueSyntax[],
  at: number,
  { place, isRaw }: { place: Place; isRaw: boolean },
): Begun | undefined {
  for (const syntax of syntaxes) {
    if (isRaw && !syntax.inRaw) continue
    const { begins, name, takesBlanks } = syntax
    begins.lastIndex = at
    const match = begins.exec(place.text)
    const ending = match ? syntax.ends(match, place) : undefined
    if (ending === undefined) continue
    const isPlain = typeof ending === 'number'
    const stands = isPlain ? syntax.stands : ending.stands
    const core: Span = [at, isPlain ? ending : ending.end]
    return { name, core, stands: stands ?? 'word', takesBlanks: takesBlanks === true }
  }
  return undefined
}

const ownPart = (span: Span): OpaquePart => ({ span, core: span, stands: 'word', name: OWN })

/** A block takes the ends of its lines: no paragraph goes on over them. Nothing before `floor` belongs to it. */
function part({ name, core, stands, takesBlanks }: Begun, text: string, floor: number): OpaquePart {
  let [start, end] = core
  if (stands === 'block' && isAlone(text, start, end)) {
    start = back(text, start, { floor, over: ' \t>' })
    if (start > floor && text[start - 1] === '\n') start--
    if (start > floor && text[start - 1] === '\r') start--
    start = back(text, start, { floor, over: ' \t' })
    while (text[end] === ' ' || text[end] === '\t') end++
    if (text[end] === '\r') end++
    if (text[end] === '\n') end++
  } else if (takesBlanks) start = back(text, start, { floor, over: ' \t' })
  return { span: [start, end], core, stands, name }
}

function back(text: string, at: number, { floor, over }: { floor: number; over: string }): number {
  let start = at
  while (start > floor && over.includes(text[start - 1] as string)) start--
  return start
}
