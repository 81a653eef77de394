import { decodeHTML } from 'entities/decode'
import { array, assert, asyncProperty, constantFrom, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../../src/core/types.ts'
import { locatePlaces, type ShownPart } from '../../../src/dev/marks/locate-places.ts'
import { textNodes } from '../../../src/dev/marks/text-nodes.ts'
import { createDevSession } from '../../../src/dev/session.ts'
import type { ServedFile } from '../../../src/dev/server/served-site.ts'
import { folderWith } from '../../folder.ts'
import { writeFiles } from '../../tree.ts'

const layouts = {
  'layouts/default.ejs': '<!doctype html><title>T</title><body><main><%- body %></main></body>',
  'layouts/contents.ejs':
    '<!doctype html><body><ul><% for (const h of page.headings) { %><li><%= h.text %></li><% } %></ul><%- body %><footer><%= page.excerpt %></footer></body>',
}

/** A session of a site with one page, which is written anew again and again. */
async function pages(path: string) {
  const root = folderWith({ ...layouts, [`pages/${path}`]: '' })
  const session = createDevSession({ root, overrides: {}, now: () => new Date() })
  return async (text: string): Promise<ServedFile> => {
    writeFiles(root, { [`pages/${path}`]: text })
    await session.refresh()
    return session.read('page/index.html')!
  }
}

/** The text of the page around a part, in the order of the document. */
function around(html: string, { node, start, end }: ShownPart) {
  const texts = textNodes(html)
  const join = (some: typeof texts) => some.map(({ data, isShown }) => (isShown ? data : '')).join('\n')
  const { data } = texts[node]!
  return {
    before: `${join(texts.slice(0, node))}\n${data.slice(0, start)}`,
    own: data.slice(start, end),
    after: `${data.slice(end)}\n${join(texts.slice(node + 1))}`,
  }
}

const folded = (text: string) => text.replace(/[ \t\r\n>]+/g, ' ')
const words = (text: string) => decodeHTML(text).match(/[a-z]+/g) ?? []

/** What stands in the source around a place, as a reader gets it; markup has no small letters. */
function expected(source: string, [start, end]: readonly [number, number]) {
  const bare = (text: string) => text.replace(/<[^>]*>|\]\([^)]*\)/g, '')
  return {
    before: words(bare(source.slice(0, start))).at(-1),
    own: folded(decodeHTML(source.slice(start, end))),
    after: words(bare(source.slice(end)))[0],
  }
}

function check(served: ServedFile): { shown: number; hidden: readonly Diagnostic[] } {
  const { source, findings, shown } = served.review!()!
  const { parts } = shown()
  const html = served.contents as string
  for (const finding of findings) {
    const own = parts.get(finding) ?? []
    const places = finding.fix?.edits.map(({ span }) => span) ?? [finding.span!]
    if (own.length === 0) continue
    expect(own.length).toBe(places.length)
    own.forEach((part, i) => {
      const { before, own: characters, after } = around(html, part)
      expect({
        before: words(before).at(-1),
        own: folded(characters),
        after: words(after)[0],
        source: source.text,
      }).toEqual({ ...expected(source.text, places[i]!), source: source.text })
    })
  }
  return { shown: parts.size, hidden: findings.filter(each => !parts.has(each)) }
}

/** Words that are each there once, so that a place is known by those beside it. */
const numbered = (n: number) =>
  n
    .toString(26)
    .split('')
    .map(c => String.fromCharCode(97 + Number.parseInt(c, 26)))
    .join('')

/** Text that departs from the rules in most ways that there are, on one line or several. */
const phrase = array(
  constantFrom(' ', ' ', ' - ', ' "', '" ', '... ', " '", "' ", ' 10 ', '&nbsp;', ', ', '; ', '\n'),
  {
    minLength: 3,
    maxLength: 14,
  },
).map(
  signs => (count: { n: number }) =>
    signs.map(sign => `${numbered(count.n++)}${sign}`).join('') + numbered(count.n++),
)

const wrap = {
  md: ['', '*', '**', '`X`', '[', '<EM>'],
  html: ['', '<EM>', '<A HREF="/X/">', '<STRONG>'],
}
const closing: Readonly<Record<string, string>> = {
  '*': '*',
  '**': '**',
  '[': '](/X/)',
  '<EM>': '</EM>',
  '<STRONG>': '</STRONG>',
  '<A HREF="/X/">': '</A>',
}

function inline(kind: 'md' | 'html') {
  return array(tuple(constantFrom(...wrap[kind]), phrase), { minLength: 1, maxLength: 4 }).map(
    parts => (count: { n: number }) =>
      parts
        .map(([mark, make]) => `${mark}${make(count).replace(/\n/g, ' ')}${closing[mark] ?? ''}`)
        .join(' '),
  )
}

const block = {
  md: constantFrom('', '## ', '- ', '> ', '1. ', '    ', '> - '),
  html: constantFrom('P', 'H2', 'LI', 'BLOCKQUOTE', 'TD'),
}

