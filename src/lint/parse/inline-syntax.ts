/** Something else than lines of text. */
export const markup = /[$&*<[\\^_`~]|:\/\/|!\[|==/

/** What was taken for text here and might be markup if the text beside it were other. */
export const unsettled = /^(?:[[<]|:\/\/)/

export function schemeStart(src: string, colon: number, floor: number): number {
  let start = colon
  while (start > floor && colon - start < 10 && /[a-z\d+.-]/i.test(src[start - 1] as string)) start--
  return start
}
