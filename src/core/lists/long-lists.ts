/*
 * Lists that a text makes as long as it likes. Spread into the arguments of a call they lie on the stack, which has room for some hundred
 * thousand: a page of three megabytes, well set but for its quotation marks, ended the program.
 */

/** Adds what these lists have to the end of one. */
export function append<T>(to: T[], ...lists: readonly Iterable<T>[]): void {
  for (const list of lists) for (const each of list) to.push(each)
}

/** The largest number of a list; `least` when none is larger. */
export const largest = (numbers: readonly number[], least = -Infinity): number =>
  numbers.reduce((one, other) => Math.max(one, other), least)

/** The smallest number of a list; `most` when none is smaller. */
export const smallest = (numbers: readonly number[], most = Infinity): number =>
  numbers.reduce((one, other) => Math.min(one, other), most)
