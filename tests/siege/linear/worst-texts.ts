import type { AST } from '@eslint-community/regexpp'
import { counterOf, fitOf, nodesIn, TooManySteps, type Counter } from './count-steps.ts'

/** A text that grows: a beginning, something again and again, and an end. */
export interface Pump {
  readonly before: string
  readonly unit: string
  readonly after: string
}

export const filled = ({ before, unit, after }: Pump, times: number): string =>
  before + unit.repeat(times) + after

const isSet = (node: AST.Node) =>
  /^(?:Character|CharacterSet|CharacterClass|ExpressionCharacterClass)$/.test(node.type)

/** Characters that most expressions are about, and some that few are. */
export const usual = [
  ...'aAz1x "\'<>()[]{}`*_/\\:;,.=#|&-!%$~+@^?',
  '\t',
  '\n',
  '\r',
  '\u00a0',
  'я',
  'Я',
  '\u0001',
  '\u2028',
  '😀',
  '\u0301',
]

/** One character for each way in which the sets of an expression tell characters apart. */
function lettersOf(sets: readonly AST.Node[], flags: string): readonly string[] {
  const tests = sets.map(set => fitOf(set, flags))
  const named = sets.flatMap(set =>
    set.type === 'Character'
      ? [String.fromCodePoint(set.value)]
      : set.type === 'CharacterClass'
        ? set.elements.flatMap(each =>
            each.type === 'Character'
              ? [String.fromCodePoint(each.value)]
              : each.type === 'CharacterClassRange'
                ? [String.fromCodePoint(each.min.value), String.fromCodePoint(each.max.value)]
                : [],
          )
        : [],
  )
  const kinds = new Map<string, string>()
  for (const letter of [...usual, ...named]) {
    // Boundaries tell characters apart, too.
    const kind = [...tests.map(test => test(letter)), /\w/.test(letter), /[\n\r\u2028]/.test(letter)].join()
    if (!kinds.has(kind)) kinds.set(kind, letter)
  }
  return [...kinds.values()]
}

/** The shortest text that fits a part, with at least one of what is repeated when `once`; nothing is promised of lookarounds. */
function sampleOf(node: AST.Node, letters: readonly string[], flags: string, once: boolean): string {
  const sample = (inner: AST.Node) => sampleOf(inner, letters, flags, once)
  switch (node.type) {
    case 'Character':
      return String.fromCodePoint(node.value)
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return node.alternatives.map(sample).toSorted((a, b) => a.length - b.length)[0]!
    case 'Alternative':
      return node.elements.map(sample).join('')
    case 'Quantifier':
      return sample(node.element).repeat(Math.min(20, Math.max(node.min, once && node.max > 0 ? 1 : 0)))
    case 'Backreference':
      return sample([node.resolved].flat()[0]!)
    case 'Assertion':
      return ''
    default: {
      const fits = fitOf(node, flags)
      return letters.find(fits) ?? ''
    }
  }
}

/** What must stand before a part for the expression to come to it. */
function leadOf(node: AST.Node, letters: readonly string[], flags: string): string {
  const { parent } = node
  if (!parent || parent.type === 'RegExpLiteral') return ''
  const own =
    parent.type === 'Alternative'
      ? parent.elements
          .slice(0, parent.elements.indexOf(node as AST.Element))
          .map(each => sampleOf(each, letters, flags, false))
          .join('')
      : ''
  return leadOf(parent, letters, flags) + own
}

const MOST_UNITS = 30
/** What is repeated no more often than this is as good as written out. */
const LONGEST_BOUND = 64
/** And more often than this, as good as without end. */
const HIGHEST_BOUND = 4000

/** Texts that an expression may find hard, made of its own source. */
export function pumpsOf({ tree }: Counter): readonly Pump[] {
  const { raw: flags } = tree.flags
  const nodes = nodesIn(tree.pattern)
  const sets = nodes.filter(isSet)
  const letters = lettersOf(sets, flags)
  const loops = nodes.filter(each => each.type === 'Quantifier').filter(({ max }) => max > LONGEST_BOUND)
  if (loops.length === 0) return []
  const distinct = (texts: readonly string[]) => [...new Set(texts)].filter(text => text !== '')
  const leads = new Map(loops.map(loop => [loop, leadOf(loop, letters, flags)]))
  const parts = distinct(
    nodes
      .filter(({ type }) => /^(?:Alternative|Quantifier)$/.test(type))
      .flatMap(node => [true, false].map(once => sampleOf(node, letters, flags, once))),
  ).filter(({ length }) => length < 80)
  const singles = distinct([...letters, ...parts, ...leads.values()])
  const small = [...letters.slice(0, MOST_UNITS), ...parts.slice(0, MOST_UNITS)]
  const pairs = distinct(
    small.length > 24
      ? [...leads.values(), ...parts].flatMap(part => letters.map(letter => part + letter))
      : small.flatMap(one => small.map(other => one + other)),
  ).slice(0, 400)
  const fits = sets.map(set => fitOf(set, flags))
  const none = letters.find(letter => fits.every(fit => !fit(letter))) ?? '\u0001'
  const pumps = [
    ...[...singles, ...pairs].flatMap(unit => ['', none].map(after => ({ before: '', unit, after }))),
    ...distinct([...leads.values()]).flatMap(before =>
      [...letters, ...parts].flatMap(unit => ['', none].map(after => ({ before, unit, after }))),
    ),
  ]
  return [...new Map(pumps.map(pump => [JSON.stringify(pump), pump])).values()]
}

