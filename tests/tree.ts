import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'

/** Path -> contents, as a person would lay them down. */
export type Files = Readonly<Record<string, string | Uint8Array>>

export const clear = (folder: string): void => rmSync(folder, { recursive: true, force: true })

export function writeFiles(folder: string, files: Files): void {
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), contents)
  }
}

/**
 * Lays files down as most editors save: each takes its place whole, by a rename. One that is written in place is empty for a moment, and
 * a program that watches the folder may look at it then.
 */
export function replaceFiles(folder: string, files: Files): void {
  const aside = `${folder}.aside`
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(aside, contents)
    renameSync(aside, join(folder, path))
  }
}

/** Every file below a folder, byte for byte (one character a byte); a symbolic link is `-> ` and where it leads. */
export function bytesOf(folder: string): Record<string, string> {
  return Object.fromEntries(pathsOf(folder).map(path => [path, bytes(join(folder, path))]))
}

/** The paths of every file and link below a folder, in order. */
export function pathsOf(folder: string): readonly string[] {
  const below = (dir: string): string[] =>
    readdirSync(join(folder, dir), { withFileTypes: true }).flatMap(entry => {
      const path = dir === '' ? entry.name : `${dir}/${entry.name}`
      return entry.isDirectory() ? below(path) : [path]
    })
  return below('').toSorted()
}

function bytes(file: string): string {
  const kind = lstatSync(file)
  if (kind.isSymbolicLink()) return `-> ${readlinkSync(file)}`
  // A pipe would be waited for.
  return kind.isFile() ? readFileSync(file, 'latin1') : 'no file'
}
