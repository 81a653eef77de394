/**
 * Where a site lies on its host. Inside the program an address is always root-relative to the site, `/posts/a/`; the base path is put
 * before it where it leaves: in a page’s finished HTML, and by these functions where code makes an address.
 */

/** The path of the site’s address without a slash at the end: '' for a site at the root of its host, else `/blog`. */
export function basePath(siteUrl: string): string {
  if (last?.siteUrl === siteUrl) return last.path
  // So that it can stand in an attribute, in CSS and in XML as it is.
  const path = new URL(siteUrl).pathname
    .replace(/(?<!\/)\/+$/, '')
    .replace(/[&'()]/g, c => `%${c.charCodeAt(0).toString(16)}`)
  last = { siteUrl, path }
  return path
}

/** Every page asks for that of its site. */
let last: { readonly siteUrl: string; readonly path: string } | undefined

/** Whether an address begins at the root: neither relative, nor on another host (`//example.org`, which browsers see in `/\` too). */
export const isRootRelative = (address: string): boolean => /^\/(?![/\\])/.test(address)

/** The address as a browser needs it: `/a/` -> `/blog/a/`; one that does not begin at the root stays as it is. */
export const withBase = (siteUrl: string, address: string): string =>
  isRootRelative(address) ? basePath(siteUrl) + address : address

/** The whole address; a relative one is meant from the page at `from`. Throws when there is no such address. */
export const absoluteAddress = (siteUrl: string, address: string, from = '/'): string =>
  new URL(isRootRelative(address) ? siteUrl + address : address, siteUrl + from).href
