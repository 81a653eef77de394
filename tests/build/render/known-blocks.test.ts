import { describe, expect, test } from 'vitest'
import { builtSite, html } from '../built-site.ts'

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
