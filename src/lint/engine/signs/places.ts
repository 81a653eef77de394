import { append } from '../../../core/lists/long-lists.ts'

/** Places, less some of them and with others: all ascend. */
export function changed(
  places: readonly number[],
  less: readonly number[],
  more: readonly number[],
): readonly number[] {
  const kept: number[] = []
  let [gone, come] = [0, 0]
  for (const place of places) {
    while (come < more.length && (more[come] as number) < place) kept.push(more[come++] as number)
    while (gone < less.length && (less[gone] as number) < place) gone++
    if (less[gone] !== place) kept.push(place)
  }
  append(kept, more.slice(come))
  return kept
}

/** Places of a text that has lost the characters at others: all ascend. */
export function closedUp(places: readonly number[], lost: readonly number[]): readonly number[] {
  const moved: number[] = []
  let by = 0
  for (const place of places) {
    while (by < lost.length && (lost[by] as number) < place) by++
    moved.push(place - by)
  }
  return moved
}
