import { describe, expect, test } from 'vitest'
import { readHtmlDocument } from '../../../src/document/html-tags.ts'
import { builtSite } from '../built-site.ts'

describe('a whole HTML document', () => {
  test.each([
    ['<!doctype html>\n<title>A</title>', { title: 'A', lang: undefined }],
    [
      '\n<!-- a -->\n<!DOCTYPE HTML PUBLIC "x">\n<!-- b --><html lang="ru"><title>\nA &amp; B</title>',
      { title: 'A &amp; B', lang: 'ru' },
    ],
    ['<html>', { title: undefined, lang: undefined }],
    ['<html data-x=">" lang=en>', { title: undefined, lang: 'en' }],
    ['<!doctype html><html lang="<%= page.lang %>"><title><%= page.title %></title>', {}],
  ])('%j is one', (text, expected) => expect(readHtmlDocument(text, 0)).toMatchObject(expected))

  test.each(['<p>a</p>', '<htmlx>', 'a <!doctype html>', '<!-- <!doctype html> -->', '', '<!doctypehtml>x'])(
    '%j is none',
    text => expect(readHtmlDocument(text, 0)).toBeUndefined(),
  )

  test('among the pages is not wrapped in a layout, unless it names one', async () => {
    const whole = '<!doctype html>\n<html lang="de">\n<title>Ein &amp; zwei</title>\n<p>Words</p>\n'
    const { output, findings } = await builtSite({
      'layouts/default.ejs': '[<%- body %>]',
      'pages/a.html': whole,
      'pages/b.html': `---\nlayout: default\n---\n${whole}`,
      'pages/c.html': '<p>Words</p>\n',
      'pages/d.ejs': '---\ntitle: D\n---\n<!doctype html><title><%= page.title %></title>',
      'pages/e.ejs': '<%- pages.map(page => `${page.url} ${page.lang} ${page.title}`).join(", ") %>',
    })
    expect(findings).toEqual([])
    expect(output).toMatchObject({
      'a/index.html': whole,
      'b/index.html': `[${whole}]`,
      'c/index.html': '[<p>Words</p>\n]',
      'd/index.html': '<!doctype html><title>D</title>',
    })
    expect(output['e/index.html']).toContain('/a/ de Ein & zwei')
  })
})
