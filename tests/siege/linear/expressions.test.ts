import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { folderWith } from '../../folder.ts'
import { imprimatur, repository } from '../../program.ts'
import { fragment } from '../../../src/document/document.ts'
import type * as FindOpaque from '../../../src/document/opaque/find-opaque.ts'
import type * as Foreign from '../../../src/document/opaque/foreign.ts'
import { inTime, WorkEnded } from '../../../src/build/render/time-limit.ts'
import { counterOf } from './count-steps.ts'
import { expressionsOf } from './expressions.ts'
import { examine, filled } from './worst-texts.ts'

/*
 * Every regular expression of the program takes a number of steps that grows no faster than its text, on texts made of its own source: what
 * it looks for, what it repeats, and what must stand before, again and again, with and without an end that fits nothing. Steps are counted,
 * and no clock is looked at.
 */

/** Uses what makes expressions when it is used: rules, code, formulas, templates, wrong configurations. */
async function use(): Promise<void> {
  const site = {
    'imprimatur.config.json':
      '{ "site": { "title": "T", "url": "https://example.org" }, "lint": { "keep": ["foo"], "opaque": ["~~~[a-z]+~~~"] } }',
    'layouts/default.ejs':
      '<title><%= page.title %></title><%- metadata() %><%- body %><script src="//example.org/a.js"></script>',
    'pages/index.md':
      '---\nlang: en\n---\nIt said "a \'b\'" -- 5 kg. foo\n\n```js\nx\n```\n\n``a`` $x^2$ {% if a %}b{% endif %} {{< a >}}b{{< /a >}} <code>a</code>\n',
    'pages/ru.md': '---\nlang: ru\n---\nОн сказал: "в 5 кг" - и т. д. "Так" -- это.\n',
  }
  const wrong = {
    ...site,
    'imprimatur.config.json': '{ "lint": { "rules": { "x": "warn" }, "opaque": ["("] } }',
  }
  for (const args of [['lint'], ['build'], ['lint', '--fix']])
    for (const files of [site, wrong]) await imprimatur(args, { cwd: folderWith(files) })
  // What is made of the rows of a table.
  const at = (path: string) => pathToFileURL(join(repository, 'dist/document/opaque', path)).href
  const { findOpaque } = (await import(at('find-opaque.js'))) as typeof FindOpaque
  const { foreignSyntax } = (await import(at('foreign.js'))) as typeof Foreign
  for (const text of ['a', 'a:: b']) {
    foreignSyntax(fragment({ path: 'a.md', text }))
    for (const isMdx of [false, true]) findOpaque(text, { format: 'markdown', isMdx })
    findOpaque(text, { format: 'html' })
  }
}

const found = expressionsOf(use)

test.each([
  [String.raw`\s+$`, ''],
  [String.raw`\/+$`, ''],
  ['(a+)+b', ''],
  ['<!--[^]*?-->', 'g'],
  ['[^:#]*:', ''],
  ['^a*[ab]*c', ''],
  [String.raw`^\s*x`, 'm'],
  [String.raw`(?:\r\n|\n|\r)*x`, 'y'],
  [String.raw`(?<=^a*)b`, 'g'],
  ['a(?=.*b)', 'g'],
])('/%s/%s is found to grow faster', (source, flags) => {
  expect(examine(source, flags).faster).toBeDefined()
})

test.each([
  ['^a+b', ''],
  ['abc', 'g'],
  ['[a-z]', 'i'],
  ['"[^"]*"', 'g'],
  [String.raw`(?<!\s)\s+$`, ''],
  ['(?:a{0,100})b', ''],
  ['(a)|b', 'gi'],
])('/%s/%s is not', (source, flags) => {
  expect(examine(source, flags).faster).toBeUndefined()
})

test('steps are those of a backtracking engine', () => {
  expect(counterOf('b', '').count('aaab')).toBeLessThan(20)
  expect(counterOf('(a*)*b', '').count('a'.repeat(8))).toBeGreaterThan(256)
  // A search goes as far as V8’s does, with captures, lookarounds and references as they are there.
  for (const [source, text, end] of [
    [String.raw`(a|b)\1`, 'xabba', 4],
    [String.raw`(?<=(\d)x)\1`, '1x1', 3],
    [String.raw`(?!a)\w(?=c)`, 'abc', 2],
  ] as const) {
    const longer = counterOf(source, 'g').count(text) - counterOf(source, '').count(text)
    expect([new RegExp(source, 'g').exec(text) && longer > 0, end <= text.length]).toEqual([true, true])
  }
})

test('every regular expression of the program is known', async () => {
  const { all, unknown } = await found
  expect(all.length).toBeGreaterThan(1000)
  // What somebody configures, which is their own program, and the text of an expression that stands elsewhere.
  expect(unknown.map(place => place.replace(/\.js:.*/, ''))).toEqual([
    'build/policy/report-violations',
    'config/lint-config',
    'config/patterns',
    'config/theme/theme-kinds',
    'core/text/enclosed',
    'document/opaque/code',
    'keys/manifest/schema',
    'lint/engine/pattern',
    'lint/rules/own-rule',
    'lint/rules/replacement-rule',
    'lint/rules/typograf/no-break-spaces',
    'lint/safety/same-meaning',
  ])
})

const examined = found.then(({ all }) =>
  all.map(each => ({
    ...each,
    expression: `/${each.source}/${each.flags}`,
    ...examine(each.source, each.flags),
  })),
)

test('and its steps grow no faster than the text', async () => {
  const faster = (await examined).flatMap(({ place, expression, faster: found }) =>
    found ? [{ place, expression, ...found }] : [],
  )
  expect(faster).toEqual([])
})

test('and V8 is done with 100,000 characters of the hardest', async () => {
  const late = (await examined).flatMap(({ place, source, flags, expression, hardest }) => {
    if (!hardest) return []
    const looked = new RegExp(source, flags)
    const text = filled(hardest, Math.ceil(100_000 / hardest.unit.length))
    try {
      // The slowest takes a fiftieth of this; what is quadratic takes longer by far.
      inTime(30_000, () => void (looked.global ? text.replace(looked, '') : looked.exec(text)))
      return []
    } catch (error) {
      if (!(error instanceof WorkEnded)) throw error
      return [{ place, expression, hardest }]
    }
  })
  expect(late).toEqual([])
})
