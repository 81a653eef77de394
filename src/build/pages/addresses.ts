import { platform } from 'node:os'
import { isSameLanguage, type FileName } from '../../document/place/file-name.ts'

export interface Address {
  /** Root-relative, percent-encoded, with a slash at the end when it is a folder. */
  readonly url: string
  /** The file that answers it, relative to the output folder. */
  readonly path: string
}

/** Files that the program keeps in the output folder for itself begin with this. */
export const OWN_PREFIX = '.imprimatur'

/** What an address is made of beside the folders that a page lies in. */
export interface NamedPlace {
  readonly name: FileName
  readonly slug?: string | undefined
  /** The language of the site; pages in another one that their files name lie in a folder of it. */
  readonly siteLang: string
}

/** The address of a page from its place below the pages folder: `posts/2026/a.md` -> `/posts/2026/a/`, `posts/a.ru.md` -> `/ru/posts/a/`. */
export function addressOf(source: string, { name, slug, siteLang }: NamedPlace): Address | string {
  const folders = source.split('/').slice(0, -1)
  const { stem, lang } = name
  const segments =
    lang === undefined || isSameLanguage(lang, siteLang) || folders[0] === lang ? folders : [lang, ...folders]
  if (slug !== undefined) {
    if (/[/\\]/.test(slug)) return 'a slug is one part of an address, without slashes'
    if (stem === 'index') segments.pop()
    return folder([...segments, slug])
  }
  if (stem === '404') return address([...segments, '404.html'])
  return folder(stem === 'index' ? segments : [...segments, stem])
}

/**
 * The address that an author wrote out, as a permalink or an alias: `/a/b/` is a folder, `/a/b.html` a file, and
 * `/a/b` is taken for the folder. Says why when it is none.
 */
export function writtenAddress(written: string): Address | string {
  if (/^[a-z][a-z\d+.-]*:|^\/\/|\\/i.test(written)) return 'it must be an address within this site'
  if (/\{[{%]|<%/.test(written))
    return 'no template is run in it; a pattern such as /:year/:slug/ is filled in'
  if (/(?:^|[/\-_.]):[a-z]/i.test(written)) return 'only a permalink has patterns'
  if (/[?#]/.test(written)) return 'a host looks for no file by what stands behind ? or #'
  const segments = decoded(written).replace(/^\//, '').split('/')
  if (segments.at(-1) === '') return folder(segments.slice(0, -1))
  return /\.[a-z][a-z\d]{0,9}$/i.test(segments.at(-1) ?? '') ? address(segments) : folder(segments)
}

const folder = (segments: readonly string[]) => address([...segments, 'index.html'])

export function address(written: readonly string[]): Address | string {
  const segments = written.map(segment => segment.normalize('NFC'))
  const wrong = whyNoPath(segments)
  if (wrong !== undefined) return wrong
  const path = segments.join('/')
  return { path, url: `/${segments.map(encode).join('/')}`.replace(/\/index\.html$/, '/') }
}

/** What keeps a file from having this path in the output folder, if anything does. */
export function whyNoPath(segments: readonly string[]): string | undefined {
  if (segments[0]?.startsWith(OWN_PREFIX)) return `names that begin with ${OWN_PREFIX} are the program’s own`
  for (const segment of segments) {
    const wrong = wrongSegment(segment)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

function wrongSegment(segment: string): string | undefined {
  if (segment === '..' || segment === '.') return 'it must not leave the site by “..” or “.”'
  if (segment === '') return 'a part of it is empty'
  if (!segment.isWellFormed() || /[\0-\x1f\x7f\\]/.test(segment))
    return 'it has a character that no address can have'
  if (segment.length > 255 / 3 && Buffer.byteLength(segment) > 255)
    return 'a part of it is longer than the 255 bytes that file systems allow'
  return platform() === 'win32' ? windowsFault(segment) : undefined
}

/**
 * Why Windows has no file of this name, if it has none: it would write into a device or another stream, or leave out a dot or a blank, and
 * say nothing. https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */
export function windowsFault(segment: string): string | undefined {
  if (/^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\.|$)/i.test(segment.trimEnd()))
    return `Windows keeps the name ${segment.replace(/\..*/, '')} for a device`
  if (/[<>:"|?*]/.test(segment)) return 'it has a character that Windows allows in no name'
  return /[. ]$/.test(segment) ? 'Windows drops a dot or a blank at the end of a name' : undefined
}

const encode = (segment: string) => encodeURI(segment).replace(/[?#]/g, encodeURIComponent)

function decoded(written: string): string {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

/** The address of a file that is named as templates name it, with or without a slash in front. */
export function assetAddress(name: string): string | undefined {
  const place = address(name.replace(/^\//, '').split('/'))
  return typeof place === 'string' ? undefined : place.url
}
