import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createPdfCompiler } from '../../src/zine/pdf/compiler.ts'
import { repository } from '../program.ts'
import { make, tryToMake } from './made.ts'
import {
  epubFaults,
  missingParagraphs,
  pdfFonts,
  pdfInfo,
  pdfOutline,
  pdfPages,
  pdfTexts,
} from './printed.ts'
import { PNG, zineSite } from './site.ts'

const SERIF = readFileSync(join(repository, 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSerif.ttf'))

describe('what is missing is a finding', () => {
  test('the compiler', () => {
    const { value, diagnostics } = createPdfCompiler([], 'typst-that-nobody-installed')
    expect(value).toBeUndefined()
    expect(diagnostics).toMatchObject([
      { code: 'zine/compiler', hint: expect.stringContaining('npm install') as string },
    ])
  })

  test('faces of one’s own', async () => {
    const { findings } = await tryToMake(
      zineSite({ a: 'Text.' }, { zine: 'fonts: { folder: none, text: Nothing }\n' }),
    )
    expect(findings).toEqual(['zine/face zines/01.yaml:6:18'])
  })

  test('a family that no face is of', async () => {
    const files = { 'zines/faces/serif.ttf': SERIF }
    const zine = 'fonts: { folder: faces, text: DejaVu Serif, code: Nothing }\n'
    const { findings } = await tryToMake(zineSite({ a: 'Text.' }, { zine, files }))
    expect(findings).toEqual(['zine/face zines/01.yaml:6:51'])
  })

  test('a post', async () => {
    const zine = '  - pages/posts/b.md\n  - { tag: nothing }\n  - pages/posts/draft.md\n'
    const site = zineSite(
      { a: 'Text.' },
      { zine, files: { 'pages/posts/draft.md': '---\ntitle: D\ndraft: true\n---\n' } },
    )
    const { findings, messages } = await tryToMake(site)
    expect(findings).toEqual([6, 7, 8].map(line => `zine/posts zines/01.yaml:${line}:5`))
    expect(messages[2]).toContain('a draft')
  })

  test('a cover', async () => {
    const { findings } = await tryToMake(zineSite({ a: 'Text.' }, { zine: 'cover: none.png\n' }))
    expect(findings).toEqual(['zine/value zines/01.yaml:6:8'])
  })
})

test('faces of one’s own are used, on other paper', async () => {
  const files = { 'zines/faces/serif.ttf': SERIF }
  const zine = await make(
    zineSite(
      { a: 'Text.' },
      { zine: 'fonts: { folder: faces, text: DejaVu Serif }\npaper: half-letter\n', files },
    ),
  )
  expect(pdfFonts(zine.pdf)).toContain('DejaVuSerif yes yes yes')
  expect(pdfInfo(zine.pdf)['Page size']).toBe('396 x 612 pts')
  expect(pdfInfo(zine.booklet)['Page size']).toMatch(/^792 x 612 pts/)
})

test('posts are taken by tag, by section and year, each once, the oldest first', async () => {
  const post = (title: string, date: string, tags = '[]') =>
    `---\ntitle: ${title}\ndate: ${date}\ntags: ${tags}\n---\nText.\n`
  const site = zineSite({
    a: post('Newest', '2026-02-02'),
    b: post('Older', '2026-01-01', '[x]'),
    c: post('Oldest', '2025-01-01', '[x]'),
  })
  const { writeFiles } = await import('../tree.ts')
  const of = (posts: string) =>
    writeFiles(site, { 'zines/01.yaml': `title: A\ndate: 2026-03-01\nposts: ${posts}\n` })
  const titles = async () => pdfOutline((await make(site)).pdf).slice(1, -1)
  of('[{ tag: x }]')
  expect(await titles()).toEqual(['Oldest', 'Older'])
  of('[{ section: posts, year: 2026 }]')
  expect(await titles()).toEqual(['Older', 'Newest'])
  of('[/posts/a/, { section: posts }]')
  expect(await titles()).toEqual(['Newest', 'Oldest', 'Older'])
})

test('what paper cannot show is reported where it stands, and the rest is printed', async () => {
  const site = zineSite(
    {
      a: `Before.

<video src="/film.mp4" controls></video>

<script>alert(1)</script>

Words with <blink>a strange tag</blink>.

![Nothing](/none.png) and ![elsewhere](https://example.com/a.png)

![Damaged](/damaged.png)

<table><tr><td rowspan="2">down</td><td>b</td></tr><tr><td>c</td></tr></table>

<my-box>

A paragraph in a box.

</my-box>

<div>In <b>HTML</b><p>that is <i>not closed
`,
      'b.html':
        '---\ntitle: HTML\ndate: 2026-01-02\n---\n<p>One <a href="javascript:alert">script</a></p>\n<p>Two <iframe src="https://example.com/x"></iframe></p>\n',
    },
    { files: { 'pages/damaged.png': Buffer.concat([PNG.subarray(0, 40), Buffer.alloc(30)]) } },
  )
  const zine = await make(site)
  expect(zine.findings.toSorted()).toEqual([
    'zine/image pages/posts/a.md:13:1',
    'zine/image pages/posts/a.md:13:1',
    'zine/image pages/posts/a.md:15:1',
    'zine/unprintable pages/posts/a.md:11:1',
    'zine/unprintable pages/posts/a.md:17:1',
    'zine/unprintable pages/posts/a.md:19:1',
    'zine/unprintable pages/posts/a.md:7:1',
    'zine/unprintable pages/posts/a.md:9:1',
    'zine/unprintable pages/posts/b.html:5:8',
    'zine/unprintable pages/posts/b.html:6:8',
  ])
  const wanted = [
    'Before.',
    'Words with a strange tag.',
    '[Nothing] and [elsewhere]',
    '[Damaged]',
    'A paragraph in a box.',
    'that is not closed',
    'One script',
  ]
  expect(missingParagraphs(pdfTexts(zine.pdf), wanted)).toEqual([])
  expect(pdfPages(zine.pdf).join()).toContain('https://example.com/x')
  expect(pdfPages(zine.pdf).join()).not.toContain('alert(1)')
  expect(epubFaults(zine.epub)).toEqual([])
})

describe('a table', () => {
  const table = (columns: number, word: string) => {
    const row = (text: (n: number) => string) =>
      `| ${Array.from({ length: columns }, (_, n) => text(n)).join(' | ')} |\n`
    return row(n => `Column${n}`) + row(() => '---') + row(n => `${word}${n}`)
  }

  test('that is wider than the paper is reported, and set row by row', async () => {
    const zine = await make(zineSite({ a: `Text.\n\n${table(14, 'considerable')}` }))
    expect(zine.findings).toEqual(['zine/table pages/posts/a.md:7:1'])
    const text = pdfPages(zine.pdf).join('\n')
    for (let n = 0; n < 14; n++) expect(text).toMatch(new RegExp(`Column${n}\\s+considerable${n}\\b`))
  })

  test('that has room is set as one', async () => {
    const zine = await make(zineSite({ a: table(5, 'short') }))
    expect(zine.findings).toEqual([])
    expect(pdfPages(zine.pdf, '-layout').join('\n')).toMatch(/Column0 +Column1 +Column2 +Column3 +Column4/)
  })
})

test('a title of 400 letters, of words or of one, has its page, and a short head', async () => {
  const words = 'слово '.repeat(66).trim()
  const word = 'длинное'.repeat(57)
  const site = zineSite({
    a: `---\ntitle: ${words}\nlang: ru\ndate: 2026-01-01\n---\n${'Текст. '.repeat(1500)}`,
    b: `---\ntitle: ${word}\nlang: ru\ndate: 2026-01-01\n---\n# ${word}\n\n${'Текст. '.repeat(1500)}`,
  })
  const zine = await make(site)
  expect(zine.findings).toEqual([])
  const flat = pdfPages(zine.pdf).map(page => page.replace(/[\s\u00AD]/g, ''))
  const plain = (text: string) => text.replace(/\s/g, '')
  for (const title of [words, word]) expect(flat.filter(page => page.includes(plain(title)))).not.toEqual([])
  expect(flat.filter(page => page.includes(`${word.slice(0, 56)}…`)).length).toBeGreaterThan(0)
  expect(pdfOutline(zine.pdf)).toHaveLength(4)
})

test('300 posts', async () => {
  const posts = Object.fromEntries(
    Array.from({ length: 300 }, (_, n) => [
      `p${n}`,
      `The text of number ${n}, with [a link](/posts/p${(n + 7) % 300}/).\n\n## Heading ${n}\n`,
    ]),
  )
  const zine = await make(zineSite(posts))
  expect(zine.findings).toEqual([])
  expect(pdfOutline(zine.pdf)).toHaveLength(602)
  expect(pdfPages(zine.pdf).filter(page => page.includes('The text of number'))).toHaveLength(300)
})

test('things within things have a bound, and a word about it', async () => {
  const quotes = `${'> '.repeat(40)}deep down\n`
  const lists = Array.from({ length: 12 }, (_, n) => `${'  '.repeat(n)}- item ${n}`).join('\n')
  const styles = `${'<b><i>'.repeat(30)}styled${'</i></b>'.repeat(30)}\n`
  const divs = `${'<div>'.repeat(2000)}boxed${'</div>'.repeat(2000)}\n`
  const zine = await make(
    zineSite({ a: `${quotes}\n${styles}\n\n${lists}\n`, 'b.html': `---\ntitle: B\n---\n${divs}` }),
  )
  expect(new Set(zine.findings.map(each => each.split(' ')[0]))).toEqual(new Set(['zine/unprintable']))
  const wanted = ['deep down', 'styled', ...Array.from({ length: 12 }, (_, n) => `item ${n}`)]
  expect(missingParagraphs(pdfTexts(zine.pdf), wanted)).toEqual([])
})

test('an empty post, and one of nothing but notes', async () => {
  const zine = await make(
    zineSite({ a: '', b: 'A.[^1]\n\n[^1]: B.[^2]\n[^2]: C, which calls [^1] again.\n' }),
  )
  expect(zine.findings).toEqual([])
  expect(missingParagraphs(pdfTexts(zine.pdf), ['A.', 'B.', 'C, which calls again.'])).toEqual([])
  expect(epubFaults(zine.epub)).toEqual([])
})
