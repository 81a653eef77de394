import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMarkdown } from '../../../src/build/render/render-markdown.ts'
import { rewriteParsed } from '../../../src/build/feeds/absolute-html.ts'
import { rewritePlain, type HtmlAttribute } from '../../../src/build/feeds/plain-html.ts'
import { pathsOf } from '../../tree.ts'
import { repository } from '../../program.ts'

const marked = (attributes: readonly HtmlAttribute[]) =>
  attributes.map(({ name, value }) => ({ name, value: `${value}!` }))

/** Undefined where it is not plain; else it must be what a parser makes of it. */
function compared(html: string): string | undefined {
  const plain = rewritePlain(html, marked)
  const parsed = rewriteParsed(html, marked)
  expect(plain ?? parsed).toBe(parsed)
  return plain
}

const pages = join(repository, 'pages')

test('what Markdown makes of our own pages is rewritten as by a parser, and most of it without one', () => {
  const markdown = createMarkdown()
  const context = { lang: 'en', resolve: (address: string) => address, imageSize: () => undefined }
  const bodies = pathsOf(pages)
    .filter(path => path.endsWith('.md'))
    .map(path => markdown(readFileSync(join(pages, path), 'utf8').replace(/^---\n[^]*?\n---\n/, ''), context))
  const plain = bodies.filter(body => compared(body) !== undefined)
  expect(plain.length).toBeGreaterThan(bodies.length / 3)
})

test('whatever is rewritten without a parser is rewritten as by one', () => {
  const names =
    'p h1 h2 ul ol li dl dt dd blockquote pre div section nav figure hr a em strong code b span del sup br img table td script b2 P'.split(
      ' ',
    )
  const attribute = fc.constantFrom(
    '',
    ' id="a"',
    ' href="/x?a=1&amp;b=2" title="&quot;&lt;>&nbsp;\u00A0\'"',
    ' id="a" id="b"',
    ' alt="a & b"',
    ' class=""',
    ' x-y="1"',
    ' bare',
    ' alt="&copy;"',
  )
  const text = fc.constantFrom(
    '',
    'a',
    '\n',
    ' > ',
    '&amp;',
    '&lt;b&gt;',
    '&quot;',
    '&nbsp;',
    '\u00A0',
    '&amp;nbsp;',
    '&copy;',
    '&',
    '<!-- -->',
    'ю',
    '\uD800',
  )
  const { node } = fc.letrec<{ node: string }>(tie => ({
    node: fc.oneof(
      { maxDepth: 4 },
      text,
      fc
        .tuple(
          fc.constantFrom(...names),
          attribute,
          fc.array(tie('node'), { maxLength: 3 }),
          fc.integer({ min: 0, max: 15 }),
        )
        .map(([name, attributes, inner, chance]) => {
          const isVoid = /^(?:br|hr|img)$/.test(name)
          return `<${name}${attributes}>${isVoid ? '' : inner.join('')}${isVoid || chance === 0 ? '' : `</${name}>`}`
        }),
    ),
  }))
  let plain = 0
  fc.assert(
    fc.property(fc.array(node, { maxLength: 4 }), nodes => {
      const html = nodes.join('')
      if (compared(html) !== undefined && html.includes('<')) plain++
    }),
    { numRuns: 5000 },
  )
  expect(plain).toBeGreaterThan(150)
})

test('an inline element within one of its own name is plain, but where that would close it or open it again', () => {
  const within = (name: string) => compared(`<p><${name} class="a">a<${name}>b</${name}></${name}></p>`)
  expect(within('span')).toBe('<p><span class="a!">a<span>b</span></span></p>')
  for (const name of 'del ins mark sub sup abbr kbd q cite var samp time dfn'.split(' '))
    expect(within(name)).toBeDefined()
  for (const name of 'a em strong code b i s u small'.split(' ')) expect(within(name)).toBeUndefined()
})
