import type { MarkdownIt, StateInline } from 'markdown-it'
import { DEEPEST } from './nesting.ts'

/** Takes what is at `state.pos`, if it is its own; `silent` when nobody wants the tokens. */
export type InlineRule = (state: StateInline, silent: boolean) => boolean

/** The rules of a parser's inline Markdown, in their order. */
export interface InlineRules {
  readonly all: readonly InlineRule[]
  /** Those that may take what begins with a character, by its code. Undefined when one of them may begin anywhere. */
  readonly byCharacter: RulesByCharacter | undefined
}

type RulesByCharacter = readonly (readonly InlineRule[] | undefined)[]

/** The first character of what each rule takes: each looks at it before anything else. */
const beginnings: Readonly<Record<string, string>> = {
  linkify: ':',
  newline: '\n',
  math_inline: '$',
  escape: '\\',
  backticks: '`',
  strikethrough: '~',
  mark: '=',
  emphasis: '*_',
  sub: '~',
  sup: '^',
  link: '[',
  image: '!',
  footnote_inline: '^',
  footnote_ref: '[',
  autolink: '<',
  html_inline: '<',
  no_break_space: '&',
  entity: '&',
}

/** All else, up to one of these signs or another that is none: so it takes nothing where another may. */
const TEXT = 'text'

const known = new WeakMap<readonly InlineRule[], InlineRules>()

/** Reads inline Markdown as markdown-it's loop does, which asks every rule at many a character where none can begin. */
export function readInlineByCharacter({ inline }: MarkdownIt): void {
  inline.tokenize = state => {
    const rules = inlineRulesOf(state.md)
    while (state.pos < state.posMax)
      if (!leapText(state, rules) && !takeMarkup(state, rules)) state.pending += state.src[state.pos++]
    if (state.pending) state.pushPending()
  }
  const skipToken = inline.skipToken.bind(inline)
  inline.skipToken = state => {
    const { pos, cache } = state
    const { byCharacter } = inlineRulesOf(state.md)
    const known = cache[pos]
    if (known !== undefined) state.pos = known
    else if (!byCharacter || state.level >= DEEPEST) skipToken(state)
    else cache[pos] = state.pos = endOfToken(state, byCharacter)
  }
}

/** Where what is at `state.pos` ends: a bracket that closes is one by itself, for it may close a label. */
function endOfToken(state: StateInline, byCharacter: RulesByCharacter): number {
  const { src, pos, posMax } = state
  let end = pos
  while (end < posMax && !beginsMarkup(src.charCodeAt(end)) && src.charCodeAt(end) !== CLOSING) end++
  if (end > pos) return end
  state.level++
  const isTaken = byCharacter[src.charCodeAt(pos)]?.some(rule => rule(state, true)) === true
  state.level--
  return isTaken ? state.pos : pos + 1
}

const CLOSING = 0x5d

/** Sorts the rules of a parser by the characters that they begin at. One whose rules change later is asked them all everywhere. */
export function sortInlineRules({ inline: { ruler } }: MarkdownIt): void {
  const all = ruler.getRules('')
  const names = Object.keys(beginnings)
  const byCharacter: InlineRule[][] = []
  for (const character of new Set(Object.values(beginnings).join(''))) {
    ruler.enableOnly(names.filter(name => beginnings[name]?.includes(character)))
    byCharacter[character.charCodeAt(0)] = ruler.getRules('')
  }
  ruler.enableOnly([TEXT, ...names])
  const sorted = ruler.getRules('')
  if (sorted.length !== all.length) throw new Error('a rule of inline Markdown begins nobody knows where')
  known.set(sorted, { all, byCharacter })
}

/** What a ruler gives is another array as soon as anything of it has changed. */
export function inlineRulesOf({ inline }: MarkdownIt): InlineRules {
  const all = inline.ruler.getRules('')
  const rules = known.get(all) ?? { all, byCharacter: undefined }
  known.set(all, rules)
  return rules
}

/** Takes text up to where a rule can begin; false when one can here. */
export function leapText(state: StateInline, { byCharacter }: InlineRules): boolean {
  if (!byCharacter) return false
  const { src, pos, posMax } = state
  let end = pos
  while (end < posMax && !beginsMarkup(src.charCodeAt(end))) end++
  if (end === pos) return false
  state.pending += src.slice(pos, end)
  state.pos = end
  return true
}

const beginsMarkup = (code: number): boolean => code < 128 && special[code] === 1

const special = new Uint8Array(128)
for (const character of Object.values(beginnings).join('')) special[character.charCodeAt(0)] = 1

/** Lets the first rule that can take what is here. */
export function takeMarkup(state: StateInline, { all, byCharacter }: InlineRules): boolean {
  if (state.level >= DEEPEST) return false
  const rules = byCharacter?.[state.src.charCodeAt(state.pos)] ?? all
  for (const rule of rules) if (rule(state, false)) return true
  return false
}
