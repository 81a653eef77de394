import type { Span } from './types.ts'

/** JSON.parse, for a file that may begin with a byte order mark. */
export const parseJson = (text: string): unknown => JSON.parse(withoutMark(text))

/** A space for the mark: offsets stay. */
const withoutMark = (text: string) => text.replace(/^\uFEFF/, ' ')

/** The first character that no JSON which begins like this can have, found by halving. */
export function brokenAt(text: string): Span {
  const json = withoutMark(text)
  let [good, bad] = [0, json.length + 1]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isBegun(json.slice(0, middle))) good = middle
    else bad = middle
  }
  return [good, Math.min(good + 1, json.length)]
}

function isBegun(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch (error) {
    const [, at] = /at position (\d+)|end of JSON|Unterminated string/.exec((error as Error).message) ?? [
      undefined,
      '-1',
    ]
    return at === undefined || Number(at) >= json.length
  }
}
