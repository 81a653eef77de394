import { readTag } from '../html-tags.ts'
import { blankLine } from './finder.ts'
import { skip, type Ending, type Place } from './syntax.ts'

/** An open tag (CommonMark 6.6). */
const OPEN_TAG =
  /^<[A-Za-z][A-Za-z\d-]*(?:\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>/

/** No tag is longer, before a place or behind it. */
const LONGEST_TAG = 1000

/** Whether this lies in a tag of Markdown's own, whose attributes are none of the text's. */
export function isInTag(text: string, at: number): boolean {
  const from = Math.max(0, at - LONGEST_TAG)
  const begins = text.slice(from, at).lastIndexOf('<')
  if (begins < 0) return false
  const tag = OPEN_TAG.exec(text.slice(from + begins, at + LONGEST_TAG))?.[0] ?? ''
  return from + begins + tag.length > at && !/\n[ \t>]*\r?\n/.test(tag)
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

interface BegunTag {
  readonly name: string
  readonly index: number
  readonly length: number
}

/** The end of a tag that is none to CommonMark (6.6), for braces, dots or other signs in it; to JSX and Vue it is. */
export function tagEnd(place: Place, { name, index, length }: BegunTag): Ending | undefined {
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
      const closed = quotedEnd(place, value + 1, quote === '"' ? DOUBLE : SINGLE)
      if (closed === undefined) return undefined
      isPlain &&= closed.isPlain
      at = closed.end
    } else if (quote === '{') continue
    else if ((at = skip(UNQUOTED, text, value)) === value) return undefined
  }
}

/** Behind the mark that ends a value: not one in a template, for which it is no plain value to CommonMark (`"{{ a("b") }}"`). */
function quotedEnd(
  { ahead }: Place,
  start: number,
  mark: RegExp,
): { readonly end: number; readonly isPlain: boolean } | undefined {
  let isPlain = true
  for (let at = start; ;) {
    const close = ahead.next(mark, at)
    const template = ahead.next(TEMPLATE, at)
    if (!close || !template || template.start > close.start) return close && { end: close.end, isPlain }
    isPlain &&= template.end <= close.start
    at = template.end
  }
}

const TEMPLATE = /\{\{(?:(?!\}\})[^\r\n]){0,300}\}\}|\{%(?:(?!%\})[^\r\n]){0,300}%\}/g
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
