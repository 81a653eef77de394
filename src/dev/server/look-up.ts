import type { ServedFile, ServedSite } from './served-site.ts'

/** What is at an address: a file, a folder whose slash is missing, or nothing, and then the site’s 404 page. */
export type Lookup =
  | { readonly kind: 'file' | 'missing'; readonly path: string; readonly reading: ServedFile }
  | { readonly kind: 'folder' }

export function lookUp(library: ServedSite, path: string): Lookup {
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path
  const reading = library.read(file)
  if (reading) return { kind: 'file', path: file, reading }
  if (library.has(`${file}/index.html`)) return { kind: 'folder' }
  const lost = library.read(NOT_FOUND)
  // One that is not published is at its own address alone.
  const isThere = lost !== undefined && lost.notice === undefined
  return { kind: 'missing', path: NOT_FOUND, reading: isThere ? lost : NOTHING.reading }
}

const NOT_FOUND = '404.html'

/** Where there is nothing, and no page that says so. */
export const NOTHING = {
  path: NOT_FOUND,
  reading: {
    contents: '<!doctype html>\n<title>404</title>\n<h1>Nothing is here</h1>\n',
    diagnostics: () => [],
    isFailed: false,
  },
} as const
