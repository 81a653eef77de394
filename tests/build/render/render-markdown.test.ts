import * as fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { PLAIN_ADDRESS } from '../../../src/document/markdown.ts'
import { folderWith } from '../../folder.ts'
import { build } from '../../program.ts'
import { html, builtSite } from '../built-site.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAC0lEQVR42mNgwAcAAB4AAf5oNq8AAAAASUVORK5CYII=',
  'base64',
)

describe('blocks', () => {
  test('footnotes', async () => {
    const body = await html('One[^1] and two[^a].\n\n[^1]: First.\n[^a]: Second.\n')
    expect(body).toContain('<sup class="footnote-ref"><a href="#fn1" id="fnref1">1</a></sup>')
    expect(body).toContain('<section class="footnotes">')
    expect(body).toMatch(/<li id="fn2" class="footnote-item"><p>Second\. <a href="#fnref2"/)
  })

  test('definition lists', async () => {
    expect(await html('Term\n: What it is\n')).toBe('<dl>\n<dt>Term</dt>\n<dd>What it is</dd>\n</dl>\n')
  })

  test('tables are aligned by classes, never by styles', async () => {
    const body = await html('| a | b | c | d |\n| :-- | :-: | --: | --- |\n| 1 | 2 | 3 | 4 |\n')
    expect(body).toContain('<th class="align-left">a</th>')
    expect(body).toContain('<td class="align-center">2</td>')
    expect(body).toContain('<td class="align-right">3</td>')
    expect(body).toContain('<td>4</td>')
    expect(body).not.toContain('style')
  })

  test('strikethrough, emphasis, thematic breaks, raw HTML', async () => {
    expect(await html('~~a~~ *b* **c**\n\n***\n\n<section><p>d</p></section>\n')).toBe(
      '<p><s>a</s> <em>b</em> <strong>c</strong></p>\n<hr>\n<section><p>d</p></section>\n',
    )
  })

  test('EJS tags in Markdown are text, unless the page asks for EJS', async () => {
    expect(await html('<%= 1 + 1 %>\n')).toContain('&lt;%= 1 + 1 %&gt;')
    expect(await html('---\nejs: true\n---\n*<%= 1 + 1 %>*\n')).toBe('<p><em>2</em></p>\n')
    expect(await html('---\nejs: false\n---\n<%= 1 + 1 %>\n')).toContain('&lt;%= 1 + 1 %&gt;')
  })
})

describe('headings', () => {
  test('have ids, each once', async () => {
    const body = await html('## Notes\n\n## Notes\n\n## Кавычки и тире\n\n## `code` & *em*\n')
    expect(body).toContain('<h2 id="notes">Notes</h2>')
    expect(body).toContain('<h2 id="notes-1">Notes</h2>')
    expect(body).toContain('<h2 id="кавычки-и-тире">')
    expect(body).toContain('<h2 id="code-em">')
  })

  test.each([
    ['## "Don\'t" - a word', '## “Don’t”&nbsp;— a&nbsp;word'],
    ['## Дом и сад - "парк"', '## Дом и&#160;сад\u00A0— «парк»'],
    ['## 5 kg of it', '## 5&#8239;kg of&nbsp;it'],
  ])('set, have the id that they had: %s', async (before, after) => {
    const id = (body: string) => /id="([^"]*)"/.exec(body)?.[1]
    expect(id(await html(after))).toBe(id(await html(before)))
  })

  test('a table of contents, lists within lists', async () => {
    const body = await html('# Title\n\n[[toc]]\n\n## One\n\n### One *a*\n\n#### Deep\n\n## Two & more\n')
    expect(body).toContain(
      '<nav class="toc" aria-label="Contents">\n<ol>\n<li><a href="#one">One</a><ol>\n' +
        '<li><a href="#one-a">One a</a><ol>\n<li><a href="#deep">Deep</a></li>\n</ol>\n</li>\n</ol>\n</li>\n' +
        '<li><a href="#two-more">Two &amp; more</a></li>\n</ol>\n</nav>',
    )
  })

  test('the table of contents speaks the language of the page', async () => {
    expect(await html('---\nlang: ru\n---\n[[TOC]]\n\n## Один\n')).toContain('aria-label="Содержание"')
  })

  test('[[toc]] within a sentence or in code is text', async () => {
    expect(await html('see [[toc]]\n\n    [[toc]]\n\n## One\n')).not.toContain('<nav')
  })
})

describe('code', () => {
  test('is highlighted, by any of its names', async () => {
    const fence = (name: string) => html(`\`\`\`${name}\nconst a = "b"\n\`\`\`\n`)
    expect(await fence('js')).toContain('<span class="hljs-keyword">const</span>')
    expect(await fence('TypeScript')).toContain('<span class="hljs-string">&quot;b&quot;</span>')
    expect(await fence('js title="x"')).toContain('<code class="language-js">')
  })

  test.each(['', 'klingon', '../../evil', 'constructor', '__proto__'])(
    'in the language %j stays plain, and safe',
    async name => {
      const body = await html(`\`\`\`${name}\na < b & c\n\`\`\`\n`)
      expect(body).toContain('a &lt; b &amp; c\n</code></pre>')
      expect(body).not.toContain('hljs')
    },
  )
})

