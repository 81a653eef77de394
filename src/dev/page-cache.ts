import type { ServedFile } from './server/served-site.ts'

/** Pages as they were rendered, for as long as nothing changes; and as they last were without a mistake. */
export interface PageCache {
  get(path: string, render: () => ServedFile): ServedFile
  /** What the page was before the mistake, when somebody has looked at it. */
  lastGood(path: string): string | Uint8Array | undefined
  /** As it was rendered, or failed, before the last change. */
  previous(path: string): ServedFile | undefined
  /** Something has changed: whatever is asked for is to be rendered again. */
  invalidate(): void
}

/** Characters of pages that are kept at most; whoever writes goes back and forth between a few of them. */
const KEPT = 24 * 1024 * 1024

export function createPageCache(): PageCache {
  const readings = new Map<string, ServedFile>()
  let before: ReadonlyMap<string, ServedFile> = new Map()
  const good = new Map<string, string | Uint8Array>()
  let size = 0
  const drop = (path: string) => {
    size -= good.get(path)?.length ?? 0
    good.delete(path)
    readings.delete(path)
  }
  return {
    get(path, render) {
      const known = readings.get(path)
      if (known) return known
      const reading = render()
      if (reading.contents !== undefined && !reading.isFailed) {
        drop(path)
        good.set(path, reading.contents)
        size += reading.contents.length
        for (const oldest of good.keys()) if (size > KEPT) drop(oldest)
      }
      readings.set(path, reading)
      return reading
    },
    lastGood: path => good.get(path),
    previous: path => before.get(path),
    invalidate() {
      before = new Map(readings)
      readings.clear()
    },
  }
}
