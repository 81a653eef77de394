/** A node of the data that the template draws; `k` is its kind, `c` what is in it. */
export type DataNode = Readonly<Record<string, unknown>> & { readonly k: string }

/** The longest run of letters that is left whole: a line of the narrowest paper holds more. */
const UNBROKEN = 30

/** Text, of which words that no line would hold may be broken anywhere. */
export function textNodes(text: string): readonly DataNode[] {
  if (!/[^\s\u00A0]{31}/u.test(text)) return text === '' ? [] : [{ k: 'text', s: text }]
  return text
    .split(/([^\s\u00A0]{31,})/u)
    .filter(part => part !== '')
    .map(part => (part.length > UNBROKEN && !/\s/.test(part) ? broken(part) : { k: 'text', s: part }))
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

const broken = (word: string): DataNode => ({
  k: 'long',
  s: [...segmenter.segment(word)].map(each => each.segment),
})

/** An address, which may be broken behind what parts it, and where it has no such parts anywhere. */
export function addressNodes(address: string): readonly DataNode[] {
  const parts = address.split(/(?<=[/?&=#.,_-])(?![/?&=#.,_-])/)
  const s = parts.flatMap(part => (part.length > UNBROKEN ? Array.from(part) : part))
  return [{ k: 'long', s }]
}
