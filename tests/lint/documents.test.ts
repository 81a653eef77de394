import { assert, property } from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { saysTheSame } from '../../src/lint/self-check.ts'
import { documents } from './documents.ts'
import { applied } from './fix.ts'

const specification = (await import('commonmark-spec')) as unknown as {
  readonly tests: readonly { readonly markdown: string; readonly number: number; readonly section: string }[]
}

/** A fixed page says the same, and needs no fixing. */
function expectGood(text: string, lang: string, path = 'page.md'): void {
  const fixed = applied(text, { lang, path })
  expect(saysTheSame({ path, text }, { path, text: fixed })).toBe(true)
  expect(applied(fixed, { lang, path })).toBe(fixed)
}

describe.each(['en', 'ru'])('set in %s', lang => {
  test.each(specification.tests)('CommonMark $number, $section', ({ markdown }) => {
    expectGood(markdown, lang)
    expectGood(markdown, lang, 'page.html')
  })

  test('the documentation of every installed package', () => {
    const paths = readdirSync('node_modules', { recursive: true, encoding: 'utf8' })
    const documents = paths.filter(path => /\.(?:md|markdown)$/i.test(path))
    expect(documents.length).toBeGreaterThan(100)
    for (const path of documents) expectGood(readFileSync(`node_modules/${path}`, 'utf8'), lang)
  }, 60_000)

  // A document for which markdown-it makes a link within a link is left alone, and says so: tools/lint/fuzz.ts finds some.
  test('documents that nobody would write', () => {
    assert(
      property(documents(), text => {
        expectGood(text, lang, 'page.html')
        const fixed = applied(text, { lang })
        if (saysTheSame({ path: 'page.md', text }, { path: 'page.md', text: fixed })) {
          expect(applied(fixed, { lang })).toBe(fixed)
        }
      }),
      { numRuns: 250, seed: 20_261_121 },
    )
  }, 60_000)
})
