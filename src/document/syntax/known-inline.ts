import type { MarkdownIt, StateBlock, StateInline } from 'markdown-it'
import abbreviations from 'markdown-it-abbr'
import marks from 'markdown-it-mark'
import subscripts from 'markdown-it-sub'
import superscripts from 'markdown-it-sup'

/**
 * `==mark==`, `H~2~O`, `x^2^` and `*[HTML]: words` for abbreviations, as Pandoc, PHP Markdown Extra and many others have them. In CommonMark
 * they are text; what looks like them by chance stays text.
 */
export function addKnownInline(parser: MarkdownIt): void {
  parser.use(marks)
  narrowMarks(parser)
  parser.use(subscripts)
  narrowInline(parser, 'sub', SUBSCRIPT)
  parser.use(superscripts)
  narrowInline(parser, 'sup', SUPERSCRIPT)
  parser.use(abbreviations)
  narrowAbbreviations(parser)
}

/** Takes what is at `state.pos`, if it is its own; `silent` when nobody wants the tokens. */
export type InlineRule = (state: StateInline, silent: boolean) => boolean

/** A longer row of equals signs is a line in somebody’s table. */
function narrowMarks({ inline }: MarkdownIt): void {
  const rule = ruleCalled<InlineRule>(inline.ruler.getRules(''), 'tokenize')
  inline.ruler.at('mark', (state, silent) => {
    const { src, pos } = state
    return src.startsWith('==', pos) && src[pos + 2] !== '=' && src[pos - 1] !== '=' && rule(state, silent)
  })
}

/** To the plug-ins an entity is five or so characters. What they read stands behind a letter, a digit or a bracket, and has one of the first two in it; `^_^` and `~/a` have not. */
const SUBSCRIPT = /(?<=[\p{L}\p{M}\p{N})\]}*_])~(?!~)(?=[^\s~&]*[\p{L}\p{N}])[^\s~&]{1,100}~(?!~)/uy
/** `^[words]` is a footnote. */
const SUPERSCRIPT = /(?<=[\p{L}\p{M}\p{N})\]}*_])\^(?!\[)(?=[^\s^&]*[\p{L}\p{N}])[^\s^&]{1,100}\^/uy

/** Asks the plug-in's rule only where the pattern fits, so that no paragraph is searched for an end that is not there. */
function narrowInline({ inline }: MarkdownIt, name: 'sub' | 'sup', pattern: RegExp): void {
  const rule = ruleCalled<InlineRule>(inline.ruler.getRules(''), name === 'sub' ? 'subscript' : 'superscript')
  inline.ruler.at(name, (state, silent) => {
    pattern.lastIndex = state.pos
    return pattern.test(state.src) && pattern.lastIndex <= state.posMax && rule(state, silent)
  })
}

/** A paragraph with a line that ends with a star is emphasis that begins with a bracket. */
function narrowAbbreviations({ block }: MarkdownIt): void {
  const rule = ruleCalled<(state: StateBlock, from: number, to: number, silent: boolean) => boolean>(
    block.ruler.getRules(''),
    'abbr_def',
  )
  const narrow = (state: StateBlock, from: number, to: number, silent: boolean) => {
    if (
      !state
        .getLines(from, from + 1, state.tShift[from] ?? 0, false)
        .trimStart()
        .startsWith('*[')
    )
      return false
    for (let line = from; line < to && !state.isEmpty(line); line++)
      if (/\*[ \t]*$/.test(state.src.slice(state.bMarks[line], state.eMarks[line]))) return false
    return rule(state, from, to, silent)
  }
  block.ruler.at('abbr_def', narrow, { alt: ['paragraph', 'reference'] })
}

/** The plug-ins do not export their rules. */
function ruleCalled<Rule>(rules: readonly unknown[], name: string): Rule {
  const rule = rules.findLast(each => typeof each === 'function' && each.name === name)
  if (!rule) throw new Error(`markdown-it has no rule ${name}`)
  return rule as Rule
}
