import { escape } from '../../core/html.ts'

export interface HtmlAttribute {
  readonly name: string
  readonly value: string
}

const BLOCKS = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre div section article aside nav figure figcaption hr'.split(
    ' ',
  ),
)
/** Blocks that hold no blocks. */
const HOLD_TEXT = new Set('p h1 h2 h3 h4 h5 h6 pre'.split(' '))
/** An element of these within one of its own name closes it, or is opened again behind it. */
const FORMATTING = new Set('a em strong code b i s u small'.split(' '))
/** What is inline and none of those stands in itself as in any other. */
const INLINE = new Set('span del ins mark sub sup abbr kbd q cite var samp time dfn br img wbr'.split(' '))
const VOID = new Set('br img wbr hr'.split(' '))
const PARENTS: Readonly<Record<string, ReadonlySet<string>>> = {
  li: new Set(['ul', 'ol']),
  dt: new Set(['dl']),
  dd: new Set(['dl']),
}

const TEXT = /[^<&\0\r]+/y
const ENTITY = /&(amp|lt|gt|quot|nbsp|#39|#x27);/y
const OPEN = /<([a-z][a-z\d]*)((?: [a-z][a-z-]*="[^"<\0\r]*")*)>/y
const CLOSE = /<\/([a-z][a-z\d]*)>/y
const ATTRIBUTE = / ([a-z-]+)="([^"]*)"/g

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00A0',
  '#39': "'",
  '#x27': "'",
}
/** Those that text must have. */
const KEPT = new Set(['amp', 'lt', 'gt'])

/**
 * HTML with other attributes, as a parser would read it and write it again, where every element is one of
 * those above, is closed, and closes and opens no other; undefined of all other. To load the parser takes longer than to do this to all entries of a feed. HTML, 13.2.6.4.7 and 13.3.
 */
export function rewritePlain(
  html: string,
  attributesOf: (attributes: readonly HtmlAttribute[]) => readonly HtmlAttribute[],
): string | undefined {
  let written = ''
  const open: string[] = []
  for (let at = 0; at < html.length;) {
    const text = match(TEXT, html, at)
    if (text) {
      written += text[0].replaceAll('>', '&gt;')
      at += text[0].length
      continue
    }
    const entity = match(ENTITY, html, at)
    if (entity) {
      written += KEPT.has(entity[1]!) ? entity[0] : entities[entity[1]!]!
      at += entity[0].length
      continue
    }
    const close = match(CLOSE, html, at)
    if (close) {
      if (open.pop() !== close[1]) return undefined
      written += close[0]
      at += close[0].length
      continue
    }
    const tag = match(OPEN, html, at)
    const attributes = tag && readAttributes(tag[2]!)
    if (!tag || !attributes || !fits(tag[1]!, open)) return undefined
    const name = tag[1]!
    written += `<${name}`
    for (const attribute of attributesOf(attributes))
      written += ` ${attribute.name}="${escape(attribute.value)}"`
    written += '>'
    at += tag[0].length
    if (!VOID.has(name)) open.push(name)
    // The parser takes the first line end of it for no part of it.
    if (name === 'pre' && html[at] === '\n') at++
  }
  return open.length === 0 ? written : undefined
}

function match(pattern: RegExp, html: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(html)
}

/** Whether an element may begin here, so that it closes nothing and nothing is opened again in it. */
function fits(name: string, open: readonly string[]): boolean {
  const parent = open.at(-1)
  if (INLINE.has(name)) return true
  if (FORMATTING.has(name)) return !open.includes(name)
  if (!BLOCKS.has(name)) return false
  if (PARENTS[name]?.has(parent ?? '') === false) return false
  return open.every(each => BLOCKS.has(each) && !HOLD_TEXT.has(each))
}

/** Undefined where one has an entity that is not known here, or stands twice. */
function readAttributes(written: string): readonly HtmlAttribute[] | undefined {
  const attributes: HtmlAttribute[] = []
  for (const [, name = '', value = ''] of written.matchAll(ATTRIBUTE)) {
    if (attributes.some(each => each.name === name)) return undefined
    if (/&(?!(?:amp|lt|gt|quot|nbsp|#39|#x27);)/.test(value)) return undefined
    const decoded = value.replace(/&([^;&]{1,4});/g, (_, entity: string) => entities[entity]!)
    attributes.push({ name, value: decoded })
  }
  return attributes
}
