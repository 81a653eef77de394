/**
 * The path of the site that a request's target asks for, relative to its root, decoded; of a folder with a slash at the
 * end, or '' for the root. Undefined for what can be no file of a site: it is never looked up.
 */
export function requestedPath(target: string): string | undefined {
  const bare = target.replace(/[?#].*$/s, '')
  if (!bare.startsWith('/')) return undefined
  try {
    const path = decodeURIComponent(bare).slice(1).normalize('NFC')
    const segments = path.replace(/\/$/, '').split('/')
    const isWrong = segments.some(segment => segment === '' || segment === '.' || segment === '..')
    return (isWrong && path !== '') || /[\0-\x1f\x7f\\]/.test(path) ? undefined : path
  } catch {
    return undefined
  }
}

/**
 * A target in absolute form, `http://localhost:4000/a?b`, in two: the host that it names, which then counts instead of the header, and the
 * target as it usually is (RFC 9112, section 3.2.2). Undefined for any other target.
 */
export function absoluteForm(target: string): { readonly host: string; readonly target: string } | undefined {
  const [, host, rest = ''] = /^https?:\/\/([^/?#@]+)([/?#].*)?$/is.exec(target) ?? []
  if (host === undefined) return undefined
  return { host, target: rest.startsWith('/') ? rest : `/${rest}` }
}

/** The target without the path that the site lies under; undefined for one that is not below it. */
export const targetBelow = (target: string, base: string): string | undefined =>
  base === '' ? target : target.startsWith(`${base}/`) ? target.slice(base.length) : undefined

/** Where the address of a folder leads that lacks its slash. */
export function withSlash(target: string): string {
  const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(target) ?? []
  return `${path}/${query}`
}
