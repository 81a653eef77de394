import { describe, expect, test } from 'vitest'
import { ejs, builtSite } from '../built-site.ts'

const config = {
  'imprimatur.config.json':
    '{ "site": { "title": "T", "url": "https://example.org/", "lang": "ru", "extra": { "deep": 1 } } }',
}

describe('the contract', () => {
  test('a template sees these names and no others of ours', async () => {
    const all = '<% const all = []; for (const name in locals) all.push(name) %><%= all.sort().join(" ") %>'
    expect(await ejs(all)).toBe(
      'absolute archive asset body collections date feeds include keys metadata page pages planet site theme typeset withBase word',
    )
  })

  test('a name of ours that is a function may be given to a value of one’s own, in this template alone', async () => {
    const { output } = await builtSite({
      'pages/a.md': '---\ndate: 2025-03-04\n---\n',
      'pages/b.md': '---\ndate: 2025-03-05\n---\n',
      'layouts/default.ejs':
        '<% var date = page.date; var pages = 1 %><%= date %> <%- include("p", { asset: 2 }) %> <%= typeof asset %> <%= pages.length %>',
      'layouts/p.ejs': '<%= typeof date %> <% word = asset %><%= word %><%- include("q") %>',
      'layouts/q.ejs': ' <%= typeof word %> <%= ["x"].map(x => [x].map(typeset)).length %>',
    })
    expect(output['a/index.html']?.trim()).toBe('2025-03-04 string 2 function 1 function 2')
    expect(output['b/index.html']?.trim()).toBe('2025-03-05 string 2 function 1 function 2')
  })

  test('site is the configuration’s, with all that the author put there', async () => {
    expect(
      await ejs('<%= site.title %> <%= site.url %> <%= site.lang %> <%= site.extra.deep %>', config),
    ).toBe('T https://example.org ru 1')
  })

  test('page has front matter, what follows from its place, and what is computed', async () => {
    const { output, findings } = await builtSite({
      ...config,
      'pages/posts/2025/a.md':
        '---\nlang: ru\ntitle: The title\ndescription: D\ndate: 2025-03-04\nupdated: 2025-03-05 10:00\ntags: [x]\ncss: a.css\nmine: {n: 7}\n---\n' +
        'First *paragraph*, [linked](/x/).\n\n## Part\n\n`code` don’t count it twice\n\n```js\nnot counted\n```\n',
      'layouts/default.ejs':
        '<%- JSON.stringify({ ...page, translations: page.translations, headings: page.headings, excerpt: page.excerpt, words: page.words, same: page.body === body }) %>',
    })
    expect(findings).toEqual([])
    expect(JSON.parse(output['posts/2025/a/index.html'] ?? '')).toEqual({
      url: '/posts/2025/a/',
      path: 'posts/2025/a/index.html',
      source: 'pages/posts/2025/a.md',
      layout: 'default',
      lang: 'ru',
      title: 'The title',
      description: 'D',
      date: '2025-03-04',
      updated: '2025-03-05T10:00',
      section: 'posts',
      year: 2025,
      tags: ['x'],
      css: ['a.css'],
      mine: { n: 7 },
      headings: [{ level: 2, id: 'part', text: 'Part' }],
      excerpt: 'First paragraph, linked.',
      words: 9,
      translations: [],
      same: true,
    })
  })

  test.each([
    ['pages/a.md', '# The *first* heading\n', 'The first heading'],
    ['pages/a.md', '\n\n# Closed & done #\n', 'Closed & done'],
    ['pages/a.md', '---\nlang: en\n---\n# Heading\n', 'Heading'],
    ['pages/a.md', '# C# and `a_b`&nbsp;[c](d)\n', 'C# and a_b\u00A0c'],
    ['pages/a.md', 'words', 'a'],
    ['pages/a.md', '---\ntitle: ~\n---\n', 'a'],
    ['pages/part/index.md', 'words', 'part'],
    ['pages/index.md', 'words', 'Untitled'],
  ])('the title of %s with %j is %s', async (path, text, title) => {
    const { output } = await builtSite({ [path]: text, 'layouts/default.ejs': '<%- page.title %>' })
    expect(Object.values(output)).toEqual([title])
  })

  test.each([
    ['pages/a.md', '', undefined, undefined],
    ['pages/posts/index.md', '', undefined, undefined],
    ['pages/posts/a.md', '', 'posts', undefined],
    ['pages/posts/2024/index.md', '', 'posts', 2024],
    ['pages/posts/2024/a.md', '---\nsection: notes\nyear: 1999\n---\n', 'notes', 1999],
    ['pages/a.md', '---\ndate: 2023-01-01\n---\n', undefined, 2023],
  ])('the section and year of %s with %j', async (path, text, section, year) => {
    const { output } = await builtSite({
      [path]: text,
      'layouts/default.ejs': '<%- JSON.stringify([page.section, page.year]) %>',
    })
    expect(JSON.parse(Object.values(output)[0] ?? '')).toEqual([section ?? null, year ?? null])
  })

  test('asset gives the address with a hash of the content, which changes with it', async () => {
    const of = (text: string) => ejs('<%= asset("/a b.css") %>', { 'pages/a b.css': text })
    expect(await of('x')).toMatch(/^\/a%20b\.css\?v=[0-9a-f]{8}$/)
    expect(await of('x')).toBe(await of('x'))
    expect(await of('y')).not.toBe(await of('x'))
    expect(await ejs('<%= asset("main.css") %>', { 'pages/main.css': '' })).toMatch(/^\/main\.css\?v=/)
  })

  test('date uses the language of the page, or the one it is given', async () => {
    const text =
      '---\ndate: 2025-03-04\n---\n<%= date(page.date) %>|<%= date(page.date, "short") %>|<%= date(page.date, "long", "en") %>'
    expect(await ejs(text, config)).toBe('4 марта 2025 г.|04.03.2025|March 4, 2025')
  })

  test('typeset and keys are there, though nothing fills them yet', async () => {
    expect(await ejs('<%= typeset("a b") %><% if (keys) { %>keys<% } %>')).toBe('a b')
  })

  test('include finds a partial in the layouts folder, then beside it, and hands on data', async () => {
    const files = {
      'layouts/partials/one.ejs': 'one <%= page.title %> <%= colour %>',
      'parts/two.ejs': 'two <%- include("partials/one", { colour: "blue" }) %>',
      'layouts/raw.svg': '<svg></svg>',
    }
    expect(await ejs('---\ntitle: T\n---\n<%- include("partials/one", { colour: "red" }) %>', files)).toBe(
      'one T red',
    )
    expect(await ejs('---\ntitle: T\n---\n<%- include("parts/two") %>', files)).toBe('two one T blue')
    expect(await ejs('<%- include("raw.svg") %>', files)).toBe('<svg></svg>')
  })

  test('what a template prints with <%= is escaped, with <%- as it is', async () => {
    expect(await ejs('<%= "<&\'>" %><%- "<b>" %><%# a remark %><%% literal')).toBe(
      '&lt;&amp;&#39;&gt;<b><% literal',
    )
  })
})

