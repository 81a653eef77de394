import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from './folder.ts'
import { build, imprimatur, repository } from './program.ts'
import { bytesOf, type Files } from './tree.ts'

const manual = readFileSync(join(repository, 'pages/about/extending.md'), 'utf8')
const example = /^```ts\n([^]*?)^```$/m.exec(manual)?.[1] ?? ''

const layout = { 'layouts/default.ejs': '<%- body %>' }
const page = 'Press ++Ctrl-"C"++ in a "box"...\n'

const site = (config: string, files: Files = {}) =>
  folderWith({ ...layout, 'pages/index.md': page, 'imprimatur.config.ts': config, ...files })

/** The first page of a build, as UTF-8. */
const home = (cwd: string) => Buffer.from(bytesOf(join(cwd, 'docs'))['index.html'] ?? '', 'latin1').toString()

const inMemory = (rest: string, end = '') =>
  `${example.replace('export default defineConfig({', `export default defineConfig({ ${rest},`)}${end}`

describe('the configuration in the manual', () => {
  test('renders what it adds to Markdown', async () => {
    const cwd = site(example)
    expect(await build({ cwd })).toMatchObject({ code: 0 })
    expect(home(cwd)).toBe('<p>Press <kbd>Ctrl-&quot;C&quot;</kbd> in a &quot;box&quot;...</p>\n')
  })

  test('is linted by the same reading, with its rule', async () => {
    const cwd = site(example)
    const { code, stdout } = await imprimatur(['lint', '--fix'], { cwd })
    expect([code, stdout]).toEqual([0, '1 page; 1 page fixed; well set\n'])
    expect(readFileSync(join(cwd, 'pages/index.md'), 'utf8')).toBe(
      'Press ++Ctrl-"C"++ in&nbsp;a&nbsp;“box”…\n',
    )
  })

  test('sets on the way what --fix sets', async () => {
    const cwd = site(inMemory("build: { typography: 'fix' }"))
    expect(await build({ cwd })).toMatchObject({ code: 0, findings: [] })
    expect(home(cwd)).toBe('<p>Press <kbd>Ctrl-&quot;C&quot;</kbd> in\u00A0a\u00A0“box”…</p>\n')
  })

  test('without the plug-in the same text is prose', async () => {
    const cwd = site(example.replace('  markdown: md => md.use(keys),\n', ''))
    await imprimatur(['lint', '--fix'], { cwd })
    expect(readFileSync(join(cwd, 'pages/index.md'), 'utf8')).toContain('++Ctrl-“C”++')
  })

  test('is not answered from a cache of before', async () => {
    const cwd = site('export default {}\n')
    await build({ cwd })
    const other = folderWith({ ...layout, 'pages/index.md': page, 'imprimatur.config.ts': example })
    expect(home(cwd)).not.toContain('<kbd>')
    await build({ cwd: other })
    expect(home(other)).toContain('<kbd>')
  })
})

/**
 * Attributes in parentheses behind a heading: a core rule takes them out of the text. In braces, as markdown-it-attrs has them, or
 * behind a sign of equality, the linter reads them as markup; what it does not read is here.
 */
const attributesPlugin = `
const attributes = md => md.core.ruler.push('attributes', ({ tokens }) => {
  for (const [i, token] of tokens.entries()) {
    const last = token.type === 'inline' && tokens[i - 1].type === 'heading_open' ? token.children.at(-1) : undefined
    const [whole, name, value] = / \\((\\w+): "([^"]*)"\\)$/.exec(last?.content ?? '') ?? []
    if (whole === undefined) continue
    last.content = last.content.slice(0, -whole.length)
    tokens[i - 1].attrSet(name, value)
  }
})
`

test('what a plug-in reads from the text of a page is not set away', async () => {
  const text = '# A heading (title: "in a box")\n\nIn a "box".\n'
  const config = `${attributesPlugin}export default { markdown: attributes }\n`
  const cwd = site(config, { 'pages/index.md': text })
  const { stdout } = await imprimatur(['lint', '--fix'], { cwd })
  expect(stdout).toContain('lint/left-alone')
  const fixed = readFileSync(join(cwd, 'pages/index.md'), 'utf8')
  expect(fixed).toContain('(title: "in a box")')
  expect(fixed).toContain('In&nbsp;a&nbsp;“box”.')
  expect((await build({ cwd }, '--typography', 'fix')).findings).toEqual([
    'lint/left-alone pages/index.md:1:26',
    'lint/left-alone pages/index.md:1:29',
    'lint/left-alone pages/index.md:1:31',
  ])
  await build({ cwd }, '--typography', 'off')
  expect(home(cwd)).toMatch(/<h1 [^>]*title="in a box"/)
})

test('the title that a heading gives is the heading as it is rendered', async () => {
  const cwd = site(`${attributesPlugin}export default { markdown: attributes }\n`, {
    'layouts/default.ejs': '<title><%= page.title %></title><%- body %>',
    'pages/index.md': '# A heading (class: "x")\n',
    'pages/code.md': '    # No heading\n',
  })
  expect((await build({ cwd }, '--typography', 'off')).findings).toEqual([])
  expect(home(cwd)).toMatch(/^<title>A heading<\/title><h1 [^>]*>A heading<\/h1>\n$/)
  expect(readFileSync(join(cwd, 'docs/code/index.html'), 'utf8')).toContain('<title>code</title>')
})

test('a link is sought where the plug-in, too, sees no code', async () => {
  const noFences = 'md => md.disable("fence")'
  const text = '~~~\n[away](/nowhere/)\n~~~\n'
  const cwd = site(`export default { markdown: ${noFences} }\n`, { 'pages/index.md': text })
  expect((await build({ cwd }, '--typography', 'off')).findings).toEqual(['link/broken pages/index.md:2:8'])
})

describe('a function that is wrong is a diagnostic', () => {
  test.each([
    ['no function', "'footnotes'", 'it must be a function'],
    ['throws', '() => { throw new Error("no such plug-in") }', 'failed: no such plug-in'],
    ['is asynchronous', 'async () => {}', 'is asynchronous'],
  ])('it %s', async (_, written, message) => {
    const cwd = site(`export default {\n  markdown: ${written},\n}\n`)
    const { code, findings, report } = await build({ cwd })
    expect([code, findings]).toEqual([2, ['config/value imprimatur.config.ts:2:3']])
    expect(report.diagnostics[0]?.message).toContain(message)
  })

  test('it fails on a page: the page is named, by build and linter alike', async () => {
    const config =
      'const wrong = md => md.inline.ruler.push("wrong", state => { if (state.src[state.pos] === "@") throw new Error("of the plug-in"); return false })\n' +
      'export default { markdown: wrong }\n'
    const cwd = site(config, { 'pages/other.md': 'Here @ it is.\n' })
    const { code, findings, report } = await build({ cwd }, '--typography', 'off')
    expect([code, findings]).toEqual([2, ['config/markdown pages/other.md:1:1']])
    expect(report.diagnostics[0]?.message).toContain('of the plug-in')
    const { stdout, stderr } = await imprimatur(['lint', '--format', 'json'], { cwd })
    expect(stdout + stderr).toContain('config/markdown')
  })
})
