/**
 * Where something stands first, at a place or behind it, and Infinity where it does not stand again; `find` gives -1 for that. Whoever asks
 * from left to right has each place looked at once, however often they ask: what each of a thousand places looks for by itself, to the end
 * of a text that does not have it, is looked for a thousand times.
 */
export function firstFrom(find: (from: number) => number): (from: number) => number {
  let [known, asked] = [-1, 0]
  return from => {
    if (from > known || from < asked) {
      const found = find(from)
      known = found < 0 ? Infinity : found
      asked = from
    }
    return known
  }
}
