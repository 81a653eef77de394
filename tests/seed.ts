import * as fc from 'fast-check'

/**
 * Where whatever chance decides in tests begins: the same in every run, so that a tree that has passed passes again. `SEED=7 npm test`
 * draws anew; what is found so becomes a test of its own.
 */
export const SEED = Number(process.env.SEED ?? 20_261_128)

fc.configureGlobal({ seed: SEED })

/** Gives a whole number from 0, below `sides`. */
export type Dice = (sides: number) => number

/** The same numbers for the same seed, on every machine (mulberry32). */
export function createDice(seed: number): Dice {
  let state = seed
  return sides => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}
