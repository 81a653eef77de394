import { createRequire } from 'node:module'
import type { default as TemmlOf } from 'temml'
import { diagnostic } from '../../core/diagnostic.ts'
import { escape } from '../../core/html.ts'
import type { Diagnostic, ExtendMarkdown } from '../../core/types.ts'
import type { Document } from '../document.ts'
import { parserFor } from '../markdown.ts'
import { mayHaveMath } from './math.ts'

const require = createRequire(import.meta.url)

/** Loaded when the first formula is met. */
const temml = () => require('temml') as typeof TemmlOf

interface Formula {
  readonly tex: string
  /** On lines of its own. */
  readonly isDisplay: boolean
}

/** A formula as MathML, which needs no script; what is no TeX stays as it is written. */
export function renderMath({ tex, isDisplay }: Formula): string {
  const { html } = convert({ tex, isDisplay })
  return html ?? `<code class="math">${escape(tex)}</code>`
}

function convert({ tex, isDisplay }: Formula): { readonly html?: string; readonly why?: string } {
  try {
    const html = temml().renderToString(tex, { displayMode: isDisplay, throwOnError: true, trust: false })
    return { html: html.replace(/ style="([^"]*)"/g, asAttributes) }
  } catch (error) {
    // Its parser throws nothing but errors about the formula, a range error when it is too deep among them.
    return { why: String((error as Error).message).split(/ at position | at end of input|\n/)[0] ?? '' }
  }
}

/** A strict Content-Security-Policy forbids styles; MathML Core has attributes for colours, and browsers the rest by themselves. */
function asAttributes(_: string, style: string): string {
  const value = (name: string) =>
    new RegExp(`(?:^|;)\\s*${name}:\\s*(#[\\da-f]{3,8}|[a-z]+)\\s*(?:;|$)`, 'i').exec(style)?.[1]
  const [color, background] = [value('color'), value('background-color')]
  return `${color === undefined || color === 'undefined' ? '' : ` mathcolor="${color}"`}${background === undefined ? '' : ` mathbackground="${background}"`}`
}

/** Warns of each formula of a page of Markdown that cannot be read. */
export function mathFaults({ file, bodyStart }: Document, extend?: ExtendMarkdown): readonly Diagnostic[] {
  const body = file.text.slice(bodyStart)
  // What plug-ins make of dollars is not for this to say.
  if (!(extend ? /\$[^\s$]|\$\$/.test(body) : mayHaveMath(body))) return []
  let at = bodyStart
  return parserFor(extend)
    .parse(body, {})
    .flatMap(token => (token.type === 'math_block' ? [token] : (token.children ?? [])))
    .flatMap(({ type, content: tex, markup }) => {
      if (!type.startsWith('math_')) return []
      const from = file.text.indexOf(
        tex.split(/\r?\n/)[0] ?? tex,
        Math.max(at, file.text.indexOf(markup, at)),
      )
      at = Math.max(at, from)
      const { why } = convert({ tex, isDisplay: markup === '$$' })
      if (why === undefined) return []
      const [line = ''] = file.text.slice(at).split(/[\r\n]/, 1)
      const span = [at, at + Math.min(line.length, tex.length)] as const
      const message = `This formula is not TeX that can be read: ${why}`
      const hint = 'readers are shown it as it is written; a dollar that is none of a formula is written \\$'
      return [diagnostic('markdown/math', message, { hint, file, span })]
    })
}
