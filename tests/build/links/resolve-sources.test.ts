import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasRelative, resolveSources } from '../../../src/build/links/resolve-sources.ts'
import { builtSite } from '../built-site.ts'

test('sources are named in raw HTML, templates and layouts as in Markdown', async () => {
  const { output, findings } = await builtSite({
    'layouts/default.ejs': '<%- body %><img src="cat.svg">',
    'pages/posts/cat.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    'pages/posts/a.md':
      '---\npermalink: /elsewhere/\n---\nb [b](b.html#x) <a href="b.html#x">b</a>\n\n<p><img src=./cat.svg srcset="cat.svg 1x, no.svg 2x"></p>\n',
    'pages/posts/b.html': '<a id="x" href="a.md?q=1&amp;r=2">a</a> <object data=\'cat.svg\'></object>',
    'pages/posts/c.ejs':
      '<a href="<%= "./a.md" %>">a</a> <a href="none.md">x</a> <a href="https://example.org/a.md">y</a>',
  })
  expect(findings).toEqual([])
  expect(output['elsewhere/index.html']).toContain('<a href="/posts/b/#x">b</a> <a href="/posts/b/#x">b</a>')
  expect(output['elsewhere/index.html']).toContain(
    '<img src=/posts/cat.svg srcset="/posts/cat.svg 1x, no.svg 2x">',
  )
  expect(output['elsewhere/index.html']).toContain('</p>\n<img src="/posts/cat.svg">')
  expect(output['posts/b/index.html']).toBe(
    '<a id="x" href="/elsewhere/?q=1&amp;r=2">a</a> <object data=\'/posts/cat.svg\'></object><img src="/posts/cat.svg">',
  )
  expect(output['posts/c/index.html']).toContain(
    '<a href="/elsewhere/">a</a> <a href="none.md">x</a> <a href="https://example.org/a.md">y</a>',
  )
})

test('every address is resolved, once, and nothing else is changed', () => {
  const resolve = (written: string) => (/^(?:\.\/)?a\.md$/.test(written) ? '/x/?"&\'' : written)
  const after = (written: string) => (resolve(written) === written ? written : '/x/?&quot;&amp;&#39;')
  const address = fc.constantFrom('a.md', './a.md', '/a.md', '#a', 'b.md', 'https://e.org/a.md', '?a.md')
  const element = fc.oneof(
    ...[
      (each: string) => `<a href="${each}">a.md</a>`,
      (each: string) => `<img alt='src="a.md"' src=${each}>`,
      (each: string) => `<IMG SRCSET="${each} 1x, ${each} 2x">`,
      (each: string) => `<object data=' ${each} '></object>`,
    ].map(write => address.map(each => [write(each), write(after(each))] as const)),
    fc
      .constantFrom(
        '<!-- <a href="a.md"> -->',
        '<script>"<a href=a.md>"</script>',
        'text href="a.md"',
        '<i title="a.md">',
      )
      .map(each => [each, each] as const),
  )
  fc.assert(
    fc.property(fc.array(element), parts => {
      const [html, expected] = [0, 1].map(i => parts.map(part => part[i]).join('\n'))
      expect(resolveSources(html ?? '', resolve)).toBe(expected)
    }),
  )
})

test('what is measured by another address stays', () => {
  const html = '<base href="https://example.org/"><a href="a.md">a</a>'
  expect(resolveSources(html, () => '/x/')).toBe(html)
})

test('whether a text has a relative address is told as one expression would', () => {
  const names = ['href', 'src', 'srcset', 'imagesrcset', 'poster', 'data', 'xlink:href']
  const whole = new RegExp(
    `\\s(?:${names.join('|')})\\s*=\\s*["']?\\s*(?![a-z][a-z\\d+.-]*:|[/#?"'\\s])`,
    'i',
  )
  const piece = fc.constantFrom(
    ...names,
    ' href=',
    '\nSRC ="',
    "\u00A0poster= '",
    ' xlink:href\u2028=',
    ' data = "',
    'HREF',
    'Src',
    'class',
    'xhref',
    ...' |\n|\u00A0|\u2028|=|"|\'|/|#|?|a|a.png|http:|x+y:|<a|>|—'.split('|'),
  )
  const text = fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join(''))
  let met = 0
  fc.assert(
    fc.property(text, html => {
      if (whole.test(html)) met++
      expect(hasRelative(html)).toBe(whole.test(html))
    }),
    { numRuns: 3000 },
  )
  expect(met).toBeGreaterThan(200)
})
