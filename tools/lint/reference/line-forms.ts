/** What lines look like that are no text, in any of the dialects in use. Own code on purpose, as all of the comparison. */

/** Tags of templates whose content is code or is not shown. */
export const pairedTags = 'raw|highlight|codeblock|code|comment|verbatim|mermaid|plantuml|math|katex|swig'

/** Shortcodes in brackets whose content is code. */
export const codeInBrackets = 'block:|prism|highlight|code|sourcecode|raw|pre'

/** Lines of which not a byte may change, by what they are without indentation and `>`. */
export const fixedLines: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['thematic break or underline', /^(?:(?:[-*_]\s*){3,}|=+|-+)$/],
  ['table delimiter', /^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?$|^\|\s*:?-+:?\s*\|$/],
  ['directive', /^(?::{2,}|!!!(?=[ \t]*(?:[\w"[]|$))|\?{3}|===[!+]?\s+"|\/{3}|@\[code|<<<|-+8<-+)/],
  [
    'directive',
    /^(?:@(?:\w+\(|(?:if|for|foreach|while|unless|switch)\s*\(|import\s+(?:url\(|["']))|\+\+\+\s+\S)/,
  ],
  [
    'directive',
    /^@(?:(?:tab(?::active)?|alert)\s+\S|(?:tabs|tabsend|endtab|endtabs|end)$|slide(?:start|end)\b)/,
  ],
  ['target', /^\([^()]{1,200}\)=$/],
  ['comment or title', /^%\s+\S/],
  ['property', /^(?:[A-Za-z][\w-]{0,40}::|\.\.\s+[\w-]{1,50}::?(?=\s|$))(?:\s|$)/],
  ['class of remark', /^(?:\.[a-z][\w-]*(?:\.[a-z][\w-]*)*\[)$/],
  ['slot or tags', /^#[a-z][\w/-]*(?:\{[^{}]*\}|(?:\s+#[a-z][\w/-]*)*)$/],
  ['import or export', /^import\s+(?:[\w*${},\s]+\sfrom\s+)?(['"])[^'"]+\1\s*(?:;\s*(?:import\b.*)?)?$/],
  ['line of Org', /^#\+(?:BEGIN|END)_\w+/i],
  ['attribute list', /^\{(?:[:#.]|\s*[\w-]+\s*=)[^{}]*\}$/],
  ['table of contents', /^\[{1,2}toc\]{1,2}$/i],
  ['link definition', /^\[[^\]^*][^\]]*\]:\s*\S/],
  ['template tag', /^(?:\{%(?:(?!%\}).)*%\}|\{\{(?:(?!\}\}).)*\}\}|<%(?:(?!%>).)*%>)$/],
  ['math fence', /^(?:\$\$|\\\[|\\\])$/],
]

const inlineTags =
  '/?(?:a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)\\b'

/** A line that begins with something of a dialect is not joined to, whatever the something is. */
export const closedLines: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['heading', /^#{1,6}(?:\s|$)/],
  ['term', /^\[\*[^\]]+\]:\s/],
  ['callout title', /^\[![\w-]+\]/],
  ['marked line', /^(?:[?!]>\s|\]$|\^(?:\s|$)|\|\s+[^|]*$|\((?:@[\w-]*|ref:[^()\s]+)\)\s)/],
  ['table row', /^(?:\|\|.*\||#\||\|#)$/],
  ['markup', new RegExp(`^<(?!${inlineTags})[/!?]?[a-z-]+(?:[\\s/>]|$)`, 'i')],
  ['template tag', /^\{[{%#]|(?:[%}]\}|%>)$/],
  ['opaque syntax', /^(?:!?\[\[|\$\$|\$(?=[^\s$](?:[^$]*[^\s$])?(?<![\\@]f)\$(?!\d))|\\[([])/],
]

/** What begins at a line and ends at another, wherever that is. */
export const rawBlocks: readonly (readonly [
  what: string,
  opening: RegExp,
  closing: (name: string) => string,
])[] = [
  ['raw element', /^<(pre|script|style|textarea)\b/i, name => `</${name}>`],
  ['comment', /^(<!--)/, () => '-->'],
  ['template block', /^\{%-?\s*(set|capture)\s+[\w.]+\s*-?%\}/, name => `\\{%-?\\s*end${name}\\b`],
  ['drawer of Org', /^:([A-Z][A-Z_-]+):\s*$/, () => '^[\\s>]*:END:\\s*$'],
  ['snippets', /^(-+8<-+)\s*$/, () => '^[\\s>]*-+8<-+\\s*$'],
  [
    'div of code',
    /^(:{3,})\s*(?:(?:mermaid|plantuml|graphviz|query-table|math|katex|latex)|\{(?:mermaid|math|code|code-block|code-cell|raw|toctree|csv-table|eval-rst)\}.*)\s*$/,
    () => '^[\\s>]*:{3,}\\s*$',
  ],
  ['block of Org', /^#\+BEGIN_(SRC|EXAMPLE|QUERY|EXPORT|COMMENT)\b/i, name => `#\\+END_${name}\\b`],
  ['code in brackets', new RegExp(`^\\[(${codeInBrackets})\\b[^\\]]*\\](?![([])`), name => `\\[/${name}\\]`],
  ['template block', new RegExp(`^\\{%-?\\s*(${pairedTags})\\b`), name => `\\{%-?\\s*end${name}\\b`],
  [
    'template block',
    /^\{\{[<%]\s*(highlight|mermaid|code[\w-]*|math|raw)(?![\w-])(?![^]*\/\s*[>%]\}\}\s*$)/,
    name => `\\{\\{[<%]\\s*/\\s*${name}(?![\\w-])`,
  ],
]
