import { RegExpParser, type AST } from '@eslint-community/regexpp'

/** Goes on with the rest of the expression from a place; whether it fits. */
type Next = (at: number) => boolean
/** Tries one part of an expression at a place, and what follows wherever it ends. */
type Part = (at: number, next: Next) => boolean

/** Thrown when a search takes more steps than it was allowed. */
export class TooManySteps extends Error {}

export interface Counter {
  readonly tree: AST.RegExpLiteral
  /**
   * Steps that a search for every match takes, or for one where the expression has no `g`: characters looked at, parts begun, places where a
   * match is tried. Throws `TooManySteps`.
   */
  count(text: string, most?: number): number
}

/**
 * A regular expression as a backtracking engine runs it, ECMA-262 section 22.2.2, that counts its steps: so growth is told without a clock.
 * V8 looks ahead for what a match must begin with and is quicker by a factor; it remembers nothing of what has failed, so that the order of
 * growth is the same.
 */
export function counterOf(source: string, flags: string): Counter {
  const tree = new RegExpParser({ ecmaVersion: 2025 }).parseLiteral(String(new RegExp(source, flags)))
  const { unicode, unicodeSets, ignoreCase, multiline, sticky, global } = tree.flags
  const byCodePoint = unicode || unicodeSets
  let text = ''
  let steps = 0
  let limit = Infinity
  let captures: (readonly [number, number] | undefined)[] = []
  const step = () => {
    if (++steps > limit) throw new TooManySteps()
  }

  const sizeAt = (at: number) => (byCodePoint && text.codePointAt(at)! > 0xffff ? 2 : 1)
  const sizeBefore = (at: number) => (byCodePoint && at > 1 && text.codePointAt(at - 2)! > 0xffff ? 2 : 1)
  const isWord = (at: number) => /\w/.test(text[at] ?? ' ')

  /** Where one character ends that fits, or -1. */
  const setOf = (node: AST.Node, back: boolean): ((at: number) => number) => {
    const fits = fitOf(node, flags)
    return at => {
      step()
      if (back) {
        if (at === 0) return -1
        const size = sizeBefore(at)
        return fits(text.slice(at - size, at)) ? at - size : -1
      }
      if (at >= text.length) return -1
      const size = sizeAt(at)
      return fits(text.slice(at, at + size)) ? at + size : -1
    }
  }

  const partOf = (node: AST.Node, back: boolean): Part => {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass': {
        const set = setOf(node, back)
        return (at, next) => {
          const end = set(at)
          return end >= 0 && next(end)
        }
      }
      case 'Assertion':
        return assertionOf(node)
      case 'Backreference':
        return (at, next) => {
          const found = [node.resolved].flat().flatMap(group => captures[numberOf(group)] ?? [])
          const wanted = found.length < 2 ? '' : text.slice(found[0], found[1])
          steps += wanted.length
          step()
          const [from, to] = back ? [at - wanted.length, at] : [at, at + wanted.length]
          const there = text.slice(Math.max(0, from), to)
          const same = ignoreCase ? there.toLowerCase() === wanted.toLowerCase() : there === wanted
          return same && next(back ? from : to)
        }
      case 'CapturingGroup': {
        const inner = anyOf(node.alternatives, back)
        const number = numberOf(node)
        return (at, next) => {
          const before = captures[number]
          const found = inner(at, end => {
            const own = captures[number]
            captures[number] = back ? [end, at] : [at, end]
            if (next(end)) return true
            captures[number] = own
            return false
          })
          if (!found) captures[number] = before
          return found
        }
      }
      case 'Group':
        if (node.modifiers) throw new Error('modifiers of groups are not known here')
        return anyOf(node.alternatives, back)
      case 'Quantifier':
        return quantifierOf(node, back)
      default:
        throw new Error(`${node.type} is not known here`)
    }
  }

  const assertionOf = (node: AST.Assertion): Part => {
    const holds = (test: (at: number) => boolean): Part => {
      return (at, next) => {
        step()
        return test(at) && next(at)
      }
    }
    const isBreak = (at: number) => /[\n\r\u2028\u2029]/.test(text[at] ?? '')
    switch (node.kind) {
      case 'start':
        return holds(at => at === 0 || (multiline && isBreak(at - 1)))
      case 'end':
        return holds(at => at === text.length || (multiline && isBreak(at)))
      case 'word':
        return holds(at => (isWord(at - 1) !== isWord(at)) !== node.negate)
      default: {
        const inner = anyOf(node.alternatives, node.kind === 'lookbehind')
        return holds(at => {
          const before = [...captures]
          const found = inner(at, () => true)
          if (node.negate || !found) captures = before
          return found !== node.negate
        })
      }
    }
  }

  const sequenceOf = (elements: readonly AST.Element[], back: boolean): Part => {
    const parts = (back ? elements.toReversed() : elements).map(element => partOf(element, back))
    const from = (i: number): Part => {
      const part = parts[i]
      if (!part) return (at, next) => next(at)
      if (i === parts.length - 1) return part
      const rest = from(i + 1)
      return (at, next) => part(at, end => rest(end, next))
    }
    return from(0)
  }

  const anyOf = (alternatives: readonly AST.Alternative[], back: boolean): Part => {
    const parts = alternatives.map(({ elements }) => sequenceOf(elements, back))
    if (parts.length === 1) return parts[0]!
    return (at, next) => {
      for (const part of parts) {
        step()
        if (part(at, next)) return true
      }
      return false
    }
  }

  const quantifierOf = (node: AST.Quantifier, back: boolean): Part => {
    const { min, max, greedy, element } = node
    if (/^(?:Character|CharacterSet|CharacterClass|ExpressionCharacterClass)$/.test(element.type)) {
      const set = setOf(element, back)
      return greedy ? greedySet(set, min, max) : lazySet(set, min, max)
    }
    const inner = partOf(element, back)
    const groups = groupsIn(element).map(numberOf)
    const repeat = (left: number, most: number, at: number, next: Next): boolean => {
      step()
      if (most === 0) return next(at)
      const again = () => {
        const before = captures
        captures = [...captures]
        for (const number of groups) captures[number] = undefined
        const found = inner(at, end =>
          left === 0 && end === at ? false : repeat(Math.max(0, left - 1), most - 1, end, next),
        )
        if (!found) captures = before
        return found
      }
      if (left > 0) return again()
      return greedy ? again() || next(at) : next(at) || again()
    }
    return (at, next) => repeat(min, max, at, next)
  }

  const greedySet =
    (set: (at: number) => number, min: number, max: number): Part =>
    (at, next) => {
      const ends = [at]
      while (ends.length <= max) {
        const end = set(ends.at(-1)!)
        if (end < 0) break
        ends.push(end)
      }
      for (let i = ends.length - 1; i >= min; i--) {
        step()
        if (next(ends[i]!)) return true
      }
      return false
    }

  const lazySet =
    (set: (at: number) => number, min: number, max: number): Part =>
    (at, next) => {
      let end = at
      for (let taken = 0; ; taken++) {
        if (taken >= min) {
          step()
          if (next(end)) return true
        }
        if (taken === max) return false
        end = set(end)
        if (end < 0) return false
      }
    }

  const groups = groupsIn(tree.pattern)
  const numbers = new Map(groups.map((group, i) => [group, i + 1]))
  function numberOf(group: AST.CapturingGroup): number {
    return numbers.get(group)!
  }
  const whole = anyOf(tree.pattern.alternatives, false)

  return {
    tree,
    count(searched, most = Infinity) {
      ;[text, steps, limit] = [searched, 0, most]
      let from = 0
      while (from <= text.length) {
        captures = []
        let found = -1
        step()
        if (whole(from, end => ((found = end), true))) {
          if (!global) break
          from = found > from ? found : from + 1
        } else if (sticky) break
        else from++
      }
      return steps
    },
  }
}

export function groupsIn(node: AST.Node): readonly AST.CapturingGroup[] {
  return nodesIn(node).filter(each => each.type === 'CapturingGroup')
}

/** A node and all below it, in the order of the source. */
export function nodesIn(node: AST.Node): readonly AST.Node[] {
  switch (node.type) {
    case 'Pattern':
    case 'CapturingGroup':
    case 'Group':
      return [node, ...node.alternatives.flatMap(nodesIn)]
    case 'Assertion':
      return [node, ...('alternatives' in node ? node.alternatives.flatMap(nodesIn) : [])]
    case 'Alternative':
      return [node, ...node.elements.flatMap(nodesIn)]
    case 'Quantifier':
      return [node, ...nodesIn(node.element)]
    default:
      return [node]
  }
}

/** Whether a character is one of a set, as V8 has it. */
export function fitOf(node: AST.Node, flags: string): (character: string) => boolean {
  const one = new RegExp(`^${node.raw}$`, flags.replaceAll(/[gymd]/g, ''))
  const known = new Map<string, boolean>()
  return character => {
    const before = known.get(character)
    if (before !== undefined) return before
    const fits = one.test(character)
    known.set(character, fits)
    return fits
  }
}
