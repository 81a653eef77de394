import type { Config } from '../../config/config.ts'
import type { CopiedFile } from '../../document/find-sources.ts'

/** Source, relative to the root -> address. */
export type SourceAddresses = Pick<ReadonlyMap<string, string>, 'get' | 'has' | 'keys'>

/** By source, relative to the root: of these pages, whose addresses are known, and of `others`, which are none. */
export const addressesOf = (
  pages: readonly { readonly source: string }[],
  addressOf: (source: string) => string | undefined,
  others: ReadonlyMap<string, string>,
): SourceAddresses => ({
  get: source => others.get(source) ?? addressOf(source),
  has: source => others.has(source) || addressOf(source) !== undefined,
  keys: () => new Set([...pages.map(({ source }) => source), ...others.keys()]).keys(),
})

/** The addresses of the files that are copied; and of all that is called in an unusual Unicode form, by the usual one. */
export function otherAddresses(
  pages: Iterable<{ readonly source: string; readonly url: string }>,
  files: readonly CopiedFile[],
  { dirs }: Config,
): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>()
  for (const { path, source } of files) {
    if (source.startsWith(`${dirs.pages}/`))
      addresses.set(source, encodeURI(`/${path}`).replace(/[?#]/g, encodeURIComponent))
  }
  // A link may be written in another Unicode form than its file’s name.
  const usual = new Map<string, string>()
  for (const { source, url } of pages)
    if (!isUsual(source)) usual.set(source.normalize('NFC'), addresses.get(source) ?? url)
  for (const [source, url] of addresses) if (!isUsual(source)) usual.set(source.normalize('NFC'), url)
  for (const [source, url] of usual) addresses.set(source, url)
  return addresses
}

/** Whether a name is in the Unicode form that links are written in. */
export const isUsual = (source: string): boolean => source.normalize('NFC') === source
