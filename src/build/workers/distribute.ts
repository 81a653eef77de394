/** Deals items to so many groups by turns, so that each has some of every kind. */
export const distribute = <T>(items: readonly T[], groups: number): readonly (readonly T[])[] =>
  Array.from({ length: groups }, (_, group) => items.filter((_item, i) => i % groups === group))
