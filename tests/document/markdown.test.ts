import { tests as specification } from 'commonmark-spec'
import { array, assert, constantFrom, property, tuple } from 'fast-check'
import markdownIt, { type MarkdownIt } from 'markdown-it'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createParser } from '../../src/document/markdown.ts'
import type { InlineRule } from '../../src/document/parser/inline-rules.ts'
import { documents } from '../lint/documents.ts'

const own = createParser()

/** The same syntax, read by markdown-it's own code wherever ours takes its place to be faster. */
const plain = createParser()
const { inline, core, block } = markdownIt()
plain.inline.tokenize = inline.tokenize
plain.inline.skipToken = inline.skipToken
plain.inline.ruler.disable('no_break_space')
plain.block.State = block.State
plain.block.ruler.disable('plain_paragraph')
plain.core.ruler.at('normalize', core.ruler.getRules('')[0]!)

/** All that a reader of tokens may look at: places in the text, levels, footnotes. */
function tokens(parser: MarkdownIt, text: string): string {
  const env = {}
  return JSON.stringify([parser.parse(text, env), env])
}

function expectSame(text: string): void {
  expect(tokens(own, text)).toBe(tokens(plain, text))
}

describe('every text is read as by markdown-it’s own code', () => {
  test.each(specification)('CommonMark $number, $section', ({ markdown }) => {
    expect(tokens(own, markdown)).toBe(tokens(plain, markdown))
  })

  test('the documentation of every installed package', () => {
    const paths = readdirSync('node_modules', { recursive: true, encoding: 'utf8' })
    const found = paths.filter(path => /\.(?:md|markdown)$/i.test(path))
    expect(found.length).toBeGreaterThan(100)
    for (const path of found) expectSame(readFileSync(`node_modules/${path}`, 'utf8'))
  })

  test('documents that nobody would write', () => {
    assert(property(documents(), expectSame), { numRuns: 1000, seed: 20_261_121 })
  })

  const signs = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~10a\u00E9\u00A0 \t'
  const line = tuple(
    constantFrom('', '', '', '> ', '- ', '> - ', '1. ', ': ', ' ', '   ', '    ', '\t', '- \t', '[^1]: '),
    constantFrom(...signs).chain(sign =>
      constantFrom(...['', 'a', 'é', ' ', '\t', sign, '1', '.', '[', '-', '\\'].map(more => sign + more)),
    ),
    constantFrom('', 'a', ' a', '--', '| a', '*b*', '&nbsp;b', '<b>', '``', ']: a', ': b', '\\'),
    constantFrom('\n', '\n', '\n', '\n\n', '\n\n\n', '  \n', '\r\n'),
  )

  test('lines that begin, end, underline or interrupt a block, or only seem to', () => {
    let taken = 0
    const counting = createParser()
    const count = (change: number) => () => {
      taken += change
      return false
    }
    counting.block.ruler.before('plain_paragraph', 'before', count(1))
    counting.block.ruler.before('table', 'behind', count(-1))
    assert(
      property(array(line, { minLength: 1, maxLength: 6 }), lines => {
        const text = lines.flat().join('')
        counting.parse(text, {})
        expectSame(text)
      }),
      { numRuns: 5000 },
    )
    expect(taken).toBeGreaterThan(1000)
  })

  test('text that is nested deeper than markdown-it goes', () => {
    for (const text of [
      `${'*a **b '.repeat(80)}c${'** d*'.repeat(80)}`,
      `${'['.repeat(150)}x${'](/y)'.repeat(150)}`,
      `${'['.repeat(150)}&nbsp;*x*${'](/y)'.repeat(150)}`,
    ])
      expect(tokens(own, text)).toBe(tokens(plain, text))
  })
})

describe('what a configuration adds may begin anywhere', () => {
  const found = (extend: (parser: MarkdownIt) => void, text: string) => createParser(extend).render(text)

  test('a block, at a letter that is in the middle of a paragraph', () => {
    const extend = ({ block: { ruler } }: MarkdownIt) =>
      ruler.before(
        'paragraph',
        'note',
        (state, start, _, silent) => {
          if (!state.src.startsWith('NOTE', state.bMarks[start])) return false
          if (!silent) {
            state.push('hr', 'hr', 0)
            state.line = start + 1
          }
          return true
        },
        { alt: ['paragraph'] },
      )
    expect(found(extend, 'one\nNOTE\ntwo\n')).toBe('<p>one</p>\n<hr>\n<p>two</p>\n')
  })

  const at: InlineRule = (state, silent) => {
    if (state.src[state.pos] !== '@') return false
    if (!silent) state.push('hardbreak', 'br', 0)
    state.pos++
    return true
  }

  test('inline, at a sign that begins nothing else', () => {
    const extend = ({ inline: { ruler } }: MarkdownIt) => ruler.push('at', at)
    expect(found(extend, 'a@b\n')).toBe('<p>a<br>\nb</p>\n')
  })

  test('also later, in a parser that was the program’s own', () => {
    const parser = createParser()
    expect(parser.render('a@b')).toBe('<p>a@b</p>\n')
    parser.inline.ruler.push('at', at)
    expect(parser.render('a@b')).toBe('<p>a<br>\nb</p>\n')
  })
})
