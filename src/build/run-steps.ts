import { hasErrors } from '../core/diagnostic.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import type { Progress } from './progress.ts'

/** A name for whoever watches, and the work: given all that is known, it gives what it adds to that. */
type BuildStep<Known, Added> = readonly [
  name: string | ((known: Known) => string),
  run: (known: Known) => Result<Added> | Promise<Result<Added>>,
]

/** Steps of which each knows what it started with and all that those before it have added. */
export type Steps<Known, Added extends readonly unknown[]> = Added extends readonly [
  infer First,
  ...infer Rest,
]
  ? readonly [BuildStep<Known, First>, ...Steps<Known & First, Rest>]
  : readonly []

/** All that is known after the last step. */
type KnownAfter<Start, Added extends readonly unknown[]> = Added extends readonly [infer First, ...infer Rest]
  ? KnownAfter<Start & First, Rest>
  : Start

/** Runs one step after another, until one of them has no value or reports an error. */
export async function runSteps<Start extends object, Added extends readonly unknown[]>(
  steps: Steps<Start, Added>,
  start: Start,
  progress: Progress,
): Promise<Result<KnownAfter<Start, Added>>> {
  const known = { ...start }
  const diagnostics: Diagnostic[] = []
  for (const [name, run] of steps as readonly BuildStep<unknown, object>[]) {
    progress.step(typeof name === 'string' ? name : name(known))
    const { value, diagnostics: found } = await run(known)
    diagnostics.push(...found)
    if (!value || hasErrors(found)) return { diagnostics }
    Object.assign(known, value)
  }
  return { value: known as KnownAfter<Start, Added>, diagnostics }
}
