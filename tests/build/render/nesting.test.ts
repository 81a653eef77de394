import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fixSource } from '../../../src/lint/fix.ts'
import { lintSource } from '../../../src/lint/lint.ts'
import { builtSite } from '../built-site.ts'

const quoted = (depth: number, text: string) => `${'> '.repeat(depth)}${text}\n`
const listed = (depth: number, text: string) =>
  Array.from({ length: depth }, (_, n) => `${'  '.repeat(n)}- ${n === depth - 1 ? text : 'x'}\n`).join('')

test.each([
  ['quotations', quoted(150, 'deep *words*'), 1],
  ['lists', listed(80, 'deep *words*'), 50],
  ['lists in a line', `${'- '.repeat(120)}deep *words*\n`, 1],
])('no word is lost in many %s, and it is told where they are too deep', async (_, text, line) => {
  const { output, findings } = await builtSite({ 'pages/a.md': `# A\n\nBefore\n\n${text}\nAfter\n` })
  expect(output['a/index.html']).toMatch(/deep <em>words<\/em>[^]*After/)
  expect(findings).toEqual([expect.stringMatching(new RegExp(`^markdown/nesting pages/a\\.md:${line + 4}:`))])
})

test('whatever is nested, its words are on the page, and nothing is told of what is read', async () => {
  const step = fc.constantFrom('> ', '- ', '1. ', '* ')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 130 }), async steps => {
      const { output, findings } = await builtSite({ 'pages/a.md': `${steps.join('')}words\n` })
      expect(output['a/index.html']).toContain('words')
      const levels = steps.reduce((sum, each) => sum + (each === '> ' ? 1 : 2), 0)
      expect(findings.length > 0).toBe(levels >= 100)
    }),
    { numRuns: 40 },
  )
})

test('the linter sets such a page, or leaves it as it is', () => {
  for (const text of [quoted(150, 'He said "yes".'), listed(80, 'He said "yes".')]) {
    const file = { path: 'a.md', text }
    const found = lintSource(file, { lang: 'en', noBreakSpace: 'character', rules: {} })
    expect(fixSource(file, found).value?.text).toContain('“yes”')
  }
})
