import { blankLine, paragraphEnd } from './finder.ts'
import { isAlone, standing, upTo, type OpaqueSyntax, type Place } from './syntax.ts'

/** Commands of Doxygen, and directives of Blade, that are closed by `end` and their name; code is between them. */
const commands = 'code|verbatim|dot|msc|htmlonly|latexonly|xmlonly|docbookonly|rtfonly|manonly|php'

const commandEnds = new Map(commands.split('|').map(name => [name, new RegExp(`[@\\\\]end${name}\\b`, 'g')]))

/** Diagrams of PlantUML: no others are known. */
const diagrams =
  'uml|json|yaml|mindmap|wbs|gantt|salt|ditaa|dot|math|latex|ebnf|regex|creole|chronology|files|board|git|jcckit|sprites|chen|nwdiag'

const diagramEnds = new Map(diagrams.split('|').map(name => [name, new RegExp(`@end${name}\\b`, 'g')]))

const formulaEnds: Readonly<Record<string, RegExp>> = {
  $: /[@\\]f\$/g,
  '[': /[@\\]f\]/g,
  '{': /[@\\]f\}/g,
}

const extensionEnds = new Map(
  ['nomarkdown', 'comment'].map(name => [name, new RegExp(String.raw`\{:/(?:${name})?\}`, 'g')]),
)

const PERCENTS = /%%/g
/** Alone on its line, quotation marks aside. */
const PERCENTS_LINE = /^[ \t>]*%%[ \t]*$/gm

function behind({ text, ahead }: Place, close: RegExp | undefined, span: readonly [number, number]) {
  const end = close && ahead.next(close, span[1])?.end
  return end && standing(text, span[0], end)
}

/** What begins and ends by a word, and is code, markup or a remark between, of more than one paragraph perhaps. */
export const blocks: readonly OpaqueSyntax[] = [
  {
    // @code … @endcode, \verbatim … \endverbatim, @php … @endphp.
    name: 'block between commands',
    signs: '@\\',
    beginsLine: '@',
    begins: new RegExp(`[@\\\\](${commands})\\b`, 'y'),
    ends: ({ 0: { length }, 1: name = '', index }, place) =>
      behind(place, commandEnds.get(name), [index, index + length]),
    isForeign: true,
  },
  {
    name: 'diagram of PlantUML',
    signs: '@',
    next: 's',
    begins: new RegExp(`@start(${diagrams})\\b`, 'y'),
    ends: ({ 0: { length }, 1: name = '', index }, place) =>
      behind(place, diagramEnds.get(name), [index, index + length]),
    beginsLine: true,
    isForeign: true,
  },
  {
    // \f$ … \f$, \f[ … \f], \f{align}{ … \f}
    name: 'formula of Doxygen',
    signs: '@\\',
    next: 'f',
    begins: /[@\\]f([$[{])/y,
    ends({ 0: { length }, 1: mark = '', index }, place) {
      const limit = mark === '$' ? paragraphEnd : blankLine
      const end = upTo(place, index + length, { close: formulaEnds[mark] as RegExp, limit })
      return end && standing(place.text, index, end)
    },
    isForeign: true,
  },
  {
    // kramdown: {::nomarkdown}…{:/nomarkdown}, {::comment}…{:/}; one that ends with a slash has nothing in it.
    name: 'extension of kramdown',
    signs: '{',
    next: ':',
    begins: /\{::(nomarkdown|comment)(?:[ \t][^{}\r\n]*)?(?<!\/)\}/y,
    ends: ({ 0: { length }, 1: name = '', index }, place) =>
      behind(place, extensionEnds.get(name), [index, index + length]),
    isForeign: true,
  },
  {
    // Obsidian: %% … %% in a paragraph, or between two lines that have nothing else.
    name: 'comment of Obsidian',
    signs: '%',
    next: '%',
    begins: /%%(?!%)/y,
    ends({ index }, place) {
      const isLine = isAlone(place.text, index, index + 2)
      const end = isLine
        ? place.ahead.next(PERCENTS_LINE, index + 2)?.end
        : upTo(place, index + 2, { close: PERCENTS, limit: paragraphEnd })
      return end && standing(place.text, index, end)
    },
    isForeign: true,
  },
]

/** What says something to one program, and is a word of the text to others. */
export const marks: readonly OpaqueSyntax[] = [
  {
    // Dataview, of Obsidian: [due:: 2026-01-01], (key:: it's).
    name: 'field in brackets',
    signs: '[',
    needs: '::',
    begins: /\[[\p{L}_][\p{L}\w -]{0,50}::[ \t][^[\]\r\n]{0,1000}\](?![([])/uy,
    ends: ({ 0: { length }, index }) => index + length,
    isForeign: true,
  },
  {
    // Logseq, Roam: [:div {:style "a"} "b"]
    name: 'element of Hiccup',
    signs: '[',
    next: ':',
    begins: /\[:[a-z][\w.#-]*[ \t]+(?=[{"[])[^\r\n]{0,1000}\](?=[ \t]*(?:[\r\n]|$))/y,
    ends: ({ 0: { length }, index }) => index + length,
    isForeign: true,
  },
  {
    // PyMdown: ++ctrl+"a"++
    name: 'keys',
    signs: '+',
    next: '+',
    begins:
      /\+\+(?:[a-z\d][\w-]*|"[^"\r\n]{1,50}"|'[^'\r\n]{1,50}')(?:\+(?:[a-z\d][\w-]*|"[^"\r\n]{1,50}"|'[^'\r\n]{1,50}')){0,9}\+\+/y,
    ends: ({ 0: { length }, index }) => index + length,
    isForeign: true,
  },
  {
    // GitLab: ~"a - b" is a label, %"a - b" a milestone.
    name: 'label or milestone',
    signs: '~%',
    next: '"',
    begins: /(?<![^\s])[~%]"[^"“”„\r\n]{1,255}"(?=[\s,.;:)]|$)/y,
    ends: ({ 0: { length }, index }) => index + length,
  },
  {
    // Obsidian, at the end of a paragraph: its blank stays a blank.
    name: 'name of a block',
    signs: '^',
    begins: /(?<=[ \t])\^[A-Za-z\d][\w-]*(?=[ \t]*(?:[\r\n]|$))/y,
    ends: ({ 0: { length }, index }) => index + length,
    stands: 'nothing',
    takesBlanks: true,
  },
  {
    // ReadMe
    name: 'term of a glossary',
    signs: '<',
    next: '<',
    begins: /<<glossary:[^<>\r\n]{1,200}>>/y,
    ends: ({ 0: { length }, index }) => index + length,
    isForeign: true,
  },
  {
    // HackMD, VuePress: ![a](b.png "c" =20x30); ReadMe: ![](a "b" "#c").
    name: 'destination and size of a picture',
    signs: ']',
    next: '(',
    begins:
      /\]\((?:[^\s()<>]+|<[^<>\r\n]*>)(?:(?:[ \t]+(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'|=[\dx%]+)){2,3}|[ \t]+=[\dx%]+)[ \t]*\)/y,
    ends: ({ 0: { length }, index }) => index + length,
    stands: 'nothing',
  },
]
