import { blankLine } from './finder.ts'
import { lineEnd, skip, standing, upTo, wholeLine, type OpaqueSyntax } from './syntax.ts'

const orgEnds = new Map(
  'SRC EXAMPLE QUERY EXPORT COMMENT'.split(' ').map(name => [name, new RegExp(`#\\+END_${name}\\b`, 'gi')]),
)

const INDENTED = /(?:(?:\r\n?|\n)(?=(?:(?! {4})[ >])*(?: {4}|\t)[ \t]*[^ \t\r\n])[^\r\n]*)*/y

/** Lines such as `:alt: What it shows`. */
const OPTIONS = /(?:(?:\r\n?|\n)[ \t>]*:[\w-]+:(?=[ \t]|[\r\n]|$)[^\r\n]*)*/y

const SNIPPETS_END = /^[ \t>]*-+8<-+[ \t]*$/gm

/** `::: package.module` */
const NAMED = /^:{3,}[ \t]+[A-Za-z_][\w.]*[ \t]*$/

/** A div that has a diagram, a formula or code in it: of Azure DevOps, VuePress, MyST. */
const HOLDS_CODE =
  /^:{3,}[ \t]*(?:(?:mermaid|plantuml|graphviz|query-table|math|katex|latex)[ \t]*$|\{(?:mermaid|math|code|code-block|code-cell|raw|toctree|csv-table|eval-rst)\})/

const FENCE_LINE = /^[ \t>]*:{3,}[ \t]*$/gm

/** Lines such as `    type: warning`, of which the first says that they are options. */
const INDENTED_OPTIONS = /(?:(?:\r\n?|\n)[ >]*(?: {4}|\t)[\w-]+:(?=[ \t]|[\r\n]|$)[^\r\n]*)+/y

const isColumnZero = (text: string, at: number) => at === 0 || /[\r\n]/.test(text[at - 1] as string)

/** Lines that are no words of a paragraph but begin, end or stand for something in somebody's dialect. */
export const directives: readonly OpaqueSyntax[] = [
  {
    name: 'line of a fenced div',
    signs: ':',
    next: ':',
    begins: /:{3,}/y,
    ends({ index }, { text, ahead }) {
      const end = lineEnd(text, index)
      const opening = text.slice(index, end)
      if (HOLDS_CODE.test(opening)) {
        const close = ahead.next(FENCE_LINE, end)
        if (close) return close.end
      }
      // MyST has options below it, mkdocstrings has indented ones.
      if (/\{[\w-]+\}/.test(opening)) return skip(OPTIONS, text, end)
      return NAMED.test(opening) && isColumnZero(text, index) ? skip(INDENTED, text, end) : end
    },
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    name: 'leaf directive',
    signs: ':',
    next: ':',
    begins: /::[A-Za-z][\w-]*(?=[[{\s]|$|::[ \t]*$)/my,
    ends: wholeLine,
    stands: 'block',
    beginsLine: true,
  },
  {
    name: 'line of an admonition',
    signs: '!?=',
    next: '!?=',
    // To CommonMark what is indented below it is not the list or the code that it is to the author.
    begins: /(?:!!!|\?{3}\+?)(?=[ \t]*[\w"[\r\n]|$)|===[!+]?[ \t]+["“«]/my,
    ends: ({ index }, { text }) => skip(INDENTED, text, lineEnd(text, index)),
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    name: 'line of a generic block',
    signs: '/',
    next: '/',
    begins: /\/{3,}(?=[ \t]*(?:[\w-]+[ \t]*(?:\||[\r\n]|$)|[\r\n]|$))/my,
    ends: ({ index }, { text }) => skip(INDENTED_OPTIONS, text, lineEnd(text, index)),
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    name: 'snippet',
    signs: '@<-',
    next: '[<-8',
    begins: /@\[code\b|<<<(?=[ \t]*[@./\w])|(-{1,20})8<-+/y,
    ends({ 1: dashes, index }, place) {
      const end = lineEnd(place.text, index)
      // Between two that have nothing else are the names of more files.
      const isBlock = dashes !== undefined && /8<-+[ \t]*$/.test(place.text.slice(index, end))
      return (isBlock && upTo(place, end, { close: SNIPPETS_END, limit: blankLine })) || end
    },
    stands: 'block',
    beginsLine: true,
  },
  {
    // Blade, and what includes a file: @section('title', 'A'), @foreach ($pages as $page), @import "a.css".
    name: 'directive with arguments',
    signs: '@',
    begins:
      /@(?:[A-Za-z]\w*\(|(?:if|elseif|for|foreach|forelse|while|unless|isset|empty|switch|case)[ \t]*\(|import[ \t]+(?:url\(|["']))/y,
    ends: wholeLine,
    stands: 'block',
    beginsLine: true,
  },
  {
    // MyST begins another cell with it.
    name: 'line of a break with data',
    signs: '+',
    next: '+',
    begins: /\+{3}[ \t]+(?=\S)/y,
    ends: wholeLine,
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    // Logseq has these of Org in Markdown, in items of lists, too.
    name: 'block of Org',
    signs: '#',
    next: '+',
    begins: /#\+BEGIN_(SRC|EXAMPLE|QUERY|EXPORT|COMMENT)\b/iy,
    ends({ 0: { length }, 1: name = '', index }, { text, ahead }) {
      const end = ahead.next(orgEnds.get(name.toUpperCase()) as RegExp, index + length)?.end
      return end && standing(text, index, end)
    },
    isForeign: true,
  },
  {
    name: 'line of Org',
    signs: '#',
    next: '+',
    begins: /#\+(?:BEGIN|END)_[A-Z]+\b/iy,
    ends({ index }, { text }) {
      const end = lineEnd(text, index)
      return standing(text, index, end)
    },
    isForeign: true,
  },
  {
    name: 'directive in a line of its own',
    signs: '^',
    begins: /\^[A-Za-z][\w-]*(?=[ \t(]|$)/my,
    ends: wholeLine,
    stands: 'block',
    beginsLine: true,
  },
  {
    // GitHub, Obsidian: what stands behind it on the line is the title.
    name: 'callout marker',
    signs: '[',
    next: '!',
    begins: /\[![\w-]+(?:\|[^\]\r\n]*)?\][+-]?[ \t]*/y,
    ends: ({ 0: { length }, index }) => index + length,
    stands: 'nothing',
    beginsLine: true,
  },
  {
    // Diplodoc: what stands behind it on the line is prose.
    name: 'label of a term',
    signs: '[',
    next: '*',
    begins: /\[\*[^\]\r\n]+\]:[ \t]*/y,
    ends: ({ 0: { length }, index }) => index + length,
    stands: 'nothing',
    beginsLine: true,
  },
]
