import { append } from '../core/lists/long-lists.ts'
import { hasErrors } from '../core/diagnostic.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import type { Progress } from './progress.ts'
import { interruptedWhile } from './render/ejs.ts'
import { interruptible, WorkEnded } from './render/time-limit.ts'

/** A name for whoever watches, and the work: given all that is known, it gives what it adds to that. */
type BuildStep<Known, Added> = readonly [
  name: string | ((known: Known) => string),
  run: (known: Known) => Result<Added> | Promise<Result<Added>>,
  /** It is not ended halfway: it has its own way of doing all or nothing. */
  wholeOnly?: 'whole only',
]

/** Steps of which each knows what it started with and all that those before it have added. */
export type Steps<Known, Added extends readonly unknown[]> = Added extends readonly [
  infer First,
  ...infer Rest,
]
  ? readonly [BuildStep<Known, First>, ...Steps<Known & First, Rest>]
  : readonly []

/** All that is known after the last step. */
export type KnownAfter<Start, Added extends readonly unknown[]> = Added extends readonly [
  infer First,
  ...infer Rest,
]
  ? KnownAfter<Start & First, Rest>
  : Start

/** Whether Ctrl-C ends a step, which is reported, or the process. */
export type AtInterrupt = 'report' | 'end'

/** Runs one step after another, until one of them has no value or reports an error. */
export async function runSteps<Start extends object, Added extends readonly unknown[]>(
  steps: Steps<Start, Added>,
  start: Start,
  progress: Progress,
  atInterrupt: AtInterrupt,
): Promise<Result<KnownAfter<Start, Added>>> {
  const known = { ...start }
  const diagnostics: Diagnostic[] = []
  for (const [name, run, wholeOnly] of steps as readonly BuildStep<unknown, object>[]) {
    const title = typeof name === 'string' ? name : name(known)
    progress.step(title)
    const isReported = atInterrupt === 'report' && wholeOnly === undefined
    const { value, diagnostics: found } = isReported
      ? await orInterrupted(title, () => run(known))
      : await run(known)
    append(diagnostics, found)
    if (!value || hasErrors(found)) return { diagnostics }
    Object.assign(known, value)
  }
  return { value: known as KnownAfter<Start, Added>, diagnostics }
}

async function orInterrupted<T>(
  title: string,
  run: () => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    return await interruptible(run)
  } catch (error) {
    if (error instanceof WorkEnded && error.why === 'interrupted')
      return { diagnostics: [interruptedWhile(title)] }
    throw error
  }
}
