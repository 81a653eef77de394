import { existsSync, readdirSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readRegularFile } from '../core/read-file.ts'
import type { Diagnostic, SourceFile } from '../core/types.ts'

/**
 * The files of the theme, as they are in the package: `layouts/` and `pages/` stand for the folders of a site that have those names
 * by default. A part is named by its path, as in `layouts/post.ejs`.
 */
const FOLDER = new URL('../../src/theme/files/', import.meta.url)

/** What stands before the name of a part where reports name files; no file of the site. */
const PREFIX = 'imprimatur/theme/'

/** The parts below a folder of the theme, in order. */
export function partsIn(folder: 'layouts' | 'pages' | `pages/${string}`): readonly string[] {
  const names = readdirSync(new URL(`${folder}/`, FOLDER), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => posix.join(entry.parentPath.replaceAll('\\', '/'), entry.name))
  const start = fileURLToPath(FOLDER).replaceAll('\\', '/')
  return names.map(name => name.slice(start.length)).toSorted()
}

/** Where the part is on this machine; undefined when there is none of that name. */
export function partFile(name: string): string | undefined {
  const file = fileURLToPath(new URL(encodeURI(name), FOLDER))
  return isPartName(name) && existsSync(file) ? file : undefined
}

const isPartName = (name: string) => /^(?:layouts|pages)\//.test(name) && posix.normalize(name) === name

export const readPart = (name: string): Uint8Array =>
  readRegularFile(fileURLToPath(new URL(encodeURI(name), FOLDER)))

export const textOfPart = (name: string): string => Buffer.from(readPart(name)).toString('utf8')

/** The part as a template is read; undefined when there is none of that name. */
export function partSource(name: string): SourceFile | undefined {
  return partFile(name) === undefined ? undefined : { path: PREFIX + name, text: textOfPart(name) }
}

/** The part that a report means by a path. */
export const partAt = (path: string): string | undefined =>
  path.startsWith(PREFIX) && partFile(path.slice(PREFIX.length)) !== undefined
    ? path.slice(PREFIX.length)
    : undefined

/** The path of a part in reports. */
export const pathOfPart = (name: string): string => PREFIX + name

/** A diagnostic that is about a part of the theme, with what its reader can do about such a file. */
export function withEject(found: Diagnostic): Diagnostic {
  const part = found.file && partAt(found.file.path)
  if (part === undefined) return found
  const own = `imprimatur theme eject ${part} makes the file your own`
  return { ...found, hint: found.hint === undefined ? own : `${found.hint}; ${own}` }
}
