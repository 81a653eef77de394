import { decodeAttribute, imageCandidates, readTags, styleReferences } from '../links/references.ts'
import { allows, directiveFor, forbidsInline, type Policy } from './policy.ts'

/** Something in a page that the site’s policy forbids. */
export interface Violation {
  /** The directive that is to allow it. */
  readonly directive: string
  /** What is to be allowed: a source, or `'unsafe-inline'`. */
  readonly source: string
  /** As it stands in the HTML, cut short: to be found again, and to be shown. */
  readonly written: string
}

/** Holds what is rendered to the policy. */
export interface PolicyCheck {
  /** `from` is the address of the page, from the root of the site. */
  html(html: string, from: string): readonly Violation[]
  css(css: string, from: string): readonly (Violation & { readonly offset: number })[]
}

/** For a site without a policy, nothing is forbidden. */
export const checkPolicy = (policy: Policy | undefined, site: string): PolicyCheck =>
  policy
    ? {
        html: (html, from) => violationsIn(html, { policy, site, from }),
        css: (css, from) => violationsInCss(css, { policy, site, from }),
      }
    : { html: () => [], css: () => [] }

interface Looked {
  readonly policy: Policy
  /** `site.url` */
  readonly site: string
  /** The page’s address, from the root of the site. */
  readonly from: string
}

/** What may break a policy at all; a page without it is not looked through. */
const SUSPECT =
  /<(?:script|style|iframe|frame|object|embed|base|form)\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:|(?:src|srcset|href|poster|data|action)\s*=\s*(?:["']\s*)?(?:[a-z][a-z\d+.-]*:|\/\/)/i

/** Everything in a page’s HTML that the policy forbids, each once. */
export function violationsIn(html: string, looked: Looked): readonly Violation[] {
  if (!SUSPECT.test(html)) return []
  const found = new Map<string, Violation>()
  const add = (kind: string, source: string, written: string) => {
    const directive = directiveFor(looked.policy, kind)
    const brief = written.replace(/\s+/g, ' ').slice(0, LONGEST)
    found.set(`${directive} ${brief}`, { directive, source, written: brief })
  }
  readTags(html, EVERY, (element, attributes, content) => {
    const values = new Map<string, string>()
    for (const { name, written } of attributes) {
      values.set(name, decodeAttribute(written))
      if (name === 'style' && forbidsInline(looked.policy, 'style-src-attr'))
        add('style-src-attr', "'unsafe-inline'", `style="${written}"`)
      if (/^on[a-z]+$/.test(name) && forbidsInline(looked.policy, 'script-src-attr'))
        add('script-src-attr', "'unsafe-inline'", `${name}="${written}"`)
    }
    if (element === 'style' && forbidsInline(looked.policy, 'style-src-elem', content))
      add('style-src-elem', "'unsafe-inline'", '<style')
    if (isRunInline(element, values) && forbidsInline(looked.policy, 'script-src-elem', content))
      add('script-src-elem', "'unsafe-inline'", `<script>${content?.trim().split('\n')[0] ?? ''}`)
    for (const [kind, address] of loads(element, values)) {
      const url = absolute(address, looked)
      if (url?.protocol === 'javascript:') {
        if (forbidsInline(looked.policy, 'script-src-elem'))
          add('script-src-elem', "'unsafe-inline'", address)
      } else if (kind !== '' && url && !allows(looked.policy, kind, url, looked.site))
        add(kind, sourceOf(url), address)
    }
  })
  return [...found.values()]
}

/** Of a stylesheet. A `url()` may be of a picture or of a font: one that either may have is none. */
export function violationsInCss(
  css: string,
  looked: Looked,
): readonly (Violation & { readonly offset: number })[] {
  return styleReferences(css).flatMap(([written, offset]) => {
    const url = absolute(written, looked)
    if (!url) return []
    const isImport = /@import\s+(?:url\(\s*)?["']?$/i.test(css.slice(Math.max(0, offset - 40), offset))
    const kinds = isImport
      ? ['style-src-elem']
      : /\.(?:woff2?|ttf|otf|eot)\b/i.test(written)
        ? ['font-src']
        : ['img-src', 'font-src']
    if (kinds.some(kind => allows(looked.policy, kind, url, looked.site))) return []
    return [{ directive: directiveFor(looked.policy, kinds[0]!), source: sourceOf(url), written, offset }]
  })
}

const LONGEST = 200

const EVERY = { has: () => true }

/** HTML: a script without a type, or with one of JavaScript’s, a module or an import map; others are data. */
const isRunInline = (element: string, values: ReadonlyMap<string, string>) =>
  element === 'script' &&
  !values.has('src') &&
  /^(?:|module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i.test(
    (values.get('type') ?? '').trim(),
  )

/** What an element loads, by the directive that decides about it; '' when it is only followed. */
function loads(
  element: string,
  values: ReadonlyMap<string, string>,
): readonly (readonly [kind: string, address: string])[] {
  const of = (kind: string, ...names: readonly string[]) =>
    names.flatMap(name => {
      const value = values.get(name)
      if (value === undefined) return []
      return name.endsWith('srcset')
        ? imageCandidates(value).map(([address]) => [kind, address] as const)
        : [[kind, value.trim()] as const]
    })
  switch (element) {
    case 'img':
    case 'image':
    case 'input':
      return of('img-src', 'src', 'srcset', 'href', 'xlink:href')
    case 'source':
      return [...of('media-src', 'src'), ...of('img-src', 'srcset')]
    case 'video':
      return [...of('media-src', 'src'), ...of('img-src', 'poster')]
    case 'audio':
    case 'track':
      return of('media-src', 'src')
    case 'script':
      return of('script-src-elem', 'src')
    case 'iframe':
    case 'frame':
      return of('frame-src', 'src')
    case 'object':
      return of('object-src', 'data')
    case 'embed':
      return of('object-src', 'src')
    case 'form':
      return of('form-action', 'action')
    case 'base':
      return of('base-uri', 'href')
    case 'link':
      return of(kindOfLink(values), 'href')
    default:
      return of('', 'href')
  }
}

function kindOfLink(values: ReadonlyMap<string, string>): string {
  const rel = (values.get('rel') ?? '').toLowerCase().split(/\s+/)
  if (rel.includes('stylesheet')) return 'style-src-elem'
  if (rel.some(each => /icon/.test(each))) return 'img-src'
  if (rel.includes('manifest')) return 'manifest-src'
  if (rel.includes('modulepreload')) return 'script-src-elem'
  const as = rel.includes('preload') ? values.get('as') : undefined
  return (
    { font: 'font-src', image: 'img-src', script: 'script-src-elem', style: 'style-src-elem' }[as ?? ''] ?? ''
  )
}

function absolute(address: string, { site, from }: Looked): URL | undefined {
  const base = new URL(site + from)
  return address === '' || !URL.canParse(address, base.href) ? undefined : new URL(address, base)
}

const sourceOf = (url: URL) => (url.origin === 'null' ? url.protocol : url.origin)
