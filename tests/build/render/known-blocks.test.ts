import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bare, builtSite, html } from '../built-site.ts'
import { folderWith } from '../../folder.ts'
import { build } from '../../program.ts'
import { bytesOf } from '../../tree.ts'

describe('task lists', () => {
  test.each([
    [
      '- [ ] a *b*',
      '<ul class="tasks">\n<li><label><input type="checkbox" disabled=""> a <em>b</em></label></li>\n</ul>\n',
    ],
    [
      '1. [x] a',
      '<ol class="tasks">\n<li><label><input type="checkbox" disabled="" checked=""> a</label></li>\n</ol>\n',
    ],
    [
      '- a\n- [X] b',
      '<ul class="tasks">\n<li>a</li>\n<li><label><input type="checkbox" disabled="" checked=""> b</label></li>\n</ul>\n',
    ],
  ])('%j', async (markdown, expected) => expect(await html(markdown)).toBe(expected))

  test.each(['- [ ]', '- [x]a', '- \\[ ] a', '[ ] a', '- `[ ] a`', '- [x](#)'])(
    '%j is none',
    async markdown => expect(await html(markdown)).not.toContain('<input'),
  )
})

describe('asides', () => {
  test.each([
    [
      '> [!NOTE]\n> Words.',
      '<aside class="note">\n<p class="note-title">Note</p>\n<p>Words.</p>\n</aside>\n',
    ],
    [
      '> [!warning]\n>\n> - a',
      '<aside class="note warning">\n<p class="note-title">Warning</p>\n<ul>\n<li>a</li>\n</ul>\n</aside>\n',
    ],
    [
      '> [!TIP]\n> > quoted',
      '<aside class="note tip">\n<p class="note-title">Tip</p>\n<blockquote>\n<p>quoted</p>\n</blockquote>\n</aside>\n',
    ],
    [
      '> > [!NOTE]\n> > a',
      '<blockquote>\n<aside class="note">\n<p class="note-title">Note</p>\n<p>a</p>\n</aside>\n</blockquote>\n',
    ],
  ])('%j', async (markdown, expected) => expect(await html(markdown)).toBe(expected))

  test('have a title in the language of the page', async () => {
    const { output } = await builtSite({ 'pages/index.md': '---\nlang: ru\n---\n> [!NOTE]\n> Слова.\n' })
    expect(output['index.html']).toContain('<p class="note-title">Примечание</p>')
  })

  test.each(['> [!NOTE] words', '> [!OTHER]\n> a', '> \\[!NOTE]\n> a', '[!NOTE]\na'])(
    '%j is none',
    async markdown => expect(await html(markdown)).not.toContain('<aside'),
  )
})

test('the caption of a figure is typeset, in the language of its page, unless typography is off there', async () => {
  const page = (lang: string, more = '') =>
    `---\nlang: ${lang}\n${more}---\n![a](https://example.org/b.png 'Said "so" - twice')\n`
  const root = folderWith({
    ...bare,
    'pages/en.md': page('en'),
    'pages/ru.md': page('ru'),
    'pages/off.md': page('en', 'typography: off\n'),
  })
  await build({ cwd: root })
  const output = bytesOf(join(root, 'docs'))
  const caption = (path: string) =>
    /<figcaption>(.*?)</.exec(Buffer.from(String(output[path]), 'latin1').toString())?.[1]
  expect(caption('en/index.html')).toMatch(/^Said\s“so”\s—\stwice$/)
  expect(caption('ru/index.html')).toMatch(/^Said\s«so»\s—\stwice$/)
  expect(caption('off/index.html')).toBe('Said &quot;so&quot; - twice')
})

test('what scrolls is reached by keyboard, and has a name in the language of its page', async () => {
  const { output } = await builtSite({ 'pages/index.md': '---\nlang: ru\n---\n| a |\n| - |\n\n    b\n' })
  const html = String(output['index.html'])
  expect(html).toContain('<div class="table" tabindex="0" role="group" aria-label="Таблица">')
  expect(html).toContain('<pre tabindex="0" role="group" aria-label="Код">')
})

describe('figures', () => {
  test.each([
    [
      '![a](/b.png "c & *d*")',
      '<figure><img src="/b.png" alt="a" loading="lazy" decoding="async"><figcaption>c &amp; *d*</figcaption></figure>\n',
    ],
    [
      '[![a](/b.png "c")](/d/)',
      '<figure><a href="/d/"><img src="/b.png" alt="a" loading="lazy" decoding="async"></a><figcaption>c</figcaption></figure>\n',
    ],
  ])('%j', async (markdown, expected) => expect(await html(markdown)).toBe(expected))

  test.each([
    '![a](/b.png)',
    '![a](/b.png "c") d',
    '- ![a](/b.png "c")',
    '![a](/b.png "c") ![d](/e.png "f")',
  ])('%j is none', async markdown => expect(await html(markdown)).not.toContain('<figure'))
})
