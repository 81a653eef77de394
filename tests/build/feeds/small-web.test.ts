import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pathsOf, type Files } from '../../tree.ts'
import { repository } from '../../program.ts'
import { folderWith } from '../../folder.ts'
import { builtSite } from '../built-site.ts'

const config = (site: object) => ({
  'imprimatur.config.json': JSON.stringify({
    site: { url: 'https://user.example/blog/', title: 'T', ...site },
  }),
})

const post = '---\ndate: 2026-01-01\ntags: [a]\n---\nWords\n'
const layout = '<head><title>t</title><%- metadata() %></head><%- body %>'

const built = async (site: object, files: Files = {}) =>
  (
    await builtSite({
      'layouts/default.ejs': layout,
      'pages/index.md': '# Home\n',
      'pages/post.md': post,
      ...config(site),
      ...files,
    })
  ).output

/** The namespaces of a document’s elements, and the prefixes that are declared, by an XML parser of its own. */
function vocabulary(xml: string): string {
  const file = join(folderWith({ 'feed.xml': xml }), 'feed.xml')
  const query = '//*[namespace-uri()="http://www.w3.org/1999/xhtml"] | //namespace::h'
  return spawnSync('xmllint', ['--xpath', `count(${query})`, file], { encoding: 'utf8' }).stdout.trim()
}

test('no feed has what the validator of the W3C advises against: XHTML outside of content, and a prefix for it', () => {
  const docs = join(repository, 'docs')
  const feeds = pathsOf(docs).filter(path => /(?:atom|rss)\.xml$|\.atom$/.test(path))
  expect(feeds.length).toBeGreaterThan(10)
  for (const path of feeds)
    expect([path, vocabulary(readFileSync(join(docs, path), 'utf8'))]).toEqual([path, '0'])
  expect(vocabulary('<feed xmlns:h="http://www.w3.org/1999/xhtml"><h:p/></feed>')).not.toBe('0')
})

describe('the icon of feeds', () => {
  const icons = async (site: object, files: Files) => {
    const output = await built(site, files)
    return [
      /<icon>(.*?)<\/icon>/.exec(output['atom.xml'] ?? '')?.[1],
      /<icon>(.*?)<\/icon>/.exec(output['tags/a/atom.xml'] ?? '')?.[1],
      /<image>\n<url>(.*?)<\/url>\n<title>T<\/title>\n<link>https:\/\/user\.example\/blog\/<\/link>/.exec(
        output['rss.xml'] ?? '',
      )?.[1],
      (JSON.parse(output['feed.json'] ?? '') as { icon?: string }).icon,
    ]
  }
  const png = 'https://user.example/blog/icon.png'
  const svg = 'https://user.example/blog/favicon.svg'

  test('is the file that is called so', async () =>
    expect(await icons({}, { 'pages/icon.png': 'x', 'pages/favicon.svg': '<svg/>' })).toEqual([
      png,
      png,
      png,
      png,
    ]))
  test('is none in RSS, which has no SVG', async () =>
    expect(await icons({}, { 'pages/favicon.svg': '<svg/>' })).toEqual([svg, svg, undefined, svg]))
  test('is what the configuration says', async () => {
    const own = 'https://user.example/blog/a/me.jpg'
    expect(await icons({ icon: '/a/me.jpg' }, { 'pages/icon.png': 'x' })).toEqual([own, own, own, own])
  })
  test('is none where there is none', async () =>
    expect(await icons({}, {})).toEqual([undefined, undefined, undefined, undefined]))
})

describe('what metadata() says of whom', () => {
  const author = {
    name: 'A. Author',
    url: '/about/',
    fediverse: 'me@social.example',
    profiles: ['https://social.example/@me', 'https://code.example/me'],
  }
  const files = {
    'pages/about.md': '# About\n',
    'pages/index.ru.md': '---\ntranslationOf: /\n---\n# Домой\n',
    'pages/guest.md': '---\nauthor: A Guest\n---\n',
  }

  test('the account of the author stands on every page that nobody else has written', async () => {
    const output = await built({ author }, files)
    const tag = '<meta name="fediverse:creator" content="@me@social.example">'
    for (const path of ['index.html', 'post/index.html', 'about/index.html'])
      expect(output[path]).toContain(tag)
    expect(output['guest/index.html']).not.toContain('fediverse')
  })

  test('who else is the same person is said at home, in each language, and on the page about the author', async () => {
    const output = await built({ author }, files)
    const me = author.profiles.map(href => `<link rel="me" href="${href}">`).join('\n')
    for (const path of ['index.html', 'ru/index.html', 'about/index.html']) expect(output[path]).toContain(me)
    expect(output['post/index.html']).not.toContain('rel="me"')
  })

  test('webmentions are taken at the address of the configuration', async () => {
    const endpoint = 'https://mentions.example/user.example/webmention'
    expect((await built({ webmention: endpoint }))['post/index.html']).toContain(
      `<link rel="webmention" href="${endpoint}">`,
    )
    expect((await built({}))['post/index.html']).not.toContain('webmention')
  })
})

test.each([
  [{ author: 'A. Author' }, 'it is no object'],
  [{ author: { name: '' } }, 'name is text'],
  [{ author: { url: 'about' } }, 'url is an address'],
  [{ author: { fediverse: 'me' } }, 'fediverse is an account'],
  [{ author: { profiles: 'https://a.example' } }, 'profiles is a list'],
  [{ webmention: '/webmention' }, 'an address such as'],
])('the configuration refuses %j', async (site, why) => {
  const { diagnostics } = await builtSite({ ...config(site), 'pages/index.md': 'x' })
  expect(diagnostics.map(({ code }) => code)).toEqual(['config/value'])
  expect(`${diagnostics[0]?.message} ${diagnostics[0]?.hint}`).toContain(why)
})
