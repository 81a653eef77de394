import { LINE_END } from './finder.ts'
import { lineEnd, type OpaqueSyntax, type Place } from './syntax.ts'

/** Imports and exports, which are JavaScript: in MDX wherever a line says so, in Markdown where it cannot be a sentence. */
export const modules: readonly OpaqueSyntax[] = [
  {
    name: 'import or export of MDX',
    signs: 'ie',
    next: 'mx',
    begins: /(?:import|export)(?=[ \t]+[\w{*'"$])/y,
    ends: ({ index }, place) => statementEnd(place, index),
    stands: 'block',
    beginsLine: true,
    known: 'in MDX',
  },
  {
    name: 'import or export',
    signs: 'ie',
    next: 'mx',
    begins:
      /(?:import[ \t]+(?:[\w*${}, \t]{1,300}[ \t]from[ \t]+)?(?:'[^'"\r\n]+'|"[^'"\r\n]+")[ \t]*(?:;[ \t]*(?=import\b|$)|$)){1,100}$|import[ \t]+\{[\w$,\s]*\}[ \t]*from[ \t]+(?:'[^'"\r\n]+'|"[^'"\r\n]+")|export[ \t]+(?:(?:const|let|var)[ \t]+\w+[ \t]*=|(?:default[ \t]+)?(?:async[ \t]+)?function\b[ \t*]*\w*\(|\{[\w$,\s]*\})/my,
    ends: ({ index }, place) => statementEnd(place, index),
    stands: 'block',
    beginsLine: true,
  },
]

const BEFORE_BRACE = /[^{\r\n]*/y

/** Up to a blank line that no brace is open at. */
function statementEnd({ text, braces }: Place, start: number): number {
  for (let at = start; ;) {
    BEFORE_BRACE.lastIndex = at
    BEFORE_BRACE.exec(text)
    const { lastIndex: brace } = BEFORE_BRACE
    const closed = text[brace] === '{' ? braces.end(brace) : undefined
    if (closed !== undefined) {
      at = closed
      continue
    }
    const line = lineEnd(text, brace)
    if (ENDS.test(text.slice(line, line + 200))) return line
    at = line + (text.startsWith('\r\n', line) ? 2 : 1)
  }
}

const ENDS = new RegExp(String.raw`^(?:$|${LINE_END}[ \t]*(?:[\r\n]|$))`)
