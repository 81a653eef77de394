import { join, posix } from 'node:path'
import { readRegularFile } from '../../core/read-file.ts'
import { outputPath, type Claims } from './claims.ts'
import type { OldSite } from './generator.ts'
import type { MadeLists } from './made-lists.ts'
import type { ImportNote } from './report.ts'

interface Keeping {
  readonly claims: Claims
  readonly made: MadeLists
  readonly files: Map<string, string | Uint8Array>
  readonly addresses: string[]
  redirect(address: string, target: string): boolean
}

/**
 * Looks for each address of the site as it was built last. What its sources do not tell is taken from there: files are copied, feeds and
 * later pages of lists lead to what there is now, and for all else there is a note.
 */
export function keepBuilt(
  { root, files: built, text }: OldSite,
  { claims, made, files, addresses, redirect }: Keeping,
): readonly ImportNote[] {
  const isAlive = (address: string) => claims.has(outputPath(address)) || made.has(address)
  const notes: ImportNote[] = []
  for (const path of built) {
    const address = encodeURI(`/${path.replace(/(^|\/)index\.html$/, '$1')}`).replace(
      /[?#]/g,
      encodeURIComponent,
    )
    if (isAlive(address)) {
      addresses.push(address)
      continue
    }
    const written = /\.(?:html?|xml|json|rss|atom)$/.test(path) ? (text(path) ?? '') : ''
    const target = leadsTo(address, written).find(isAlive)
    if (target !== undefined && redirect(address, target)) continue
    if (/\.html?$/.test(path))
      notes.push({ file: '', line: undefined, note: `${address}: ${titleOf(written)}` })
    else if (claims.claim(address, path) === undefined) {
      files.set(`static/${path}`, readRegularFile(join(root, path)))
      addresses.push(address)
    } else notes.push({ file: '', line: undefined, note: `${address}: something else is in its place` })
  }
  return notes
}

/** Where its reader finds the same now, the surest first. */
function leadsTo(address: string, written: string): readonly string[] {
  const folder = posix.dirname(address).replace(/\/?$/, '/')
  if (/<(?:urlset|sitemapindex)\b/.test(written)) return ['/sitemap.xml']
  if (/<(?:rss|feed|rdf:RDF)\b/.test(written) || /"https:\/\/jsonfeed\.org/.test(written))
    return [`${folder}atom.xml`, /<rss\b/.test(written) ? '/rss.xml' : '/atom.xml']
  const refresh = inTag(written, /<meta[^<>]+>/gi, /http-equiv=["']?refresh\b/i, /url=['"]?([^"'>\s]+)/i)
  const canonical = inTag(written, /<link[^<>]+>/gi, /rel=["']?canonical\b/i, /href=["']?([^"'>\s]+)/i)
  const named = [refresh, canonical].flatMap(each => (each === undefined ? [] : [pathOf(each, folder)]))
  const later = /^(.*?)(?:page\/?\d+\/?|(?<!\d)\d+(?:\.html|\/))$/.exec(address)?.[1]
  return [...named, ...(later === undefined ? [] : [later, `${later}.html`, `${later}/`])]
}

/** What the first tag of a kind says. */
function inTag(html: string, tags: RegExp, kind: RegExp, value: RegExp): string | undefined {
  const tag = html.match(tags)?.find(each => kind.test(each))
  return tag === undefined ? undefined : value.exec(tag)?.[1]
}

const pathOf = (destination: string, folder: string) =>
  URL.canParse(destination, `https://old.invalid${folder}`)
    ? new URL(destination, `https://old.invalid${folder}`).pathname
    : destination

const titleOf = (html: string) => {
  const title = /<title[^<>]*>([^<]*)/i.exec(html)?.[1]?.replace(/\s+/g, ' ').trim()
  return title === undefined || title === '' ? 'a page without a title' : `a page, “${title}”`
}
