import { decodeHTML, decodeXML } from 'entities'
import { escape } from '../../../src/core/html.ts'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFragment, defaultTreeAdapter as tree, type DefaultTreeAdapterTypes } from 'parse5'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { repository } from '../../program.ts'
import { folderWith } from '../../folder.ts'
import { builtSite } from '../built-site.ts'

const schemas = join(repository, 'tests/schemas')
const docs = (path: string) => readFileSync(join(repository, 'docs', path), 'utf8')

/** The error of xmllint when the text does not fit the schema; else empty. */
function schemaError(schema: string, text: string): string {
  const file = join(folderWith({ 'feed.xml': text }), 'feed.xml')
  const args = ['--noout', '--nonet', '--relaxng', join(schemas, schema), file]
  const { status, stderr } = spawnSync('xmllint', args, { encoding: 'utf8' })
  return status === 0 ? '' : stderr
}

const address = z.string().regex(/^https:\/\/\S+$/)
const instant = z.iso.datetime({ offset: true })

/** JSON Feed 1.1, strict: nothing that the specification does not name. */
const jsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string().min(1),
  home_page_url: address,
  feed_url: address,
  description: z.string().optional(),
  icon: address.optional(),
  language: z.string(),
  authors: z.array(z.strictObject({ name: z.string(), url: address.optional() })).min(1),
  items: z.array(
    z.strictObject({
      id: z.string().min(1),
      url: address,
      title: z.string().min(1),
      summary: z.string().optional(),
      content_html: z.string().min(1),
      date_published: instant,
      date_modified: instant,
      language: z.string(),
      tags: z.array(z.string()),
    }),
  ),
})

interface JsonFeed {
  readonly items: readonly {
    readonly id: string
    readonly title: string
    readonly content_html: string
    readonly date_modified: string
  }[]
}

const folders = ['', 'en/', 'ru/']

describe('the feeds of the repository’s own site', () => {
  test.each(folders)('/%satom.xml is Atom', folder => {
    expect(schemaError('atom.rng', docs(`${folder}atom.xml`))).toBe('')
  })
  test.each(folders)('/%srss.xml is RSS 2.0', folder => {
    expect(schemaError('rss.rng', docs(`${folder}rss.xml`))).toBe('')
  })
  test.each(folders)('/%sfeed.json is JSON Feed 1.1', folder => {
    expect(jsonFeed.safeParse(JSON.parse(docs(`${folder}feed.json`))).error).toBeUndefined()
  })
})

test('the schemas refuse what they should', () => {
  const atom = docs('atom.xml')
  expect(schemaError('atom.rng', atom.replace(/<updated>.*?<\/updated>/, ''))).toContain('fails to validate')
  expect(schemaError('atom.rng', atom.replace(/<id>https:/, '<id>'))).toContain('fails to validate')
  expect(schemaError('rss.rng', docs('rss.xml').replace(/<pubDate>..., /, '<pubDate>'))).toContain(
    'fails to validate',
  )
})

function elements(html: string): readonly DefaultTreeAdapterTypes.Element[] {
  const found: DefaultTreeAdapterTypes.Element[] = []
  const visit = (parent: DefaultTreeAdapterTypes.ParentNode) => {
    for (const child of parent.childNodes) {
      if (!tree.isElementNode(child)) continue
      found.push(child)
      visit(child)
    }
  }
  visit(parseFragment(html))
  return found
}

