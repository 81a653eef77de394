import { array, assert, constant, constantFrom, property, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMarkdown } from '../../src/build/render/render-markdown.ts'
import { createTypesetter } from '../../src/build/render/typography.ts'
import type { Config } from '../../src/config/config.ts'
import { mergeLint } from '../../src/config/lint-config.ts'
import { applyEdits, safeEdits } from '../../src/lint/fix.ts'
import { lintSource } from '../../src/lint/lint.ts'
import { saysTheSame } from '../../src/lint/safety/same-meaning.ts'
import { everyWritten } from './fix.ts'

const CAPTION = 'imprimatur/caption'
const lint = (text: string, lang: string, level?: 'warn') =>
  lintSource(
    { path: 'a.md', text },
    { lang, noBreakSpace: 'entity', rules: level ? { [CAPTION]: level } : {} },
  )
const fixed = (text: string, lang = 'en') => applyEdits(text, safeEdits(lint(text, lang, 'warn')))

const config = {
  root: '/nowhere',
  dirs: { pages: 'pages' },
  site: { lang: 'en' },
  build: { typography: 'fix' },
  lint: mergeLint([]),
} as unknown as Config

/** What a reader gets of a figure. */
function captionOf(text: string, lang: string): string {
  const typesetter = createTypesetter(config)
  const html = createMarkdown()(text, {
    lang,
    resolve: destination => destination,
    imageSize: () => undefined,
    typeset: caption => typesetter.setText(caption, lang),
  })
  return /<figcaption>([^]*?)<\/figcaption>/.exec(html)?.[1] ?? ''
}

describe('the caption of a figure', () => {
  const figure = `![a](b.png 'It is "so" - or not')`

  test('is remarked on, under a rule of its own, and left alone by --fix', () => {
    const found = lint(figure, 'en')
    expect(new Set(found.map(({ code, severity }) => `${code} ${severity}`))).toEqual(
      new Set([`${CAPTION} info`]),
    )
    expect(safeEdits(found)).toEqual([])
  })

  test('is set by --fix when the rule is on', () => {
    expect(fixed(figure)).toBe("![a](b.png 'It&nbsp;is&nbsp;“so”&nbsp;— or&nbsp;not')")
    expect(fixed('[![a](b.png "It\'s")](/c)')).toBe('[![a](b.png "It’s")](/c)')
    expect(fixed('> ![a](b.png "It\'s\n> - in it")')).toBe('> ![a](b.png "It’s\n> - in&nbsp;it")')
    expect(fixed('![a](b.png "It\'s \\"so\\" &quot;it&quot; {{ \'a\' - b }}")')).toBe(
      '![a](b.png "It’s “so” “it” {{ \'a\' - b }}")',
    )
  })

  test.each([
    ['a word of a paragraph', `So ![a](b.png "it's")`],
    ['an item of a tight list', `- ![a](b.png "it's")`],
    ['a link', `[a](b.png "it's")`],
    ['a heading', `# ![a](b.png "it's")`],
    ['an image without a title', "![it's so](b.png)"],
  ])('is none in %s', (_, text) => {
    expect(lint(text, 'en', 'warn').filter(({ code }) => code === CAPTION)).toEqual([])
    expect(captionOf(text, 'en')).toBe('')
  })

  test('has nothing left for the build when the linter has set it, and says the same', () => {
    const words = (lang: string) =>
      constantFrom(
        ...`- -- ( ) & &amp; &nbsp; {{x}} [a] * ${
          lang === 'ru' ? 'в лес и слово «лес» 5 км' : "it's don't so in a “so” 'so' _b_ 5 km"
        }`.split(' '),
        lang === 'ru' ? '\\"лес\\"' : '\\"so\\"',
        '\n',
      )
    const bare = (text: string) => text.replaceAll(/\s+/g, ' ')
    assert(
      property(
        constantFrom('en', 'ru').chain(lang =>
          tuple(constant(lang), array(words(lang), { minLength: 1, maxLength: 9 })),
        ),
        ([lang, parts]) => {
          const text = `![a](b.png "${parts.join(' ').trim()}")`
          const after = fixed(text, lang)
          expect(
            saysTheSame({ path: 'a.md', text }, { path: 'a.md', text: after }, { writes: everyWritten }),
          ).toBe(true)
          expect(bare(captionOf(after, lang))).toBe(bare(captionOf(text, lang)))
        },
      ),
      { numRuns: 300, seed: 14 },
    )
  })
})
