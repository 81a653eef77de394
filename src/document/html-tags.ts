import { replaceComments } from '../core/text/enclosed.ts'

/** What an element means for the prose in and around it. HTML Living Standard, 3.2.5.2 (content models). */
export type Role = 'raw' | 'word' | 'break' | 'inline' | 'block'

const roles: Readonly<Record<Exclude<Role, 'block'>, string>> = {
  raw: 'code kbd pre samp var tt script style textarea svg math iframe object template xmp listing plaintext noembed title',
  word: 'img input audio video canvas embed meter progress select picture',
  break: 'br',
  inline:
    'a abbr acronym b bdi bdo big button cite data datalist del dfn em font i ins label map mark nobr output q rp rt ruby s slot small span strike strong sub sup time u wbr',
}

const roleOf = new Map<string, Role>(
  Object.entries(roles).flatMap(([role, names]) =>
    names.split(' ').map(name => [name, role as Role] as const),
  ),
)

/** Elements that a paragraph's end closes, though nobody wrote the end tag. */
export const closedByBlock: ReadonlySet<string> = new Set(['kbd', 'samp', 'var'])

export interface Tag {
  readonly name: string
  readonly role: Role
  readonly closing: boolean
  readonly selfClosing: boolean
  readonly lang: string | undefined
}

const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

/** Reads a whole tag, from `<` to `>`. */
export function readTag(markup: string): Tag {
  const name = (/^<\/?([a-z][\w:-]*)/i.exec(markup)?.[1] ?? '').toLowerCase()
  const lang = /\s(?:xml:)?lang\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>/]+))/i.exec(markup)
  return {
    name,
    role: roleOf.get(name) ?? 'block',
    closing: markup.startsWith('</'),
    selfClosing: markup.endsWith('/>') || empty.has(name),
    lang: lang ? (lang[1] ?? lang[2] ?? lang[3]) : undefined,
  }
}

/** A whole HTML document, and no part of one. */
export interface HtmlDocument {
  readonly title?: string | undefined
  readonly lang?: string | undefined
}

const COMMENTS = String.raw`(?:\s*<!--[^]*?-->)*\s*`
const WHOLE = new RegExp(
  `${COMMENTS}(?:<!doctype\\s+html\\b[^>]*>${COMMENTS})?(<html(?=[\\s>])(?:"[^"]*"|'[^']*'|[^"'>])*>)?`,
  'iy',
)
const TITLE = /<title\b[^<>]*>([^<]*)<\/title\s*>/i

/** Reads what begins with `<!doctype html>` or `<html>`, comments aside; undefined for what does not. What a template makes is not known. */
export function readHtmlDocument(text: string, start: number): HtmlDocument | undefined {
  WHOLE.lastIndex = start
  const [head = '', tag] = WHOLE.exec(text) ?? []
  if (tag === undefined && !/<!doctype/i.test(replaceComments(head, () => ''))) return undefined
  const title = TITLE.exec(text.slice(start))?.[1]?.trim()
  const lang = tag === undefined ? undefined : readTag(tag).lang
  return {
    title: title === '' || title?.includes('<%') ? undefined : title,
    lang: lang?.includes('<%') ? undefined : lang,
  }
}
