/* oxlint-disable no-extend-native -- what the methods of the language look at is counted, and they are put back */
import { counterOf, type Counter } from './count-steps.ts'

export type Count = (amount: number) => void

type Method = (this: never, ...args: never[]) => unknown

/** What a call took, of the value that it was made on, its arguments and what it gave. */
type Cost = (self: never, args: readonly never[], result: never) => number

const found: Cost = (self: ArrayLike<unknown>, [, from = 0]: readonly number[], at: number) =>
  at < 0 ? self.length - from : at - from
const foundBack: Cost = (self: ArrayLike<unknown>, [, from = self.length]: readonly number[], at: number) =>
  at < 0 ? from : from - at
const whole: Cost = (self: ArrayLike<unknown>) => self.length
const result: Cost = (_, __, made: ArrayLike<unknown>) => made.length

const methods: readonly (readonly [prototype: object, costs: Readonly<Record<string, Cost>>])[] = [
  [
    String.prototype,
    {
      indexOf: found,
      lastIndexOf: foundBack,
      includes: (self: string, [text, from = 0]: readonly [string, number?]) =>
        found(self as never, [text, from] as never, self.indexOf(text, from) as never),
      // With a limit it ends there.
      split: (self: string, [, limit]: readonly [unknown, number?], made: readonly string[]) =>
        limit === undefined ? self.length : sum(made.map(part => part.length)),
      trim: (self: string, _: unknown, made: string) => self.length - made.length,
      trimEnd: (self: string, _: unknown, made: string) => self.length - made.length,
      trimStart: (self: string, _: unknown, made: string) => self.length - made.length,
      toLowerCase: whole,
      toUpperCase: whole,
      normalize: whole,
      replaceAll: whole,
      repeat: result,
      padStart: result,
      [Symbol.iterator]: whole,
    } as unknown as Readonly<Record<string, Cost>>,
  ],
  [
    Array.prototype,
    {
      indexOf: found,
      lastIndexOf: foundBack,
      includes: whole,
      slice: result,
      concat: result,
      splice: (self: ArrayLike<unknown>, [from = 0]: readonly number[]) => Math.max(0, self.length - from),
      unshift: whole,
      reverse: whole,
      toReversed: whole,
      sort: whole,
      toSorted: whole,
      join: result,
      flat: result,
      [Symbol.iterator]: whole,
    } as Readonly<Record<string, Cost>>,
  ],
  [Map.prototype, { [Symbol.iterator]: size(), entries: size(), keys: size(), values: size() } as never],
  [Set.prototype, { [Symbol.iterator]: size(), values: size() } as never],
  [Buffer, { concat: result, from: result } as Readonly<Record<string, Cost>>],
]

function sum(amounts: readonly number[]): number {
  return amounts.reduce((one, other) => one + other, 0)
}

function size(): Cost {
  return (self: ReadonlyMap<unknown, unknown>) => self.size
}

const counters = new Map<string, Counter>()
const known = (source: string, flags: string): Counter => {
  const key = `/${source}/${flags}`
  const counter = counters.get(key) ?? counterOf(source, flags)
  counters.set(key, counter)
  return counter
}

/** Whether all that an expression fits begins where the text does. */
const beginsText = ({ tree }: Counter) =>
  tree.pattern.alternatives.every(
    ({ elements: [first] }) => first?.type === 'Assertion' && first.kind === 'start',
  )

/** A search that looks at one place only, which V8 knows. */
const isAnchored = ({ source, flags, sticky, multiline }: RegExp) =>
  sticky || (!multiline && source.startsWith('^') && beginsText(known(source, flags)))

/** Characters that a search looks at, if its expression is linear in itself. */
function searched(expression: RegExp, text: string, from: number, match: RegExpExecArray | null): number {
  if (match) return match.index + match[0].length - from
  if (!isAnchored(expression)) return text.length - from
  const flags = `${expression.flags.replaceAll(/[gyd]/g, '')}y`
  try {
    return known(expression.source, flags).count(text.slice(from, from + 2000), 4000)
  } catch {
    return 4000
  }
}

/** Lets the methods of JavaScript tell what they do, until what it gives is called. */
export function countNative(count: Count): () => void {
  let isCounting = true
  const real: (() => void)[] = []
  for (const [prototype, costs] of methods)
    for (const name of Reflect.ownKeys(costs)) {
      const cost = (costs as Readonly<Record<string | symbol, Cost>>)[name]!
      const own = Object.getOwnPropertyDescriptor(prototype, name)!
      const method = own.value as Method
      const counting = function (this: never, ...args: never[]) {
        const made = Reflect.apply(method, this, args) as never
        if (!isCounting) return made
        isCounting = false
        let amount
        try {
          amount = cost(this, args, made)
        } finally {
          isCounting = true
        }
        count(1 + amount)
        return made
      }
      Object.defineProperty(prototype, name, { ...own, value: counting })
      real.push(() => Object.defineProperty(prototype, name, own))
    }
  const own = Object.getOwnPropertyDescriptor(RegExp.prototype, 'exec')!
  const exec = own.value as RegExp['exec']
  Object.defineProperty(RegExp.prototype, 'exec', {
    ...own,
    value(this: RegExp, text: string) {
      const from = this.global || this.sticky ? this.lastIndex : 0
      const match = Reflect.apply(exec, this, [text])
      if (!isCounting) return match
      isCounting = false
      let amount
      try {
        amount = searched(this, String(text), from, match)
      } finally {
        isCounting = true
      }
      count(1 + Math.max(0, amount))
      return match
    },
  })
  return () => {
    for (const restore of real) restore()
    Object.defineProperty(RegExp.prototype, 'exec', own)
  }
}