describe('an entry', () => {
  const site = {
    'imprimatur.config.json': '{ "site": { "title": "A & <B>", "url": "https://feeds.example" } }',
    'pages/cat.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="2" height="1"/>',
    'pages/posts/one.md':
      '---\ntitle: "Q&amp;A&nbsp;<1>"\ndate: 2026-01-02\nupdated: 2026-02-03T10:00:00+03:00\ntags: [c++]\n---\n' +
      'Note[^1], [home](/), [two](two.md), [part](#part), ![](../cat.svg) \u0007\n\n## Part\n\n' +
      '<img srcset="/cat.svg 1x, ../cat.svg 2x" src="/cat.svg" alt=""><script>alert(1)</script>\n\n[^1]: Here.\n',
    'pages/posts/two.md':
      '---\ntitle: Two\ndate: 2026-01-03\nguid: /older/two/\n---\nNote[^1].\n\n[^1]: There.\n',
  }
  const built = builtSite(site)
  const items = async () => (JSON.parse((await built).output['feed.json'] ?? '') as JsonFeed).items

  test('is in full, with real characters, in a feed that is well formed', async () => {
    const { output, findings } = await built
    expect(findings).toEqual([])
    expect(schemaError('atom.rng', output['atom.xml'] ?? '')).toBe('')
    expect(schemaError('rss.rng', output['rss.xml'] ?? '')).toBe('')
    const [, one] = await items()
    expect(one?.title).toBe('Q&A\u00a0<1>')
    expect(output['atom.xml']).toContain('<title>Q&amp;A\u00a0&lt;1&gt;</title>')
    expect(one?.content_html).toContain('<h2 ')
  })

  test('has absolute addresses, no script, and ids of its own', async () => {
    const all = (await items()).flatMap(({ content_html: html }) => elements(html))
    const attributes = all.flatMap(({ attrs }) => attrs)
    const links = attributes.filter(({ name }) => ['href', 'src'].includes(name)).map(({ value }) => value)
    expect(links.length).toBeGreaterThan(6)
    for (const link of links) expect(link).toMatch(/^https:\/\/feeds\.example\//)
    expect(links).toContain('https://feeds.example/posts/one/#part')
    expect(attributes.find(({ name }) => name === 'srcset')?.value).toBe(
      'https://feeds.example/cat.svg 1x, https://feeds.example/posts/cat.svg 2x',
    )
    const ids = attributes.filter(({ name }) => name === 'id').map(({ value }) => value)
    expect(new Set(ids).size).toBe(ids.length)
    expect(all.map(({ tagName }) => tagName)).not.toContain('script')
  })

  test('says when it changed, and keeps its id when its page moves', async () => {
    const [two, one] = await items()
    expect(one?.date_modified).toBe('2026-02-03T07:00:00Z')
    expect([one?.id, two?.id]).toEqual([
      'https://feeds.example/posts/one/',
      'https://feeds.example/older/two/',
    ])
  })
})

test('a feed holds the newest fifty', async () => {
  const posts = Array.from({ length: 60 }, (_, i) => [
    `pages/p/${i}.md`,
    `---\ndate: 2025-01-${10 + (i % 20)}\n---\nx\n`,
  ])
  const { output } = await builtSite({ 'imprimatur.config.json': '{}', ...Object.fromEntries(posts) })
  expect((JSON.parse(output['feed.json'] ?? '') as JsonFeed).items).toHaveLength(50)
})

test('what a page says of itself is plain text: RSS, which takes it for HTML, gets it escaped', async () => {
  const title = 'Use <b> & “]]>” <script>alert(1)</script>'
  const { output } = await builtSite({
    'imprimatur.config.json': '{ "site": { "title": "T", "url": "https://feeds.example" } }',
    'pages/a.md': `---\ndate: 2026-01-01\ndescription: '${title}'\n---\n`,
  })
  const [, description = ''] =
    /<item>[^]*<description>([^]*?)<\/description>/.exec(output['rss.xml'] ?? '') ?? []
  const [, summary = ''] = /<summary>([^]*?)<\/summary>/.exec(output['atom.xml'] ?? '') ?? []
  expect([decodeXML(description), decodeHTML(decodeXML(description)), decodeXML(summary)]).toEqual([
    escape(title),
    title,
    title,
  ])
})

describe('a list has a feed', () => {
  const post = (n: number, fields: string) =>
    `---\ntitle: Post ${n}\ndescription: About ${n}\ndate: 2026-01-${String(n).padStart(2, '0')}\n${fields}\n---\nBody ${n}.\n`
  const site = {
    'imprimatur.config.json': '{ "site": { "title": "Ours", "url": "https://feeds.example" } }',
    'layouts/default.ejs': '<%- metadata() %>',
    'pages/posts/1.md': post(1, 'tags: [xmpp, Ключи и замки]'),
    'pages/posts/2.md': post(2, 'tags: [xmpp]\nlang: ru'),
    'pages/notes/3.md': post(3, 'lang: ru'),
    'pages/undated.md': '---\ntags: [xmpp, never]\n---\nx\n',
  }
  const built = builtSite(site)
  const feeds = async () => {
    const { output } = await built
    return Object.keys(output).filter(path => path.endsWith('atom.xml'))
  }
  const titlesIn = (feed = '') => [...feed.matchAll(/<title>(.*?)<\/title>/g)].map(([, title]) => title)

  test('by section, by tag and by language, of what is dated', async () => {
    expect((await feeds()).toSorted()).toEqual([
      'atom.xml',
      'en/atom.xml',
      'notes/atom.xml',
      'posts/atom.xml',
      'ru/atom.xml',
      'tags/xmpp/atom.xml',
      'tags/ключи-и-замки/atom.xml',
    ])
    const { output, findings } = await built
    expect(findings).toEqual([])
    for (const path of await feeds()) expect(schemaError('atom.rng', output[path] ?? '')).toBe('')
    expect(titlesIn(output['tags/xmpp/atom.xml'])).toEqual(['Ours: xmpp', 'Post 2', 'Post 1'])
    expect(titlesIn(output['notes/atom.xml'])).toEqual(['Ours: notes', 'Post 3'])
    expect(output['notes/atom.xml']).toContain('xml:lang="ru"')
    expect(output['tags/xmpp/atom.xml']).toContain('&lt;p&gt;Body 2.&lt;/p&gt;')
    expect(output['tags/xmpp/atom.xml']).toContain(
      '<link rel="alternate" type="text/html" href="https://feeds.example/tags/xmpp/"/>',
    )
  })

  test('which its page names, and no other page', async () => {
    const { output } = await built
    const named = Object.entries(output).flatMap(([path, text]) =>
      [...text.matchAll(/<link [^>]*href="(\/(?:posts|notes|tags)\/[^"]*atom\.xml)"/g)].map(
        ([, href]) => `${path} ${href}`,
      ),
    )
    expect(named.toSorted()).toEqual([
      'notes/index.html /notes/atom.xml',
      'posts/index.html /posts/atom.xml',
      'tags/xmpp/index.html /tags/xmpp/atom.xml',
      `tags/ключи-и-замки/index.html ${encodeURI('/tags/ключи-и-замки/atom.xml')}`,
    ])
  })

  test('with the title of the author’s own page, and not where the author has a file', async () => {
    const { output } = await builtSite({
      ...site,
      'pages/posts/index.md': '---\ntitle: All that we wrote\n---\nx\n',
      'pages/tags/xmpp/atom.xml': 'mine',
    })
    expect(titlesIn(output['posts/atom.xml'])[0]).toBe('Ours: All that we wrote')
    expect(output['tags/xmpp/atom.xml']).toBe('mine')
  })

  test('and a section that is called like a language leaves the feed of the language where it is', async () => {
    const { output } = await builtSite({ ...site, 'pages/ru/4.md': post(4, 'lang: en') })
    expect(titlesIn(output['ru/atom.xml'])).toEqual(['Ours (русский)', 'Post 3', 'Post 2'])
  })

  test('describes an entry that no feed of the site has any more', async () => {
    const many = Array.from({ length: 55 }, (_, n) => [
      `pages/many/${n}.md`,
      `---\ndate: 2026-02-01\n---\nx\n`,
    ])
    const { output } = await builtSite({
      ...site,
      'pages/posts/2.md': post(2, 'tags: [xmpp]'),
      ...Object.fromEntries(many),
      'pages/notes/3.md': post(3, ''),
    })
    const feed = output['tags/xmpp/atom.xml'] ?? ''
    expect(titlesIn(feed)).toEqual(['Ours: xmpp', 'Post 2', 'Post 1'])
    expect(feed).toContain('<summary>About 2</summary>')
    expect(feed).not.toContain('<content')
  })
})

test('a page or file of the author’s wins over what the program would make', async () => {
  const { output, findings } = await builtSite({
    'imprimatur.config.json': '{ "security": { "contact": "mailto:a@b.example", "expires": "2027-01-01" } }',
    'pages/posts/a.md': '---\ndate: 2026-01-01\ntags: [t]\n---\nx\n',
    'pages/robots.txt': 'mine',
    'pages/tags/t.md': 'mine',
    'pages/rss.ejs': '---\npermalink: /rss.xml\nlayout: none\n---\nmine',
    'pages/old.md': '---\naliases: [/posts/2026/]\n---\nx\n',
  })
  expect(findings).toEqual([])
  expect(output['robots.txt']).toBe('mine')
  expect(output['rss.xml']).toBe('mine')
  expect(output['tags/t/index.html']).toBe('<p>mine</p>\n')
  expect(output['posts/2026/index.html']).toContain('url=/old/')
  expect(output['.well-known/security.txt']).toMatch(
    /^Contact: mailto:a@b\.example\nExpires: 2027-01-01T00:00:00Z\n/,
  )
})
