import { posix } from 'node:path'
import { decoded, outputPath, type Claims } from './claims.ts'
import type { OldContents, OldList, PublishedPage } from './generator.ts'
import { listsMadeOf, type MadeLists } from './made-lists.ts'
import type { ImportNote } from './report.ts'

/**
 * Sends readers of old lists and feeds to the new ones; one whose like is not made, and a page that was a template, are told of.
 * `claims` has the pages and files that there are.
 */
export function keepAddresses(
  contents: OldContents,
  pages: readonly PublishedPage[],
  claims: Claims,
): Moved & { readonly notes: readonly ImportNote[]; readonly made: MadeLists } {
  const made = listsMadeOf(pages, contents.lang ?? 'en')
  const moved = createMoved(claims)
  const notes: ImportNote[] = []
  const keep = (list: OldList): string | undefined => {
    if (claims.has(outputPath(list.address)) || made.has(list.address)) {
      moved.addresses.push(list.address)
      return list.address
    }
    const target = made.of(list, address => claims.has(outputPath(address)))
    return target !== undefined && moved.redirect(list.address, target) ? target : undefined
  }
  for (const list of contents.lists?.(pages) ?? [])
    if (keep(list) === undefined)
      notes.push({
        file: '',
        line: undefined,
        note: `${list.address}: a list or feed of which nothing is left`,
      })
  const pagesOfTemplates = contents.templatePages ?? []
  const known = new Set(pagesOfTemplates.map(({ from }) => from))
  for (const from of contents.templates)
    if (!known.has(from)) notes.push({ file: from, line: undefined, note: TEMPLATE })
  for (const { from, address } of pagesOfTemplates) {
    if (address.includes('{{')) {
      notes.push({ file: from, line: undefined, note: `${TEMPLATE}; its addresses are ${address}` })
      continue
    }
    const shows = guess(address)
    const to = shows && keep({ address, ...shows })
    notes.push({
      file: from,
      line: undefined,
      note: `${TEMPLATE}; its address ${address} ${to === undefined ? 'has nothing now' : to === address ? 'has what is made here' : `leads to ${to}`}`,
    })
  }
  return { ...moved, notes, made }
}

const TEMPLATE = 'a template or data of the old generator'

/** What a page of that name shows on nearly every site. */
function guess(address: string): Omit<OldList, 'address'> | undefined {
  const name = posix.basename(address.replace(/index\.html$|\/$/, '')).replace(/\.html?$/, '')
  if (/^\/(?:index\.html)?$/.test(address)) return { shows: 'home' }
  if (/^sitemap[\w-]*\.xml$/.test(name)) return { shows: 'sitemap' }
  if (/^(?:feed|atom|rss|index)[\w-]*(?:\.(?:xml|json|atom|rss))?$/.test(name) && !/\.html?$/.test(address))
    return { shows: 'home', isFeed: true }
  if (/^(?:tags?|categor(?:y|ies)|topics?|labels?)$/.test(name)) return { shows: 'tags' }
  if (/^(?:archives?|posts|blog|articles|writing|all|latest|page\d+)$/.test(name)) return { shows: 'posts' }
  return undefined
}

interface Moved {
  readonly addresses: string[]
  /** Whether nothing else has the address. */
  redirect(address: string, target: string): boolean
  /** The redirects, a page for each target. */
  files(): ReadonlyMap<string, string>
}

function createMoved(claims: Claims): Moved {
  const addresses: string[] = []
  const targets = new Map<string, string[]>()
  return {
    addresses,
    redirect(address, target) {
      if (claims.claim(address, `what leads to ${target}`) !== undefined) return false
      addresses.push(address)
      targets.set(target, [...(targets.get(target) ?? []), address])
      return true
    },
    files() {
      const names = new Set<string>()
      return new Map(
        [...targets].map(([target, [first = '', ...others]]) => {
          const name = freeName(names, target)
          const aliases = others.map(each => `  - ${JSON.stringify(each)}\n`).join('')
          return [
            `pages/moved/${name}.md`,
            `---\nlayout: redirect\nredirectTarget: ${JSON.stringify(target)}\npermalink: ${JSON.stringify(first)}\n${aliases === '' ? '' : `aliases:\n${aliases}`}---\n`,
          ]
        }),
      )
    },
  }
}

function freeName(names: Set<string>, target: string): string {
  const name =
    decoded(target)
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'home'
  let free = name
  for (let n = 2; names.has(free); n++) free = `${name}-${n}`
  names.add(free)
  return free
}
