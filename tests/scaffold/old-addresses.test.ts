import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importSite } from '../../src/scaffold/import/import-site.ts'
import { folderWith } from '../folder.ts'
import { imprimatur } from '../program.ts'
import type { Files } from '../tree.ts'

const posts = (count: number, name: (n: number) => string, text: (n: number) => string): Files =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [name(i + 1), text(i + 1)]))

/** Lists, feeds and the like of each generator by its own documentation, and where they lead or what they are. */
const sites: Readonly<
  Record<
    string,
    {
      readonly files: Files
      readonly built?: Files
      readonly alive: Readonly<Record<string, string>>
      readonly dead?: readonly string[]
    }
  >
> = {
  Jekyll: {
    files: {
      '_config.yml':
        'title: J\nplugins: [jekyll-feed]\npaginate: 2\npermalink: /:year/:title\ncollections:\n  notes: { output: true }\n',
      '_layouts/post.html': '{{ content }}',
      'tags.html': '---\n---\n{% for t in site.tags %}{% endfor %}',
      'fancy/index.html': '---\n---\n{% for t in site.fancy %}{% endfor %}',
      'plain.html': '---\ntitle: Plain\n---\n<p>{{ site.baseurl }}</p>',
      '_notes/n.md': '---\ntitle: N\n---\nText.\n',
      'css/main.scss': '---\n---\n@import "a";',
      ...posts(
        3,
        n => `_posts/2020-01-0${n}-p${n}.md`,
        n => `---\ntitle: P${n}\ntags: one two\n---\nText.\n`,
      ),
      '_posts/2020-02-01-d.md': '---\ntitle: D\ndraft: true\n---\nText.\n',
    },
    built: { 'css/main.css': 'p {}', 'fancy/index.html': '<title>Fancy</title>' },
    alive: {
      'feed.xml': '<feed',
      'page2/index.html': 'url=/',
      'tags.html': 'url=/tags/',
      '2020/p1.html': 'url=/2020/p1/',
      'tags/two/index.html': '/2020/p3/',
      'notes/n.html': 'Text.',
      'plain.html': '<p></p>',
    },
    dead: ['/fancy/', '/css/main.css', '/2020/d/, /2020/d.html'],
  },
  Hugo: {
    files: {
      'hugo.toml':
        "baseURL = 'https://example.com/'\npaginate = 2\ntheme = 't'\n[taxonomies]\ntag = 'tags'\ntopic = 'topics'\n[languages.en]\n[languages.ru]\n",
      'content/blog/_index.md': '---\ntitle: Blog\n---\nWords before.\n',
      ...posts(
        3,
        n => `content/blog/p${n}.md`,
        n => `+++\nTitle = "P"\nDate = 2020-01-0${n}\nTags = ["One Two"]\nTopics = ["Big"]\n+++\nText.\n`,
      ),
      'content/blog/p1.ru.md': '---\ntitle: П\ndate: 2020-01-01\ntags: [Раз]\n---\nТекст.\n',
      'themes/t/static/t.css': 'p {}',
    },
    alive: {
      'index.xml': '<rss',
      'blog/index.html': '/blog/p3/',
      'blog/index.xml': '<feed',
      'blog/page/2/index.html': 'url=/blog/',
      'tags/one-two/index.xml': '<feed',
      'tags/one-two/page/1/index.html': 'url=/tags/one-two/',
      'topics/index.html': 'url=/tags/',
      'topics/big/index.html': 'url=/tags/big/',
      'ru/index.xml': '<rss',
      'ru/tags/раз/index.html': 'url=/tags/',
      'ru/sitemap.xml': '<urlset',
      't.css': 'p {}',
      '404.html': '',
    },
  },
  Zola: {
    files: {
      'config.toml':
        'base_url = "https://example.com"\ncompile_sass = true\ngenerate_feeds = true\nfeed_filenames = ["rss.xml"]\ntaxonomies = [{ name = "labels", feed = true, paginate_by = 1 }]\n',
      'content/_index.md': '+++\ntitle = "Home"\npaginate_by = 2\n+++\n',
      ...posts(
        3,
        n => `content/p${n}.md`,
        n =>
          `+++\ntitle = "P${n}"\ndate = 2020-01-0${n}\naliases = ["old/p${n}.html"]\n[taxonomies]\nlabels = ["Имя"]\n+++\nText.\n`,
      ),
      'content/notes/_index.md': '+++\ntitle = "Notes"\ngenerate_feeds = true\n+++\n',
      'content/notes/n.md': '+++\ntitle = "N"\ndate = 2020-02-01\n+++\nText.\n',
      'sass/main.scss': 'p {}',
    },
    alive: {
      'index.html': '/p3/',
      'rss.xml': '<rss',
      'old/p1.html': 'url=/p1/',
      'page/2/index.html': 'url=/',
      'labels/imia/index.html': 'url=/tags/',
      'labels/imia/page/3/index.html': 'url=/tags/',
      'labels/imia/rss.xml': '<feed',
      'notes/rss.xml': '<feed',
    },
    dead: ['/main.css'],
  },
  Eleventy: {
    files: {
      'eleventy.config.js':
        "import { IdAttributePlugin } from '@11ty/eleventy'\nexport default c => { c.addPassthroughCopy({ './public/': '/' }); c.addPlugin(feed, { outputPath: '/feed/feed.xml' }); return { dir: { input: 'content' } } }",
      'content/tags.njk': '---\npermalink: /tags/{{ tag | slugify }}/\n---\n',
      'content/blog.njk': '---\ntitle: All\n---\n',
      'content/odd.njk': '---\npermalink: /odd/page.html\n---\n',
      'content/blog/one/one.md': '---\ntitle: One\ndate: 2020-01-01\ntags: [Big Tag]\n---\n## A & b\n',
      'public/a.txt': 'a',
    },
    alive: {
      'feed/feed.xml': '<feed',
      'blog/one/index.html': 'id="a-and-b"',
      'tags/big-tag/index.html': '/blog/one/',
      'a.txt': 'a',
    },
    dead: ['/odd/page.html'],
  },
  Hexo: {
    files: {
      '_config.yml': 'title: X\nper_page: 2\ntheme: t\n',
      'package.json':
        '{ "dependencies": { "hexo": "7", "hexo-generator-index": "1", "hexo-generator-archive": "1", "hexo-generator-tag": "1", "hexo-generator-category": "1", "hexo-generator-feed": "1", "hexo-generator-sitemap": "1" } }',
      ...posts(
        3,
        n => `source/_posts/Why ${n}?.md`,
        n => `---\ntitle: W\ndate: 2020-01-0${n}\ntags: [Go Lang]\ncategories:\n  - [a, b]\n---\n## Don't\n`,
      ),
      'themes/t/source/t.js': '1',
    },
    alive: {
      'atom.xml': '<feed',
      'page/2/index.html': 'url=/',
      'archives/index.html': 'url=/posts/',
      'archives/2020/01/page/2/index.html': 'url=/posts/',
      'tags/Go-Lang/index.html': 'url=/tags/go-lang/',
      'categories/a/b/index.html': 'url=/tags/b/',
      '2020/01/01/Why 1/index.html': 'id="Don’t"',
      't.js': '1',
    },
    dead: ['/sitemap.txt'],
  },
  Pelican: {
    files: {
      'pelicanconf.py':
        "SITENAME = 'P'\nPATH = 'content'\nTHEME = 'themes/t'\nDEFAULT_PAGINATION = 2\nFEED_ALL_ATOM = None\nCATEGORY_FEED_ATOM = None\nAUTHOR = 'Some Body'\n",
      'publishconf.py': "FEED_ALL_ATOM = 'feeds/all.atom.xml'\nCATEGORY_FEED_ATOM = 'feeds/%s.atom.xml'\n",
      ...posts(
        3,
        n => `content/Code Words/p${n}.md`,
        n => `Title: P ${n}\nDate: 2020-01-0${n}\nTags: a, b\n\nText.\n`,
      ),
      'content/Code Words/old.rst': 'Old One\n#######\n\n:date: 2019-01-01\n\nText.\n',
      'themes/t/static/css/t.css': 'p {}',
    },
    alive: {
      'index2.html': 'url=/',
      'archives.html': 'url=/Code%20Words/',
      'tags.html': 'url=/tags/',
      'tag/a2.html': 'url=/tags/a/',
      'category/code-words.html': 'url=/tags/code-words/',
      'author/some-body2.html': 'url=/',
      'feeds/all.atom.xml': '<feed',
      'feeds/code-words.atom.xml': '<feed',
      'theme/css/t.css': 'p {}',
    },
    dead: ['/old-one.html'],
  },
  nanogen: {
    files: {
      'site.config.js': "export default { build: { srcPath: './web' }, site: { title: 'N' } }",
      'package.json': '{ "dependencies": { "nanogen": "1" } }',
      'web/layouts/default.ejs': '<main><%- body %></main>',
      'web/pages/a.md': '## Here’s a&nbsp;list\n\n## Русский\n\n> ## In it’s place\n',
      'web/assets/rss.xml': '<rss/>',
    },
    alive: { 'a/index.html': 'id="here-s-alist"', 'rss.xml': '<rss/>' },
  },
}

