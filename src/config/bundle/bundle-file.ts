import { fstatSync, openSync, readSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * What the package has beside the compiled modules: the same modules in one file, with those of other packages, in parts of which each is
 * what is loaded together. Its first line is a comment with the index, each part a CommonJS module that may require others by `./name`.
 */
export interface BundleFile {
  readonly path: string
  /** Differs when anything in it does. */
  readonly state: string
  /** Undefined where there is no such part. */
  read(name: string): BundlePart | undefined
}

export interface BundlePart {
  readonly code: string
  /** Of its first line in the file, from 0. */
  readonly line: number
}

/** Of the first line, behind `//`. */
export interface BundleIndex {
  /** Stands for all that is in the file. */
  readonly stamp: string
  /** Name, bytes, lines; they follow one another. */
  readonly parts: readonly (readonly [name: string, bytes: number, lines: number])[]
}

/** Beside the folder `config` of the compiled modules. */
export const BUNDLE = 'bundle.cjs'

const MOST_INDEX = 100_000

/** Undefined where the program is not bundled: in its repository, and installed out of that. */
export function openBundle(): BundleFile | undefined {
  const path = fileURLToPath(new URL(`../../${BUNDLE}`, import.meta.url))
  const file = openIfThere(path)
  if (file === undefined) return undefined
  const head = Buffer.alloc(MOST_INDEX)
  readSync(file, head, 0, MOST_INDEX, 0)
  const end = head.indexOf('\n')
  const { stamp, parts } = JSON.parse(head.toString('utf8', 2, end)) as BundleIndex
  const places = new Map<string, { readonly at: number; readonly bytes: number; readonly line: number }>()
  let [at, line] = [end + 1, 1]
  for (const [name, bytes, lines] of parts) {
    places.set(name, { at, bytes, line })
    at += bytes
    line += lines
  }
  const { size, mtimeMs } = fstatSync(file)
  return {
    path,
    state: `${stamp} ${size} ${mtimeMs}`,
    read(name) {
      const place = places.get(name)
      if (!place) return undefined
      const bytes = Buffer.alloc(place.bytes)
      readSync(file, bytes, 0, place.bytes, place.at)
      return { code: bytes.toString('utf8'), line: place.line }
    },
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
