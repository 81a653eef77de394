import { parseFragment, type DefaultTreeAdapterMap } from 'parse5'

/** Elements of text. The test has a list of its own, so that the program’s cannot be widened unnoticed. */
const TEXT = new Set(
  'p br hr div blockquote pre h1 h2 h3 h4 h5 h6 ul ol li dl dt dd figure figcaption details summary table caption colgroup col thead tbody tfoot tr td th a em strong b i u s small mark sub sup del ins q cite dfn abbr time code kbd samp var span bdi bdo ruby rb rt rp wbr'.split(
    ' ',
  ),
)

const ATTRIBUTES = new Set(
  'href rel lang dir title cite datetime start reversed value colspan rowspan scope'.split(' '),
)

/** What in HTML could run, load, look like part of the page around it, or lead where no reader goes. */
export function dangersIn(html: string): readonly string[] {
  const dangers: string[] = []
  const visit = (node: DefaultTreeAdapterMap['node']) => {
    if ('tagName' in node) {
      if (!TEXT.has(node.tagName) || node.namespaceURI !== 'http://www.w3.org/1999/xhtml') {
        dangers.push(`<${node.tagName}>`)
      }
      for (const { name, value } of node.attrs) {
        if (!ATTRIBUTES.has(name)) dangers.push(`${node.tagName}[${name}]`)
        if ((name === 'href' || name === 'cite') && !/^(?:https?:\/\/[^/]|mailto:|xmpp:|tel:)/.test(value)) {
          dangers.push(`${name}=${value}`)
        }
      }
      const rel = node.attrs.find(({ name }) => name === 'rel')?.value
      if (node.tagName === 'a' && rel !== 'nofollow noopener') dangers.push(`a[rel=${rel}]`)
    }
    if (node.nodeName === '#comment' || node.nodeName === '#documentType') dangers.push(node.nodeName)
    if ('content' in node) visit(node.content)
    if ('childNodes' in node) node.childNodes.forEach(visit)
  }
  visit(parseFragment(html))
  return dangers
}
