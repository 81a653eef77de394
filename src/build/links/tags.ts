import { commentClose, tagEnds } from '../../core/text/enclosed.ts'

/** An attribute as it stands in HTML. */
export interface Attribute {
  /** In lower case. */
  readonly name: string
  /** Without quotes, entities as they are written. */
  readonly written: string
  /** Where `written` begins. */
  readonly offset: number
}

const textClose = new Map(
  ['script', 'style', 'textarea', 'title'].map(name => [name, new RegExp(`</${name}\\s*>`, 'gi')]),
)

/** Attributes are matched one after the other, so that the value of one is never read as another. */
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/g

/** A tag that has attributes that are looked for, or the first of an element whose content is text. */
export interface ReadTag {
  /** In lower case. */
  readonly element: string
  /** Those that are looked for. */
  readonly attributes: readonly Attribute[]
  /** The place behind it. */
  readonly end: number
  /** Of an element whose content is text. */
  readonly content: string | undefined
}

export type Names = Pick<ReadonlySet<string>, 'has'>

/**
 * The tags of the HTML that have attributes of these names, and those of elements whose content is text. Comments, tags and elements of
 * text alone are told apart: that is nine times as fast as a parser, and what HTML forgives beyond them has no links in it.
 */
export function readTags(html: string, names: Names): readonly ReadTag[] {
  const tags: ReadTag[] = []
  const ends = tagEnds(html)
  const wantsClass = names.has('class')
  const missing = new Set<RegExp>([])
  /** Where something ends that is closed so; undefined when nothing is any more, which is looked for once. */
  const closed = (closes: RegExp, from: number): RegExpExecArray | undefined => {
    closes.lastIndex = from
    const found = missing.has(closes) ? null : closes.exec(html)
    if (!found) missing.add(closes)
    return found ?? undefined
  }
  for (let at = 0, open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    at = open + 1
    const start = nameEnd(html, at)
    if (start === at) {
      if (html.charCodeAt(at) !== 0x21 || !html.startsWith('!--', at)) continue
      at += '!--'.length
      const comment = closed(commentClose, at)
      if (comment) at = comment.index + comment[0].length
      continue
    }
    const holdsText = mayHoldText(html, at)
    const bareEnd = holdsText ? -1 : bareTagEnd(html, start, wantsClass)
    if (bareEnd >= 0) {
      at = bareEnd
      continue
    }
    at = start
    const attributes: Attribute[] = []
    const end = readAttributes(html, start, { names, ends }, attributes)
    if (end < 0) continue
    at = end
    if (attributes.length === 0 && !holdsText) continue
    const element = nameAt(html, open + 1, start)
    const closes = holdsText ? textClose.get(element) : undefined
    const close = closes && closed(closes, end)
    if (close) at = close.index + close[0].length
    else if (attributes.length === 0) continue
    tags.push({ element, attributes, end, content: close && html.slice(end, close.index) })
  }
  return tags
}

/** Where the name of a tag ends that begins here: a letter, and letters, digits and hyphens. */
function nameEnd(html: string, from: number): number {
  if (!isLetter(html.charCodeAt(from))) return from
  for (let at = from + 1; ; at++) {
    const code = html.charCodeAt(at)
    if (!isLetter(code) && !(code >= 0x30 && code <= 0x39) && code !== 0x2d) return at
  }
}

const isLetter = (code: number) => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a

/** Names of most tags and attributes by their letter and length: comparing is cheaper than cutting a name out. */
const common: string[][] = []
const shapeOf = (letter: number, length: number) => (letter & 31) * 32 + (length & 31)
for (const name of 'a blockquote div h1 h2 h3 html iframe img input link meta nav script section source span style table textarea time title video alt aria-label as class content data datetime height href hreflang id imagesrcset lang loading name poster property rel role src srcset tabindex type width'.split(
  ' ',
))
  (common[shapeOf(name.charCodeAt(0), name.length)] ??= []).push(name)

/** A name in lower case. */
function nameAt(html: string, start: number, end: number): string {
  for (const name of common[shapeOf(html.charCodeAt(start), end - start)] ?? []) {
    if (name.length === end - start && html.startsWith(name, start)) return name
  }
  return html.slice(start, end).toLowerCase()
}

/** Whether a tag whose name begins here may be of an element whose content is text: `sc`, `st`, `te` and `ti` begin their names. */
function mayHoldText(html: string, at: number): boolean {
  const pair = ((html.charCodeAt(at) | 0x20) << 8) | html.charCodeAt(at + 1) | 0x20
  return pair === 0x7363 || pair === 0x7374 || pair === 0x7465 || pair === 0x7469
}

/** Where a tag ends that has nothing behind its name, or a class alone that nobody wants: most are such. -1 for others. */
function bareTagEnd(html: string, start: number, wantsClass: boolean): number {
  if (html.charCodeAt(start) === 0x3e) return start + 1
  if (wantsClass || !html.startsWith(CLASS, start)) return -1
  const quote = html.indexOf('"', start + CLASS.length)
  return quote >= 0 && html.charCodeAt(quote + 1) === 0x3e ? quote + 2 : -1
}

const CLASS = ' class="'

interface Wanted {
  readonly names: Names
  /** Of the whole text. */
  readonly ends: (from: number) => number
}

/** Finds the attributes of these names behind the name of a tag, and gives the place behind the tag; -1 of what is no tag. */
function readAttributes(html: string, start: number, { names, ends }: Wanted, found: Attribute[]): number {
  const plainEnd = readPlainAttributes(html, start, names, found)
  if (html.charCodeAt(plainEnd) === 0x3e) return plainEnd + 1
  const end = ends(start)
  if (end < 0) return -1
  const text = html.slice(start, end - 1)
  ATTRIBUTE.lastIndex = plainEnd - start
  for (let match = ATTRIBUTE.exec(text); match; match = ATTRIBUTE.exec(text)) {
    const [whole, attribute = '', double, single, bare] = match
    const name = attribute.toLowerCase()
    const written = double ?? single ?? bare
    if (written === undefined || !names.has(name)) continue
    const close = start + match.index + whole.length - (bare === undefined ? 1 : 0)
    found.push({ name, written, offset: close - written.length })
  }
  return end
}

/**
 * As `ATTRIBUTE` reads them, and as far as each is written ` name="value"`, as by a program. Gives the place behind the last of these:
 * outside of their quotations nothing can end the tag.
 */
function readPlainAttributes(html: string, start: number, names: Names, found: Attribute[]): number {
  let at = start
  while (html.charCodeAt(at) === 0x20) {
    let equals = at + 1
    while (isNamed(html.charCodeAt(equals))) equals++
    if (equals === at + 1 || html.charCodeAt(equals) !== 0x3d || html.charCodeAt(equals + 1) !== 0x22) break
    const offset = equals + 2
    const close = html.indexOf('"', offset)
    if (close < 0) break
    const name = nameAt(html, at + 1, equals)
    if (names.has(name)) found.push({ name, written: html.slice(offset, close), offset })
    at = close + 1
  }
  return at
}

/** Of characters that names may have, those that they have. */
const isNamed = (code: number) =>
  isLetter(code) || code === 0x2d || code === 0x3a || (code >= 0x30 && code <= 0x39)
