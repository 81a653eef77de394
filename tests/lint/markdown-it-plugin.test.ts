import { expect, test } from 'vitest'
import { typesetInline } from '../../src/lint/markdown-it-plugin.ts'
import type { LintSettings } from '../../src/lint/lint-settings.ts'
import type { Diagnostic } from '../../src/core/types.ts'
import { createMarkdown } from '../../src/build/render/render-markdown.ts'

const markdown = createMarkdown()

function render(text: string, lang = 'en', noBreakSpace: LintSettings['noBreakSpace'] = 'entity') {
  const settings: LintSettings = { lang, noBreakSpace, rules: {} }
  let diagnostics: readonly Diagnostic[] = []
  const html = markdown(text, {
    lang,
    resolve: destination => destination,
    imageSize: () => undefined,
    readInline: state => (diagnostics = typesetInline(state, { path: 'page.md', text }, settings)),
  })
  return { html, diagnostics }
}

test('text is set across markup, code and addresses are not', () => {
  expect(render('"A *"quoted"* word" -- `"code"` in [a "b"](/c "d")').html).toBe(
    '<p>“A\u00A0<em>‘quoted’</em> word”\u00A0— <code>&quot;code&quot;</code> in\u00A0<a href="/c" title="d">a\u00A0“b”</a></p>\n',
  )
})

test('a line that ends in a short word ends before it, whatever its lines begin with', () => {
  expect(render('> лес и\r\n> в поле', 'ru').html).toBe(
    '<blockquote>\n<p>лес\nи\u00A0в\u00A0поле</p>\n</blockquote>\n',
  )
})

test('in a block of HTML, blanks are written as the configuration wants it', () => {
  expect(render('<div>лес и поле</div>\n', 'ru').html).toBe('<div>лес и&nbsp;поле</div>\n')
  expect(render('<div>лес и поле</div>\n', 'ru', 'character').html).toBe('<div>лес и\u00A0поле</div>\n')
})

test('what a parser takes out of the text does not shift the changes', () => {
  expect(render('| a "b" | c\\|"d" |\n|---|---|\n| &ensp;"e" | \\"f" &amp; "g" |\n').html)
    .toMatchInlineSnapshot(`
    "<div class="table" tabindex="0" role="group" aria-label="Table">
    <table>
    <thead>
    <tr>
    <th>a “b”</th>
    <th>c|“d”</th>
    </tr>
    </thead>
    <tbody>
    <tr>
    <td> “e”</td>
    <td>&quot;f&quot; &amp; &quot;g&quot;</td>
    </tr>
    </tbody>
    </table>
    </div>
    "
  `)
})

test('marks that the source keeps for the sake of its markup are set all the same', () => {
  expect(render('see [1] "x" http://a.b/c"d"').html).toMatchInlineSnapshot(`
    "<p>see [1] “x” <a href="http://a.b/c%22d%22" class="auto">http://a.b/c&quot;d&quot;</a></p>
    "
  `)
})

test('a text in which another address would be found stays as it is, with a diagnostic', () => {
  const { html, diagnostics } = render('"-http://a.b/"')
  expect(html).toBe('<p>&quot;-<a href="http://a.b/" class="auto">http://a.b/</a>&quot;</p>\n')
  expect(diagnostics).toMatchObject([{ code: 'lint/left-alone', severity: 'warning', span: [0, 14] }])
})
