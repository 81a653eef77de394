import type { Diagnostic } from '../../core/types.ts'

/** Findings by their file's path, those of no file under an empty one; `checked` files come with none. */
export function groupByFile(
  diagnostics: readonly Diagnostic[],
  checked: readonly string[] = [],
): ReadonlyMap<string, readonly Diagnostic[]> {
  const files = new Map<string, Diagnostic[]>(checked.map(path => [path, []]))
  for (const found of diagnostics) {
    const path = found.file?.path ?? ''
    const group = files.get(path)
    if (group) group.push(found)
    else files.set(path, [found])
  }
  return files
}
