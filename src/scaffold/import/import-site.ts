import { join } from 'node:path'
import type { Diagnostic, Result } from '../../core/types.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import { readRegularFile } from '../../core/read-file.ts'
import { createClaims } from './claims.ts'
import { convertPages } from './convert-pages.ts'
import { eleventy } from './generators/eleventy.ts'
import { completeSite } from './new-site.ts'
import type { Generator, OldContents, OldSite } from './generator.ts'
import { hexo } from './generators/hexo.ts'
import { hugo } from './generators/hugo.ts'
import { jekyll } from './generators/jekyll.ts'
import { nanogen } from './generators/nanogen.ts'
import { keepAddresses } from './old-addresses.ts'
import { keepBuilt } from './old-built.ts'
import { openOldSite } from './old-site.ts'
import { pelican } from './generators/pelican.ts'
import { reportText, type ImportNote } from './report.ts'
import { zola } from './generators/zola.ts'

/** Those that are told by most come first. */
const generators: readonly Generator[] = [nanogen, pelican, eleventy, zola, hexo, hugo, jekyll]

export interface ImportedSite {
  readonly generator: string
  /** Path in the new site -> contents. */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** Every address of the old site that is kept, as far as it is known: a page, a file, a list or an alias. */
  readonly addresses: readonly string[]
  readonly notes: readonly ImportNote[]
  readonly pages: number
}

/** Where the report lies in the new site. */
export const REPORT = 'IMPORT.md'

export interface ImportOptions {
  /** An ISO day. */
  readonly today: string
  /** Absolute: the site as the old generator built it last, when it is at hand. */
  readonly built?: string | undefined
}

/** Reads a site of another generator, and makes of it the files of a site of this one. `root` is absolute. */
export function importSite(root: string, options: ImportOptions): Result<ImportedSite> {
  const opened = open(root, 'sources')
  if (!opened.value) return { diagnostics: opened.diagnostics }
  const site = opened.value
  const generator = generators.find(each => each.recognises(site))
  if (!generator) {
    const hint = `what is known are sites of ${generators
      .map(({ name }) => name)
      .toSorted()
      .join(', ')}, by their configuration; name the folder that it is in`
    return {
      diagnostics: [
        diagnostic('import/unknown', `${root} is no site of a generator that is known`, { hint }),
      ],
    }
  }
  const built = options.built === undefined ? undefined : open(options.built, 'built')
  if (built && !built.value) return { diagnostics: built.diagnostics }
  const contents = generator.read(site)
  const imported = convert({ root, site, contents, today: options.today, built: built?.value })
  const report = reportText(generator.name, { ...imported, isWhole: built !== undefined })
  return {
    value: { ...imported, generator: generator.name, files: new Map([...imported.files, [REPORT, report]]) },
    diagnostics: [],
  }
}

function open(root: string, what: 'sources' | 'built'): Result<OldSite> {
  try {
    return { value: openOldSite(root, what), diagnostics: [] }
  } catch (error) {
    const hint = 'name the folder of the old site: imprimatur import DIR NEW'
    const found: Diagnostic = diagnostic(
      'import/read',
      `${root} cannot be read: ${(error as Error).message}`,
      { hint },
    )
    return { diagnostics: [found] }
  }
}

interface Importing {
  readonly root: string
  readonly site: OldSite
  readonly contents: OldContents
  readonly today: string
  readonly built: OldSite | undefined
}

function convert({ root, site, contents, today, built }: Importing): Omit<ImportedSite, 'generator'> {
  const claims = createClaims()
  const converted = convertPages({ root, site, contents, claims, today })
  const { files, addresses, notes, similar, published, pages } = converted
  const kept = keepAddresses(contents, published, claims)
  for (const { from, to } of contents.layouts ?? []) files.set(to, readRegularFile(join(root, from)))
  completeSite(files, { contents, claims, today, similar })
  const builtNotes = built ? keepBuilt(built, { ...kept, claims, files }) : []
  for (const [path, text] of kept.files()) files.set(path, text)
  return {
    files,
    addresses: [...addresses, ...kept.addresses],
    notes: [...site.unread, ...notes, ...kept.notes, ...builtNotes],
    pages,
  }
}
