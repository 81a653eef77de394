import { expect, test } from 'vitest'
import { fixSource } from '../../../src/lint/fix.ts'
import { lintSource } from '../../../src/lint/lint.ts'
import { builtSite } from '../built-site.ts'

/** A text of some 100,000 characters whose page would have hundreds of millions, as cmark and others found out. */
const bombs = {
  'a title that is referred to': `[a]: /x "${'t'.repeat(50_000)}"\n\n${'[a] '.repeat(12_000)}end\n`,
  'an address that is': `[a]: /${'t'.repeat(50_000)}\n\n${'[a] '.repeat(12_000)}end\n`,
  'a picture that is': `[a]: https://example.org/${'t'.repeat(50_000)}\n\n${'![b][a] '.repeat(8000)}end\n`,
  'an abbreviation': `*[a]: ${'t'.repeat(50_000)}\n\n${'a '.repeat(25_000)}end\n`,
  'tables of contents': `${'[[toc]]\n\n## A\n\n'.repeat(6000)}end\n`,
}

test.each(Object.entries(bombs))(
  '%s grows a page to no more than it can bear, and it is told',
  async (_, text) => {
    const { output, findings } = await builtSite({ 'pages/a.md': `# A\n\n${text}` })
    const html = String(output['a/index.html'])
    expect(html).toContain('end</p>')
    expect(html.length).toBeLessThan(60 * text.length)
    expect(findings.filter(each => !each.startsWith('link/'))).toEqual([
      expect.stringContaining('markdown/repetition pages/a.md:'),
    ])
  },
)

test('nor does the linter, which renders it before and after', () => {
  for (const text of Object.values(bombs)) {
    const file = { path: 'a.md', text: `He said "yes".\n\n${text}` }
    const found = lintSource(file, { lang: 'en', noBreakSpace: 'character', rules: {} })
    expect(fixSource(file, found).value?.text).toContain('“yes”')
  }
})

test('what a person repeats is all there', async () => {
  const text = `[a]: https://example.org/${'t'.repeat(200)} "title"\n\n*[HTML]: HyperText Markup Language\n\n${'[a] HTML\n'.repeat(3000)}\n\n[[toc]]\n\n## B\n\n[[toc]]\n`
  const { output, findings } = await builtSite({ 'pages/a.md': text })
  const html = String(output['a/index.html'])
  expect(html.match(/title="title"/g)).toHaveLength(3000)
  expect(html.match(/<abbr title=/g)).toHaveLength(3000)
  expect(html.match(/<nav class="toc"/g)).toHaveLength(2)
  expect(findings).toEqual([])
})
