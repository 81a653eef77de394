/**
 * Whether a value is data alone, so that its clone in another thread is the same. A configuration may hold functions and objects
 * of classes for its templates, which cloning would lose, some of them without an error.
 */
export function isPlainData(value: unknown, seen = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null) return !['function', 'symbol'].includes(typeof value)
  if (seen.has(value)) return true
  seen.add(value)
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null && !Array.isArray(value)) return false
  return Object.values(Object.getOwnPropertyDescriptors(value)).every(
    field => !field.get && isPlainData(field.value, seen),
  )
}
