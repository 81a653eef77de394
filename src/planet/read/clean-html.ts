import type { Element, ElementContent, RootContent } from 'hast'
import { balanceDirections } from './plain-text.ts'

/** Elements that mean nothing, or something on their own page only; what is in them stays. */
const renamed: ReadonlyMap<string, string> = new Map(
  Object.entries({
    div: 'section article aside header footer main nav address center form fieldset hgroup search',
    p: 'legend',
    code: 'tt',
    s: 'strike',
    abbr: 'acronym',
    ul: 'dir menu',
    pre: 'plaintext listing xmp',
  }).flatMap(([to, names]) => names.split(' ').map(name => [name, to] as const)),
)

export interface Surroundings {
  readonly base: string
  readonly demote: number
  readonly inLink: boolean
}

/** Makes of a stranger’s elements what is sanitised next: links of pictures and frames, addresses absolute, headings where they belong. */
export const cleanAll = (nodes: readonly RootContent[], around: Surroundings): ElementContent[] =>
  nodes.flatMap(node => clean(node, around))

function clean(node: RootContent, around: Surroundings): ElementContent[] {
  if (node.type === 'text') return [{ type: 'text', value: plain(node.value) }]
  if (node.type !== 'element') return []
  const { tagName, properties } = node
  if (tagName === 'img' || tagName === 'image') return cleanImage(node, around)
  if (/^(?:iframe|embed|object|video|audio|frame)$/.test(tagName)) return cleanFrame(node, around)
  if (tagName === 'math' && properties.alttext)
    return [{ type: 'text', value: plain(String(properties.alttext)) }]
  if (tagName === 'a') return cleanLink(node, around)
  const children = cleanAll(node.children, around)
  return [element(rename(tagName, around), keep(properties, around), children)]
}

function rename(tagName: string, { demote }: Surroundings): string {
  const level = /^h([1-6])$/.exec(tagName)?.[1]
  if (level !== undefined) return `h${Math.min(6, Number(level) + demote)}`
  return renamed.get(tagName) ?? tagName
}

/** Attributes whose values are no better than what they say. */
function keep(properties: Element['properties'], { base }: Surroundings): Element['properties'] {
  if (Object.keys(properties).length === 0) return properties
  const { cite, lang, xmlLang, colSpan, rowSpan, title } = properties
  const language = languageOf(lang) ?? languageOf(xmlLang)
  const span = (value: unknown) => (Number(value) > 1 && Number(value) <= 100 ? Number(value) : undefined)
  return {
    ...properties,
    lang: language,
    title: typeof title === 'string' ? plain(title) : undefined,
    cite: typeof cite === 'string' ? webLink(cite, base) : undefined,
    colSpan: span(colSpan),
    rowSpan: span(rowSpan),
  }
}

/** A language tag, or undefined. */
export function languageOf(written: unknown): string | undefined {
  if (typeof written !== 'string' || !/^[a-z]{2,8}([-_][a-z\d]{1,8})*$/i.test(written.trim()))
    return undefined
  try {
    return Intl.getCanonicalLocales(written.trim().replaceAll('_', '-'))[0]
  } catch {
    return undefined
  }
}

function cleanLink(node: Element, around: Surroundings): ElementContent[] {
  const { base } = around
  const href = typeof node.properties.href === 'string' ? node.properties.href : undefined
  const target = href === undefined ? undefined : (webLink(href, base) ?? otherLink(href))
  if (target === undefined || around.inLink) return cleanAll(node.children, around)
  const children = cleanAll(node.children, { ...around, inLink: true })
  // A picture in a link cannot be a link of its own there.
  const sources = imagesBelow(node, base)
  const pictures = sources
    .filter(source => source !== target)
    .flatMap((source): ElementContent[] => [{ type: 'text', value: ' ' }, link(source, nameOf(source))])
  const [first] = sources
  if (first !== undefined && children.every(isBlank)) children.push({ type: 'text', value: nameOf(first) })
  const { lang, title, dir } = keep(node.properties, around)
  const properties = { href: target, rel: ['nofollow', 'noopener'], lang, title, dir }
  return [element('a', properties, children), ...pictures]
}

function imagesBelow(node: Element, base: string): readonly string[] {
  return node.children.flatMap(child => {
    if (child.type !== 'element') return []
    if (child.tagName !== 'img') return imagesBelow(child, base)
    return isPixel(child) ? [] : (webLink(String(child.properties.src ?? ''), base) ?? [])
  })
}

/** A picture is a link to it that says what it shows; one that nobody can see is nothing. */
function cleanImage(node: Element, { base, inLink }: Surroundings): ElementContent[] {
  if (isPixel(node)) return []
  const { src, alt } = node.properties
  const source = typeof src === 'string' ? webLink(src, base) : undefined
  const says = typeof alt === 'string' ? plain(alt).trim() : ''
  const text = says !== '' ? says : source === undefined ? '' : nameOf(source)
  if (text === '' || (inLink && says === '')) return []
  return source === undefined || inLink ? [{ type: 'text', value: text }] : [link(source, text)]
}

const isBlank = (node: ElementContent): boolean =>
  node.type === 'element' ? node.children.every(isBlank) : node.type !== 'text' || node.value.trim() === ''

const isPixel = ({ properties: { width, height } }: Element) =>
  [width, height].some(size => size !== undefined && size !== null && Number.parseInt(String(size), 10) <= 1)

/** A film or a frame is a link to what it would show; where that is nothing, what stands in it for those who cannot see it. */
function cleanFrame(node: Element, around: Surroundings): ElementContent[] {
  const { src, data, title } = node.properties
  const inner = node.children.find(child => child.type === 'element' && child.tagName === 'source')
  const innerSource = inner?.type === 'element' ? inner.properties.src : undefined
  const source = [src, data, innerSource].flatMap(each =>
    typeof each === 'string' ? (webLink(each, around.base) ?? []) : [],
  )[0]
  const rest = node.tagName === 'iframe' ? [] : cleanAll(node.children, around)
  if (source === undefined || around.inLink) return rest
  const says = typeof title === 'string' ? plain(title).trim() : ''
  return [link(source, says === '' ? nameOf(source) : says)]
}

export const element = (
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[],
): Element => ({
  type: 'element',
  tagName,
  properties,
  children,
})

export const link = (href: string, text: string): Element =>
  element('a', { href, rel: ['nofollow', 'noopener'] }, [{ type: 'text', value: text }])

/** `https://example.org/pictures/A%20cat.jpg` -> `A cat.jpg`; a folder has the name of its host. */
export function nameOf(address: string): string {
  const { pathname, host } = new URL(address)
  const last = pathname.split('/').at(-1) ?? ''
  try {
    return plain(decodeURIComponent(last)) || host
  } catch {
    return last || host
  }
}

/** An absolute address of the web, or undefined. */
export function webLink(written: string, base: string): string | undefined {
  const address = written.trim()
  if (address === '' || !URL.canParse(address, base)) return undefined
  const url = new URL(address, base)
  return /^https?:$/.test(url.protocol) && url.host !== '' ? url.href : undefined
}

const otherLink = (written: string) =>
  /^(?:mailto|xmpp|tel):/i.test(written.trim()) && URL.canParse(written.trim())
    ? new URL(written.trim()).href
    : undefined

/** Text with nothing in it that XML cannot have, and whose marks of direction end where it ends. */
export const plain = (text: string) =>
  balanceDirections(text)
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\uFFFE\uFFFF]/g, '')
    .toWellFormed()
