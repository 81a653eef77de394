import { expect, test } from 'vitest'
import { fixSource } from '../../src/lint/fix.ts'
import { saysTheSame } from '../../src/lint/safety/same-meaning.ts'
import { largestSafeSet } from '../../src/lint/safety/bisect.ts'
import type { Diagnostic, Edit } from '../../src/core/types.ts'
import { applied, everyWritten, lint } from './fix.ts'

const finding = (span: Edit['span'], text: string): Diagnostic => ({
  code: 'common/nbsp/afterShortWord',
  severity: 'warning',
  message: 'A message',
  span,
  fix: { safe: true, edits: [{ span, text }], writes: ' \u00A0' },
})

test('only the fix with which the page would say something else is withheld, with a diagnostic', () => {
  const file = { path: 'page.md', text: 'in a box\n\nof it\n\nto be' }
  const { value, diagnostics } = fixSource(file, [
    finding([2, 3], '&nbsp;'),
    finding([12, 13], ' *not* '),
    finding([19, 20], '&nbsp;'),
  ])
  expect(value?.text).toBe('in&nbsp;a box\n\nof it\n\nto&nbsp;be')
  expect(diagnostics.map(({ code, span }) => [code, span])).toEqual([['lint/left-alone', [12, 13]]])
})

test.each([
  ['a quotation mark that an address would take in', '"https://example.org/a" is a "b"'],
  ['a quotation mark behind a star behind an address', 'so "https://example.org/a*" is a "b"'],
])('%s is reported and stays', (_, text) => {
  const [mark, ...others] = lint(text, { lang: 'en' }).filter(({ code }) => code.endsWith('quote'))
  expect(mark?.fix).toBeUndefined()
  expect(mark?.hint).toMatch(/set it by hand/)
  expect(others.every(({ fix }) => fix?.safe)).toBe(true)
})

test('an apostrophe that would make a tag of what is none stays', () => {
  const found = lint("<b title=it's> it's", { lang: 'en' })
  expect(found.map(({ span, fix }) => [span?.[0], fix?.safe])).toEqual([
    [11, undefined],
    [17, true],
  ])
})

test('what is not known to be safe is left out when the limit of checks is reached', () => {
  const parts = Array.from({ length: 64 }, (_, i) => i)
  const without = (bad: number) => (some: readonly number[]) => !some.includes(bad)
  expect(largestSafeSet(parts, without(20), 100)).toEqual(parts.filter(part => part !== 20))
  expect(largestSafeSet(parts, without(20), 0).length).toBeLessThan(63)
  expect(largestSafeSet(parts, some => some.length < 40, 100)).toEqual(parts.slice(0, 39))
})

test('what is safe only beside another fix is fixed in the same run', () => {
  const text = '[](f > " "-“\to ")'
  expect(applied(text, { lang: 'ru' })).toBe('[](f&nbsp;> " "-“\to&nbsp;")')
})

test('an entity stands for a blank, whatever entity the other page has there', () => {
  const says = (before: string, after: string) =>
    saysTheSame(
      { path: 'page.html', text: before },
      { path: 'page.html', text: after },
      { writes: everyWritten },
    )
  expect(says(' -- &#8239; - a', '&nbsp;— &#8239;&nbsp;— a')).toBe(true)
  expect(says('a &#8239; &amp; b', 'a&nbsp;&amp; b')).toBe(true)
  expect(says('a &amp; b', 'a &lt; b')).toBe(false)
})
