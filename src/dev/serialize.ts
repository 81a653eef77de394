/**
 * Lets one run of a task follow another, never two at once. Whoever asks while a run waits for its turn shares that run; what
 * it is about is then what any of them asked for: these items, or, without a list, everything.
 */
export function serialize<Item, Result>(
  run: (items: readonly Item[] | undefined) => Promise<Result>,
): (items?: readonly Item[]) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  let waiting: { items: readonly Item[] | undefined; readonly result: Promise<Result> } | undefined
  return items => {
    if (waiting) {
      waiting.items = waiting.items && items && [...waiting.items, ...items]
      return waiting.result
    }
    const result = last.then(() => {
      const asked = waiting?.items
      waiting = undefined
      return run(asked)
    })
    waiting = { items, result }
    last = result.catch(() => undefined)
    return result
  }
}
