/** Tables whose columns are told by their places, and fields between hyphens, that begin at this line: where they end. */
export function laidOutEnd(raw: readonly string[], index: number): { end: number; what: string } | undefined {
  const line = (at: number) => (raw[at] ?? '').replace(/^[\s>]+/, '').trimEnd()
  const first = line(index)
  if (!/^[+-]/.test(first)) return undefined
  const firstWithout = (pattern: RegExp, from: number) => {
    let at = from
    while (at < raw.length && pattern.test(line(at))) at++
    return at
  }
  if (/^\+(?:[-=:]{2,}\+)+$/.test(first)) return { end: firstWithout(/^[|+]/, index + 1), what: 'grid table' }
  if (/^-{3,}(?:\s+-{3,})+$/.test(first))
    return { end: firstWithout(/./, index + 1), what: 'table of columns' }
  if (!/^-{3,}$/.test(first)) return undefined
  const columns = firstWithout(/^[^-]/, index + 1)
  if (columns > index + 1 && columns <= index + 6 && /^-{2,}(?:\s+-{2,})+$/.test(line(columns))) {
    const close = raw.findIndex((_, at) => at > columns && /^-{3,}$/.test(line(at)))
    return { end: close < 0 ? firstWithout(/./, columns + 1) : close + 1, what: 'table of columns' }
  }
  if (first !== '---') return undefined
  const remark = firstWithout(/^(?:class|name|layout|template|background-image|count|exclude):\s/, index + 1)
  const field = /^(?:[a-z][\w-]*:(?:\s|$)|#\s)/
  let end = index + 1
  while (end < raw.length && (field.test(line(end)) || /^[\s>]*\s\S/.test(raw[end] ?? ''))) end++
  if (end > index + 1 && line(end) === '---') return { end: end + 1, what: 'fields' }
  return remark > index + 1 ? { end: remark, what: 'fields' } : undefined
}
