import { tests as specification } from 'commonmark-spec'
import { assert, property } from 'fast-check'
import markdownIt from 'markdown-it'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createParser } from '../../src/document/markdown.ts'
import { documents } from '../lint/documents.ts'

const parser = createParser()

/** The same parser with markdown-it's own loop and its own first rule. */
const plain = createParser()
const { inline, core } = markdownIt()
plain.inline.tokenize = inline.tokenize
plain.core.ruler.at('normalize', core.ruler.getRules('')[0]!)

const inLeaps = (text: string) => parser.render(text, {})
const plainly = (text: string) => plain.render(text, {})

test.each(specification)('CommonMark $number, $section', ({ markdown }) => {
  expect(inLeaps(markdown)).toBe(plainly(markdown))
})

test('the documentation of every installed package', () => {
  const paths = readdirSync('node_modules', { recursive: true, encoding: 'utf8' })
  const found = paths.filter(path => /\.(?:md|markdown)$/i.test(path))
  expect(found.length).toBeGreaterThan(100)
  for (const path of found) {
    const text = readFileSync(`node_modules/${path}`, 'utf8')
    expect(inLeaps(text)).toBe(plainly(text))
  }
}, 60_000)

test('documents that nobody would write', () => {
  assert(
    property(documents(), text => {
      expect(inLeaps(text)).toBe(plainly(text))
    }),
    { numRuns: 1000, seed: 20_261_121 },
  )
})

test('text that is nested deeper than markdown-it goes', () => {
  for (const text of [
    `${'*a **b '.repeat(80)}c${'** d*'.repeat(80)}`,
    `${'['.repeat(150)}x${'](/y)'.repeat(150)}`,
  ])
    expect(inLeaps(text)).toBe(plainly(text))
})
