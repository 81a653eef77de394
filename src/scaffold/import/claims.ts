/** Who has which file of the new site, so that no two want one, and none wants what is a folder of another. */
export interface Claims {
  /** Undefined when the address is now the asker’s; else who stands in the way. */
  claim(address: string, source: string): string | undefined
  has(path: string): boolean
}

export function createClaims(): Claims {
  const taken = new Map<string, string>()
  const folders = new Map<string, string>()
  const foldersOf = (path: string) => {
    const segments = path.split('/')
    return segments.slice(1).map((_, i) => segments.slice(0, i + 1).join('/'))
  }
  return {
    claim(address, source) {
      const path = outputPath(address)
      const above = foldersOf(path)
      const other =
        [path, ...above].map(each => taken.get(each)).find(each => each !== undefined) ?? folders.get(path)
      if (other !== undefined) return other
      taken.set(path, source)
      for (const folder of above) if (!folders.has(folder)) folders.set(folder, source)
      return undefined
    },
    has: path => taken.has(path),
  }
}

/** The file that answers an address: `/a/` and `/a` are one. */
export function outputPath(address: string): string {
  const bare = decoded(address).replace(/^\//, '').normalize('NFC')
  if (bare === '' || bare.endsWith('/')) return `${bare}index.html`
  return /\.[a-z][a-z\d]{0,9}$/i.test(bare) ? bare : `${bare}/index.html`
}

/** What no file of a site may be called, as build/pages/addresses.ts has it. */
export const isUnusable = (path: string): boolean =>
  path
    .split('/')
    .some(
      each =>
        each === '' ||
        each === '.' ||
        each === '..' ||
        /[\0-\x1f\x7f\\]/.test(each) ||
        Buffer.byteLength(each) > 255,
    )

/** With its characters written out; as it is when it is no address. */
export function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
