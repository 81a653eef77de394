import { codeInline, plainInline, playing, silent, styles, unneeded } from './elements.ts'
import type { Inline } from './flow.ts'
import { reportForeign } from './foreign.ts'
import { attribute, isElement, isText, textBelow, type HtmlElement, type HtmlNode } from './html-tree.ts'
import type { Reader, Scope } from './reader.ts'
import { printable } from './whitespace.ts'

/** Styles within styles: deeper than this nobody can tell them apart, and a typesetter has a bound. */
const DEEPEST = 8

/** Reads what stands in a line; its blanks are not folded yet. */
export const readInline = (
  nodes: readonly HtmlNode[],
  reader: Reader,
  scope: Scope,
  depth = 0,
): readonly Inline[] =>
  nodes.flatMap(node => {
    if (isText(node)) return [{ kind: 'text', text: printable(node.value) }]
    return isElement(node) ? readElement(node, reader, scope, depth) : []
  })

function readElement(element: HtmlElement, reader: Reader, scope: Scope, depth: number): readonly Inline[] {
  const { tagName: tag, childNodes } = element
  if (attribute(element, 'hidden') !== undefined || reader.isElsewhere(element)) return []
  const lang = attribute(element, 'lang')
  const own = lang && lang !== scope.lang ? { ...scope, lang } : scope
  if (depth >= DEEPEST) {
    reader.report(
      'zine/unprintable',
      `Here are more than ${DEEPEST} styles within one another`,
      'take some of them out; the words are printed all the same',
      element,
    )
    return [{ kind: 'text', text: printable(textBelow(childNodes)) }]
  }
  const inner = () => readInline(childNodes, reader, own, depth + 1)
  const read = readKnown(element, tag, { reader, inner, scope: own })
  return own === scope || lang === undefined || read.length === 0
    ? read
    : [{ kind: 'language', lang, children: read }]
}

interface ElementContext {
  readonly reader: Reader
  readonly inner: () => readonly Inline[]
  readonly scope: Scope
}

function readKnown(
  element: HtmlElement,
  tag: string,
  { reader, inner, scope }: ElementContext,
): readonly Inline[] {
  const style = styles.get(tag)
  if (style === 'sup') return superscript(inner())
  if (style) return [{ kind: style, children: inner() }]
  if (codeInline.has(tag)) return code(element, inner())
  if (plainInline.has(tag)) return inner()
  if (unneeded.has(tag)) return []
  switch (tag) {
    case 'br':
      return [{ kind: 'break' }]
    case 'a':
      return readLink(element, reader, inner)
    case 'img':
      return readPicture(element, reader)
    case 'picture':
      return element.childNodes.flatMap(child =>
        isElement(child) && child.tagName === 'img' ? readPicture(child, reader) : [],
      )
    case 'q': {
      const [open, close] = scope.lang?.startsWith('ru') ? ['«', '»'] : ['“', '”']
      return [{ kind: 'text', text: open }, ...inner(), { kind: 'text', text: close }]
    }
    case 'input':
      if (attribute(element, 'type') === 'checkbox')
        return [{ kind: 'text', text: attribute(element, 'checked') === undefined ? '☐' : '☑' }]
      break
    default:
  }
  return readForeign(element, reader, inner)
}

/** A call of a note is raised by itself. */
function superscript(children: readonly Inline[]): readonly Inline[] {
  const isCall = children.some(({ kind }) => kind === 'note')
  const isOnly = children.every(
    node => node.kind === 'note' || (node.kind === 'text' && /^[\s[\](),]*$/.test(node.text)),
  )
  return isCall && isOnly ? children.filter(({ kind }) => kind === 'note') : [{ kind: 'sup', children }]
}

/** Code is set as it is; what stands in it besides text is kept around it. */
function code({ childNodes }: HtmlElement, inner: readonly Inline[]): readonly Inline[] {
  const text = printable(textBelow(childNodes)).replace(/[ \t\r\n\f]+/g, ' ')
  const others = inner.filter(({ kind }) => kind === 'note' || kind === 'image')
  return [...(text.trim() === '' ? [] : [{ kind: 'code', text } as const]), ...others]
}

function readLink(element: HtmlElement, reader: Reader, inner: () => readonly Inline[]): readonly Inline[] {
  if (reader.isBacklink(element)) return []
  const note = reader.note(element)
  if (note !== undefined) return [{ kind: 'note', note }]
  const children = inner()
  const to = attribute(element, 'href') === undefined ? undefined : reader.target(element)
  return to && children.length > 0 ? [{ kind: 'link', to, children }] : children
}

/** What cannot be printed has its words in its place. */
function readPicture(element: HtmlElement, reader: Reader): readonly Inline[] {
  const image = reader.picture(element)
  if (image) return [{ kind: 'image', image }]
  const alt = printable(attribute(element, 'alt') ?? '')
  return alt.trim() === '' ? [] : [{ kind: 'text', text: `[${alt}]` }]
}

function readForeign(
  element: HtmlElement,
  reader: Reader,
  inner: () => readonly Inline[],
): readonly Inline[] {
  const { tagName: tag } = element
  const src = attribute(element, 'src') ?? attribute(element, 'data')
  reportForeign(element, reader)
  if (playing.has(tag) && src !== undefined) {
    const to = reader.target(element)
    const shown = to?.kind === 'web' ? to.shown : src
    const text: Inline = { kind: 'text', text: printable(shown) }
    return to ? [{ kind: 'link', to, children: [text] }] : [text]
  }
  return silent.has(tag) ? [] : inner()
}
