import type { Diagnostic } from '../core/types.ts'

/** By file and place, each once, however the pages were shared out, and however many of them met a mistake in a layout. */
export function mergeDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const met = new Map<string, Diagnostic[]>()
  for (const found of diagnostics) {
    const { code, message, file, span } = found
    const key = JSON.stringify([file?.path, span, code, withoutPage(message)])
    const same = met.get(key)
    if (same) same.push(found)
    else met.set(key, [found])
  }
  return [...met.values()].map(unite).toSorted(byPlace)
}

/** A message without the page that was rendered when it was made. */
function withoutPage(message: string): string {
  const at = message.indexOf(' (while rendering ', message.lastIndexOf('\n') + 1)
  return at < 0 || !message.endsWith(')') ? message : message.slice(0, at)
}

function unite(same: readonly Diagnostic[]): Diagnostic {
  const [first, ...others] = [...new Set(same.map(({ message }) => message))].toSorted()
  const found = same[0]!
  if (!first || others.length === 0) return found
  const pages = others.length === 1 ? 'one other page' : `${others.length} other pages`
  return { ...found, message: first.replace(/\)$/, ` and ${pages})`) }
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const [one = '', other = ''] = [a.file?.path, b.file?.path]
  if (one !== other) return one < other ? -1 : 1
  return (a.span?.[0] ?? 0) - (b.span?.[0] ?? 0) || (a.message < b.message ? -1 : 1)
}
