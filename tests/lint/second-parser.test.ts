import { assert, property } from 'fast-check'
import { parse, postprocess, preprocess } from 'micromark'
import { gfm } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'
import { safeEdits } from '../../src/lint/fix.ts'
import type { Span } from '../../src/core/types.ts'
import { documents } from './documents.ts'
import { lint } from './fix.ts'

/** What no edit may touch, in the words of another parser. */
const forbidden = new Set([
  'codeFencedFence',
  'codeFlowChunk',
  'codeFlowValue',
  'codeText',
  'resourceDestination',
  'resourceTitle',
  'autolink',
  'htmlText',
  'definition',
  'literalAutolink',
  'characterEscape',
])

function forbiddenSpans(text: string): readonly Span[] {
  const chunks = preprocess()(text, 'utf8', true)
  const events = postprocess(
    parse({ extensions: [gfm()] })
      .document()
      .write(chunks),
  )
  return events.flatMap(([type, { type: name, start, end }]): Span[] =>
    type === 'enter' && forbidden.has(name) ? [[start.offset, end.offset]] : [],
  )
}

/** Tabs and what only one of the two parsers knows are left out, so that a difference is one of edits. */
const known = (text: string) => !/[\t\0\uFEFF\r]|\{\{|<%|\[\^|\^\[|^:|^~/m.test(text)

function trespasses(text: string): readonly string[] {
  if (!known(text)) return []
  const spans = forbiddenSpans(text)
  return safeEdits(lint(text, { lang: 'ru' })).flatMap(({ span }) => {
    const hit = spans.find(([start, end]) => span[0] < end && start < Math.max(span[1], span[0] + 1))
    return hit ? [`edit ${span.join('-')} falls into ${text.slice(...hit)}`] : []
  })
}

test('micromark with GFM agrees that no edit falls into code, an address, a title or a tag', () => {
  assert(
    property(documents(), text => {
      expect(trespasses(text)).toEqual([])
    }),
    { numRuns: 400, seed: 7 },
  )
})
