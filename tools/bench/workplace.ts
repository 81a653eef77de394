import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Post } from './corpus.ts'
import { outputFolder, type Program } from './program.ts'

/** Where the sites are built: a folder of our own, which the caller removes. */
export interface Workplace {
  readonly folder: string
  readonly kind: string
}

const memoryDisk = '/dev/shm'
/** Source and page of one post in one program, in blocks of 4 KB, and some room. */
const bytesPerPost = 40_000

const kinds: Readonly<Record<number, string>> = {
  0x01021994: 'tmpfs, a memory disk',
  0xef53: 'ext4',
  0x58465342: 'xfs',
  0x9123683e: 'btrfs',
  0x794c7630: 'overlayfs',
}

/** On the memory disk when there is one with room for so many posts, else where temporary files go. */
export function workplace(postsAndPrograms: number): Workplace {
  const base = freeBytes(memoryDisk) > postsAndPrograms * bytesPerPost ? memoryDisk : tmpdir()
  const { type } = statfsSync(base)
  const kind = kinds[type] ?? `file system 0x${type.toString(16)}`
  return { folder: mkdtempSync(join(base, 'imprimatur-bench-')), kind: `${base} (${kind})` }
}

function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}

/** Writes the program's site into a new folder. */
export function writeSite(program: Program, posts: readonly Post[], folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  for (const [path, text] of program.files(posts)) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
  if (program.modules) symlinkSync(program.modules, join(folder, 'node_modules'))
}

/** Leaves the program's site as though it had never been built. */
export function clearSite({ memory = outputFolder }: Program, folder: string): void {
  for (const path of [outputFolder, memory]) rmSync(join(folder, path), { recursive: true, force: true })
}

/** Path -> what changes when the file is written or replaced. Links are not followed. */
export type Snapshot = ReadonlyMap<string, string>

export function snapshot(folder: string): Snapshot {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return new Map(
    entries
      .filter(entry => entry.isFile())
      .map(entry => {
        const path = join(entry.parentPath, entry.name)
        const { ino, mtimeNs, ctimeNs } = lstatSync(path, { bigint: true })
        return [path, `${ino} ${mtimeNs} ${ctimeNs}`]
      }),
  )
}

/** How many files are new, or were written or replaced in between. */
export const writtenBetween = (before: Snapshot, after: Snapshot): number =>
  [...after].filter(([path, state]) => before.get(path) !== state).length
