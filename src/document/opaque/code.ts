import { paragraphEnd } from './finder.ts'
import { lineEnd, upTo, type OpaqueSyntax, type Place } from './syntax.ts'

/*
 * What is no prose to Markdown itself, so that nothing opaque begins in it: escaped characters, code, comments, raw HTML. Where in doubt, it
 * is taken for prose.
 */

/** Code between fences. What makes a fence of a line is the same in every dialect, what stands around it is not. */
export const fencedCode: OpaqueSyntax = {
  name: 'fenced code',
  signs: '`~',
  next: '`~',
  begins: /(`{3,})(?=[^`\r\n]*(?:[\r\n]|$))|(~{3,})/y,
  ends({ 0: run, index }, place) {
    const indent = fenceIndent(place.text, index)
    return indent === undefined ? undefined : fenceEnd(place, { at: index, run, indent })
  },
  stands: 'block',
}

/** How far a fence stands behind its line's beginning, `>` aside; undefined when it is none, for something is before it. */
function fenceIndent(text: string, at: number): number | undefined {
  const before = /(?:^|[\r\n])(?:[ \t>]*>)?([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)$/
  return before.exec(text.slice(Math.max(0, at - 100), at))?.[1]?.length
}

interface Fence {
  readonly at: number
  readonly run: string
  readonly indent: number
}

/** CommonMark 4.5. One that nothing closes, nor the end of its quotation, is taken for text. */
function fenceEnd({ text, ahead }: Place, { at, run, indent }: Fence): number | undefined {
  const from = lineEnd(text, at)
  const end = ahead.next(closeOf(run, indent), from)
  const isQuoted = /(?:^|[\r\n])[ \t]*>[^\r\n]*$/.test(text.slice(Math.max(0, at - 100), at))
  const out = isQuoted ? ahead.next(UNQUOTED, from) : undefined
  return out && out.start < (end?.start ?? Infinity) ? out.start : end?.end
}

const UNQUOTED = /^(?![ \t]*>)/gm

/** In MDX it is code within a tag's lines, too, where CommonMark has HTML. */
export const codeSpan: OpaqueSyntax = {
  name: 'code span of MDX',
  signs: '`',
  begins: /(?<!`)`+/y,
  ends: ({ 0: { length }, index }, place) => spanEnd(place, index, length),
  known: 'in MDX',
}

const spanEnd = (place: Place, at: number, size: number) =>
  upTo(place, at + size, { close: runOf(size), limit: paragraphEnd })

/** Behind the escaped character or the code span that begins here, or what is none. */
export function codeEnd(place: Place, at: number): number | undefined {
  const { text } = place
  const character = text[at]
  if (character === '\\') return /[!-/:-@[-`{-~]/.test(text[at + 1] ?? '') ? at + 2 : undefined
  if (character !== '`' && character !== '~') return undefined
  RUN.lastIndex = at
  const size = RUN.exec(text)?.[0].length ?? 1
  if (character === '~') return at + size
  return spanEnd(place, at, size) ?? at + size
}

const RUN = /`+|~+/y

const runs = new Map<number, RegExp>()
const fences = new Map<string, RegExp>()

function runOf(size: number): RegExp {
  const known = runs.get(size) ?? new RegExp(`(?<!\`)\`{${size}}(?!\`)`, 'g')
  runs.set(size, known)
  return known
}

function closeOf(run: string, indent: number): RegExp {
  const key = `${run}${indent}`
  const line = `(?<=[\\r\\n])(?:[ \\t>]*>)?[ \\t]{0,${indent + 3}}${run[0]}{${run.length},}[ \\t]*(?=[\\r\\n]|$)`
  const known = fences.get(key) ?? new RegExp(line, 'g')
  fences.set(key, known)
  return known
}

/** Behind the comment or the raw element that begins here. */
export function rawEnd({ text, ahead }: Place, at: number): number | undefined {
  if (text.startsWith('<!--', at)) return ahead.next(COMMENT, at + 4)?.end
  RAW.lastIndex = at
  const name = RAW.exec(text)?.[1] ?? ''
  const close = rawClose.get(name.toLowerCase())
  return close && ahead.next(close, at)?.end
}

const COMMENT = /-->/g
const raw = 'script style pre textarea svg math code kbd samp var tt'.split(' ')
const RAW = new RegExp(`<(${raw.join('|')})(?=[\\s>/])`, 'iy')
const rawClose = new Map(raw.map(name => [name, new RegExp(`</${name}\\b`, 'gi')]))