describe('links', () => {
  const files = {
    'pages/posts/a.md':
      '[b](b.md) [up](../about/index.md#x) [abs](/x.md) [web](https://example.org/b.md) [q](b.md?x=1#y)\n' +
      '[none](c.md) [frag](#here) [mail](mailto:b.md) [pic](<my cat.png>) [enc](my%20cat.png) [Ру](<привет.md>)',
    'pages/posts/b.md': 'b',
    'pages/posts/привет.md': 'п',
    'pages/about/index.md': 'about',
    'pages/posts/my cat.png': png,
  }

  test('to a source, relative to their own, become its address', async () => {
    const { output, findings } = await builtSite(files)
    expect(findings).toEqual([])
    const hrefs = [...(output['posts/a/index.html'] ?? '').matchAll(/href="([^"]*)"/g)].map(
      ([, href]) => href,
    )
    expect(hrefs).toEqual([
      '/posts/b/',
      '/about/#x',
      '/x.md',
      'https://example.org/b.md',
      '/posts/b/?x=1#y',
      'c.md',
      '#here',
      'mailto:b.md',
      '/posts/my%20cat.png',
      '/posts/my%20cat.png',
      '/posts/%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82/',
    ])
  })

  test('bare addresses are links when they say their scheme', async () => {
    const body = await html(
      'https://example.org/a_b, example.org, //example.org, a@example.org, ftp://x.org\n',
    )
    expect(body.match(/<a /g)).toHaveLength(1)
    expect(body).toContain('<a href="https://example.org/a_b" class="auto">https://example.org/a_b</a>,')
  })
})

describe('images', () => {
  const image = { 'pages/cat.png': png }

  test('have their size, and load when they are needed', async () => {
    expect(await html('![A cat](cat.png "Tom")\n', image)).toBe(
      '<figure><img src="/cat.png" alt="A cat" width="3" height="2" loading="lazy" decoding="async"><figcaption>Tom</figcaption></figure>\n',
    )
  })

  test('of elsewhere have no size', async () => {
    expect(await html('![](https://example.org/cat.png)\n', image)).toBe(
      '<p><img src="https://example.org/cat.png" alt="" loading="lazy" decoding="async"></p>\n',
    )
  })

  test('keep no-break spaces and markup out of the way in what is read instead', async () => {
    expect(await html('![a&nbsp;*b* `c`](cat.png)\n', image)).toContain('alt="a\u00A0b c"')
  })

  test('that lie on their side are measured as they are shown', async () => {
    const jpeg = Buffer.from(
      'ffd8ffe1002245786966000049492a00080000000100120103000100000006000000' +
        '00000000ffc0000b080002000301011100ffd9',
      'hex',
    )
    expect(await html('![](side.jpg)\n', { 'pages/side.jpg': jpeg })).toContain('width="2" height="3"')
  })

  test('that cannot be read are reported once, and the page is built', async () => {
    const { findings, output } = await builtSite({
      'pages/a.md': '![](bad.png) ![](bad.png)',
      'pages/b.md': '![](bad.png)',
      'pages/bad.png': 'no image',
    })
    expect(findings).toEqual(['image/read pages/bad.png'])
    expect(output['a/index.html']).toContain('src="/bad.png"')
  })

  test('a picture of which no size can be read is reported once, also in a post that a feed has whole', async () => {
    const { findings } = await build({
      cwd: folderWith({
        'imprimatur.config.json': '{ "site": { "url": "https://example.org", "title": "T" } }',
        'layouts/default.ejs': '<title><%= page.title %></title><%- metadata() %><%- body %>',
        'pages/index.md': '# Home\n',
        'pages/posts/a.md': '---\ntitle: A\ndate: 2026-01-01\n---\n\n![A picture](/bad.png)\n',
        'pages/bad.png': 'no image',
      }),
    })
    expect(findings.filter(found => found.startsWith('image/read'))).toEqual(['image/read pages/bad.png'])
  })
})

test('two pages do not share footnotes, ids or reference links', async () => {
  const { output } = await builtSite({
    'pages/a.md': '## Notes\n\n[x][r]\n\nOne[^1]\n\n[^1]: a\n\n[r]: /r/\n',
    'pages/b.md': '## Notes\n\n[x][r]\n\nOne[^1]\n\n[^1]: b\n',
  })
  expect(output['b/index.html']).toContain('<h2 id="notes">')
  expect(output['b/index.html']).toContain('[x][r]')
  expect(output['b/index.html']).toContain('id="fnref1"')
})

test('a plain address is one that normalization leaves as it is', () => {
  const { normalizeLink } = new MarkdownIt()
  const pieces = [
    'https://',
    'http://',
    'example.org',
    'a',
    'B',
    'xn--',
    '1',
    '.',
    '-',
    '_',
    '/',
    '//',
    '?',
    '&',
    '=',
    '#',
    ':',
    '@',
    '%',
  ]
  const address = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map(all => all.join(''))
  fc.assert(
    fc.property(
      address.filter(written => PLAIN_ADDRESS.test(written)),
      written => {
        expect(normalizeLink(written)).toBe(written)
      },
    ),
    { numRuns: 2000 },
  )
})
