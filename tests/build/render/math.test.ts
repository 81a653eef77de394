import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createParser } from '../../../src/document/markdown.ts'
import { mayHaveMath } from '../../../src/document/syntax/math.ts'
import { fixSource } from '../../../src/lint/fix.ts'
import { lintSource } from '../../../src/lint/lint.ts'
import { repository } from '../../program.ts'
import { builtSite, html } from '../built-site.ts'

describe('a formula', () => {
  test('in a line is MathML, without a script and without a style', async () => {
    expect(await html('Let $x^2$ be, and $a*b*c$.\n')).toBe(
      '<p>Let <math><msup><mi>x</mi><mn class="tml-sml-pad">2</mn></msup></math> be, and <math><mrow><mi>a</mi><mo>∗</mo><mi>b</mi><mo>∗</mo><mi>c</mi></mrow></math>.</p>\n',
    )
  })

  test.each([
    ['$$\\frac{a}{b}$$\n', 1],
    ['Words\n$$\na\n= b\n+ c\n$$\nmore\n', 1],
    ['- item\n  $$\n  a < b\n  $$\n', 1],
    ['> $$\n> a_1\n> $$\n', 1],
    ['In a line $$a+b$$, too.\n', 1],
    ['$$\na\n\nb\n$$\n', 0],
    ['    $$a$$\n', 0],
    ['$$a$$ b $$c\n', 1],
  ])('as a block: %j', async (text, count) => {
    const page = await html(text)
    expect([page.match(/<math display="block"/g)?.length ?? 0, page.includes('style=')]).toEqual([
      count,
      false,
    ])
  })

  test.each([
    '$softmax(x)$',
    '$a \\text{ if there is } b$',
    '$\\sin x \\cos y$',
    '$\\LaTeX$',
    '($x$), $y$-axis, $n$th'.slice(0, 13),
  ])('%s is one', async text => expect(await html(`${text}\n`)).toContain('<math'))

  test('keeps its colours by attributes', async () => {
    expect(await html('$\\color{red} x$\n')).toContain('<mi mathcolor="#ff0000">x</mi>')
  })

  test('that cannot be read is told with its line, and shown as it is written', async () => {
    const { output, findings, diagnostics } = await builtSite({
      'pages/a.md': '---\ntitle: A\n---\n\nFine $x$ and $\\nope{<}$ here.\n\n$$\n\\frac{a\n$$\n',
    })
    expect(findings).toEqual(['markdown/math pages/a.md:5:15', 'markdown/math pages/a.md:8:1'])
    expect(diagnostics[0]?.message).toContain('Unsupported function name: \\nope')
    expect(output['a/index.html']).toContain('<code class="math">\\nope{&lt;}</code>')
  })
})

test.each([
  'It costs $5, or $6.',
  '$5/$6 and US$5/A$6',
  '$HOME/$USER, $PATH and ($x, $y)',
  'a $ b $ c',
  '\\$x$ and $x\\$',
  '`$x$`',
  'for $.01/user/month (from ~$.10), $2 variables will default to $.',
  '$AUTHOR$ and $NAME$',
  '$$$x$$$',
])('money and variables are none: %s', async text => expect(await html(`${text}\n`)).not.toContain('<math'))

test('whatever stands between dollars that is rendered as a formula is left alone by the linter', () => {
  const parser = createParser()
  const part = fc.constantFrom(
    '$',
    '$$',
    'a',
    ' ',
    '5',
    '\\',
    '"b"',
    ' - ',
    '\n',
    '*',
    '_',
    '{',
    '}',
    ',',
    '`',
    '| ',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 24 }), parts => {
      const text = parts.join('')
      const file = { path: 'a.md', text }
      const found = lintSource(file, { lang: 'en', noBreakSpace: 'character', rules: {} })
      const after = fixSource(file, found).value?.text ?? ''
      const formulasOf = (each: string) =>
        parser
          .parse(each, {})
          .flatMap(token => [token].concat(token.children ?? []))
          .filter(({ type }) => type.startsWith('math_'))
          .map(({ markup, content }) => markup + content)
      expect(formulasOf(after)).toEqual(formulasOf(text))
    }),
    { numRuns: 500 },
  )
})

test('a site without a formula does not load what makes them', () => {
  const script = `
    import { createRequire } from 'node:module'
    const { createMarkdown } = await import('./dist/build/render/render-markdown.js')
    const render = createMarkdown()
    const context = { lang: 'en', resolve: each => each, imageSize: () => undefined }
    const isLoaded = () => Object.keys(createRequire(import.meta.url).cache).some(each => each.includes('temml'))
    render('It costs $5.', context)
    const before = isLoaded()
    render('$x$', context)
    console.log(before, isLoaded())`
  const options = { cwd: repository, encoding: 'utf8' } as const
  expect(execFileSync(process.execPath, ['--input-type=module', '-e', script], options)).toBe('false true\n')
})

test('a page whose dollars can be none of a formula has none', () => {
  const parser = createParser()
  const part = fc.constantFrom(
    ...'$|$|$|$|$$|\\$|x|x^2|word|5| | |\n|\n\n|\r\n|> |- |1. |    || a | b |\n|-|-|\n| |`|```\n|*|**|~|==|[|](b)|^[|]|: |# |\\||<b>|&nbsp;'.split(
      '|',
    ),
    '|',
    '| a | b |\n| - | - |\n| ',
    '$x$',
  )
  let met = 0
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), parts => {
      const text = parts.join('')
      const html = parser.parse(text, {})
      const hasMath = html.some(
        ({ type, children }) =>
          type === 'math_block' || (children ?? []).some(each => each.type === 'math_inline'),
      )
      if (hasMath) met++
      expect(!hasMath || mayHaveMath(text)).toBe(true)
    }),
    { numRuns: 5000 },
  )
  expect(met).toBeGreaterThan(200)
  expect(
    mayHaveMath('```sh\nsize=$(wc -c < "$f")\nif [ "$size" -gt 5 ]; then echo "$f ($size bytes)"; fi\n```\n'),
  ).toBe(false)
  expect(mayHaveMath('`${at + 1}: ${line.trim()}` costs $5')).toBe(false)
})
