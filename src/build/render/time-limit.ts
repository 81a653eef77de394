import { createContext, Script, type RunningScriptOptions } from 'node:vm'
import { isMainThread } from 'node:worker_threads'

/** What is being made: a page, and the innermost template that was running, if one was. */
export interface Unfinished {
  readonly template: string | undefined
  readonly page: string | undefined
}

/** Thrown where work was ended that took too long, or that somebody at the terminal has interrupted. */
export class WorkEnded extends Error {
  constructor(
    readonly why: 'late' | 'interrupted',
    readonly unfinished: Unfinished,
  ) {
    super(`Work was ended: ${why}`)
  }
}

const running: { readonly template: string; readonly page: string }[] = []

/** Remembers which template runs for which page, for as long as it does. */
export function whileRunning<T>(template: string, page: string, run: () => T): T {
  running.push({ template, page })
  try {
    return run()
  } finally {
    running.pop()
  }
}

let work: () => void = () => {}
const script = new Script('run()')
const context = createContext({ run: () => work() })

/**
 * Does work that is ended after so many milliseconds, wherever it is: V8 stops what runs, loops and regular expressions too; within
 * `interruptible`, at Ctrl-C as well. Nothing that it had begun is finished, no `finally` either; whoever goes on has to begin anew.
 * Throws a `WorkEnded` then.
 */
export function inTime(milliseconds: number, task: () => void): void {
  runLimited({ timeout: Math.ceil(milliseconds), ...(isInterruptible && { breakOnSigint: true }) }, task)
}

let isInterruptible = false

/**
 * Does work that Ctrl-C ends wherever it is, as `inTime` does, however long it takes. Throws a `WorkEnded` then. Whoever listens for
 * SIGINT has Ctrl-C: to break work at it, Node takes the listeners away for that time, and a signal on its way to them is lost. So is
 * one that comes in the instant in which Node takes its own away again: this is for a few long pieces of work, not for each of many.
 */
export function interruptible<T>(task: () => T): T {
  if (!isMainThread || process.listenerCount('SIGINT') > 0) return task()
  const before = isInterruptible
  isInterruptible = true
  try {
    const done: T[] = []
    runLimited({ breakOnSigint: true }, () => void done.push(task()))
    return done[0] as T
  } finally {
    isInterruptible = before
  }
}

function runLimited(options: RunningScriptOptions, task: () => void): void {
  const before = work
  work = task
  try {
    script.runInContext(context, options)
  } catch (error) {
    const why = reasons[(error as NodeJS.ErrnoException | null)?.code ?? '']
    if (why === undefined) throw error
    const last = running.at(-1)
    running.length = 0
    throw new WorkEnded(why, { template: last?.template, page: last?.page })
  } finally {
    work = before
  }
}

const reasons: Readonly<Record<string, WorkEnded['why'] | undefined>> = {
  ERR_SCRIPT_EXECUTION_TIMEOUT: 'late',
  ERR_SCRIPT_EXECUTION_INTERRUPTED: 'interrupted',
}

/**
 * To end work takes a thread, for a tenth of a millisecond, or for ten where others have the processor: it is shared by what is done in
 * this time.
 */
const SLICE = 250

/** The same for each of several items, of which each may take so many milliseconds. */
export function eachInTime<T>(milliseconds: number, items: Iterable<T>, each: (item: T) => void): void {
  const rest = items[Symbol.iterator]()
  const slice = Math.min(SLICE, milliseconds)
  const state = { isDone: false }
  while (!state.isDone) {
    inTime(milliseconds + slice, () => {
      const begun = performance.now()
      while (!state.isDone && performance.now() - begun < slice) {
        const next = rest.next()
        state.isDone = next.done === true
        if (!next.done) each(next.value)
      }
    })
  }
}
