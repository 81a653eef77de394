import { tests as specification } from 'commonmark-spec'
import { array, assert, constantFrom, oneof, property } from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { saysTheSame } from '../../src/lint/safety/same-meaning.ts'
import { faultsOf } from '../../tools/lint/reference/compare.ts'
import { dialectDocuments } from './dialects.ts'
import { documents } from './documents.ts'
import { applied, everyWritten } from './fix.ts'
import { faultInPlace, firstDifference } from './typesetting.ts'

/** What is wrong with the way a page is fixed; nothing, when it then says the same, needs no fixing and is what a build makes. */
function fault(
  text: string,
  lang: string,
  path = 'page.md',
  fixed = applied(text, { lang, path }),
): string | undefined {
  if (!saysTheSame({ path, text }, { path, text: fixed }, { writes: everyWritten }))
    return `says something else ${firstDifference(text, fixed)}`
  const again = applied(fixed, { lang, path })
  if (again !== fixed) return `changes again ${firstDifference(fixed, again)}`
  return path === 'page.md' ? faultInPlace(text, lang) : undefined
}

/** The same, and what other programs make of the page before and after: a list of what is wrong. */
function faults(text: string, lang: string): readonly unknown[] {
  const fixed = applied(text, { lang })
  return [
    fault(text, lang, 'page.md', fixed) ?? [],
    faultsOf('page.md', text, fixed),
    faultsOf('page.mdx', text, applied(text, { lang, path: 'page.mdx' })),
  ].flat()
}

/** What generated documents have shown, each as short as it can be. */
const shrunk: readonly (readonly [kind: string, text: string])[] = [
  ['a list to who reads Markdown in HTML', '<b>\ne" a\n- {'],
  ['a list to who reads Markdown in HTML', '<div>\nword\n- - x\n</div>'],
  ['a heading to who reads Markdown in HTML', '<b>\nwords a\n## of it'],
  ['a list to who reads Markdown in HTML', '<d>\n- --\n'],
  ['a definition to who needs no blank line before it', '-n t\n: ж\n-'],
  ['a definition to who needs no blank line before it', '- t" I\n: г'],
  ['a thematic break to who reads Markdown in HTML', '<div class="a - b">\n-- -\n</div>'],
  ['a line that ends for a tag, and is no speech', 'Слово сказано. <b title="a - b">так</b>\n-- слово было.'],
  ['a hyphen that is escaped among words', '**слово** \\- слово было'],
  ['hyphens of which one is escaped, where a line begins', 'word\n\\-- слово'],
  ['hyphens of which one is escaped, among words', 'word \\--- слово -\\- I'],
  [
    'letters of references, where half are of either script',
    "::: tip И вот слово - и\n$5 $ of it's и of\n:::",
  ],
  ['a list to who knows no definitions', '- - the "so" - $5\n: said'],
  ['a list to who knows no definitions', '- - 0\n: said'],
  ['a definition to who needs no term', ': - $'],
  ['an underline to who has no lazy lines', '- a, f\n--'],
  ['an underline to who has no lazy lines', '> word of\n=='],
  ['a dollar on either side of an underline', '$"\n-\ns $'],
  ['a dollar on either side of a thematic break', '$"\n***\ns $'],
  ['a dollar on either side of a block of HTML', '$5\n<div>\nin $\n</div>'],
  ['a dollar on either side of a definition', '$5\n: b in $'],
  ['a dollar on either side of a footnote', '$5\n[^1]: b in $'],
  ['dollars in HTML', '<div>\n$5 to in $\n</div>'],
  ['dollars in two cells', '| a | b |\n|---|---|\n| $5 a | to in $ |'],
]

describe.each(['en', 'ru'])('in %s', lang => {
  test.each(shrunk)('%s: %j', (_, text) => {
    expect(faults(text, lang)).toEqual([])
  })
})

/** What is put in, taken away or exchanged on either side of markup. */
const marks = '« » „ “ ” " \' ! ? : ; … - -- — , . 5 1999 a mot и le б'.split(' ')
const markup =
  '*a* **b** [a](b) [](b) ![a](b) `a` <b> </b> <br> &laquo; &nbsp; \\* \\\n * [ https://example.org'.split(
    ' ',
  )

test.each(['en', 'ru', 'de', 'fr', 'en-GB', 'da', 'it'])(
  'marks beside markup are set in place in %s',
  lang => {
    const piece = oneof(constantFrom(...marks), constantFrom(...markup), constantFrom(' ', '\n'))
    assert(
      property(array(piece, { maxLength: 8 }), pieces => {
        expect(fault(pieces.join(''), lang)).toBeUndefined()
      }),
      { numRuns: 300 },
    )
  },
)

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
        expect(faults(text, lang)).toEqual([])
      }),
      { numRuns: 200, seed: 14 },
    )
  }, 180_000)

  test('with line ends of two characters as with one', () => {
    const ended = (text: string) => text.replaceAll('\n', '\r\n')
    assert(
      property(dialectDocuments(), text => {
        for (const path of ['page.md', 'page.mdx', 'page.html'])
          expect(applied(ended(text), { lang, path })).toBe(ended(applied(text, { lang, path })))
      }),
      { numRuns: 150, seed: 14 },
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
