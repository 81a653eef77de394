import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { looksLikeLink } from '../identity/link.ts'
import { joinSources, type ReadSource } from './claim.ts'
import { readLinkText, readText } from './read-text.ts'

/** A page by itself, and the pictures that may be codes, as they are written in it. */
export interface ScrapedPage {
  readonly read: ReadSource
  readonly pictures: readonly string[]
}

/** What belongs together: a fingerprint and an id in one of these are of one device. */
const rows = new Set([
  'tr',
  'li',
  'p',
  'pre',
  'dd',
  'dt',
  'figcaption',
  'blockquote',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
])

const breaks = new Set([
  'br',
  'td',
  'th',
  'div',
  'section',
  'article',
  'header',
  'footer',
  'main',
  'ul',
  'ol',
  'table',
  'dl',
  'figure',
])

/** Reads a page that somebody wrote by hand: its links, its fingerprints, its pictures. Nothing of it runs. */
export function readPage(html: string, source: string): ScrapedPage {
  const pictures: string[] = []
  const found: ReadSource[] = []
  const texts: string[] = []
  const whole = { text: '' }
  const visit = (node: DefaultTreeAdapterTypes.Node, row: { text: string }): void => {
    const name = node.nodeName
    if (name === '#text') row.text += (node as DefaultTreeAdapterTypes.TextNode).value
    if (name === 'script' || name === 'style') return
    const attributes = new Map('attrs' in node ? node.attrs.map(({ name: key, value }) => [key, value]) : [])
    const href = attributes.get('href')?.trim()
    if (href !== undefined && looksLikeLink(href)) found.push(readLinkText(href, { source }))
    else if (name === 'a' && href !== undefined && isPicture(href)) pictures.push(href)
    const src = attributes.get('src')
    if (name === 'img' && src !== undefined) pictures.push(src.trim())
    const isRow = rows.has(name)
    const inner = isRow ? { text: '' } : row
    if (breaks.has(name)) inner.text += '\n'
    if (name === 'template' && 'content' in node) visit(node.content, inner)
    if ('childNodes' in node) for (const child of node.childNodes) visit(child, inner)
    if (breaks.has(name)) inner.text += '\n'
    if (!isRow) return
    texts.push(inner.text)
    if (row !== whole && !isItem(name)) row.text += `\n${inner.text}\n`
  }
  visit(parse(html), whole)
  const read = [...found, ...[...texts, whole.text].map(text => readText(text, { source }))]
  return { read: joinSources(read), pictures: [...new Set(pictures)].filter(address => address !== '') }
}

/** What belongs to a row of a table belongs together, however it is laid out there; items of a list do not. */
const isItem = (name: string) => name === 'tr' || name === 'li'

const isPicture = (address: string) => /\.(?:png|svg|jpe?g|gif|webp)(?:[?#]|$)/i.test(address)
