import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

/** Path -> contents, as a person would lay them down. */
export type Files = Readonly<Record<string, string | Uint8Array>>

const base = mkdtempSync(join(tmpdir(), 'imprimatur-test-'))
afterAll(() => rmSync(base, { recursive: true, force: true }))

let count = 0

/** A new folder with these files; it goes when the test file is done. */
export function folderWith(files: Files = {}): string {
  const folder = join(base, String(count++))
  mkdirSync(folder)
  writeFiles(folder, files)
  return folder
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), contents)
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
  try {
    return `-> ${readlinkSync(file)}`
  } catch {
    return readFileSync(file, 'latin1')
  }
}