const markdown = array(tuple(block.md, inline('md'), phrase), { minLength: 1, maxLength: 6 }).map(blocks => {
  const count = { n: 0 }
  return blocks
    .map(([start, first, second]) =>
      start === '' ? `${first(count)}\n${second(count).replace(/\n\s*/g, '\n')}` : `${start}${first(count)}`,
    )
    .join('\n\n')
})

const elements = array(tuple(block.html, inline('html'), phrase), { minLength: 1, maxLength: 6 }).map(
  blocks => {
    const count = { n: 0 }
    return blocks
      .map(([name, first, second]) => {
        const inner = `<${name}>${first(count)}\n${second(count)}</${name}>`
        return name === 'TD' ? `<TABLE><TR>${inner}</TR></TABLE>` : inner
      })
      .join('\n')
  },
)

const templates = elements.map(text => `<% const X = 1 %>${text.replace(/<EM>/g, '<%= X %><EM>')}<%# X %>`)

describe('a mark stands on the very characters of its finding', () => {
  test.each([
    ['page.md', markdown],
    ['page.html', elements],
    ['page.ejs', templates],
  ])('%s', async (path, documents) => {
    const read = await pages(path)
    let [shown, hidden] = [0, 0]
    await assert(
      asyncProperty(documents, async text => {
        const seen = check(await read(text))
        shown += seen.shown
        hidden += seen.hidden.length
      }),
      { numRuns: 120, seed: 20261127 },
    )
    expect(shown).toBeGreaterThan(500)
    // Markers may change what emphasis is, and then there is no mark.
    expect(hidden / shown).toBeLessThan(0.005)
  })
})

describe('what is marked', () => {
  const show = async (path: string, text: string) => {
    const served = await (await pages(path))(text)
    const { findings, shown } = served.review!()!
    const { parts } = shown()
    return findings.map(each => [
      each.code,
      (parts.get(each) ?? []).map(part => around(served.contents as string, part).own),
    ])
  }

  test('the two marks of a quotation, and not what is between them', async () => {
    expect(await show('page.md', 'He *was* "quite *sure* of it".\n')).toContainEqual([
      'common/punctuation/quote',
      ['"', '"'],
    ])
  })

  test('what stands in the page more than once, in every place', async () => {
    const found = await show('page.md', '---\nlayout: contents\n---\nOne - two.\n\n## Three - four\n')
    expect(found).toEqual([
      ['en-US/dash/main', [' -', ' -']],
      ['en-US/dash/main', [' -', ' -']],
    ])
  })

  test('notes, definitions, tables, and what a template repeats', async () => {
    const text =
      'Word[^1]\n\n[^1]: A note - here\n\nTerm - one\n: Meaning - two\n\n| Alpha - beta |\n|---|\n| Gamma - delta |\n'
    const found = await show('page.md', text)
    expect(found.filter(([code]) => code === 'en-US/dash/main').map(([, parts]) => parts)).toEqual(
      Array.from({ length: 5 }, () => [' -']),
    )
    const repeated = await show('page.ejs', '<% for (let i = 0; i < 3; i++) { %><p>One - two</p><% } %>')
    expect(repeated).toEqual([['en-US/dash/main', [' -', ' -', ' -']]])
  })

  test('nothing that is no text of the page', async () => {
    const found = await show(
      'page.html',
      '<p title="x">One</p><script>"a - b"</script><!-- c - d --><img alt="e - f" src="x.png">',
    )
    expect(found.flatMap(([, parts]) => parts)).toEqual([])
  })

  test('nothing where a marker changes the page, and all else', () => {
    const text = 'a - b c - d'
    const page = (body: string) => `<body><p>${body}</p></body>`
    const render = (source: string) =>
      page(source.replace(/^a.* b/u, all => (all === 'a - b' ? all : 'changed')))
    const { parts } = locatePlaces({
      text,
      places: [
        [1, 3],
        [7, 9],
      ],
      html: render(text),
      render,
    })
    expect(parts).toEqual([{ place: 1, node: 0, start: 7, end: 9 }])
  })

  test('nothing when the page was made of another text', () => {
    const render = (source: string) => `<p>${source}</p>`
    expect(locatePlaces({ text: 'a - b', places: [[1, 3]], html: '<p>other</p>', render }).parts).toEqual([])
  })

  test('nothing of a page that is another each time, which is not rendered again and again', () => {
    const text = 'a - b'
    let times = 0
    const render = (source: string) => `<p>${source}</p><i>${times++}</i>`
    expect(locatePlaces({ text, places: [[1, 3]], html: render(text), render }).parts).toEqual([])
    expect(times).toBeLessThan(6)
  })

  test('nothing where every alphabet is in use', () => {
    const text = 'a - b \u2800\u{F0000}\u{20000}'
    const render = (source: string) => `<p>${source}</p>`
    expect(locatePlaces({ text, places: [[1, 3]], html: render(text), render }).parts).toEqual([])
    const letters = text.replace('\u{20000}', '')
    const [part] = locatePlaces({ text: letters, places: [[1, 3]], html: render(letters), render }).parts
    expect(part).toEqual({ place: 0, node: 0, start: 1, end: 3 })
  })
})
