/** Something else than lines of text. */
export const markup = /[&*<[\\^_`~]|:\/\/|!\[/

/** What was taken for text here and might be markup if the text beside it were other. */
export const unsettled = /^(?:[[<]|:\/\/)/

/** What a rule of inline Markdown can begin with. */
export const starts = (code: number) => code < 128 && special[code] === 1

const special = new Uint8Array(128)
for (const character of '\n!&*:<[\\^_`~') special[character.charCodeAt(0)] = 1

export function schemeStart(src: string, colon: number, floor: number): number {
  let start = colon
  while (start > floor && colon - start < 10 && /[a-z\d+.-]/i.test(src[start - 1] as string)) start--
  return start
}

/** markdown-it's own `maxNesting`: deeper than that, text is only text. */
export const DEEPEST = 100
