import { firstFrom } from '../../core/text/first-from.ts'
import { findOpaque } from '../../document/opaque/find-opaque.ts'
import { headingId, uniqueIds } from '../../document/headings.ts'
import { splitHeading } from '../../document/heading-attributes.ts'
import { createParser } from '../../document/markdown.ts'
import { position } from '../../core/source.ts'
import { replaceEnclosed } from '../../core/text/enclosed.ts'
import { decoded } from './claims.ts'
import { betweenCode, codeSpans } from './markdown/code-spans.ts'
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
  readonly isHtml: boolean
  /** Where a source is now, as a link from this page’s source; undefined when it did not come along. */
  target(source: string): string | undefined
  /** Where the file is now that lies beside the page’s source, if a link of this name no longer finds it. */
  beside(name: string): string | undefined
}

/** Makes of the generator’s own syntax what Markdown has for it, keeps old anchors, and lists what is left. */
export function convertBody(written: string, context: BodyContext): ConvertedBody {
  const before = written.replace(/\r\n?/g, '\n')
  const replaced = replaceTags(before, context)
  const { text, notes } = context.isHtml
    ? { text: replaced, notes: [] }
    : keepAnchors(replaced, context.contents)
  return { text, notes: withOldLines([...foreignIn(text), ...notes], [...foreignIn(before), ...notes]) }
}

/** What replaces a tag may have more lines or fewer: what is left is found where it was before, in the same order. */
function withOldLines(left: readonly BodyNote[], before: readonly BodyNote[]): readonly BodyNote[] {
  /** The last first, since they are taken from the end. */
  const places = new Map<string, number[]>()
  for (let i = before.length - 1; i >= 0; i--) {
    const { note } = before[i]!
    const own = places.get(note)
    if (own) own.push(i)
    else places.set(note, [i])
  }
  let at = 0
  return left.map(note => {
    const own = places.get(note.note) ?? []
    let same = own.pop()
    while (same !== undefined && same < at) same = own.pop()
    if (same === undefined) return note
    at = same + 1
    return { ...note, line: before[same]?.line ?? note.line }
  })
}

