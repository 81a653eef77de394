import { createRequire } from 'node:module'
import type picomatchOf from 'picomatch'

const require = createRequire(import.meta.url)

/** What a configuration takes in that would be passed over. */
export interface Included {
  /** Whether it is named; a folder stands for all that is in it. */
  has(path: string): boolean
  /** Whether something below it is named. */
  isAbove(path: string): boolean
}

export const NOTHING: Included = { has: () => false, isAbove: () => false }
export const ALL: Included = { has: () => true, isAbove: () => true }

/** By picomatch's patterns, from the root. */
export function includedBy(patterns: readonly string[]): Included {
  if (patterns.length === 0) return NOTHING
  const picomatch = require('picomatch') as typeof picomatchOf
  const plain = patterns.map(pattern => pattern.replace(/^(?:\.?\/)+|(?<!\/)\/+$/g, ''))
  const matches = picomatch([...plain], { dot: true })
  const folders = plain.map(pattern => pattern.split('/'))
  return {
    has: matches,
    isAbove(path) {
      const segments = path.split('/')
      return folders.some(pattern => {
        const deep = pattern.indexOf('**')
        const outer = deep < 0 ? segments : segments.slice(0, deep)
        const isLonger = deep >= 0 || pattern.length > segments.length
        return isLonger && outer.every((segment, i) => picomatch(pattern[i] ?? '', { dot: true })(segment))
      })
    },
  }
}
