import type { Emitter } from 'highlight.js'

/** Writes HTML at once; highlight.js’s own emitter builds a tree first. */
export class HtmlEmitter implements Emitter {
  private html = ''
  private open = 0

  openNode(scope: string): void {
    let tag = tags.get(scope)
    if (tag === undefined) tags.set(scope, (tag = openingTag(scope)))
    this.html += tag
    this.open++
  }

  closeNode(): void {
    if (this.open === 0) return
    this.html += '</span>'
    this.open--
  }

  // highlight.js calls either pair.
  startScope(scope: string): void {
    this.openNode(scope)
  }

  endScope(): void {
    this.closeNode()
  }

  addText(text: string): void {
    this.html += /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, character => escapes[character] ?? '') : text
  }

  __addSublanguage(emitter: Emitter, name: string): void {
    this.html += name ? `<span class="language-${name}">${emitter.toHTML()}</span>` : emitter.toHTML()
  }

  finalize(): void {
    while (this.open > 0) this.closeNode()
  }

  toHTML(): string {
    return this.html
  }
}

/** By scope: of the few hundred that grammars have. */
const tags = new Map<string, string>()

/** `title.function` is of the classes `hljs-title` and `function_`; each further part has one more underscore. */
function openingTag(scope: string): string {
  const [first, ...further] = scope.split('.')
  const classes = further.map((name, i) => ` ${name}${'_'.repeat(i + 1)}`)
  return `<span class="hljs-${first}${classes.join('')}">`
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
}
