import { lineEnd, skip, wholeLine, type OpaqueSyntax } from './syntax.ts'

const whole = ({ 0: { length }, index }: RegExpExecArray) => index + length

const SMALL = 'abcdefghijklmnopqrstuvwxyz'
const CAPITALS = SMALL.toUpperCase()

const DRAWER_END = /^[ \t>]*:END:[ \t]*$/gm
const DASHES_LINE = /^[ \t>]*-{3,}[ \t]*$/gm

/** Rows of a table whose columns are told by their places. */
const GRID_ROWS = /(?:(?:\r\n?|\n)[ \t>]*[|+][^\r\n]*)*/y
const COLUMN_ROWS = /(?:(?:\r\n?|\n)(?=[ \t>]*[^ \t>\r\n])[^\r\n]*)*/y

/** Lines that are no words of a paragraph, by what they begin with; some go on over more lines. */
export const lines: readonly OpaqueSyntax[] = [
  {
    // Docsify has ?> and !>, Deckset ^, Pandoc | for a line that stays one, (@good) for an example, bookdown (ref:a), remark ] at the end of a class: behind it is prose.
    name: 'mark of a line',
    signs: '?!^|(]',
    next: '> \t@r\r\n',
    begins:
      /[?!]>[ \t]+(?=\S)|\^(?:[ \t]+(?=\S)|[ \t]*$)|\|[ \t]+(?=[^|\s])(?=[^|\r\n]*$)|\][ \t]*(?=[\r\n])|\((?:@[\w-]{0,100}|ref:[^()\s]{1,100})\)[ \t]+(?=\S)/my,
    ends: whole,
    stands: 'nothing',
    beginsLine: true,
  },
  {
    // ReadMe: what stands behind it on the line is the title.
    name: 'callout of an emoji',
    signs: '\ud83d\u2757',
    begins: /(?<=>[ \t]{0,20})(?:\ud83d[\udcd8\udc4d\udea7]|\u2757\ufe0f?)[ \t]+/y,
    ends: whole,
    stands: 'nothing',
    beginsLine: true,
  },
  {
    // MyST: (name)=
    name: 'line of a target',
    signs: '(',
    begins: /\([^()\r\n]{1,200}\)=[ \t]*$/my,
    ends: wholeLine,
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    // A comment of MyST, the title of Pandoc. Not the sign of a number that the line before ends with.
    name: 'line of a percent sign',
    signs: '%',
    next: ' \t',
    begins: /(?<!\d[ \t]{0,20}(?:\r\n?|\n)[ \t>]{0,20})%[ \t]+(?=\S)/y,
    ends: wholeLine,
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    // Pandoc, reStructuredText: +---+---+
    name: 'grid table',
    signs: '+',
    next: '-=:',
    begins: /\+(?:[-=:]{2,}\+)+[ \t]*$/my,
    ends: ({ index }, { text }) => skip(GRID_ROWS, text, lineEnd(text, index)),
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    // Pandoc: its columns are where the hyphens are. One of several lines a row begins and ends with a line of them.
    name: 'table of columns',
    signs: '-',
    next: '-',
    begins:
      /-{3,}[ \t]*(?:\r\n?|\n)(?:(?=[ \t]*[^\s-])[^\r\n]*(?:\r\n?|\n)){1,5}[ \t]*-{2,}(?:[ \t]+-{2,})+[ \t]*$|-{3,}(?:[ \t]+-{3,})+[ \t]*$/my,
    ends: ({ 0: { length }, index }, { text, ahead }) =>
      (/^-+[ \t]*[\r\n]/.test(text.slice(index, index + length)) &&
        ahead.next(DASHES_LINE, index + length)?.end) ||
      skip(COLUMN_ROWS, text, index + length),
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    // Slidev, and components of MDC: fields between hyphens in the midst of a document; remark has some below the hyphens.
    name: 'fields of a slide',
    signs: '-',
    next: '-',
    begins:
      /---[ \t]*(?:\r\n|\n)(?:(?:[a-z][\w-]*:(?=[ \t\r\n])|[ \t]+\S|#[ \t])[^\r\n]*(?:\r\n|\n)){1,50}---[ \t]*$|---[ \t]*(?:\r\n|\n)(?:(?:class|name|layout|template|background-image|count|exclude):[ \t][^\r\n]*(?:\r\n|\n|$)){1,10}/my,
    ends: ({ 0: { length }, index }, { text }) =>
      index + length - (/\r?\n$/.exec(text.slice(index, index + length))?.[0].length ?? 0),
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    // VuePress, DocNet.
    name: 'line of tabs or slides',
    signs: '@',
    next: 'taes',
    begins:
      /@(?:(?:tab(?::active)?|alert)(?=[ \t]+\S)|(?:tabs|tabsend|endtab|endtabs|end)[ \t]*$|slide(?:start|end)\b)/my,
    ends: wholeLine,
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    // Logseq: :LOGBOOK: … :END:
    name: 'drawer of Org',
    signs: ':',
    next: CAPITALS,
    begins: /:[A-Z][A-Z_-]+:[ \t]*$/my,
    ends: ({ 0: { length }, index }, { ahead }) => ahead.next(DRAWER_END, index + length)?.end,
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    // Logseq, Dataview: id:: a
    name: 'line of a property',
    signs: SMALL + CAPITALS,
    needs: '::',
    begins: /[A-Za-z][\w-]{0,40}::[ \t]+(?=\S)/y,
    ends: wholeLine,
    stands: 'block',
    beginsLine: true,
    isForeign: true,
  },
  {
    // Nikola, reStructuredText: .. title: a. Also what opens a class of remark: .left[
    name: 'line of two dots or a class',
    signs: '.',
    next: `.${SMALL}`,
    begins: /\.\.[ \t]+[\w-]{1,50}:{1,2}(?=\s|$)|\.[a-z][\w-]*(?:\.[a-z][\w-]*){0,9}\[[ \t]*$/my,
    ends: wholeLine,
    stands: 'block',
    beginsLine: true,
  },
  {
    // MDC has slots, others tags: #title, #a #b/c
    name: 'line of slots or tags',
    signs: '#',
    next: SMALL,
    begins: /#[a-z][\w/-]*(?:\{[^{}\r\n]{0,1000}\}|(?:[ \t]+#[a-z][\w/-]*){0,50})[ \t]*$/my,
    ends: wholeLine,
    stands: 'block',
    beginsLine: true,
  },
]
