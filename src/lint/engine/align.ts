import { isBlank, type CharacterSet } from '../rules/characters.ts'

/** One step from a text to another: what stands at `at` (one character or none) becomes `text`. */
export interface Step {
  readonly at: number
  readonly remove: 0 | 1
  readonly text: string
}

/** The steps from `before` to `after`, two short texts, in order: as few as can be, like for like: a blank for a blank, one of
 * `writable` for another. */
export function align(before: string, after: string, writable: CharacterSet): readonly Step[] {
  let same = 0
  while (before.at(-1 - same) === after.at(-1 - same) && same < before.length) same++
  return steps(before.slice(0, before.length - same), after.slice(0, after.length - same), writable)
}

const known = new WeakMap<CharacterSet, Map<string, readonly Step[]>>()

/** Nearly all are a dash that was typed in one of a few ways. */
function steps(before: string, after: string, writable: CharacterSet): readonly Step[] {
  if (!dash.test(before)) return shortest(before, after, writable)
  let own = known.get(writable)
  if (!own) known.set(writable, (own = new Map()))
  const key = `${before}\0${after}`
  let found = own.get(key)
  if (!found) own.set(key, (found = shortest(before, after, writable)))
  return found
}

const dash = /^[ \u00A0]-{1,3}$/

/** Wagner and Fischer's algorithm; the texts are a rule's matches, a few words long. */
function shortest(before: string, after: string, writable: CharacterSet): Step[] {
  const width = after.length + 1
  const costs = new Float32Array((before.length + 1) * width)
  const exchange = (i: number, j: number) => {
    const from = before.charCodeAt(i)
    const to = after.charCodeAt(j)
    if (from === to) return 0
    return writable.has(from) && writable.has(to) && isBlank(from) === isBlank(to) ? 1 : 3
  }
  for (let i = before.length; i >= 0; i--) {
    for (let j = after.length; j >= 0; j--) {
      if (i === before.length && j === after.length) continue
      const at = i * width + j
      costs[at] = Math.min(
        i < before.length && j < after.length ? (costs[at + width + 1] as number) + exchange(i, j) : Infinity,
        i < before.length ? (costs[at + width] as number) + 1.5 : Infinity,
        j < after.length ? (costs[at + 1] as number) + 1.5 : Infinity,
      )
    }
  }
  const steps: Step[] = []
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    const at = i * width + j
    const cost = costs[at]
    if (
      i < before.length &&
      j < after.length &&
      cost === (costs[at + width + 1] as number) + exchange(i, j)
    ) {
      if (before[i] !== after[j]) steps.push({ at: i, remove: 1, text: after[j] as string })
      i++
      j++
    } else if (j < after.length && cost === (costs[at + 1] as number) + 1.5) {
      steps.push({ at: i, remove: 0, text: after[j++] as string })
    } else {
      steps.push({ at: i++, remove: 1, text: '' })
    }
  }
  return steps
}
