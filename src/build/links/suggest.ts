import { posix } from 'node:path'
import { suggestion } from '../../core/diagnostic.ts'
import { isPage } from '../../document/formats.ts'
import type { PreparedSite } from '../prepare-site.ts'
import { pathNamed } from '../render/resolve-destination.ts'

/** A link that leads nowhere. */
export interface LostLink {
  /** Where it leads, relative to the output folder. */
  readonly path: string
  /** The page that has it: its source, relative to the root, and its address. */
  readonly source: string
  readonly from: string
  /** As it is written; undefined when nobody knows where. */
  readonly written: string | undefined
}

/**
 * `did you mean “x”? ` or nothing, never the page itself: a source where one was written, else an address. What has another ending is no
 * likely meaning: a picture is no page.
 */
export function suggestTarget(link: LostLink, site: Pick<PreparedSite, 'paths' | 'site'>): string {
  const { source, written } = link
  const named = written === undefined ? undefined : pathNamed(source, written)
  return named !== undefined && posix.extname(named) !== ''
    ? suggestSource(named, source, site)
    : suggestAddress(link, site)
}

/** The one file of that name that is elsewhere, or else one of nearly that name in the folder, seen from the page. */
function suggestSource(named: string, source: string, { site }: Pick<PreparedSite, 'site'>): string {
  const [folder, name] = [posix.dirname(named), posix.basename(named)]
  const others = [...new Set([...site.addresses.keys()].map(each => each.normalize('NFC')))].filter(
    each => each !== source.normalize('NFC') && isOfKind(each, named),
  )
  const seen = (path: string) => posix.relative(posix.dirname(source), path)
  const namesakes = others.filter(each => posix.basename(each) === name)
  if (namesakes.length === 1) return `did you mean “${seen(namesakes[0] as string)}”? `
  const near = suggestion(
    name,
    others.filter(each => posix.dirname(each) === folder).map(each => posix.basename(each)),
  )
  const found = /“([^“]*)”/.exec(near)?.[1]
  return found === undefined ? '' : `did you mean “${seen(posix.join(folder, found))}”? `
}

const isOfKind = (a: string, b: string) =>
  isPage(a) ? isPage(b) : posix.extname(a).toLowerCase() === posix.extname(b).toLowerCase()

/** Addresses of the same last name first: a page that moved to another folder is a likely meaning. */
function suggestAddress(
  { path, from }: LostLink,
  { paths, site }: Pick<PreparedSite, 'paths' | 'site'>,
): string {
  const address = addressOf(path)
  // A source that is named from the root has the address of its page.
  const made = site.addresses.get(`${site.config.dirs.pages}/${path}`)
  const own = [...paths].find(([, page]) => page?.url === from)?.[0]
  if (made !== undefined && made !== from) return `did you mean “${made}”? `
  const name = lastName(path)
  const others = [...paths.keys()].filter(each => each !== own && isOfEnding(each, path))
  const [namesake, ...more] = name === '' ? [] : others.filter(each => lastName(each) === name)
  return namesake !== undefined && more.length === 0
    ? `did you mean “${addressOf(namesake)}”? `
    : suggestion(address, others.map(addressOf))
}

/** The ending of what is no page must be the same. */
const isOfEnding = (a: string, b: string) => endingOf(a) === endingOf(b)

function endingOf(path: string): string {
  const ending = posix.extname(path).toLowerCase()
  return ending === '.html' || isPage(path) ? '' : ending
}

export const addressOf = (path: string): string => `/${path.replace(/(^|\/)index\.html$/, '$1')}`

const lastName = (path: string) =>
  path
    .replace(/\/?index\.html$/, '')
    .replace(/\/$/, '')
    .split('/')
    .at(-1) ?? ''
