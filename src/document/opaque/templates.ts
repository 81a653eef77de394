import { blankLine } from './finder.ts'
import { standing, upTo, type OpaqueSyntax, type Place } from './syntax.ts'

/** No tag is longer; what seems so is text. */
const LONGEST = 10_000

const short = (from: number, end: number | undefined) =>
  end === undefined || end - from > LONGEST ? undefined : end

/** Tags whose content is code, or for no reader. */
const paired =
  'raw|highlight|prism|shiki|codeblock|code|comment|verbatim|mermaid|plantuml|graphviz|math|katex|swig|javascript|js|css|style|schema'

const closes = (names: string, open: string, close: string) =>
  new Map(names.split('|').map(name => [name, new RegExp(`${open}${name}\\b[^%>}]*${close}`, 'g')]))

/** Shortcodes in brackets with code between them: of Grav, WordPress and ReadMe, some by the name of a language. */
const bracketed =
  'block|prism|highlight|code|codesh|sourcecode|raw|pre|mermaid|plantuml|latex|math|katex|' +
  'php|css|js|javascript|html|xml|sql|bash|shell|python|ruby|java|yaml|json|twig'

const bracketEnds = new Map(bracketed.split('|').map(name => [name, new RegExp(`\\[/${name}\\]`, 'g')]))

const blockEnds = closes(`${paired}|set|capture`, '\\{%[-~+]?\\s*end', '%\\}')
/** Names of shortcodes with code between them: `highlight`, `code`, `codeblock`, `code-toggle`, `my/code`. */
const shortcode = String.raw`(?:[\w/.-]*[/.-])?(?:high(?:light)?|mermaid|code\w*|math|katex|raw)(?:[/.-][\w/.-]*)?`

const shortcodeEnds = new Map<string, RegExp>()

/** What closes a shortcode of this kind and name. */
function shortcodeEnd(kind: string, name: string): RegExp {
  const key = kind + name
  const close = kind === '<' ? '>' : '%'
  const written = name.replaceAll('.', String.raw`\.`)
  const known =
    shortcodeEnds.get(key) ??
    new RegExp(String.raw`\{\{${kind}\s*/\s*${written}(?![\w/.-])[^%>{}]*${close}\}\}`, 'g')
  shortcodeEnds.set(key, known)
  return known
}

const behind = ({ ahead }: Place, close: RegExp | undefined, from: number) =>
  close && ahead.next(close, from)?.end

const braces = /\}\}/g
const percent = /%\}/g
const anglesClose = />\}\}/g
const percentsClose = /%\}\}/g
const hash = /#\}/g
const star = /\*\}/g
const ejs = /%>/g
const blade = /!!\}/g

/** Tags of Liquid, Nunjucks, Jinja, Hugo, Hexo, Vue, EJS. They bind stronger than HTML and Markdown do. */
export const templates: readonly OpaqueSyntax[] = [
  {
    name: 'template block',
    signs: '{',
    next: '%',
    // What is kept in a variable is nobody's paragraph; often it is code.
    begins: new RegExp(`\\{%[-~+]?\\s*(?:(${paired})(?![\\w-])|(set|capture)\\s+[\\w.]+\\s*[-~+]?%\\})`, 'y'),
    ends: ({ 0: { length }, 1: name, 2: kept = '', index }, place) =>
      behind(place, blockEnds.get(name ?? kept), index + length),
    known: 'everywhere',
    inRaw: true,
    isForeign: true,
  },
  {
    name: 'block of shortcodes',
    signs: '{',
    next: '{',
    begins: new RegExp(String.raw`\{\{([<%])\s*(${shortcode})(?![\w/.-])`, 'y'),
    ends({ 0: { length }, 1: kind = '', 2: name = '', index }, place) {
      const opened = upTo(place, index + length, { close: kind === '<' ? anglesClose : percentsClose })
      const isAlone = opened === undefined || /\/\s*$/.test(place.text.slice(index, opened - 3))
      return isAlone ? undefined : behind(place, shortcodeEnd(kind, name), opened)
    },
    known: 'everywhere',
    inRaw: true,
    isForeign: true,
  },
  {
    // [prism classes="language-yaml"]…[/prism], [code lang="js"]…[/code], [block:html]…[/block] with JSON.
    name: 'block of a shortcode in brackets',
    signs: '[',
    next: [...new Set(bracketed.split('|').map(name => name[0]))].join(''),
    begins: new RegExp(String.raw`\[(?!block\])(${bracketed})(?:[ \t=:][^\]\r\n]{0,300})?\](?![([])`, 'y'),
    ends({ 0: { length }, 1: name = '', index }, place) {
      const end = behind(place, bracketEnds.get(name), index + length)
      return end && standing(place.text, index, end)
    },
    inRaw: true,
    isForeign: true,
  },
  {
    name: 'shortcode',
    signs: '{',
    next: '{',
    begins: /\{\{([<%])/y,
    ends: ({ 1: kind, index }, place) =>
      short(index, upTo(place, index + 3, { close: kind === '<' ? anglesClose : percentsClose })),
    known: 'everywhere',
    inRaw: true,
    isForeign: true,
  },
  {
    name: 'expression of a template',
    signs: '{',
    next: '{',
    begins: /\{\{/y,
    ends({ index }, place) {
      const end = upTo(place, index + 2, { close: braces, limit: blankLine })
      return short(index, end && (place.text[end] === '}' ? end + 1 : end))
    },
    known: 'everywhere',
    inRaw: true,
    isForeign: true,
  },
  {
    name: 'tag of a template',
    signs: '{',
    next: '%',
    begins: /\{%/y,
    ends: ({ index }, place) => short(index, upTo(place, index + 2, { close: percent })),
    known: 'everywhere',
    inRaw: true,
    isForeign: true,
  },
  {
    name: 'comment of a template',
    signs: '{',
    next: '#',
    begins: /\{#[-\s]/y,
    ends: ({ index }, place) => short(index, upTo(place, index + 2, { close: hash })),
    known: 'everywhere',
    inRaw: true,
    isForeign: true,
  },
  {
    name: 'echo of Blade',
    signs: '{',
    next: '!',
    begins: /\{!!/y,
    ends: ({ index }, place) => short(index, upTo(place, index + 3, { close: blade, limit: blankLine })),
    known: 'everywhere',
    inRaw: true,
    isForeign: true,
  },
  {
    // Markdown-include-variants has it so.
    name: 'include of a template',
    signs: '{',
    next: '*',
    begins: /\{\*[ \t]/y,
    ends: ({ index }, place) => short(index, upTo(place, index + 2, { close: star, limit: blankLine })),
    known: 'everywhere',
    inRaw: true,
    isForeign: true,
  },
  {
    name: 'tag of EJS',
    signs: '<',
    next: '%',
    begins: /<%/y,
    ends: ({ index }, place) =>
      upTo(place, index + 2, { close: ejs, ...(place.format === 'markdown' && { limit: blankLine }) }),
    known: 'everywhere',
    inRaw: true,
  },
]
