import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, ExtendMarkdown } from '../../core/types.ts'
import type { Document } from '../document.ts'
import { parserFor } from '../markdown.ts'
import { DEEPEST } from '../parser/nesting.ts'
import { tablesOfContents, type RepetitionEnvironment } from './repetition.ts'

interface ExcessEnvironment extends RepetitionEnvironment {
  deepLine?: number
}

/** What may be so deep; most pages have nothing like it. */
const DEEP = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){40}|^[ \t]{80}/m

/** How many characters of `MARKERS` in a row `DEEP` has at least. */
const SHORTEST = 40

const MARKERS = new Uint8Array(128)
for (const sign of ' \t>*+-0123456789.)') MARKERS[sign.charCodeAt(0)] = 1

const isMarker = (code: number) => code < 128 && MARKERS[code] === 1

/** Whether `DEEP` is found. Where so many markers stand in a row, one of them is at each fortieth character: few have to be looked at. */
export function mayBeDeep(text: string): boolean {
  for (let at = SHORTEST - 1; at < text.length; at += SHORTEST) {
    if (!isMarker(text.charCodeAt(at))) continue
    let [start, end] = [at, at + 1]
    while (isMarker(text.charCodeAt(start - 1))) start--
    while (isMarker(text.charCodeAt(end))) end++
    if (end - start >= SHORTEST) return DEEP.test(text)
  }
  return false
}

/** What may be referred to, or asked for, more often than is good. */
export const mayRepeat = (text: string) =>
  text.includes(']:') || (text.includes('[[') && /\[\[toc\]\][^]*\[\[toc\]\]/i.test(text))

/**
 * Warns of what of a page of Markdown is not read, or left out, for there is too much of it: lists and quotations that stand in more of them
 * than are read; references, abbreviations and tables of contents that would make a page many times as long as its text.
 */
export function excess({ file, bodyStart }: Document, extend?: ExtendMarkdown): readonly Diagnostic[] {
  const body = file.text.slice(bodyStart)
  if (!mayBeDeep(body) && !mayRepeat(body)) return []
  const env: ExcessEnvironment = {}
  tablesOfContents(parserFor(extend).parse(body, env), env)
  const warn = (
    code: 'markdown/nesting' | 'markdown/repetition',
    at: number,
    message: string,
    hint: string,
  ) => {
    const from = lineStart(body, at)
    const [line = ''] = body.slice(from).split(/[\r\n]/, 1)
    const span = [bodyStart + from, bodyStart + from + line.length] as const
    return diagnostic(code, message, { hint, file, span })
  }
  const { deepLine, repeatedLine, tableLine } = env
  return [
    ...(deepLine === undefined
      ? []
      : [
          warn(
            'markdown/nesting',
            deepLine,
            'Lists and quotations lie one in another here so deep that the rest is read as plain text',
            `take some of them away: ${DEEPEST} quotations, or ${DEEPEST / 2} lists, are read`,
          ),
        ]),
    ...(repeatedLine === undefined
      ? []
      : [
          warn(
            'markdown/repetition',
            repeatedLine,
            'Addresses, titles and abbreviations are repeated so often that from here on they are left out',
            'shorten what is referred to so often, or make several pages of this one',
          ),
        ]),
    ...(tableLine === undefined
      ? []
      : [
          warn(
            'markdown/repetition',
            tableLine,
            'From here on no table of contents is made, for the page has so many',
            'leave one, where readers look for it',
          ),
        ]),
  ]
}

function lineStart(text: string, line: number): number {
  const breaks = text.matchAll(/\r\n|\n|\r/g)
  let at = 0
  for (let n = 0; n < line; n++) {
    const found = breaks.next().value
    if (!found) break
    at = found.index + found[0].length
  }
  return at
}