describe('layouts', () => {
  test('default when none is named, none for the body alone, nested by their own front matter', async () => {
    const { output } = await builtSite({
      'layouts/default.ejs': '[<%- body %>]',
      'layouts/post.ejs': '---\nlayout: default\n---\n(<%- body %>)',
      'pages/a.html': 'a',
      'pages/b.html': '---\nlayout: none\n---\nb',
      'pages/c.html': '---\nlayout: post\n---\nc <%= 1 %>',
    })
    expect(output).toEqual({
      'a/index.html': '[a]',
      'b/index.html': 'b',
      'c/index.html': '[(c <%= 1 %>)]',
    })
  })

  test('a redirect, by the site’s own layout or by one that is built in', async () => {
    const page = { 'pages/old.md': '---\nlayout: redirect\nredirectTarget: /new/?a=1&b=2\ntitle: New\n---\n' }
    const { output } = await builtSite(page)
    expect(output['old/index.html']).toContain(
      '<meta http-equiv="refresh" content="0; url=/new/?a=1&amp;b=2">',
    )
    expect(output['old/index.html']).toContain(
      '<link rel="canonical" href="https://example.org/new/?a=1&amp;b=2">',
    )
    expect(output['old/index.html']).toContain('<a href="/new/?a=1&amp;b=2">New</a>')
    expect(output['old/index.html']).not.toContain('<script')
    const own = await builtSite({ ...page, 'layouts/redirect.ejs': 'to <%- page.redirectTarget %>' })
    expect(own.output['old/index.html']).toBe('to /new/?a=1&b=2')
  })
})

