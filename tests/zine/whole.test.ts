import { beforeAll, describe, expect, test } from 'vitest'
import { bookmarksOf, make, renderedPosts, type Made } from './made.ts'
import {
  epubFaults,
  missingParagraphs,
  paragraphsOf,
  pdfFonts,
  pdfOutline,
  pdfPages,
  pdfTexts,
} from './printed.ts'
import { PNG, zineSite } from './site.ts'

const ENGLISH = `---
title: "Everything that Markdown has"
date: 2026-01-02
author: Bob
---

# Everything that Markdown has

The first paragraph -- with *emphasis*, **strength**, ~~strikes~~, \`code\` and "quotes".
A [link](https://example.com/a/rather/long/address?with=a&query#fragment), one to [the other post](ru.md#spiski),
and <https://example.net/bare>.

## A heading with \`code\` and a [link](https://example.com/)

A paragraph with a note.[^one] The same note again.[^one] And another.[^two]

[^one]: The note, with a [link](https://example.com/in-note) and *emphasis*.
[^two]: A note of two paragraphs.

    The second of them.

#### A heading that skips a level

> A quotation of one paragraph.
>
> And of another, with a list:
>
> - inside
> - it

1. One
2. Two
   - nested
   - items

   and a paragraph behind them
3. Three

- [ ] to do
- [x] done

Term
: Its definition.
: Its second definition, which is longer than a line of the page can hold, so that it goes on in the next.

| Left | Centre | Right |
| ---- | :----: | ----: |
| one  |  two   | 3     |
| a longer cell that needs more than one line in its column | x | 1,234 |

\`\`\`js
const answer = 'a line that is much too long for the page and has to be broken somewhere, with a_very_long_identifier_that_no_line_can_hold_at_all'
\`\`\`

> [!NOTE]
> An aside.

---

![A black dot](/dot.png "The dot, and its caption")

H<sub>2</sub>O and x<sup>2</sup>, <kbd>Ctrl</kbd>, <mark>marked</mark>, <span lang="fr">en français</span>.
`

const RUSSIAN = `---
title: Всё то же по-русски
lang: ru
date: 2026-01-03
---

Съешь же ещё этих мягких французских булок, да выпей чаю — сказал "он".
Государственная регистрация сверхдлинных достопримечательностей человеконенавистничества переосвидетельствуется
в железнодорожных электродвигателестроительных учреждениях ежедневно.[^ё]

[^ё]: Примечание про ёлочки и «лапки».

## Списки

- первый пункт
- второй пункт

## Эмодзи 👋

Текст с 👋 и с 漢.
`

describe('a zine of everything', () => {
  let root: string
  let zine: Made
  beforeAll(async () => {
    root = zineSite(
      { en: ENGLISH, ru: RUSSIAN },
      { files: { 'pages/dot.png': PNG }, zine: 'cover: cover.png\n' },
    )
    const { writeFiles } = await import('../tree.ts')
    writeFiles(root, { 'zines/cover.png': PNG })
    zine = await make(root)
  })

  test('reports what no face has, with its place', () =>
    expect(zine.findings).toEqual([
      'zine/character pages/posts/ru.md:18:11',
      'zine/character pages/posts/ru.md:20:16',
    ]))

  test('has every paragraph in order', async () => {
    const texts = pdfTexts(zine.pdf)
    const posts = await renderedPosts(root)
    for (const path of ['pages/posts/en.md', 'pages/posts/ru.md']) {
      const paragraphs = paragraphsOf(posts.get(path)!.body).map(each => each.replace(/[👋漢]/gu, '\uFFFD'))
      expect(paragraphs.length).toBeGreaterThan(6)
      expect(missingParagraphs(texts, paragraphs)).toEqual([])
    }
  })

  test('hyphenates Russian by its own rules', () =>
    expect(pdfPages(zine.pdf).join('')).toMatch(/[а-яё]\u00AD\n/u))

  test('has the headings as bookmarks, without the numbers of notes', async () => {
    const posts = await renderedPosts(root)
    const plain = (text: string) => text.replace(/\s/g, ' ').replace('👋', '\uFFFD')
    const wanted = [
      'Contents',
      ...[...posts.values()].filter(({ url }) => url.startsWith('/posts/')).flatMap(bookmarksOf),
      'Colophon',
    ]
    expect(pdfOutline(zine.pdf).map(plain)).toEqual(wanted.map(plain))
  })

  test('has notes at the foot of their page, and the addresses of links', () => {
    const page = pdfPages(zine.pdf).find(
      text => text.includes('Its definition') || text.includes('A paragraph with a note'),
    )!
    expect(page).toContain('The note, with a link (https://example.com/in-note)')
    expect(page).toContain('The second of them.')
    const all = pdfPages(zine.pdf).join('\n')
    expect(all.replaceAll('\n', '')).toContain(
      'https://example.com/a/rather/long/address?with=a&query#fragment',
    )
    expect(all.match(/example\.net\/bare/g)).toHaveLength(1)
    expect(all).toMatch(/p\. \d/)
  })

  test('has contents with the numbers of pages', () => {
    const pages = pdfPages(zine.pdf)
    const contents = pages.find(text => text.startsWith('Contents'))!
    const at = (title: string) => pages.findIndex(text => text.startsWith(title)) + 1
    for (const title of ['Everything that Markdown has', 'Всё то же по-русски'])
      expect(contents.replace(/[\s\u2060.]+/g, ' ')).toContain(`${title} ${at(title)}`)
  })

  test('has running heads and numbers', () => {
    const pages = pdfPages(zine.pdf)
    const second = pages.find((text, i) => i % 2 === 1 && text.startsWith('A zine\n'))
    expect(second).toBeDefined()
    const number = pages.indexOf(second!) + 1
    expect(second!.trim().split('\n').at(-1)).toBe(String(number))
  })

  test('has the faces in it', () => {
    expect(pdfFonts(zine.pdf).length).toBeGreaterThan(3)
    expect(pdfFonts(zine.pdf).filter(font => !font.endsWith(' yes yes yes'))).toEqual([])
  })

  test('is the same again', async () => {
    const again = await make(root)
    const other = [...zine.files].filter(
      ([path, contents]) => !Buffer.from(again.files.get(path)!).equals(Buffer.from(contents)),
    )
    expect(other.map(([path]) => path)).toEqual([])
  })

  test('is a booklet whose sides have the pages that belong there', () => {
    const read = pdfPages(zine.pdf)
    const sides = pdfPages(zine.booklet, '-layout')
    expect(sides).toHaveLength(2 * Math.ceil(read.length / 4))
    const last = pdfPages(zine.booklet)[0]!
    // The colophon and the cover are on the outside.
    expect(last).toContain('Colophon')
    // A page with a number at its foot is where the sheets say.
    const total = 2 * sides.length
    const blanks = total - read.length
    sides.forEach((side, n) => {
      const pair = n % 2 === 0 ? [total - n, n + 1] : [n + 1, total - n]
      const real = pair.map(number =>
        number === total ? read.length : number > read.length - 1 ? undefined : number,
      )
      const foot = side.trimEnd().split('\n').at(-1)!.trim().split(/\s+/)
      const shown = foot.filter(each => /^\d+$/.test(each)).map(Number)
      expect(real).toEqual(expect.arrayContaining(shown))
    })
    expect(blanks).toBeLessThan(4)
  })

  test('is a good EPUB', () => expect(epubFaults(zine.epub)).toEqual([]))
})
