/** HTML that needs no escaping any more. Only `markup` and the words of the keys page make it, so that no text gets into a page unescaped. */
export class Html {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

type Part = Html | string | number | undefined | readonly Part[]

/** A template whose values are escaped unless they are HTML; lists are joined by line breaks, undefined is nothing. */
export const markup = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(texts.map(outdent).reduce((text, next, n) => text + write(parts[n - 1]) + next))

/** The source is indented for those who read it; the page need not be. */
const outdent = (text: string) => text.replace(/\n\s+/g, '\n')

function write(part: Part): string {
  if (part === undefined) return ''
  if (part instanceof Html) return part.toString()
  return Array.isArray(part) ? part.map(write).join('\n') : escape(String(part as string | number))
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For text and for attributes in double quotes. */
export const escape = (text: string): string => text.replace(/[&<>"]/g, c => entities[c] ?? c)