describe('what is wrong, to the character', () => {
  const layout = (text: string) => ({ 'layouts/default.ejs': text, 'pages/a.md': 'a' })

  test.each<readonly [what: string, files: Record<string, string>, expected: string]>([
    ['an unknown name', layout('<p>\n  <%= titel %>'), 'template/run layouts/default.ejs:2:7'],
    [
      'an unknown name far into a tag',
      layout('<%= page.title + site.title + nobody %>'),
      'template/run layouts/default.ejs:1:31',
    ],
    ['a property of nothing', layout('x\n<%- page.missing.deep %>'), 'template/run layouts/default.ejs:2:18'],
    [
      'a call of what is no function',
      layout('<% const x = 1 %>\n<%= x() %>'),
      'template/run layouts/default.ejs:2:5',
    ],
    [
      'an error in the second line of a tag',
      layout('<%\n  const a = 1\n  b.c = a\n%>'),
      'template/run layouts/default.ejs:3:3',
    ],
    [
      'an error after other tags of the line',
      layout('<%= page.title %> · <%= nobody %>'),
      'template/run layouts/default.ejs:1:25',
    ],
    [
      'an error behind front matter',
      layout('---\nlayout: none\n---\n\n<%= nobody %>'),
      'template/run layouts/default.ejs:5:5',
    ],
    ['an error with CRLF', layout('a\r\nb\r\n<%= nobody %>'), 'template/run layouts/default.ejs:3:5'],
    [
      'an error behind a byte order mark',
      layout('\uFEFF<%= nobody %>'),
      'template/run layouts/default.ejs:1:5',
    ],
    [
      'an error in a tag that trims',
      layout('<p>\n  <%_ nobody() _%>\n'),
      'template/run layouts/default.ejs:2:7',
    ],
    ['an error behind astral characters', layout('𝒳 <%= nobody %>'), 'template/run layouts/default.ejs:1:8'],
    ['a date that is none', layout('<%= date(page.date) %>'), 'template/run layouts/default.ejs:1:5'],
    [
      'a style that is none',
      layout('<%= date("2026-01-01", "huge") %>'),
      'template/run layouts/default.ejs:1:5',
    ],
    [
      'a text that is thrown, which no language says the place of',
      layout('a\n<% throw "no" %>'),
      'template/run layouts/default.ejs',
    ],
    ['nothing that is thrown', layout('a\n<% throw undefined %>'), 'template/run layouts/default.ejs'],
    [
      'calls without end',
      layout('<% const f = () => f() %>\n<%= f() %>'),
      'template/run layouts/default.ejs:1:20',
    ],
    [
      'an asset that is missing',
      layout('<link href="<%= asset("/main.css") %>">'),
      'template/asset layouts/default.ejs:1:17',
    ],
    [
      'an asset outside',
      layout('<%= asset("../layouts/default.ejs") %>'),
      'template/asset layouts/default.ejs:1:5',
    ],
    [
      'a partial that is missing',
      layout('<html>\n<%- include("partials/haed") %>'),
      'template/missing layouts/default.ejs:2:5',
    ],
    [
      'a partial outside',
      layout('<%- include("../../etc/passwd") %>'),
      'template/missing layouts/default.ejs:1:5',
    ],
    [
      'a tag that is not closed',
      layout('<p>\n <%= page.title \n</p>'),
      'template/syntax layouts/default.ejs:2:2',
    ],
    ['a tag that the next one opens in', layout('<%= a <%= b %>'), 'template/syntax layouts/default.ejs:1:1'],
    ['no JavaScript', layout('<p>\n<%= page..title %>'), 'template/syntax layouts/default.ejs:2:10'],
    ['a word too many', layout('a\n\n<%= page title %>'), 'template/syntax layouts/default.ejs:3:5'],
    [
      'a brace too many',
      layout('<% if (page) { %>\na\n<% } %>\n<% } %>'),
      'template/syntax layouts/default.ejs:4:6',
    ],
    ['a brace too few', layout('a\n<% if (page) { %>\nb\n'), 'template/syntax layouts/default.ejs:2:16'],
    [
      'a bracket too few',
      layout('a\n<% pages.forEach(p => { %>\nb\n<% } %>\n'),
      'template/syntax layouts/default.ejs:4:4',
    ],
    [
      'an error in a partial, where it is and not where it is called',
      { ...layout('<%- include("partials/x") %>'), 'layouts/partials/x.ejs': '\n\n <%= nobody %>' },
      'template/run layouts/partials/x.ejs:3:6',
    ],
    [
      'a syntax error in a partial',
      { ...layout('<%- include("partials/x") %>'), 'layouts/partials/x.ejs': 'a <%= ) %>' },
      'template/syntax layouts/partials/x.ejs:1:9',
    ],
    [
      'front matter of a layout',
      layout('---\nlayout: [7]\n---\n<%- body %>'),
      'front-matter/value layouts/default.ejs:2:9',
    ],
    [
      'an error in an EJS page',
      { 'pages/a.ejs': '---\ntitle: A\n---\n<%= nobody %>' },
      'template/run pages/a.ejs:4:5',
    ],
    [
      'an error in EJS in Markdown',
      { 'pages/a.md': '---\nejs: true\n---\n# A\n<%= nobody %>' },
      'template/run pages/a.md:5:5',
    ],
    [
      'a layout that is missing',
      { 'pages/a.md': '---\ntitle: A\nlayout: psot\n---\n' },
      'template/missing pages/a.md:3:9',
    ],
    [
      'a layout outside',
      { 'pages/a.md': '---\nlayout: ../pages/a\n---\n' },
      'template/missing pages/a.md:2:9',
    ],
    [
      'a layout’s layout that is missing',
      { ...layout('---\nlayout: base\n---\n'), 'layouts/post.ejs': '' },
      'template/missing layouts/default.ejs:2:9',
    ],
    [
      'partials that include one another',
      {
        ...layout('\n<%- include("partials/a") %>'),
        'layouts/partials/a.ejs': '<b><%- include("partials/b") %></b>',
        'layouts/partials/b.ejs': '<%- include("partials/a") %>',
      },
      'template/loop layouts/partials/b.ejs:1:5',
    ],
    [
      'layouts that lead round in a circle',
      {
        ...layout('---\nlayout: base\n---\n'),
        'layouts/base.ejs': '---\ntitle: x\nlayout: default\n---\n',
      },
      'template/loop layouts/base.ejs:3:9',
    ],
    ['a layout in itself', layout('---\nlayout: default\n---\n'), 'template/loop layouts/default.ejs:2:9'],
    [
      'a page that needs its own body',
      { 'pages/a.ejs': 'x <%= page.body %>' },
      'template/loop pages/a.ejs:1:12',
    ],
    [
      'pages that need one another’s bodies',
      {
        'pages/a.ejs': '<% for (const p of pages) if (p !== page) { %><%- p.excerpt %><% } %>',
        'pages/b.ejs': '<% for (const p of pages) if (p !== page) { %><%- p.words %><% } %>',
      },
      'template/loop pages/b.ejs:1:53',
    ],
  ])('%s', async (_, files, expected) => {
    const { findings, diagnostics } = await builtSite(files)
    expect(findings[0]).toBe(expected)
    expect(new Set(findings.map(found => found.split(' ')[0])).size).toBe(1)
    expect(diagnostics[0]?.hint).toBeTruthy()
  })

  const reported = async (files: Record<string, string>) => {
    const { diagnostics } = await builtSite(files)
    return { message: diagnostics[0]?.message, hint: diagnostics[0]?.hint }
  }

  test('an error in a layout names the page that was rendered', async () => {
    expect((await reported(layout('<%= nobody %>'))).message).toBe(
      'nobody is not defined (while rendering pages/a.md)',
    )
    expect((await reported({ 'pages/a.ejs': '<%= nobody %>' })).message).toBe('nobody is not defined')
  })

  test('hints name what is nearest, and everything that there is', async () => {
    expect((await reported(layout('<%= pgaes %>'))).hint).toMatch(
      /^did you mean “pages”\? templates see site, page, body/,
    )
    expect((await reported(layout('<%- include("partials/haed") %>'))).hint).toContain(
      'layouts/partials/haed.ejs',
    )
    expect(
      (await reported({ ...layout('<%- include("partials/haed") %>'), 'layouts/partials/head.ejs': '' }))
        .hint,
    ).toContain('did you mean “head”?')
    expect((await reported({ 'pages/a.md': '---\nlayout: defualt\n---\n' })).hint).toBe(
      'did you mean “default”? layouts/ has default; layout: none writes the page without one',
    )
    expect((await reported({ ...layout('<%= asset("/mian.css") %>'), 'pages/main.css': '' })).hint).toContain(
      'did you mean “/main.css”?',
    )
  })

  test('loops name their members', async () => {
    const { message } = await reported({
      ...layout('---\nlayout: base\n---\n'),
      'layouts/base.ejs': '---\nlayout: default\n---\n',
    })
    expect(message).toContain('default → base → default')
    const bodies = await reported({ 'pages/a.ejs': '<%= page.body %>' })
    expect(bodies.message).toContain('pages/a.ejs → pages/a.ejs')
  })

  test('a partial within itself 20 deep, that ends, is no loop', async () => {
    const { output, findings } = await builtSite({
      ...layout('<%- include("partials/n", { n: 20 }) %>'),
      'layouts/partials/n.ejs':
        '<%= n %> <% if (n > 0) { %><%- include("partials/n", { n: n - 1 }) %><% } %>',
    })
    expect(findings).toEqual([])
    expect(output['a/index.html']).toMatch(/^20 19 .* 1 0 $/)
  })

  test('an include that failed and was caught does not count', async () => {
    const { findings } = await builtSite({
      ...layout(
        '<% for (let i = 0; i < 100; i++) { try { include("partials/x") } catch {} } %><%- include("partials/y") %>',
      ),
      'layouts/partials/x.ejs': '<% throw new Error("x") %>',
      'layouts/partials/y.ejs': 'y',
    })
    expect(findings).toEqual([])
  })

  test('each page’s error is reported', async () => {
    const { findings } = await builtSite({
      'pages/a.ejs': '<%= x %>',
      'pages/b.ejs': '\n<%= y %>',
      'pages/c.md': 'fine',
    })
    expect(findings).toEqual(['template/run pages/a.ejs:1:5', 'template/run pages/b.ejs:2:5'])
  })
})