/** The texts that fit the parts of an expression, and the characters that it tells apart. */
export function unitsOf({ tree }: Counter): readonly string[] {
  const { raw: flags } = tree.flags
  const nodes = nodesIn(tree.pattern)
  const letters = lettersOf(nodes.filter(isSet), flags).filter(letter => !usual.includes(letter))
  const parts = nodes
    .filter(({ type }) => /^(?:Alternative|Quantifier)$/.test(type))
    .map(node => sampleOf(node, letters.length > 0 ? [...letters, ...usual] : usual, flags, true))
  return [...new Set([...letters, ...parts])].filter(text => text !== '')
}

/** None of the searches that are linear comes near so many steps on texts as short as these. */
const MOST_STEPS = 1_000_000

/** Twice the text takes twice the steps when growth is linear, four times when it is quadratic. */
const MOST_GROWTH = 2.6

/** How many times the unit of a pump is repeated, at least this many characters. */
const SHORT = 130

interface Growth {
  /** How many times as many steps a search takes on a text that is twice as long. */
  readonly times: number
  /** For a character. */
  readonly steps: number
}

function growth(
  counter: Counter,
  pump: Pump,
  least = Math.max(20, Math.ceil(SHORT / pump.unit.length)),
): Growth {
  const count = (n: number) => counter.count(filled(pump, n), MOST_STEPS)
  try {
    const one = count(least)
    // What is quadratic takes at least half a step for each pair of repetitions: an eighth of them leaves room for those that stop halfway.
    if (one < least ** 2 / 8) return { times: 1, steps: one / (least * pump.unit.length) }
    const two = count(2 * least)
    const steps = two / (2 * least * pump.unit.length)
    if (two / one < MOST_GROWTH - 0.3) return { times: two / one, steps }
    // What is said once, at the beginning, weighs less in a longer text.
    return { times: count(4 * least) / two, steps }
  } catch (error) {
    if (error instanceof TooManySteps) return { times: Infinity, steps: Infinity }
    // The counter calls itself for each repetition; a shorter text says the same.
    if (error instanceof RangeError && least > 5) return growth(counter, pump, Math.ceil(least / 2))
    throw error
  }
}

export interface Examined {
  /** A text on which the expression's steps grow faster than the text does, if there is one. */
  readonly faster?: { readonly pump: Pump; readonly times: number }
  /** The text that takes it the most steps for its length. */
  readonly hardest?: Pump
}

/**
 * An expression that repeats some things some thousand times at most grows as one that repeats them a few times, on long texts; on short
 * ones it looks as though there were no end to it.
 */
function withSmallBounds({ tree }: Counter): Counter | undefined {
  const { raw } = tree.pattern
  const bounded = nodesIn(tree.pattern)
    .filter(node => node.type === 'Quantifier')
    .filter(({ max }) => max > LONGEST_BOUND && max <= HIGHEST_BOUND)
    .toSorted((one, other) => other.end - one.end)
  if (bounded.length === 0) return undefined
  const source = bounded.reduce((text, { min, greedy, element, end }) => {
    const bounds = `{${Math.min(min, SMALL_BOUND)},${SMALL_BOUND}}${greedy ? '' : '?'}`
    return text.slice(0, element.end - tree.pattern.start) + bounds + text.slice(end - tree.pattern.start)
  }, raw)
  return counterOf(source, tree.flags.raw)
}

const SMALL_BOUND = 8

export function examine(source: string, flags: string): Examined {
  const counter = counterOf(source, flags)
  const bounded = withSmallBounds(counter)
  let hardest: { readonly pump: Pump; readonly steps: number } | undefined
  for (const pump of pumpsOf(counter)) {
    // With small bounds it is soon done, and what grows with them only grows without end.
    const { times, steps } = growth(bounded ?? counter, pump)
    if (!hardest || steps > hardest.steps) hardest = { pump, steps }
    if (times > MOST_GROWTH && (!bounded || growth(counter, pump).times > MOST_GROWTH))
      return { faster: { pump, times }, hardest: pump }
  }
  return hardest ? { hardest: hardest.pump } : {}
}
