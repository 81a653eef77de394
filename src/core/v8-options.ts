import { versions } from 'node:process'
import { setFlagsFromString } from 'node:v8'

/**
 * The majors of Node that know each option, tried one by one. V8 promises none of them, and prints an error to stderr when it is
 * asked for one that it does not know; so a Node that is not listed is not asked.
 */
const known = {
  /**
   * Of a run that lasts seconds, V8 takes half the processor time to optimise what is soon done with. It waits longer until it
   * takes code for hot: a quarter less in all, and no more on the clock. From Node 22 on a middle compiler does as much by itself.
   */
  'interrupt-budget': { ours: 1_000_000, usual: 67_584, majors: ['20'] },
  /**
   * Nor is it worth while to put so many functions into those that call them: of 24 MB a run takes 6 % less of the processor on Node 20,
   * 13 % on 22, 2 to 5 % on 24 and 26. In a process that goes on for minutes it would take 4 % more.
   */
  'max-inlined-bytecode-size-cumulative': { ours: 200, usual: 920, majors: ['20', '22', '24', '26'] },
  /**
   * V8 lets a heap grow up to fourfold before it is swept. Half as much again is as fast, and saves some 100 MB where a large
   * site is built in two threads; a server that is left open stays below 1.2 times what it began with (measured).
   */
  'heap-growing-percent': { ours: 50, usual: 0, majors: ['20', '22', '24', '26'] },
} as const satisfies Record<string, KnownOption>

interface KnownOption {
  readonly ours: number
  /** What V8 has of itself: `node --v8-options` prints it. */
  readonly usual: number
  /** Of Node. */
  readonly majors: readonly string[]
}

type V8Option = keyof typeof known

const LIST = Symbol.for('options of V8 that imprimatur has set')

/** Those that this thread has set. The start of the program has a copy of this module of its own: the list lies where both see it. */
const there = globalThis as { [LIST]?: ReadonlySet<V8Option> }

function give(option: V8Option, value: 'ours' | 'usual'): void {
  setFlagsFromString(`--${option}=${known[option][value]}`)
}

function set(option: V8Option): void {
  const [major = ''] = versions.node.split('.')
  if (!(known[option].majors as readonly string[]).includes(major)) return
  give(option, 'ours')
  there[LIST] = new Set([...(there[LIST] ?? []), option])
}

export function optimizeLate(): void {
  set('interrupt-budget')
  set('max-inlined-bytecode-size-cumulative')
}

export const keepHeapSmall = (): void => set('heap-growing-percent')

/** Makes something while V8 has the options that the process began with: it refuses code that was made under others. */
export function underUsualOptions<T>(make: () => T): T {
  const options = [...(there[LIST] ?? [])]
  for (const option of options) give(option, 'usual')
  try {
    return make()
  } finally {
    for (const option of options) give(option, 'ours')
  }
}
