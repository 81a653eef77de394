import { replaceComments } from '../../core/text/enclosed.ts'
import type { ExtendMarkdown, SourceFile, Span } from '../../core/types.ts'
import { parserFor } from '../../document/markdown.ts'
import { bodyStart } from '../../document/document.ts'
import { formatOf } from '../../document/formats.ts'
import { imageCandidates } from './references.ts'

/** An address as it stands in a source. */
export interface WrittenAddress {
  readonly address: string
  readonly span: Span
}

const IN_MARKDOWN = [
  /\]\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))+))/dg,
  /^[ >]{0,12}\[[^\]\r\n\u2028\u2029]+\]:\s*(?:<([^<>\n]*)>|(\S+))/dgm,
  /<((?:https?|mailto):[^\s<>]*)>/dg,
  /(?<![\w<("'=])(https?:\/\/[^\s<>"')\]]*[^\s<>"')\].,;:!?])/dg,
]

const IN_MARKUP = [
  /\s(?:href|src|poster|data|cite)\s*=\s*(?:"([^"]*)"|'([^']*)')/dgi,
  /\s(?:image)?srcset\s*=\s*(?:"([^"]*)"|'([^']*)')/dgi,
]

/** Every address in a page's source, in order, without those in code. */
export function writtenAddresses(file: SourceFile, extend?: ExtendMarkdown): readonly WrittenAddress[] {
  const markdown = formatOf(file.path) === 'markdown'
  const text = markdown ? withoutCode(file, extend) : file.text
  const bare = replaceComments(text, blank)
  return [...(markdown ? IN_MARKDOWN : []), ...IN_MARKUP]
    .flatMap(pattern => [...bare.matchAll(pattern)].flatMap(addressesOf))
    .toSorted((a, b) => a.span[0] - b.span[0])
}

function addressesOf(match: RegExpExecArray): readonly WrittenAddress[] {
  const group = match[1] === undefined ? 2 : 1
  const [start, end] = match.indices?.[group] ?? [0, 0]
  const written = match[group] ?? ''
  if (!/srcset\s*=/i.test(match[0])) return [{ address: written, span: [start, end] }]
  return imageCandidates(written).map(([address, at]) => ({
    address,
    span: [start + at, start + at + address.length],
  }))
}

/** The text with code blanked out, so that every offset stays what it was. */
function withoutCode(file: SourceFile, extend: ExtendMarkdown | undefined): string {
  const start = bodyStart(file)
  const body = file.text.slice(start)
  const lines = body.split(/(?<=\n)/)
  for (const { type, map } of parserFor(extend).parse(body, {})) {
    if (!map || (type !== 'fence' && type !== 'code_block')) continue
    for (let line = map[0]; line < map[1]; line++) lines[line] = blank(lines[line] ?? '')
  }
  return (
    blank(file.text.slice(0, start)) + lines.join('').replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, blank)
  )
}

const blank = (text: string) => text.replace(/[^\r\n]/g, ' ')
