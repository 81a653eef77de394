import { array, assert, constantFrom, integer, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { answer } from '../../tools/try-it/answer.ts'
import { partsOf } from '../../tools/try-it/marks.ts'
import { choices, type Found } from '../../tools/try-it/messages.ts'
import { fix } from '../../src/linter.ts'
import { documents } from '../lint/documents.ts'

const plain = { lang: '', format: 'markdown', space: 'entity' }

test('every piece of an answer is the text, as it was or as it is set, and a mark is where its finding is', () => {
  assert(
    property(
      documents(),
      constantFrom(...choices.lang),
      constantFrom(...choices.space),
      (text, lang, space) => {
        const { found, pieces, rules } = answer({ id: 1, text, settings: { ...plain, lang, space } })
        const path = lang === '' ? 'text.md' : `text.${lang}.md`
        expect(pieces.join('')).toBe(fix(text, { path, noBreakSpace: space }).text)
        expect(pieces.length % 2).toBe(1)
        expect(found.every(({ code }) => rules[code]?.why || /^(?:lint|front-matter)\//.test(code))).toBe(
          true,
        )
        const parts = partsOf(text, found, Infinity)
        expect(parts.map(part => part.text).join('')).toBe(text)
        const shown = new Set(parts.flatMap(part => part.found))
        const isSomewhere = (each: Found) => each.spans.some(([from, to]) => from < to)
        expect(found.filter(each => !shown.has(each) && isSomewhere(each))).toEqual([])
      },
    ),
    { numRuns: 60 },
  )
})

test('marks lie over one another, meet, and end where there are too many', () => {
  const found = (...spans: (readonly [number, number])[]): Found => ({
    code: 'a/b',
    message: '',
    hint: undefined,
    spans,
    isSet: true,
  })
  const [outer, inner, point] = [found([1, 5]), found([2, 3], [5, 6]), found([0, 0])]
  const parts = partsOf('abcdefg', [outer, inner, point], 99)
  expect(parts.map(({ text, found: here }) => [text, here.length])).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 2],
    ['de', 1],
    ['f', 1],
    ['g', 0],
  ])
  expect(partsOf('abcdefg', [outer, inner, point], 2).map(({ text }) => text)).toEqual(['a', 'b', 'cdefg'])
  expect(partsOf('', [point], 9)).toEqual([])
  const spans = array(tuple(integer({ min: 0, max: 20 }), integer({ min: 0, max: 5 })))
  assert(
    property(spans, integer({ min: 1, max: 9 }), (all, most) => {
      const text = 'abcdefghijklmnopqrstuvwxyz'
      const cut = partsOf(
        text,
        all.map(([start, length]) => found([start, start + length])),
        most,
      )
      expect(cut.map(part => part.text).join('')).toBe(text)
      expect(cut.filter(part => part.found.length > 0).length).toBeLessThanOrEqual(most)
    }),
  )
})
