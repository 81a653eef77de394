import { detached } from '../../core/text/detached.ts'
import { decodeAttribute, REFERRING, styleReferences, type TagReader } from '../links/references.ts'
import { readTags, type Attribute, type ReadTag } from '../links/tags.ts'
import { loads } from './loadings.ts'
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
  /** For a page while its tags are read; `from` is its address, from the root of the site. Undefined where nothing is forbidden. */
  page(from: string): PageCheck | undefined
  css(css: string, from: string): readonly (Violation & { readonly offset: number })[]
}

export interface PageCheck extends TagReader {
  /** Everything in the tags so far that the policy forbids, each once. */
  found(): readonly Violation[]
}

/** For a site without a policy, nothing is forbidden. */
export function checkPolicy(policy: Policy | undefined, site: string): PolicyCheck {
  if (!policy) return { page: () => undefined, css: () => [] }
  const known = new Map<string, Judged>()
  return {
    page: from => new PolicyReader({ policy, site, from }, known),
    css: (css, from) => violationsInCss(css, { policy, site, from }),
  }
}

interface Looked {
  readonly policy: Policy
  /** `site.url` */
  readonly site: string
  /** The page’s address, from the root of the site. */
  readonly from: string
}

/** The directive and the source that would allow an address; undefined when it is allowed. */
type Judged = readonly [directive: string, source: string] | undefined

/** Everything in a page’s HTML that the policy forbids, each once. */
export function violationsIn(html: string, looked: Looked): readonly Violation[] {
  const reader = new PolicyReader(looked, new Map())
  for (const tag of readTags(html, reader.names)) reader.read(tag)
  return reader.found()
}

/** Addresses that are judged alike on every page are kept: those of layouts come again on each. */
const MOST_KNOWN = 1000

/** One class for all pages: V8 compiles the reading of tags once, for its methods, and not for each page’s functions. */
class PolicyReader implements PageCheck {
  readonly names = LOOKED_AT
  readonly #looked: Looked
  readonly #known: Map<string, Judged>
  #found: Map<string, Violation> | undefined

  constructor(looked: Looked, known: Map<string, Judged>) {
    this.#looked = looked
    this.#known = known
  }

  found(): readonly Violation[] {
    return [...(this.#found?.values() ?? [])]
  }

  read({ element, attributes, content }: ReadTag): void {
    if (!MAY_BREAK.has(element) && attributes.every(isHarmless)) return
    const { policy } = this.#looked
    const values = new Map<string, string>()
    for (const { name, written } of attributes) {
      values.set(name, decodeAttribute(written))
      if (name === 'style' && forbidsInline(policy, 'style-src-attr'))
        this.#addInline('style-src-attr', `style="${written}"`)
      if (/^on[a-z]+$/.test(name) && forbidsInline(policy, 'script-src-attr'))
        this.#addInline('script-src-attr', `${name}="${written}"`)
    }
    if (element === 'style' && forbidsInline(policy, 'style-src-elem', content))
      this.#addInline('style-src-elem', '<style')
    if (isRunInline(element, values) && forbidsInline(policy, 'script-src-elem', content))
      this.#addInline('script-src-elem', `<script>${content?.trim().split('\n')[0] ?? ''}`)
    for (const [kind, address] of loads(element, values)) {
      const judged = this.#judgeLoaded(kind, address)
      if (judged) this.#add(...judged, address)
    }
  }

  #add(directive: string, source: string, written: string): void {
    const brief = written.replace(/\s+/g, ' ').slice(0, LONGEST)
    this.#found ??= new Map()
    this.#found.set(`${directive} ${brief}`, { directive, source, written: detached(brief) })
  }

  #addInline(kind: string, written: string): void {
    this.#add(directiveFor(this.#looked.policy, kind), "'unsafe-inline'", written)
  }

  #judgeLoaded(kind: string, address: string): Judged {
    // Wherever it stands, it leads to one place.
    const isSameAnywhere = /^(?:\/|[a-z][a-z\d+.-]*:)/i.test(address)
    const key = `${kind} ${address}`
    if (isSameAnywhere && this.#known.has(key)) return this.#known.get(key)
    const judged = judge(kind, address, this.#looked)
    if (isSameAnywhere) {
      if (this.#known.size >= MOST_KNOWN) this.#known.clear()
      // A part of the page’s HTML would keep all of it in memory, here and below.
      this.#known.set(detached(key), judged)
    }
    return judged
  }
}

function judge(kind: string, address: string, looked: Looked): Judged {
  const { policy, site } = looked
  const url = absolute(address, looked)
  if (url?.protocol === 'javascript:')
    return forbidsInline(policy, 'script-src-elem')
      ? [directiveFor(policy, 'script-src-elem'), "'unsafe-inline'"]
      : undefined
  if (kind === '' || !url || allows(policy, kind, url, site)) return undefined
  return [directiveFor(policy, kind), sourceOf(url)]
}

/** All that is asked for below, and what refers. */
const ASKED = new Set([
  ...REFERRING,
  ...'style src srcset href xlink:href poster data action type rel as'.split(' '),
])
const LOOKED_AT = { has: (name: string) => ASKED.has(name) || name.startsWith('on') }

/** Elements that load something, or run or style what stands in the page. */
const MAY_BREAK = new Set(
  'script style img image input source video audio track iframe frame object embed form base link'.split(' '),
)

/** Of an element that loads nothing: a link to what is no script is followed, if anything. */
const isHarmless = ({ name, written }: Attribute) =>
  name === 'href'
    ? /^(?:https?:|mailto:|[/#?.]|$)/i.test(written)
    : name !== 'style' && !name.startsWith('on')

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

/** HTML: a script without a type, or with one of JavaScript’s, a module or an import map; others are data. */
const isRunInline = (element: string, values: ReadonlyMap<string, string>) =>
  element === 'script' &&
  !values.has('src') &&
  /^(?:|module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma)script)$/i.test(
    (values.get('type') ?? '').trim(),
  )

function absolute(address: string, { site, from }: Looked): URL | undefined {
  const base = new URL(site + from)
  return address === '' || !URL.canParse(address, base.href) ? undefined : new URL(address, base)
}

const sourceOf = (url: URL) => (url.origin === 'null' ? url.protocol : url.origin)
