import { tests as specification } from 'commonmark-spec'
import { assert, property } from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { saysTheSame } from '../../src/lint/safety/same-meaning.ts'
import { faultsOf } from '../../tools/lint/reference/compare.ts'
import { dialectDocuments } from './dialects.ts'
import { documents } from './documents.ts'
import { applied, everyWritten } from './fix.ts'
import { faultInPlace, firstDifference } from './typesetting.ts'

/** What is wrong with the way a page is fixed; nothing, when it then says the same, needs no fixing and is what a build makes. */
function fault(text: string, lang: string, path = 'page.md'): string | undefined {
  const fixed = applied(text, { lang, path })
  if (!saysTheSame({ path, text }, { path, text: fixed }, { writes: everyWritten }))
    return `says something else ${firstDifference(text, fixed)}`
  const again = applied(fixed, { lang, path })
  if (again !== fixed) return `changes again ${firstDifference(fixed, again)}`
  return path === 'page.md' ? faultInPlace(text, lang) : undefined
}

describe.each(['de', 'fr', 'en-GB', 'da'])('documents that nobody would write, set in %s', lang => {
  test('say the same, need no fixing then and are what a build makes', () => {
    assert(
      property(documents(), text => {
        expect(fault(text, lang)).toBeUndefined()
      }),
      { numRuns: 60, seed: 20_261_127 },
    )
  }, 180_000)
})

describe.each(['en', 'ru'])('set in %s', lang => {
  test.each(specification)('CommonMark $number, $section', ({ markdown }) => {
    expect(fault(markdown, lang)).toBeUndefined()
    expect(fault(markdown, lang, 'page.html')).toBeUndefined()
  })

  test('the documentation of every installed package', () => {
    const paths = readdirSync('node_modules', { recursive: true, encoding: 'utf8' })
    const documents = paths.filter(path => /\.(?:md|markdown)$/i.test(path))
    expect(documents.length).toBeGreaterThan(100)
    const faults = documents.map(path => [path, fault(readFileSync(`node_modules/${path}`, 'utf8'), lang)])
    expect(faults.filter(([, found]) => found !== undefined)).toEqual([])
  }, 180_000)

  test('documents that mix the dialects of many generators', () => {
    assert(
      property(dialectDocuments(), text => {
        expect(fault(text, lang)).toBeUndefined()
        for (const path of ['page.md', 'page.mdx'])
          expect(faultsOf(path, text, applied(text, { lang, path }))).toEqual([])
      }),
      { numRuns: 200, seed: 14 },
    )
  }, 180_000)

  test('documents that nobody would write', () => {
    assert(
      property(documents(), text => {
        expect(fault(text, lang, 'page.html')).toBeUndefined()
        expect(fault(text, lang)).toBeUndefined()
      }),
      { numRuns: 250, seed: 20_261_121 },
    )
  }, 180_000)
})