function replaceTags(written: string, { contents, from, target, beside }: BodyContext): string {
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
  const between =
    (open: RegExp, close: RegExp, replace: (inner: string, name?: string) => string) => (text: string) =>
      replaceEnclosed(
        text,
        open,
        () => close,
        found => (found.close ? replace(found.inner, found.open[1]) : undefined),
      )
  const steps: readonly ((text: string) => string)[] = [
    between(
      /\{%-?\s*highlight\s+([\w+#-]+)(?![\w+#-])[^%]*%\}/g,
      /\{%-?\s*endhighlight\s*-?%\}/g,
      (code, lang = '') => `\`\`\`${lang}\n${withoutEnds(code)}\n\`\`\``,
    ),
    between(/\{%-?\s*(?:raw|verbatim)\s*-?%\}/g, /\{%-?\s*end(?:raw|verbatim)\s*-?%\}/g, inner => inner),
    outside(/\{%-?\s*(?:post_url|link|post_path)\s+([^%\s]+)\s*-?%\}/g, ([, name = '']) => named(name)),
    outside(hexoTag('post_link'), ([whole = '', inner = '']) => {
      const [, name = '', words = ''] = /^(\S+)(?:\s(.*))?$/s.exec(inner.trim()) ?? []
      if (name === '') return whole
      const to = named(name)
      return to && `[${unquoted(words) || name}](${to})`
    }),
    outside(hexoTag('asset_img'), ([whole = '', inner = '']) => {
      const [, file = '', words = ''] = /^(?:[\w-]+\s+)*?(\S+\.\w+)(.*)$/s.exec(inner.trim()) ?? []
      return file === '' ? whole : `![${unquoted(words)}](${file})`
    }),
    between(
      /\{\{[<%]\s*highlight\s+"?([\w+#-]+)(?![\w+#-])[^>%{]*[>%]\}\}/g,
      /\{\{[<%]\s*\/\s*highlight\s*[>%]\}\}/g,
      (code, lang = '') => `\`\`\`${lang}\n${withoutEnds(code)}\n\`\`\``,
    ),
    outside(/\{\{[<%]\s*(?:rel)?ref\s+"([^"]+)"\s*[>%]\}\}/g, ([, name = '']) => named(name)),
    outside(/\{\{<\s*figure\s((?:[^>{]|\{(?!\{))*)>\}\}/g, ([, attributes = '']) => figure(attributes)),
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
      /(\]\(\s*<?|\b(?:src|href)=["'])((?![)\s>"'#?:/])(?:[^)\s>"'#?:\]]|\](?!\())+\.\w+)/g,
      ([, before = '', name = '']) => {
        const to = beside(decoded(name))
        return to && before + encodeURI(to)
      },
    ),
    outside(
      /^(\[[^\]\n\r\u2028\u2029]+\]:[ \t]*)(@\/\S*|[{|](?:filename|static|attach)[}|]\S*)/gm,
      ([, before = '', name = '']) => {
        const to = named(name)
        return to && before + encodeBlanks(to)
      },
    ),
  ]
  return betweenCode(written, spans, text => steps.reduce((all, step) => step(all), text))
}

/** `{% name what it says %}`, up to the next tag at most. */
const hexoTag = (name: string) =>
  new RegExp(String.raw`\{%-?\s*${name}\s((?:[^%{]|%(?!\})|\{(?!%))*)%\}`, 'g')

/** One line break after what opens code, and one before what closes it, are no part of it. */
const withoutEnds = (code: string) => code.replace(/^\n/, '').replace(/\n$/, '')

/** `"Some words"` -> `Some words`; what no quotation mark is around stays. */
function unquoted(written: string): string {
  const words = written.trim()
  const bare = (written.endsWith('-') ? words.slice(0, -1) : words).trimEnd()
  const [, double, single] = /^"([^"]*)"$|^'([^']*)'$/.exec(bare) ?? []
  return double ?? single ?? bare
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

const parser = createParser()

/** Writes the old id behind each heading that would have another one. */
function keepAnchors(written: string, { anchor, anchorsOfSource }: OldContents): ConvertedBody {
  if (!anchor) return { text: written, notes: [] }
  const lines = written.split('\n')
  const notes: BodyNote[] = []
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
    const own = ours(headingId(text))
    const base = anchor(anchorsOfSource ? inline.content : text)
    if (base === '') return
    const old = base === undefined ? undefined : theirs(base)
    const line = token.markup.startsWith('#') ? token.map[0] : token.map[1] - 2
    if (own === old) return
    const list = [`{#${old}}`, `{id="${old}"}`].find(each => splitHeading(`x ${each}`).attributes?.id === old)
    if (list !== undefined) lines[line] = `${withoutClosing(lines[line] ?? '')} ${list}`
    else
      notes.push({
        line,
        note: `the anchor of this heading${old === undefined ? '' : `, ${old},`} cannot be kept: ${text}`,
      })
  })
  return { text: lines.join('\n'), notes }
}

/** A heading’s line without the signs that close it: `## A ##` -> `## A` */
const withoutClosing = (line: string) =>
  line.replace(/(?<![ \t])[ \t]+$/, '').replace(/(?<![ \t])[ \t]+#+$/, '')

/** Somebody’s syntax that would be shown as it is. */
function foreignIn(text: string): readonly BodyNote[] {
  const lineEnd = firstFrom(from => text.indexOf('\n', from))
  const headings = new Map<number, boolean>()
  // A long line may have thousands, and is looked at once.
  const isInHeading = (at: number) => {
    const end = lineEnd(at)
    const known = headings.get(end) ?? isHeading(text, at)
    headings.set(end, known)
    return known
  }
  return findOpaque(text, { format: 'markdown' })
    .filter(({ name }) => FOREIGN.test(name))
    .filter(({ core: [start, end] }) => !/^\[\[toc\]\]$/i.test(text.slice(start, end)))
    .filter(({ name, core: [start] }) => name !== 'attribute list' || !isInHeading(start))
    .map(({ name, core: [start, end] }) => ({
      line: position(text, start).line - 1,
      note: `${name}, shown as it is: ${text.slice(start, end).replace(/\s+/g, ' ').slice(0, 60)}`,
    }))
}

const FOREIGN =
  /template|shortcode|wikilink|fenced div|admonition|generic block|snippet|directive|attribute list|callout|math|EJS/

/** Whether the line at an offset is a heading’s, in a quotation or a list, too. */
function isHeading(text: string, at: number): boolean {
  const [line = '', next = ''] = text.slice(text.lastIndexOf('\n', at - 1) + 1).split('\n', 2)
  return /^[ \t>*+\-\d.)]*#{1,6}[ \t]/.test(line) || /^[ \t>]*(?:=+|-+)[ \t]*$/.test(next)
}
