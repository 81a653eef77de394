import type { Token } from 'markdown-it'

/** What an attribute list says of its heading; its name-value pairs keep their order. */
export interface HeadingAttributes {
  readonly id?: string | undefined
  readonly classes: readonly string[]
  readonly others: readonly (readonly [name: string, value: string])[]
}

/**
 * `{#id .class key="value"}` at the end of a heading, as Pandoc, PHP Markdown Extra, Hugo and Zola have it, and `{: #id}` of kramdown; an
 * id of characters that `#` does not take is `id="…"`. In CommonMark it is text. What is anything else in braces is no list, and stays.
 */
const LIST = /(?:^|(?<![ \t\u00A0])[ \t\u00A0]+)\{:?([^{}]*)\}[ \t]*$/
const ITEM =
  /(?:([#.])([\p{L}\p{M}\p{N}_:-][\p{L}\p{M}\p{N}_:.-]*)|([a-z][a-z\d:-]*)=(?:"([^"]*)"|'([^']*)'|([^\s"'=]+)))(?:[ \t]+|$)/uy

/** The text of a heading without its list, and the list. */
export function splitHeading(text: string): {
  readonly text: string
  readonly attributes?: HeadingAttributes
} {
  const found = LIST.exec(text)
  const attributes = found ? readList(withoutBlanks(found[1] ?? '')) : undefined
  return found && attributes ? { text: text.slice(0, found.index), attributes } : { text }
}

const withoutBlanks = (text: string) => text.replace(/^[ \t]+|(?<![ \t])[ \t]+$/g, '')

function readList(written: string): HeadingAttributes | undefined {
  if (written === '') return undefined
  let id: string | undefined
  const classes: string[] = []
  const others: [string, string][] = []
  for (let at = 0; at < written.length; at = ITEM.lastIndex) {
    ITEM.lastIndex = at
    const found = ITEM.exec(written)
    if (!found) return undefined
    const [, sign, word = '', name = '', double, single, bare] = found
    if (sign === '#') id = word
    else if (sign === '.') classes.push(word)
    else if (name === 'id') id = (double ?? single ?? bare ?? '').replace(/\s+/g, '-') || id
    else others.push([name, double ?? single ?? bare ?? ''])
  }
  return { id, classes, others }
}

/** Takes the list out of what a heading is made of. One whose brace is escaped is text. */
export function takeHeadingAttributes(inline: Token | undefined): HeadingAttributes | undefined {
  const last = inline?.children?.at(-1)
  if (last?.type !== 'text' || !/(?<!\\)\{[^{}]*\}\s*$/.test(inline?.content ?? '')) return undefined
  const { text, attributes } = splitHeading(last.content)
  if (attributes) last.content = text
  return attributes
}
