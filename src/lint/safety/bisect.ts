/**
 * As many of the parts as are safe together, found by halving; when two halves do not go together, the second gives way. What
 * is left is tried again beside what was found, until nothing can be added. Asks no more than `most` times, three at least:
 * what is not known to be safe then is left out.
 */
export function largestSafeSet<Part>(
  parts: readonly Part[],
  isSafe: (parts: readonly Part[]) => boolean,
  most: number,
): readonly Part[] {
  let left = Math.max(3, most)
  const safe: Part[] = []
  const ask = (some: readonly Part[]) => left-- > 0 && isSafe([...safe, ...some])
  const find = (some: readonly Part[]): readonly Part[] => {
    if (some.length === 0 || ask(some)) return some
    if (some.length === 1 || left <= 0) return []
    const half = some.length >> 1
    const [first, second] = [find(some.slice(0, half)), find(some.slice(half))]
    if (first.length === 0 || second.length === 0) return first.length > 0 ? first : second
    const both = [...first, ...second]
    return ask(both) ? both : first
  }
  for (let rest = parts; rest.length > 0;) {
    const found = new Set(find(rest))
    if (found.size === 0) break
    for (const part of found) safe.push(part)
    rest = rest.filter(part => !found.has(part))
  }
  return safe
}
