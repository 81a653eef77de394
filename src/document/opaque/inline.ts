import { readTag } from '../html-tags.ts'
import { blankLine } from './finder.ts'
import { isAlone, upTo, type Ending, type OpaqueSyntax, type Place } from './syntax.ts'

/** The name of the row below that a caption may lie in. */
export const TITLED_LINK = 'destination and title of a link'

/** What a path is made of. No mark is in it that typography sets, but for apostrophes and hyphens. */
const PATH = String.raw`[^()<>|"“”„«»—–\r\n\`]`

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
  },
  {
    // Pandoc, kramdown, Python-Markdown: {#id .class key="value"}, {: .class }, {=html}, {-}.
    name: 'attribute list',
    signs: '{',
    begins: /\{(?::|[ \t]*(?:\r?\n[ \t]*)?(?:[#.][\p{L}_-]|[\w-]+=(?!\{))|=\w+\}|-\})/uy,
    ends({ index }, { text }) {
      const end = attributesEnd(text, index)
      if (end === undefined) return undefined
      return { end, stands: isAlone(text, index, end) ? 'block' : 'nothing' }
    },
    takesBlanks: true,
  },
  {
    // To a reader who takes the text before it for a link, though a dialect of ours does not.
    name: TITLED_LINK,
    signs: ']',
    begins: /\]\((?:[^\s()<>]+|<[^<>\r\n]*>)[ \t]+(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')[ \t]*\)/y,
    ends: ({ 0: { length }, index }) => index + length,
    stands: 'nothing',
  },
  {
    // To CommonMark a destination has no blanks; other dialects and their readers do without angle brackets.
    name: 'destination of a link with blanks',
    signs: ']',
    begins: new RegExp(
      String.raw`\]\((?=${PATH}*(?! )${PATH} +${PATH})(?:[.#/]|\w+:|${PATH}*(?:/|\.\w{1,5}(?=\)| +")))${PATH}*(?:"[^"()\r\n]*")?\)`,
      'y',
    ),
    ends: ({ 0: { length }, index }) => index + length,
    stands: 'nothing',
  },
  {
    // Of a tag that Markdown does not know: [iframe src="a - b"], [!div class="c"], ```warn header="`a`", &lt;a href="b">.
    name: 'value of an attribute',
    signs: '=',
    next: '"\'',
    // With a mark that typography sets in place of one that ends it, it would be read otherwise than before.
    begins: /=(?:"[^"“”„‟«»\r\n]{0,500}"|'[^'‘’‚‛“”„‟«»\r\n]{0,500}')(?=[\s\])}>/,;.|&]|$)/y,
    ends: ({ 0: { length }, index }, { text }) =>
      /[\w-]/.test(text[index - 1] ?? '') && !isInTag(text, index) ? index + length : undefined,
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
  },
  {
    name: 'expression of MDX',
    signs: '{',
    begins: /\{/y,
    ends({ index }, { text, braces }) {
      const end = braces.end(index)
      return end && { end, stands: isAlone(text, index, end) ? 'block' : 'word' }
    },
    known: 'in MDX',
  },
]

/** An open tag (CommonMark 6.6). */
const OPEN_TAG =
  /^<[A-Za-z][A-Za-z\d-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>/

/** No tag is longer, before a place or behind it. */
const LONGEST_TAG = 1000

/** Whether this lies in a tag of Markdown's own, whose attributes are none of the text's. */
function isInTag(text: string, at: number): boolean {
  const from = Math.max(0, at - LONGEST_TAG)
  const begins = text.slice(from, at).lastIndexOf('<')
  if (begins < 0) return false
  const tag = OPEN_TAG.exec(text.slice(from + begins, at + LONGEST_TAG))?.[0] ?? ''
  return from + begins + tag.length > at && !/\n[ \t>]*\r?\n/.test(tag)
}

const WIKILINK_END = /[^[\]\r\n]*\]\](?!\()/y
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

/** No list of attributes is longer; what seems so is text. */
const LONGEST = 10_000

function attributesEnd(text: string, start: number): number | undefined {
  const last = Math.min(text.length, start + LONGEST)
  for (let at = start + 1; at < last; at++) {
    const character = text[at]
    if (character === '}') return at + 1
    if (character === '{') return undefined
    if (character === '"' || (character === "'" && text[at - 1] === '=')) {
      const close = text.slice(at + 1, last).search(character === '"' ? /(?<!\\)["\r\n]/ : /(?<!\\)['\r\n]/)
      if (close >= 0 && text[at + 1 + close] === character) at += close + 1
    } else if (character === '\n' && /^[ \t>]*[\r\n]/.test(text.slice(at + 1, at + 100))) return undefined
  }
  return undefined
}

/*
 * What is no tag for a mark in it is none with the mark that typography sets in its place: else a page that was set would be read
 * otherwise. No name begins with a digit, a bar or a lone hyphen.
 */
const ATTRIBUTE = /(?:--|[\p{L}_@:#*.$^~[(])[^\s"'“”„‟‘’‚‛«»—–&<>/={}]*/uy
const EQUALS = /\s*=\s*/y
const UNQUOTED = /[^\s"'“”„‟‘’‚‛«»—–&=<>`{}]+/y
const BLANKS = /\s*/y
const PLAIN_NAME = /^[A-Za-z_:][\w.:-]*$/

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

interface BegunTag {
  readonly name: string
  readonly index: number
  readonly length: number
}

/** The end of a tag that is none to CommonMark (6.6), for braces, dots or other signs in it; to JSX and Vue it is. */
function tagEnd(place: Place, { name, index, length }: BegunTag): Ending | undefined {
  const { text, braces, ahead, isMdx } = place
  let isPlain = /^[A-Za-z][A-Za-z\d-]*$/.test(name)
  const blank = ahead.next(blankLine, index)?.start ?? text.length
  for (let at = index + length; ;) {
    at = skip(BLANKS, text, at)
    if (at > blank) {
      if (!isMdx) return undefined
      isPlain = false
    }
    if (text[at] === '/' && text[at + 1] === '>') at++
    if (text[at] === '>') {
      // A line that begins with > is a quotation to CommonMark, and what stands above it no tag.
      isPlain &&= !/[\r\n][ \t]*\/?$/.test(text.slice(Math.max(index, at - 100), at))
      return isPlain ? undefined : { end: behindRaw(place, name, at + 1), stands: standsFor(name) }
    }
    if (text[at] === '{') {
      const end = braces.end(at)
      if (end === undefined) return undefined
      isPlain = false
      at = end
      continue
    }
    const attribute = skip(ATTRIBUTE, text, at)
    if (attribute === at) return undefined
    isPlain &&= PLAIN_NAME.test(text.slice(at, attribute))
    const value = skip(EQUALS, text, attribute)
    at = value
    if (value === attribute) continue
    const quote = text[value]
    if (quote === '"' || quote === "'") {
      const end = ahead.next(quote === '"' ? DOUBLE : SINGLE, value + 1)?.end
      if (end === undefined) return undefined
      at = end
    } else if (quote === '{') continue
    else if ((at = skip(UNQUOTED, text, value)) === value) return undefined
  }
}

const DOUBLE = /"/g
const SINGLE = /'/g

const standsFor = (name: string) => {
  const { role } = readTag(`<${name}>`)
  return role === 'block' ? 'block' : role === 'inline' || role === 'break' ? 'nothing' : 'word'
}

const rawEnds = new Map(
  'code kbd pre samp var tt script style textarea svg math'
    .split(' ')
    .map(name => [name, new RegExp(`</${name}\\s*>`, 'gi')]),
)

/** What stands in code, or in a picture, goes with the tag. */
function behindRaw({ text, ahead }: Place, name: string, end: number): number {
  const close = rawEnds.get(name.toLowerCase())
  return close && text[end - 2] !== '/' ? (ahead.next(close, end)?.end ?? end) : end
}
