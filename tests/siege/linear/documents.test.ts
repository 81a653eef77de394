import { describe, expect, test } from 'vitest'
import { sanitizeHtml } from '../../../src/planet/read/sanitize.ts'
import { startProgramClient } from '../../editor/client.ts'
import { folderWith } from '../../folder.ts'
import { imprimatur } from '../../program.ts'
import type { Files } from '../../tree.ts'

/*
 * Documents of 100,000 characters of what a parser may find hard, again and again, and all that is done with them: ours and what the
 * packages do. `npm run siege` takes every sign, `npm test` those that were quadratic once, in one place or another.
 */
const once = ['[', '<%', '{{<', '`', '<p', '$a', '[a](<b', '](']
// prettier-ignore
const all = [
  ...once,
  '*', '_', '> ', '"', ' ', '&', '$', '|', ':::', '[^', '\\', '<', '<!--', '- ', '# ', '~~~', '{%', '{{', '((', '"a ', '<a ', '<div>', '`a', '**a', '_a', '$$', '![', '[a]:', '&#', 'http://',
  'a@', '—', '- - ', '1. ', 'a\n', '\n', '\r\n', "'", '«', '|a', '+++', '{#', '^', '~', '==', '<script>', '&nbsp;', 'a', 'я', '1', '.', ',', ' - ', 'a"b ', '\t', '<b', '<!', '<?', '<![CDATA[', '\\[',
  '[[', '![a', '<%=', '*a_', '[^a]', '[^a]: b\n\n', '\u00a0', ':a:', 'term\n: ', 'a|b\n', '`` ` ', '<br>', '(c)', '...', '"(', "'a",
]
const letters = process.env.SIEGE === 'long' ? all : once

const LONG = 100_000

/** Seconds of this process’s own time: of other programs on the machine it knows nothing. */
async function secondsOf(task: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await task()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** What is quadratic takes sixteen times as long for a text four times as long, and then many seconds. */
async function isLinear(task: (text: string) => unknown, unit: string): Promise<boolean> {
  const text = (length: number) => unit.repeat(Math.ceil(length / unit.length))
  const seconds = (length: number) => secondsOf(() => task(text(length)))
  for (let i = 0; i < 3; i++) {
    const long = await seconds(LONG)
    if (long < 4 || long < 9 * (await seconds(LONG / 4))) return true
  }
  return false
}

const site = (text: string): Files => ({
  'imprimatur.config.json': '{ "site": { "title": "T", "url": "https://example.org" } }',
  'layouts/default.ejs':
    '<title><%= page.title %></title><%- metadata() %><%- body %><%= page.words %> <%= page.excerpt.length %>',
  'pages/index.md': `---\ntitle: T\n---\n${text}`,
})

const tasks: Readonly<Record<string, (text: string) => unknown>> = {
  build: text => imprimatur(['build'], { cwd: folderWith(site(text)) }),
  'lint --fix': text => imprimatur(['lint', '--fix'], { cwd: folderWith(site(text)) }),
  import: text =>
    imprimatur(['import', 'old', 'new'], {
      cwd: folderWith({
        'old/_config.yml': 'title: T\n',
        'old/_posts/2026-01-01-a.md': `---\ntitle: T\n---\n${text}`,
      }),
    }),
  new: text => imprimatur(['new', text], { cwd: folderWith(site('')) }),
  'what a feed says': text => sanitizeHtml(text, { base: 'https://example.org/' }),
  'front matter': text =>
    imprimatur(['build'], {
      cwd: folderWith({ ...site(''), 'pages/a.md': `---\ntitle: a${text}:\n---\nA\n` }),
    }),
  'behind front matter': text =>
    imprimatur(['build'], { cwd: folderWith({ ...site(''), 'pages/a.md': `---${text}---\n` }) }),
}

describe.each(Object.entries(tasks))('%s', (_, task) => {
  test.each(letters)('takes as long as a document of %j is', async unit => {
    expect(await isLinear(task, unit)).toBe(true)
  })
})

test('sixty thousand blanks behind a field, and blank lines of Windows', async () => {
  for (const unit of [' ', '\r\n'])
    for (const task of ['front matter', 'behind front matter'])
      expect(await isLinear(tasks[task]!, unit)).toBe(true)
})

test('an editor is told of such a document, and answers', async () => {
  const root = folderWith(site(''))
  const client = await startProgramClient(root)
  for (const unit of letters.slice(0, process.env.SIEGE === 'long' ? undefined : 3)) {
    await client.open('pages/index.md', `It said "a".\n\n${unit.repeat(LONG / unit.length)}`)
    await client.until('pages/index.md', () => true)
    await client.ask('textDocument/documentSymbol', { textDocument: { uri: client.uri('pages/index.md') } })
    await client.close('pages/index.md')
  }
  expect(await client.end()).toBe(0)
})
