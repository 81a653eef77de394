import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { SitePage } from '../../src/build/pages/site-page.ts'
import { wordsIn } from '../../src/zine/words.ts'
import { repository } from '../program.ts'
import { bookmarksOf, make, renderedPosts, type Made } from './made.ts'
import {
  epubFaults,
  missingParagraphs,
  paragraphsOf,
  pdfFonts,
  pdfInfo,
  pdfOutline,
  pdfTexts,
} from './printed.ts'

/** The zines of this repository’s own posts. */
const names = readdirSync(join(repository, 'zines')).filter(name => name.endsWith('.yaml'))

test('there is one in English and one in Russian', () => {
  const languages = names.map(
    name => (parse(readFileSync(join(repository, 'zines', name), 'utf8')) as { language: string }).language,
  )
  expect(languages.toSorted()).toEqual(['en', 'ru'])
})

describe.each(names)('zines/%s', name => {
  let zine: Made
  let posts: readonly SitePage[]
  let lang: string
  beforeAll(async () => {
    const written = parse(readFileSync(join(repository, 'zines', name), 'utf8')) as {
      posts: string[]
      language: string
    }
    const all = await renderedPosts(repository)
    lang = written.language
    posts = written.posts.map(path => all.get(path)!)
    zine = await make(repository, `zines/${name}`)
  })

  test('is made without a finding', () => expect(zine.findings).toEqual([]))

  test('is committed as it is made now, byte for byte', () => {
    const stale = [...zine.files].filter(([path, contents]) => {
      const file = join(repository, path)
      return !existsSync(file) || !readFileSync(file).equals(Buffer.from(contents))
    })
    expect(
      stale.map(([path]) => path),
      'run: node dist/cli/main.js zine',
    ).toEqual([])
  })

  test('gives every paragraph of every post to who copies it, in order', () => {
    const pages = pdfTexts(zine.pdf)
    for (const post of posts) {
      const paragraphs = paragraphsOf(post.body)
      expect(paragraphs.length).toBeGreaterThan(10)
      expect(missingParagraphs(pages, [post.title, ...paragraphs])).toEqual([])
    }
    // The test can fail: no page has these words.
    expect(
      missingParagraphs(pages, ['words of nobody', paragraphsOf(posts[0]!.body)[0]!.replace(' ', '')]),
    ).toHaveLength(2)
  })

  test('so does the booklet', () => {
    const pages = pdfTexts(zine.booklet)
    const [first] = paragraphsOf(posts[0]!.body)
    expect(missingParagraphs(pages, [first!])).toEqual([])
  })

  test('has its faces in it, each a subset with Unicode', () => {
    for (const pdf of [zine.pdf, zine.booklet]) {
      expect(pdfFonts(pdf)).toContain('LibertinusSerif-Regular yes yes yes')
      expect(pdfFonts(pdf).filter(font => !font.endsWith('yes yes yes'))).toEqual([])
    }
  })

  test('has the headings as bookmarks', () => {
    const { contents, colophon } = wordsIn(lang)
    const plain = (text: string) => text.replace(/\s/g, ' ')
    expect(pdfOutline(zine.pdf).map(plain)).toEqual(
      [contents, ...posts.flatMap(bookmarksOf), colophon].map(plain),
    )
  })

  test('is tagged, and of A5 and A4', () => {
    expect(pdfInfo(zine.pdf)).toMatchObject({ Tagged: 'yes', 'Page size': '419.528 x 595.276 pts' })
    expect(pdfInfo(zine.booklet)['Page size']).toMatch(/^841\.89 x 595\.276 pts \(A4\)/)
    expect(Buffer.from(zine.pdf).toString('latin1')).toMatch(/pdfuaid:part(?:>|=")1/)
  })

  test('is an EPUB of which epubcheck has nothing to say', () => expect(epubFaults(zine.epub)).toEqual([]))
})
