import { findOpaque } from '../../document/opaque/find-opaque.ts'
import { headingId, uniqueIds } from '../../document/headings.ts'
import { splitHeading } from '../../document/heading-attributes.ts'
import { createParser } from '../../document/markdown.ts'
import type { OldContents } from './generator.ts'

export interface BodyNote {
  /** Of the body, from 0. */
  readonly line: number
  readonly note: string
}

export interface ConvertedBody {
  readonly text: string
  readonly notes: readonly BodyNote[]
}

interface BodyContext {
  readonly contents: OldContents
  readonly from: string
  /** Where a source is now, as a link from this page’s source; undefined when it did not come along. */
  target(source: string): string | undefined
}

/** Makes of the generator’s own syntax what Markdown has for it, keeps old anchors, and lists what is left. */
export function convertBody(written: string, context: BodyContext): ConvertedBody {
  const text = keepAnchors(replaceTags(written.replace(/\r\n?/g, '\n'), context), context.contents.anchor)
  return { text, notes: foreignIn(text) }
}

function replaceTags(written: string, { contents, from, target }: BodyContext): string {
  const named = (destination: string): string | undefined => {
    const [, path = destination, hash = ''] = /^([^#]*)(#.*)?$/.exec(destination.trim()) ?? []
    const source = contents.named?.(path, from)
    const to = source === undefined ? undefined : target(source)
    return to === undefined ? undefined : `${to}${hash}`
  }
  const spans = codeSpans(written)
  const outside =
    (pattern: RegExp, replace: (match: readonly string[]) => string | undefined) => (text: string) =>
      text.replace(pattern, (...match: readonly unknown[]) => {
        const groups = match.filter((each): each is string => typeof each === 'string')
        return replace(groups.slice(0, -1)) ?? groups[0] ?? ''
      })
  const steps: readonly ((text: string) => string)[] = [
    outside(
      /\{%-?\s*highlight\s+([\w+#-]+)[^%]*%\}\n?([^]*?)\n?\{%-?\s*endhighlight\s*-?%\}/g,
      ([, lang = '', code = '']) => `\`\`\`${lang}\n${code}\n\`\`\``,
    ),
    outside(
      /\{%-?\s*(?:raw|verbatim)\s*-?%\}([^]*?)\{%-?\s*end(?:raw|verbatim)\s*-?%\}/g,
      ([, inner = '']) => inner,
    ),
    outside(/\{%-?\s*(?:post_url|link|post_path)\s+([^%\s]+)\s*-?%\}/g, ([, name = '']) => named(name)),
    outside(
      /\{%-?\s*post_link\s+(\S+)\s+(?:'([^']*)'|"([^"]*)"|([^%]*?))\s*-?%\}/g,
      ([, name = '', ...words]) => {
        const to = named(name)
        return to && `[${words.find(Boolean) ?? name}](${to})`
      },
    ),
    outside(
      /\{%-?\s*asset_img\s+(?:[\w-]+\s+)*?(\S+\.\w+)\s*(?:"([^"]*)"|'([^']*)'|([^%]*?))\s*-?%\}/g,
      ([, file = '', ...words]) => `![${words.find(Boolean) ?? ''}](${file})`,
    ),
    outside(/\{\{[<%]\s*(?:rel)?ref\s+"([^"]+)"\s*[>%]\}\}/g, ([, name = '']) => named(name)),
    outside(/\{\{<\s*figure\s+([^>]*?)\s*\/?>\}\}/g, ([, attributes = '']) => figure(attributes)),
    outside(/\{\{\s*(?:site\.(?:baseurl|url)|root)\s*\}\}/g, () => ''),
    outside(
      /\{\{\s*["']([^"']*)["']\s*\|\s*(?:relative_url|absolute_url|url|prepend:\s*site\.baseurl)\s*\}\}/g,
      ([, path = '']) => path,
    ),
    outside(
      /(\]\(\s*<?)(@\/[^)\s>]*|[{|](?:filename|static|attach)[}|][^)\s>]*)/g,
      ([, before = '', name = '']) => {
        const to = named(name)
        return to && before + (before.endsWith('<') ? to : encodeBlanks(to))
      },
    ),
    outside(
      /^(\[[^\]\n]+\]:[ \t]*)(@\/\S*|[{|](?:filename|static|attach)[}|]\S*)/gm,
      ([, before = '', name = '']) => {
        const to = named(name)
        return to && before + encodeBlanks(to)
      },
    ),
  ]
  return betweenCode(written, spans, text => steps.reduce((all, step) => step(all), text))
}

const encodeBlanks = (path: string) => path.replaceAll(' ', '%20')

function figure(attributes: string): string | undefined {
  const value = (name: string) =>
    new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)?.slice(1).find(Boolean)
  const src = value('src')
  const caption = value('caption') ?? value('title')
  return (
    src &&
    `![${value('alt') ?? ''}](${encodeBlanks(src)}${caption === undefined ? '' : ` "${caption.replaceAll('"', '&quot;')}"`})`
  )
}

/** Fenced and spanned code, in which nothing is replaced. */
function codeSpans(text: string): readonly (readonly [number, number])[] {
  const fenced = findOpaque(text, { format: 'markdown' })
    .filter(({ name }) => name === 'fenced code')
    .map(({ core }) => core)
  const rest = fenced.reduce(
    (all, [start, end]) => all.slice(0, start) + ' '.repeat(end - start) + all.slice(end),
    text,
  )
  const spanned = [...rest.matchAll(/(?<!`)(`+)(?!`)[^`\n](?:[^\n]|\n(?!\n))*?(?<!`)\1(?!`)/g)].map(
    ({ 0: { length }, index }) => [index, index + length] as const,
  )
  return [...fenced, ...spanned].toSorted(([one], [other]) => one - other)
}

function betweenCode(
  text: string,
  spans: readonly (readonly [number, number])[],
  change: (text: string) => string,
): string {
  // What a tag has between its ends may be code: these are replaced as a whole, and code elsewhere is put back.
  const marks: string[] = []
  let hidden = ''
  let at = 0
  for (const [start, end] of spans) {
    hidden += text.slice(at, start) + `\u{F0000}${marks.length}\u{F0001}`
    marks.push(text.slice(start, end))
    at = end
  }
  return change(hidden + text.slice(at)).replace(
    /\u{F0000}(\d+)\u{F0001}/gu,
    (_, n: string) => marks[Number(n)] ?? '',
  )
}

const parser = createParser()

/** Writes the old id behind each heading that would have another one. */
function keepAnchors(written: string, anchor: OldContents['anchor']): string {
  if (!anchor) return written
  const lines = written.split('\n')
  const [ours, theirs] = [uniqueIds(), uniqueIds()]
  const tokens = parser.parse(written, {})
  tokens.forEach((token, i) => {
    const inline = tokens[i + 1]
    if (token.type !== 'heading_open' || !token.map || !inline) return
    const text = (inline.children ?? [])
      .map(({ type, content }) =>
        type.endsWith('break') ? ' ' : /^(?:text|text_special|code_inline|image)$/.test(type) ? content : '',
      )
      .join('')
    if (splitHeading(text).attributes) return
    const [own, old] = [ours(headingId(text)), theirs(anchor(text) || 'section')]
    if (own === old || !/^[\p{L}\p{M}\p{N}_:-][\p{L}\p{M}\p{N}_:.-]*$/u.test(old) || old === 'section') return
    const line = token.markup.startsWith('#') ? token.map[0] : token.map[1] - 2
    lines[line] = (lines[line] ?? '').replace(/[ \t]*(?:[ \t]#+)?[ \t]*$/, ` {#${old}}`)
  })
  return lines.join('\n')
}

/** Somebody’s syntax that would be shown as it is. */
function foreignIn(text: string): readonly BodyNote[] {
  return findOpaque(text, { format: 'markdown' })
    .filter(({ name }) => FOREIGN.test(name))
    .filter(({ core: [start, end] }) => !/^\[\[toc\]\]$/i.test(text.slice(start, end)))
    .filter(
      ({ name, core: [start] }) => name !== 'attribute list' || !/^#{1,6}[ \t]/.test(lineAt(text, start)),
    )
    .map(({ name, core: [start, end] }) => ({
      line: text.slice(0, start).split('\n').length - 1,
      note: `${name}, shown as it is: ${text.slice(start, end).replace(/\s+/g, ' ').slice(0, 60)}`,
    }))
}

const FOREIGN =
  /template|shortcode|wikilink|fenced div|admonition|generic block|snippet|directive|attribute list|callout|math|EJS/

const lineAt = (text: string, at: number) => text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
