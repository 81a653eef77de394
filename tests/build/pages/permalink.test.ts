import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { permalinkAddress } from '../../../src/build/pages/permalink.ts'
import { readFileName } from '../../../src/document/place/file-name.ts'
import { builtSite } from '../built-site.ts'

const page = (source: string, fields: object = {}) => ({
  source,
  name: readFileName(source),
  date: '2020-03-04T10:00:00Z',
  slug: undefined,
  section: 'posts',
  ...fields,
})

describe('a pattern', () => {
  test.each([
    ['/:year/:slug/', '2020/a_title/index.html'],
    ['/:year-:month-:day.html', '2020-03-04.html'],
    ['/:section/:filename', 'posts/a_title/index.html'],
    ['/x/:sections/:slug.html', 'x/posts/old/a_title.html'],
    ['/a:b/:slug/', 'a:b/a_title/index.html'],
    ['/12:30/', '12:30/index.html'],
  ])('%s', (written, path) =>
    expect(permalinkAddress(written, page('posts/old/2020-01-02-a_title.md'))).toMatchObject({ path }),
  )

  test('names the folder of an index, and the slug before the file', () => {
    expect(permalinkAddress('/:slug/', page('posts/b/index.md'))).toMatchObject({ path: 'b/index.html' })
    expect(permalinkAddress('/:slug/:filename/', page('posts/b.md', { slug: 'c?' }))).toMatchObject({
      path: 'c?/b/index.html',
    })
  })

  test.each([
    ['/:year/', { date: undefined }, 'the page has no date for :year'],
    ['/:section/', { section: undefined }, 'the page has no section for :section'],
    ['/:title/', {}, ':title stands for nothing; it is the file’s name to Jekyll'],
    ['/:foo/', {}, ':foo stands for nothing; what does is :year :month'],
    ['/{{ page.date }}/', {}, 'no template is run in it'],
    ['/{% now %}/', {}, 'no template is run in it'],
    ['/<%= page.title %>/', {}, 'no template is run in it'],
  ])('%s is refused', (written, fields, why) =>
    expect(permalinkAddress(written, page('a.md', fields))).toContain(why),
  )

  test('is filled in, or refused, and never an address itself', () => {
    const segment = fc.oneof(
      fc.constantFrom(':year', ':slug', ':title', ':x', ':sections', 'a', 'b:c', '{{ x }}'),
      fc.stringMatching(/^[:{}a-z_.-]{1,6}$/),
    )
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), segments => {
        const place = permalinkAddress(`/${segments.join('/')}/`, page('a.md'))
        if (typeof place === 'string') return
        expect(place.path).not.toMatch(/(?:^|[/\-_.]):[a-z]|\{\{/i)
      }),
    )
  })
})

test('patterns that cannot be filled in are told where they are written', async () => {
  const { findings, diagnostics } = await builtSite({
    'pages/a.md': '---\ntitle: A\npermalink: /:year/:slug/\n---\n',
    'pages/b.md': '---\naliases: [/:slug/]\n---\n',
  })
  expect(findings).toEqual(['route/address pages/a.md:3:12', 'route/address pages/b.md:2:10'])
  expect(diagnostics[0]?.message).toBe('“/:year/:slug/” can be no address: the page has no date for :year')
})

test('redirect_from leads to a page as aliases do; an alias that is one already, or the page itself, is none', async () => {
  const { output, findings } = await builtSite({
    'pages/a.md': '---\nredirect_from:\n  - /old/\n  - /old\n  - /a\naliases: /older/\n---\n',
    'pages/b.md': '---\nredirect_from: /2020/01/02/b.html\n---\n',
  })
  expect(findings).toEqual([])
  expect(Object.keys(output).toSorted()).toEqual([
    '2020/01/02/b.html',
    'a/index.html',
    'b/index.html',
    'old/index.html',
    'older/index.html',
  ])
  expect(output['2020/01/02/b.html']).toContain('url=/b/')
})

test('categories are tags', async () => {
  const { output, findings } = await builtSite({
    'layouts/default.ejs': '<%= page.tags.join(" ") %>',
    'pages/a.md': '---\ntags: [x, y]\ncategories: [y, z]\n---\n',
    'pages/b.md': '---\ncategory: x\n---\n',
    'pages/c.md': '---\ncategories:\n---\n',
  })
  expect([findings, Object.values(output)]).toEqual([[], ['x y z', 'x', '']])
})
