import { tests as specification } from 'commonmark-spec'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fragment } from '../../src/document/document.ts'
import { opaqueParts } from '../../src/document/opaque/opaque-parts.ts'
import { findProse } from '../../src/lint/parse/page-prose.ts'
import { dialectDocuments } from './dialects.ts'
import { documents } from './documents.ts'

/** The outlines of what a page's risky contents were read as, and of the same texts read again. */
function outlines(text: string): readonly (readonly [read: string, again: string])[] {
  const document = fragment({ path: 'page.md', text })
  const { prose, outline } = findProse(document, {
    lang: 'en',
    opaque: opaqueParts(document),
    extend: undefined,
  })
  return [...prose.read].map(([content, tokens]) => {
    const again = outline!(content.text)
    return [outline!(content.text, tokens), again]
  })
}

test('what a scanner has read means what it means when it is read again', () => {
  let count = 0
  const compare = (text: string) => {
    for (const [read, again] of outlines(text)) {
      expect(read).toBe(again)
      count++
    }
  }
  for (const { markdown } of specification) compare(markdown.replaceAll('→', '\t'))
  fc.assert(fc.property(fc.oneof(documents(), dialectDocuments()), compare), { numRuns: 2000 })
  expect(count).toBeGreaterThan(1000)
})

test.each(['a [b] *c* https://example.org/d', 'a < b and $c$ **d**', 'x [y][z] ~~w~~ v~1~'])(
  '%j is read once',
  text => expect(outlines(text)).toHaveLength(1),
)
