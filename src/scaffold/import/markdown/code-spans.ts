import { findOpaque } from '../../../document/opaque/find-opaque.ts'

/** Fenced and spanned code, in which nothing is replaced. */
export function codeSpans(text: string): readonly (readonly [number, number])[] {
  const fenced = findOpaque(text, { format: 'markdown' })
    .filter(({ name }) => name === 'fenced code')
    .map(({ core }) => core)
  let rest = ''
  for (const [start, end] of fenced) {
    rest += text.slice(rest.length, start)
    rest += ' '.repeat(end - rest.length)
  }
  rest += text.slice(rest.length)
  const spanned = [...rest.matchAll(/(?<!`)(`+)(?!`)[^`\n](?:[^\n]|\n(?!\n))*?(?<!`)\1(?!`)/g)].map(
    ({ 0: { length }, index }) => [index, index + length] as const,
  )
  return [...fenced, ...spanned].toSorted(([one], [other]) => one - other)
}

/** The text, changed where it is no code. */
export function betweenCode(
  text: string,
  spans: readonly (readonly [number, number])[],
  change: (text: string) => string,
): string {
  // What a tag has between its ends may be code: these are replaced as a whole, and code elsewhere is put back.
  const marks: string[] = []
  let hidden = ''
  let at = 0
  for (const [start, end] of spans) {
    hidden += text.slice(at, start) + `\u{F0000}${marks.length}\u{F0001}`
    marks.push(text.slice(start, end))
    at = end
  }
  return change(hidden + text.slice(at)).replace(
    /\u{F0000}(\d+)\u{F0001}/gu,
    (_, n: string) => marks[Number(n)] ?? '',
  )
}
