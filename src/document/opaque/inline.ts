import { blankLine, paragraphEnd } from './finder.ts'
import { isAlone, standing, upTo, type OpaqueSyntax, type Place } from './syntax.ts'
import { isInTag, tagEnd } from './tags.ts'

/** The name of the row below that a caption may lie in. */
export const TITLED_LINK = 'destination and title of a link'

/** What a path is made of. No mark is in it that typography sets, but for apostrophes and hyphens. */
const PATH = String.raw`[^()<>|"“”„«»—–\r\n\`]`

/** Between two of these marks, templates aside in which they may stand too, none of what typography sets in their place. */
function quoted(mark: string, others: string): string {
  const plain = String.raw`(?:[^${mark}${others}{\r\n]|\{(?![{%])){0,500}`
  const template = String.raw`(?:\{\{(?:(?!\}\})[^\r\n]){0,300}\}\}|\{%(?:(?!%\})[^\r\n]){0,300}%\})`
  return `${mark}${plain}(?:${template}${plain}){0,20}${mark}`
}

/** Syntax within the words of a paragraph, or alone on a line. */
export const inlineSyntaxes: readonly OpaqueSyntax[] = [
  {
    // ikiwiki: [[!inline pages="a and [[b]]" then="""…"""]], over lines. An escaped one is shown as it is written.
    name: 'directive of ikiwiki',
    signs: '[\\',
    next: '[',
    begins: /\\?\[\[!(?=\w)/y,
    ends: ({ 0: { length }, index }, place) => directiveEnd(place, index + length),
  },
  {
    name: 'wikilink',
    signs: '![\\',
    next: '[!',
    begins: /\\?!?\[\[(?=[^[\]\r\n])/y,
    ends({ 0: { length }, index }, { text }) {
      WIKILINK_END.lastIndex = index + length
      return WIKILINK_END.test(text) ? WIKILINK_END.lastIndex : undefined
    },
    isForeign: true,
  },
  {
    // Pandoc, kramdown, Python-Markdown, Writerside: {#id .class key="value"}, {: .class }, { style = "note" }, {=html}, {-}.
    name: 'attribute list',
    signs: '{',
    begins:
      /\{(?::|[ \t]*(?:\r?\n[ \t]*)?(?:[#.][\p{L}_-]|[\w-]+(?:=(?!\{)|[ \t]*=[ \t]*["']))|=\w+\}|-\})/uy,
    ends({ index }, { text }) {
      const end = attributesEnd(text, index)
      if (end === undefined) return undefined
      return { end, stands: isAlone(text, index, end) ? 'block' : 'nothing' }
    },
    takesBlanks: true,
    isForeign: 'perhaps',
  },
  {
    // To a reader who takes the text before it for a link, though a dialect of ours does not.
    name: TITLED_LINK,
    signs: ']',
    next: '(',
    begins: /\]\((?:[^\s()<>]+|<[^<>\r\n]*>)[ \t]+(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')[ \t]*\)/y,
    ends: ({ 0: { length }, index }) => index + length,
    stands: 'nothing',
  },
  {
    // To CommonMark a destination has no blanks; other dialects and their readers do without angle brackets.
    name: 'destination of a link with blanks',
    signs: ']',
    next: '(',
    begins: new RegExp(
      String.raw`\]\((?=${PATH}*(?! )${PATH} +${PATH})(?:[.#/]|\w+:|${PATH}*(?:/|\.\w{1,5}(?=\)| +")))${PATH}*(?:"[^"()\r\n]*")?\)`,
      'y',
    ),
    ends: ({ 0: { length }, index }) => index + length,
    stands: 'nothing',
    isForeign: 'perhaps',
  },
  {
    // Of a tag that Markdown does not know: [iframe src="a - b"], [!div class="c"], ```warn header="`a`", &lt;a href="b">.
    name: 'value of an attribute',
    signs: '=',
    next: '"\'',
    // With a mark that typography sets in place of one that ends it, it would be read otherwise than before.
    begins: new RegExp(
      `=(?:${quoted('"', '“”„‟«»')}|${quoted("'", '‘’‚‛“”„‟«»')})(?=[\\s\\])}>/,;.|&]|$)`,
      'y',
    ),
    ends: ({ 0: { length }, index }, { text }) =>
      /[\w-]/.test(text[index - 1] ?? '') && !isInTag(text, index) ? index + length : undefined,
    isForeign: 'perhaps',
  },
  {
    // CriticMarkup: what is taken out, exchanged or remarked. What is put in, {++ … ++}, is text.
    name: 'deletion or remark',
    signs: '{',
    next: '-~>',
    begins: /\{(--|~~|>>)/y,
    ends: ({ 1: mark = '', index }, place) =>
      upTo(place, index + 3, { close: CRITIC_ENDS[mark] as RegExp, limit: paragraphEnd }),
    stands: 'nothing',
    isForeign: true,
  },
  {
    // {"a": 1}, {i: "index"}, {props.items.map(item => (…))}, {@html text}: of JSON, Markua, MDX without its extension, Svelte.
    name: 'data or code in braces',
    signs: '{',
    begins:
      /\{[ \t]*(?:(?:\r\n?|\n)[ \t>]{0,100})?(?:(?:"[^"\r\n]{0,100}"|[A-Za-z_][\w-]*):[ \t]|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$]|\(|[ \t]*(?:&&|\|\||\?\?|[!=]==?)[ \t])|@[a-z]+[ \t])/y,
    ends({ index }, { text, braces, ahead }) {
      const end = braces.end(index)
      const limit = ahead.next(blankLine, index)?.start ?? text.length
      if (end === undefined || end > limit) return undefined
      return standing(text, index, end)
    },
  },
  {
    // HedgeDoc: [name=A], [time=…]; PyMdown: [=50% "half"]; Bear: [image:a.png]; Deckset: [.header: #fff].
    name: 'tag in brackets',
    signs: '[',
    next: 'ntcif=.',
    begins:
      /\[(?:(?:name|time|color)=|=+\d|(?:image|file):(?=\S)|\.[a-z][\w-]*(?=[:\]]))[^\]\r\n]{0,300}\](?![([])/y,
    ends: ({ 0: { length }, index }) => index + length,
  },
  {
    // DocFX: to CommonMark no address has blanks.
    name: 'cross-reference of DocFX',
    signs: '<',
    next: 'x',
    begins: /<xref:[^<>\r\n]{0,1000}>/y,
    ends: ({ 0: { length }, index }) => index + length,
  },
  {
    name: 'comment of MDX',
    signs: '{',
    next: ' \t/',
    begins: /\{[ \t]*\/\*/y,
    ends({ index }, place) {
      const end = upTo(place, index + 3, { close: COMMENT_END })
      return end && { end, stands: isAlone(place.text, index, end) ? 'block' : 'nothing' }
    },
  },
  {
    name: 'string of MDX',
    signs: '{',
    next: '\'"`',
    begins: /\{(?:'(?:[^'\\\r\n]|\\.){0,500}'|"(?:[^"\\\r\n]|\\.){0,500}"|`[^`]{0,2000}`)\}/y,
    ends: ({ 0: { length }, index }) => index + length,
  },
  {
    name: 'tag of JSX or Vue',
    signs: '<',
    begins: /<\/?([A-Za-z][\w.:-]*)(?=[\s/>{@#])/y,
    ends: ({ 0: { length }, 1: name = '', index }, place) => tagEnd(place, { name, index, length }),
    isForeign: 'perhaps',
  },
  {
    name: 'expression of MDX',
    signs: '{',
    begins: /\{/y,
    ends({ index }, { text, braces }) {
      const end = braces.end(index)
      return end && standing(text, index, end)
    },
    known: 'in MDX',
  },
]

const WIKILINK_END = /[^[\]\r\n]*\]\](?!\()/y
const CRITIC_ENDS: Readonly<Record<string, RegExp>> = { '--': /--\}/g, '~~': /~~\}/g, '>>': /<<\}/g }
const COMMENT_END = /\*\/[ \t]*\}/g

/** No directive has more strings and brackets, nor is longer; what seems so is text. */
const MOST_SIGNS = 100
const LONGEST_DIRECTIVE = 10_000

/** Behind the brackets that close those before `from`: what stands in quotation marks does not, and others may stand between. */
function directiveEnd({ text, ahead }: Place, from: number): number | undefined {
  let [at, depth] = [from, 1]
  for (let signs = 0; signs < MOST_SIGNS; signs++) {
    const sign = ahead.next(SIGNS, at)
    if (!sign || sign.start - from > LONGEST_DIRECTIVE) break
    const found = text.slice(sign.start, sign.end)
    if (found === ']]' && --depth === 0) return sign.end
    if (found === '[[') depth++
    const closed = found.startsWith('"')
      ? ahead.next(found === '"' ? DOUBLE : TRIPLE, sign.end)?.end
      : sign.end
    if (closed === undefined) break
    at = closed
  }
  WIKILINK_END.lastIndex = from
  return WIKILINK_END.test(text) ? WIKILINK_END.lastIndex : undefined
}

const SIGNS = /"""|"|\[\[|\]\]/g
const TRIPLE = /"""/g
const DOUBLE = /"/g

/** No list of attributes is longer; what seems so is text. */
const LONGEST = 10_000

function attributesEnd(text: string, start: number): number | undefined {
  const last = Math.min(text.length, start + LONGEST)
  for (let at = start + 1; at < last; at++) {
    const character = text[at]
    if (character === '}') return at + 1
    if (character === '{') return undefined
    if (
      character === '"' ||
      (character === "'" && /=[ \t]*$/.test(text.slice(Math.max(start, at - 10), at)))
    ) {
      const close = text.slice(at + 1, last).search(character === '"' ? /(?<!\\)["\r\n]/ : /(?<!\\)['\r\n]/)
      if (close >= 0 && text[at + 1 + close] === character) at += close + 1
    } else if (character === '\n' && /^[ \t>]*[\r\n]/.test(text.slice(at + 1, at + 100))) return undefined
  }
  return undefined
}
