import type { MarkdownIt, PluginSimple, StateBlock } from 'markdown-it'
import abbreviations from 'markdown-it-abbr'
import marks from 'markdown-it-mark'
import subscripts from 'markdown-it-sub'
import superscripts from 'markdown-it-sup'

/**
 * `==mark==`, `H~2~O`, `x^2^` and `*[HTML]: words` for abbreviations, as Pandoc, PHP Markdown Extra and many others have them. In CommonMark
 * they are text; what looks like them by chance stays text.
 */
export function addKnownInline(parser: MarkdownIt): void {
  addMarks(parser)
  addInline(parser, { plugin: subscripts, name: 'sub', pattern: SUBSCRIPT })
  addInline(parser, { plugin: superscripts, name: 'sup', pattern: SUPERSCRIPT })
  addAbbreviations(parser)
}

/** A longer row of equals signs is a line in somebody’s table. */
function addMarks(parser: MarkdownIt): void {
  const { ruler } = parser.inline
  const rule = addedRule(ruler, () => parser.use(marks))
  ruler.at('mark', (state, silent) => {
    const { src, pos } = state
    return src.startsWith('==', pos) && src[pos + 2] !== '=' && src[pos - 1] !== '=' && rule(state, silent)
  })
}

/** To the plug-ins an entity is five or so characters. What they read stands behind a letter, a digit or a bracket, and has one of the first two in it; `^_^` and `~/a` have not. */
const SUBSCRIPT = /(?<=[\p{L}\p{M}\p{N})\]}*_])~(?!~)(?=[^\s~&]*[\p{L}\p{N}])[^\s~&]{1,100}~(?!~)/uy
/** `^[words]` is a footnote. */
const SUPERSCRIPT = /(?<=[\p{L}\p{M}\p{N})\]}*_])\^(?!\[)(?=[^\s^&]*[\p{L}\p{N}])[^\s^&]{1,100}\^/uy

/** Asks the plug-in's rule only where the pattern fits, so that no paragraph is searched for an end that is not there. */
function addInline(
  parser: MarkdownIt,
  { plugin, name, pattern }: { plugin: PluginSimple; name: string; pattern: RegExp },
): void {
  const { ruler } = parser.inline
  const rule = addedRule(ruler, () => parser.use(plugin))
  ruler.at(name, (state, silent) => {
    pattern.lastIndex = state.pos
    return pattern.test(state.src) && pattern.lastIndex <= state.posMax && rule(state, silent)
  })
}

interface ParagraphRest {
  readonly level: number
  readonly to: number
  /** The first line that is empty. */
  readonly end: number
  /** The last line that ends with a star, or -1. */
  readonly starred: number
}

const rests = new WeakMap<StateBlock, ParagraphRest>()

/** Whether a line from here to the next empty one ends with a star. Asked at each line of a paragraph, it is found out once. */
function hasStarredEnd(state: StateBlock, from: number, to: number): boolean {
  const known = rests.get(state)
  if (known?.level === state.level && known.to === to && from < known.end) return known.starred >= from
  let [end, starred] = [from, -1]
  for (; end < to && !state.isEmpty(end); end++)
    if (/\*[ \t]*$/.test(state.src.slice(state.bMarks[end], state.eMarks[end]))) starred = end
  rests.set(state, { level: state.level, to, end, starred })
  return starred >= from
}

/** A paragraph with a line that ends with a star is emphasis that begins with a bracket. */
function addAbbreviations(parser: MarkdownIt): void {
  const { ruler } = parser.block
  const rule = addedRule(ruler, () => parser.use(abbreviations))
  const narrow = (state: StateBlock, from: number, to: number, silent: boolean) => {
    if (!state.src.startsWith('*[', (state.bMarks[from] ?? 0) + (state.tShift[from] ?? 0))) return false
    return !hasStarredEnd(state, from, to) && rule(state, from, to, silent)
  }
  ruler.at('abbr_def', narrow, { alt: ['paragraph', 'reference'] })
}

/** The plug-ins do not export their rules; nor can one be told by its function’s name, which a bundler may shorten. */
function addedRule<Rule>(ruler: { getRules(chain: ''): readonly Rule[] }, add: () => void): Rule {
  const before = new Set(ruler.getRules(''))
  add()
  const [rule, ...others] = ruler.getRules('').filter(each => !before.has(each))
  if (!rule || others.length > 0) throw new Error('a plug-in of markdown-it has not added one rule')
  return rule
}