describe.each(Object.entries(sites))('old addresses of %s', (_, { files, built = {}, alive, dead = [] }) => {
  test('lists and feeds lead on or are there, and what is lost is named with its address', async () => {
    const old = folderWith(files)
    const cwd = folderWith()
    await imprimatur(['import', old, 'new'], { cwd })
    const fresh = join(cwd, 'new')
    const run = await imprimatur(['build', '--format', 'json'], { cwd: fresh })
    const broken = (JSON.parse(run.stdout) as { diagnostics: { code: string }[] }).diagnostics
    expect(broken.filter(({ code }) => !/typography|foreign/.test(code))).toEqual([])
    for (const [path, part] of Object.entries(alive)) {
      const file = join(fresh, 'docs', path)
      expect([path, existsSync(file) && readFileSync(file, 'utf8')]).toEqual([
        path,
        expect.stringContaining(part),
      ])
    }
    const report = readFileSync(join(fresh, 'IMPORT.md'), 'utf8')
    for (const each of dead) expect(report).toContain(each)
  })

  test('with the site as it was built, each file of it is there or named', () => {
    const old = folderWith(files)
    const was = folderWith({
      ...built,
      'made/by/nobody/index.html': '<title>A page of\nnobody</title>',
      'made/x.css': 'p {}',
      'made/feed.xml': '<rss></rss>',
      'made/page/2/index.html': '<link rel="canonical" href="https://example.com/">',
    })
    const { value } = importSite(old, { today: '2026-11-27', built: was })
    const report = String(value?.files.get('IMPORT.md'))
    expect(report).toContain('`/made/by/nobody/: a page, “A page of nobody”`')
    expect(value?.files.get('static/made/x.css')).toEqual(Buffer.from('p {}'))
    for (const address of ['/made/x.css', '/made/page/2/']) expect(value?.addresses).toContain(address)
    for (const path of Object.keys(built))
      expect(value?.addresses.includes(`/${path}`) || report.includes(path.replace('index.html', ''))).toBe(
        true,
      )
  })
})
