import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createParser } from '../../../src/document/markdown.ts'
import { fixSource } from '../../../src/lint/fix.ts'
import { lintSource } from '../../../src/lint/lint.ts'

const parser = createParser()
const inline = (text: string) => parser.renderInline(text)
const plain = (html: string) => html.replace(/<[^>]*>/g, '')

describe('readers of such blogs know', () => {
  test.each([
    ['==a *b*==', '<mark>a <em>b</em></mark>'],
    ['H~2~O', 'H<sub>2</sub>O'],
    ['x^2^ + 10^-3^', 'x<sup>2</sup> + 10<sup>-3</sup>'],
    ['(a)^b^, *c*~d~', '(a)<sup>b</sup>, <em>c</em><sub>d</sub>'],
    ['~~a~~', '<s>a</s>'],
  ])('%s', (text, html) => expect(inline(text)).toBe(html))

  test('abbreviations, wherever they are defined', () => {
    expect(parser.render('HTML, XHTML and HTML.\n\n*[HTML]: Hypertext "Markup"\n')).toBe(
      '<p><abbr title="Hypertext &quot;Markup&quot;">HTML</abbr>, XHTML and <abbr title="Hypertext &quot;Markup&quot;">HTML</abbr>.</p>\n',
    )
  })

  test('inline footnotes, beside superscripts', () => {
    expect(parser.render('a^[one]^[two], x^2^\n')).toMatch(/\[1\].*\[2\].*x<sup>2<\/sup>/)
  })
})

test.each([
  'a == b, x==y, if (a ==b)',
  '+====+=====+ ===a=== x====y====',
  '^_^ and ^^ and a^b',
  'from ~/a to ~/b, about ~5 to ~6',
  '~a~ and ^b^ behind nothing',
  'a~ b~c',
  'a\\~b\\~ c\\^d\\^ \\==e==',
  '`a==b==` `H~2~O`',
])('what only looks like it stays text: %s', text =>
  expect(inline(text)).not.toMatch(/<(?:mark|sub|sup|abbr)\b/),
)

test.each(['*[sic]: what he said*', '*[sic]: what he\nsaid then*'])(
  'emphasis that begins with a bracket: %s',
  text =>
    expect(parser.render(text)).toMatch(
      /^<p><em>\[sic\]: what he\s+?said( then)?<\/em>|^<p><em>\[sic\]: what he said<\/em>/,
    ),
)

test('no word is lost, whatever signs are mixed', () => {
  const part = fc.constantFrom('==', '=', '~', '~~', '^', 'a', 'bc', ' ', '*', '2', '`', '\\', 'ж')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 30 }), parts => {
      // Not a fence, whose language is no word.
      const text = `Z ${parts.join('')}`
      const letters = (each: string) =>
        each
          .replace(/[^a-c2ж]/g, '')
          .split('')
          .toSorted()
          .join('')
      expect(
        letters(
          plain(parser.render(text).replace(/ (?:id|href|class)="[^"]*"/g, '')).replace(/↩︎|\[\d+\]/g, ''),
        ),
      ).toContain(letters(text))
    }),
  )
})

test('what is set around them is set, and they stay what they are', () => {
  const set = (text: string) => {
    const file = { path: 'a.md', text }
    const found = lintSource(file, { lang: 'en', noBreakSpace: 'character', rules: {} })
    return fixSource(file, found).value?.text
  }
  expect(set('He said =="yes"== - it\'s H~2~O, x^2^ and "HTML".\n\n*[HTML]: the "language"\n')).toBe(
    'He\u00A0said ==“yes”==\u00A0— it’s H~2~O, x^2^ and “HTML”.\n\n*[HTML]: the "language"\n',
  )
})
