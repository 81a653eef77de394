/**
 * The same text, and no part of a longer one any more: V8 keeps all of a text in memory for a part of it. What is taken of a text that was
 * put together is a part of a copy. `structuredClone` does the same in four times the time.
 */
export const detached = (part: string): string => ` ${part}`.slice(1)
