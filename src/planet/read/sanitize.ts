import type { ElementContent, Nodes, Root } from 'hast'
import { fromParse5 } from 'hast-util-from-parse5'
import { sanitize as sanitizeTree, type Schema } from 'hast-util-sanitize'
import { toHtml } from 'hast-util-to-html'
import { defaultTreeAdapter, parseFragment, type DefaultTreeAdapterMap, type TreeAdapter } from 'parse5'
import { cleanAll, element, link, nameOf, plain } from './clean-html.ts'
import { roughText } from './plain-text.ts'

export interface SanitizeOptions {
  /** What relative addresses are relative to. */
  readonly base: string
  /** How many levels headings go down, for HTML that is shown below others; none goes below the sixth. */
  readonly demote?: number
  /** Tables as Markdown of the site has them: in a box that scrolls, since a stranger’s may be wider than the page. */
  readonly boxTables?: boolean
}

/** HTML with more than this makes a browser slow, and a parser slower. */
const MOST_ELEMENTS = 20_000
const DEEPEST = 200
const MOST_ATTRIBUTES = 50_000

const schema: Schema = {
  tagNames: words(
    'p br hr div blockquote pre h1 h2 h3 h4 h5 h6 ul ol li dl dt dd figure figcaption details summary',
    'table caption colgroup col thead tbody tfoot tr td th',
    'a em strong b i u s small mark sub sup del ins q cite dfn abbr time code kbd samp var span',
    'bdi bdo ruby rb rt rp wbr',
  ),
  attributes: {
    '*': ['lang', ['dir', 'ltr', 'rtl', 'auto'], 'title'],
    a: ['href', ['rel', 'nofollow', 'noopener']],
    blockquote: ['cite'],
    q: ['cite'],
    del: ['cite', 'dateTime'],
    ins: ['cite', 'dateTime'],
    time: ['dateTime'],
    ol: ['start', 'reversed'],
    li: ['value'],
    td: ['colSpan', 'rowSpan'],
    th: ['colSpan', 'rowSpan', 'scope'],
  },
  ancestors: {
    li: ['ul', 'ol'],
    figcaption: ['figure'],
    summary: ['details'],
    ...Object.fromEntries(words('dt dd').map(name => [name, ['dl']])),
    ...Object.fromEntries(words('rb rt rp').map(name => [name, ['ruby']])),
    ...Object.fromEntries(
      words('caption colgroup col thead tbody tfoot tr td th').map(name => [name, ['table']]),
    ),
  },
  protocols: { href: ['http', 'https', 'mailto', 'xmpp', 'tel'], cite: ['http', 'https'] },
  strip: words(
    'script style template title textarea select datalist noembed noframes iframe frameset object embed applet',
    'svg annotation annotation-xml',
  ),
  clobber: [],
  required: {},
}

function words(...lines: readonly string[]): string[] {
  return lines.flatMap(line => line.split(' '))
}

/**
 * HTML of a stranger as it may stand among others: what hast-util-sanitize lets through of a list of plain elements, with absolute
 * addresses. Nothing in it runs, loads anything, has an id or looks like anything but text; pictures, films and frames are links to
 * them. It is parsed by parse5 as a browser parses it, so that it is read as it was judged.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions): string {
  const tree = sanitizeToTree(html, options)
  return tree ? write(tree) : paragraph(roughText(html))
}

function sanitizeToTree(
  html: string,
  { base, demote = 0, boxTables = false }: SanitizeOptions,
): Nodes | undefined {
  const fragment = parse(html)
  if (!fragment) return undefined
  const children = cleanAll(fragment.children, { base, demote, inLink: false })
  const tree = sanitizeTree({ type: 'root', children }, schema)
  if (boxTables) putTablesInBoxes(tree)
  return tree
}

function putTablesInBoxes(parent: Nodes): void {
  if (!('children' in parent)) return
  const children = parent.children as ElementContent[]
  children.forEach((child, n) => {
    if (child.type !== 'element') return
    if (child.tagName === 'table')
      children[n] = element('div', { className: ['table'], tabIndex: 0 }, [child])
    else putTablesInBoxes(child)
  })
}

/** Plain text as HTML: its paragraphs, and its lines. */
export function textToHtml(text: string): string {
  const paragraphs = text.split(/\r?\n[ \t]*\r?\n\s*/).filter(each => each.trim() !== '')
  return paragraphs.map(each => paragraph(each)).join('\n')
}

/** A paragraph that leads to an address of the web. */
export const linkHtml = (address: string): string => write(element('p', {}, [link(address, nameOf(address))]))

/** The text of HTML as it would be read when it was sanitised. */
export function textOf(html: string): string {
  const tree = sanitizeToTree(html, { base: 'https://example.org/' })
  return tree ? textBelow(tree) : roughText(html)
}

function textBelow(node: Nodes): string {
  if (node.type === 'text') return node.value
  if (!('children' in node)) return ''
  const text = node.children.map(textBelow).join('')
  return node.type === 'element' && BLOCK.test(node.tagName) ? ` ${text} ` : text
}

const BLOCK = /^(?:p|br|hr|div|h\d|li|dt|dd|td|th|tr|blockquote|pre|figure|figcaption|summary|caption)$/

function paragraph(text: string): string {
  if (text.trim() === '') return ''
  const children: ElementContent[] = []
  for (const line of text.trim().split(/\r?\n/)) {
    if (children.length > 0) children.push(element('br', {}, []))
    children.push({ type: 'text', value: plain(line) })
  }
  return write(element('p', {}, children))
}

const write = (tree: Nodes) => toHtml(tree, { characterReferences: { useNamedReferences: true } }).trim()

/** Undefined for what has too many elements or goes too deep, be it by what it says or by how HTML mends it. */
function parse(html: string): Root | undefined {
  if ((html.match(/=/g)?.length ?? 0) > MOST_ATTRIBUTES) return undefined
  let elements = 0
  const treeAdapter: TreeAdapter<DefaultTreeAdapterMap> = {
    ...defaultTreeAdapter,
    createElement(name, namespace, attributes) {
      if (++elements > MOST_ELEMENTS) throw new TooWild()
      return defaultTreeAdapter.createElement(name, namespace, attributes)
    },
  }
  try {
    // Without scripts, what stands in noscript is what a reader sees.
    const fragment = parseFragment(html, { treeAdapter, scriptingEnabled: false })
    if (depthOf(fragment) > DEEPEST) return undefined
    return fromParse5(fragment) as Root
  } catch (error) {
    if (error instanceof TooWild) return undefined
    throw error
  }
}

class TooWild extends Error {}

function depthOf(fragment: DefaultTreeAdapterMap['parentNode']): number {
  let level: DefaultTreeAdapterMap['parentNode'][] = [fragment]
  let depth = 0
  for (; level.length > 0 && depth <= DEEPEST; depth++) {
    level = level.flatMap(({ childNodes }) => childNodes.filter(node => 'childNodes' in node))
  }
  return depth
}
