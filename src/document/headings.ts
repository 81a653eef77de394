import { decodeHTML } from 'entities/decode'
import type { StateCore, Token } from 'markdown-it'
import { enclosed, replaceEnclosed, tagEnds } from '../core/text/enclosed.ts'
import type { Heading } from '../core/types.ts'
import { takeHeadingAttributes } from './heading-attributes.ts'

/**
 * An anchor from a heading's text: lower case; letters and digits of any script, `-` and `_` are kept; white space and
 * no-break spaces become `-`; all else goes. Quotes, apostrophes and dashes thus never show, so that setting a
 * heading's type does not change its address.
 */
export function headingId(text: string): string {
  if (PLAIN_HEADING.test(text)) return text.toLowerCase().replaceAll(' ', '-')
  const id = PLAIN_TEXT.test(text) ? plainId(text) : anyId(text)
  return id || 'section'
}

const anyId = (text: string) =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, '-')
    .replace(/[^\p{L}\p{M}\p{N}_-]/gu, '')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '')

/** The same of letters that have one Unicode form, and of signs that are no letters. */
const plainId = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-zа-яё\d_ -]+/g, '')
    .replace(/[ -]+/g, '-')
    .replace(/^-|-$/g, '')

/** Words and punctuation in Latin or Cyrillic letters: most other headings. */
const PLAIN_TEXT = /^[ -~А-яЁё«»–-„…№]*$/

/** Words in Latin or Cyrillic letters: most headings. */
const PLAIN_HEADING = /^[a-zа-яё\d_]+(?:[ -][a-zа-яё\d_]+)*$/i

/** Hands out each id once: `notes`, `notes-1`, `notes-2`. */
export function uniqueIds(): (id: string) => string {
  const taken = new Set<string>()
  /** The number that an id comes to next, so that a thousand of one name are not tried a thousand times each. */
  const numbers = new Map<string, number>()
  return id => {
    let n = numbers.get(id) ?? 0
    let free = n === 0 ? id : `${id}-${n}`
    while (taken.has(free)) free = `${id}-${++n}`
    numbers.set(id, n + 1)
    taken.add(free)
    return free
  }
}

/**
 * A markdown-it core rule: gives every heading an id, the one that an attribute list names or else that of its text, and lists them in the
 * environment. What names its id keeps it, wherever on the page it stands.
 */
export function identifyHeadings({ tokens, env }: Pick<StateCore, 'tokens' | 'env'>): void {
  const unique = uniqueIds()
  const opens: number[] = []
  const named = new Map<Token, string>()
  tokens.forEach((token, i) => {
    if (token.type !== 'heading_open') return
    opens.push(i)
    const { id, classes = [], others = [] } = takeHeadingAttributes(tokens[i + 1]) ?? {}
    for (const [name, value] of others) token.attrSet(name, value)
    for (const each of classes) token.attrJoin('class', each)
    if (id !== undefined) named.set(token, unique(id))
  })
  const headings = opens.map((i): Heading => {
    const token = tokens[i]!
    let text = ''
    for (const { type, content } of tokens[i + 1]?.children ?? [])
      if (type.endsWith('break')) text += ' '
      else if (TEXTS.has(type)) text += content
    const id = named.get(token) ?? unique(headingId(text))
    token.attrSet('id', id)
    return { level: Number(token.tag.slice(1)), id, text }
  })
  Object.assign(env, { headings })
}

const TEXTS: ReadonlySet<string> = new Set(['text', 'text_special', 'code_inline', 'image'])

/** The headings of a page's HTML that can be linked to. */
export function outline(body: string): readonly Heading[] {
  const headings: Heading[] = []
  for (const { open, close, inner } of enclosed(body, /<h([1-6])\b/gi, ([, n]) => headingClose[Number(n)])) {
    const end = inner.indexOf('>')
    const id = /\bid="([^"]*)"/.exec(inner.slice(0, end))?.[1]
    if (!close || end < 0 || id === undefined) continue
    headings.push({ level: Number(open[1]), id: decodeHTML(id), text: plainText(inner.slice(end + 1)) })
  }
  return headings
}

const headingClose = [0, 1, 2, 3, 4, 5, 6].map(level => new RegExp(`</h${level}>`, 'gi'))

/** HTML without its tags and footnote marks: real characters, white space folded, no-break spaces kept. */
export function plainText(html: string): string {
  const bare = html.includes('<') ? withoutTags(withoutNotes(html)) : html
  return decodeHTML(bare)
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
}

const withoutNotes = (html: string) =>
  html.includes('<sup class="footnote-ref">')
    ? replaceEnclosed(
        html,
        /<sup class="footnote-ref">/g,
        () => noteClose,
        ({ close }) => (close ? '' : undefined),
      )
    : html

const noteClose = /<\/sup>/g

/** Comments go, too. */
function withoutTags(html: string): string {
  const ends = tagEnds(html)
  let hasComments = true
  let bare = ''
  let at = 0
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', Math.max(at, open + 1))) {
    let end = -1
    if (hasComments && html.startsWith('<!--', open)) {
      const close = html.indexOf('-->', open + 4)
      hasComments = close >= 0
      if (hasComments) end = close + 3
    }
    if (end < 0) end = ends(open + 1)
    if (end < 0) continue
    bare += html.slice(at, open)
    at = end
  }
  return bare + html.slice(at)
}
