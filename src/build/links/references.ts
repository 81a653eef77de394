import { decodeHTMLAttribute } from 'entities/decode'
import { readTags, type Names, type ReadTag } from './tags.ts'

/** What a page's HTML points at, and what in it can be pointed at. */
export interface References {
  /** As the HTML has them, entities decoded, each once. */
  readonly addresses: ReadonlySet<string>
  readonly ids: ReadonlySet<string>
}

export const decodeAttribute = (written: string): string =>
  written.includes('&') ? decodeHTMLAttribute(written) : written

/** Attributes that refer to something, or can be referred to. */
export const REFERRING: ReadonlySet<string> = new Set([
  'href',
  'src',
  'srcset',
  'imagesrcset',
  'poster',
  'data',
  'id',
  'name',
])

/** Who looks at the tags that references are read of: a page is gone through once. */
export interface TagReader {
  /** What it looks for, and all of `REFERRING`. */
  readonly names: Names
  read(tag: ReadTag): void
}

export function readReferences(html: string, reader?: TagReader): References {
  const addresses = new Set<string>()
  const ids = new Set<string>()
  for (const tag of readTags(html, reader?.names ?? REFERRING)) {
    reader?.read(tag)
    const { element, attributes } = tag
    for (const { name, written } of attributes) {
      if (!REFERRING.has(name)) continue
      const value = decodeAttribute(written)
      if (name === 'id') ids.add(value)
      else if (name === 'name') {
        if (element === 'a') ids.add(value)
      } else if (name.endsWith('srcset'))
        for (const [address] of imageCandidates(value)) addresses.add(address)
      else if (name !== 'data' || element === 'object') addresses.add(value.trim())
    }
  }
  return { addresses, ids }
}

/**
 * The addresses of `srcset="a.png 1x, b.png 2x"`, each with its offset: what HTML calls “parse a srcset attribute”. A comma ends an address
 * only with a blank behind it, and a descriptor always.
 */
export function imageCandidates(srcset: string): readonly (readonly [address: string, offset: number])[] {
  const found: [string, number][] = []
  const address = /[^\s,]\S*/g
  for (let each = address.exec(srcset); each; each = address.exec(srcset)) {
    const bare = each[0].replace(/(?<!,),+$/, '')
    found.push([bare, each.index])
    if (bare === each[0]) address.lastIndex = descriptorsEnd(srcset, address.lastIndex)
  }
  return found
}

/** A comma in brackets ends no descriptor. */
function descriptorsEnd(srcset: string, from: number): number {
  const sign = /[,()]/g
  sign.lastIndex = from
  let isInBrackets = false
  for (let found = sign.exec(srcset); found; found = sign.exec(srcset)) {
    if (found[0] === ',' && !isInBrackets) return sign.lastIndex
    isInBrackets = found[0] === '(' || (isInBrackets && found[0] !== ')')
  }
  return srcset.length
}

/** `url(…)` and `@import "…"` of a stylesheet, with the offset of each; comments are passed over. */
export function styleReferences(css: string): readonly (readonly [address: string, offset: number])[] {
  const bare = css.replace(/\/\*[^]*?\*\//g, comment => ' '.repeat(comment.length))
  const pattern = /(?:url\(\s*|@import\s+)(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"')]+))/dg
  return [...bare.matchAll(pattern)].flatMap(match => {
    const group = [1, 2, 3].find(each => match[each] !== undefined)
    const at = group && match.indices?.[group]?.[0]
    return group === undefined || at === undefined || match[group] === 'url('
      ? []
      : [[match[group] ?? '', at] as const]
  })
}
