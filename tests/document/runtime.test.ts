import { array, assert, constantFrom, property } from 'fast-check'
import { expect, test } from 'vitest'
import { runtime as node } from '../../src/document/runtime/node.ts'
import { runtime as web } from '../../src/document/runtime/web.ts'

const lines = constantFrom(
  '',
  ' ',
  '\t',
  '# a',
  '  # a',
  'a: 1',
  '---',
  '+++',
  '---a',
  '+++ b',
  '\r',
  '{}',
  '= yaml',
  'a #',
)
const languages = ['yaml', 'toml', 'json'] as const

test('in Node and outside it, an engine is given the same text between the same fences', () => {
  const given = (content: string) => ({ content })
  const engines = { yaml: given, toml: given, json: given }
  // What fences may stand round has not the lines of both: text between `---` has no `---`.
  const contents = array(lines, { maxLength: 5 })
    .map(some => some.join('\n'))
    .filter(content => !/^---/m.test(content) || !/^\+\+\+/m.test(content))
  let read = 0
  assert(
    property(contents, constantFrom(...languages), (content, language) => {
      const fields = node.fieldsOf(content, language, engines)
      if (Object.keys(fields as object).length > 0) read++
      expect(web.fieldsOf(content, language, engines)).toEqual(fields)
    }),
    { numRuns: 500 },
  )
  expect(read).toBeGreaterThan(100)
})

test('what an engine throws is thrown', () => {
  const refuse = () => {
    throw new Error('no')
  }
  const engines = { yaml: refuse, toml: refuse, json: refuse }
  for (const { fieldsOf } of [node, web]) expect(() => fieldsOf('a', 'yaml', engines)).toThrow('no')
})

test('in Node, and there alone, what does not end is stopped', () => {
  const once = { done: 0 }
  expect([node, web].map(({ within }) => within(1000, () => void once.done++))).toEqual([true, true])
  expect(once.done).toBe(2)
  expect(
    node.within(20, () => {
      for (;;);
    }),
  ).toBe(false)
})
