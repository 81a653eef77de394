import type { Emitter } from 'highlight.js'

/** Writes HTML at once; highlight.js’s own emitter builds a tree first. */
export class HtmlEmitter implements Emitter {
  private html = ''
  private open = 0

  openNode(scope: string): void {
    const [first, ...further] = scope.split('.')
    const classes = further.map((name, i) => ` ${name}${'_'.repeat(i + 1)}`)
    this.html += `<span class="hljs-${first}${classes.join('')}">`
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

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
}
