import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importSite } from '../../src/scaffold/import/import-site.ts'
import { folderWith } from '../folder.ts'
import { imprimatur } from '../program.ts'
import { bytesOf, type Files } from '../tree.ts'

const png = new Uint8Array([1, 2, 3])

/** A small site of each generator; where its pages were, by its own documentation; and what of the text changes. */
const sites: Readonly<
  Record<
    string,
    {
      readonly files: Files
      readonly addresses: readonly string[]
      readonly texts?: Readonly<Record<string, readonly string[]>>
      readonly notes?: readonly string[]
    }
  >
> = {
  Jekyll: {
    files: {
      '_config.yml':
        'title: J\nurl: https://user.example\nbaseurl: /blog\ndefaults:\n  - scope: { path: "", type: posts }\n    values: { lang: en }\n',
      '_layouts/post.html': '{{ content }}',
      '_posts/2020-01-02-one.md':
        '---\n# kept\nlayout: post\ntitle: 1984\ntags: a, b # why\nredirect_from: [/old/one/]\ncategories: x\n---\n## A -- b\n\n{% highlight ruby %}\nputs `{% raw %}`\n{% endhighlight %}\n\n[two]({% post_url 2020-01-03-two %}) [home]({{ site.baseurl }}/about.html) {% include video.html %}\n',
      '_posts/2020-01-03-two.markdown':
        '---\ntitle: Two\npermalink: /second/\npublished: false\n---\nText.\n',
      '_drafts/later.md': '---\ntitle: Later\n---\nText.\n',
      'about.md': '---\ntitle: About\nurl: /x/\nwords: 5\n---\nText.\n',
      'index.html': '---\n---\n{% for p in site.posts %}{% endfor %}',
      'img/a.png': png,
    },
    addresses: ['/x/2020/01/02/one.html', '/old/one/', '/about.html', '/img/a.png', '/'],
    texts: {
      'posts/2020-01-02-one.md': [
        '# kept',
        'title: "1984"',
        '## A -- b {#a----b}',
        '```ruby\nputs `{% raw %}`\n```',
        '[two](2020-01-03-two.md)',
        '[home](/about.html)',
        'tags: [a, b, x] # why',
      ],
      'posts/2020-01-03-two.md': ['draft: true', 'permalink: /second/'],
      'posts/later.md': ['draft: true'],
      'about.md': ['old_words: 5'],
    },
    notes: [
      '_posts/2020-01-02-one.md:15 tag of a template',
      'about.md: “words” means something else here',
      'index.html: a template',
    ],
  },
  Hugo: {
    files: {
      'hugo.toml':
        "baseURL = 'https://example.com/'\ntitle = 'H'\n[permalinks]\nnotes = '/:year/:slug/'\n[languages.ru]\n[languages.en]\n",
      'content/_index.md': '+++\ntitle = "Home"\n+++\nHello.\n',
      'content/posts/First Post/index.md':
        '+++\n# gone\ntitle = "First"\ndate = 2020-01-02\nTags = ["a"]\naliases = ["/old/", "beside"]\n+++\n{{< figure src="a.png" caption="C" >}} [n]({{< ref "n.md" >}})\n\n{{< youtube x >}}\n',
      'content/posts/First Post/a.png': png,
      'content/notes/n.md': '---\ntitle: N\ndate: 2021-02-03T04:05:06+03:00\nslug: en-ne\n---\nText.\n',
      'content/about.ru.md': '---\ntitle: О\nurl: /o-sajte.html\n---\nТекст.\n',
      'static/robots.txt': 'User-agent: *\n',
      'layouts/index.html': '{{ .Title }}',
    },
    addresses: [
      '/',
      '/posts/first-post/',
      '/old/',
      '/posts/first-post/a.png',
      '/2021/en-ne/',
      '/o-sajte.html',
      '/robots.txt',
    ],
    texts: {
      'posts/first-post/index.md': [
        '![](a.png "C")',
        '[n](../../notes/n.md)',
        'date: 2020-01-02',
        '{{< youtube x >}}',
      ],
      'ru/about.md': ['lang: ru'],
    },
    notes: [
      'content/posts/First Post/index.md: comments of TOML',
      'content/posts/First Post/index.md:10 shortcode',
    ],
  },
  Zola: {
    files: {
      'site/config.toml':
        'base_url = "https://example.com"\ntitle = "Z"\ndefault_language = "en"\n[languages.ru]\n',
      'site/content/_index.md': '+++\ntitle = "Home"\n+++\n',
      'site/content/blog/2020-01-02-post.md':
        '\n+++\ntitle = "Post"\n[taxonomies]\ntags = ["a"]\n+++\n[b](@/blog/bundle/index.md#Part)\n\n## Часть первая\n',
      'site/content/blog/bundle/index.md': '+++\ntitle = "Bundle"\npath = "elsewhere"\n+++\n![](a.png)\n',
      'site/content/blog/bundle/index.ru.md': '+++\ntitle = "Связка"\n+++\n',
      'site/content/blog/bundle/a.png': png,
      'site/templates/index.html': '',
    },
    addresses: ['/', '/blog/post/', '/elsewhere/', '/elsewhere/a.png', '/ru/blog/bundle/'],
    texts: {
      'blog/2020-01-02-post.md': [
        'date: 2020-01-02',
        '[b](bundle/index.md#Part)',
        '{#chast-pervaia}',
        'tags: [a]',
      ],
    },
  },
  Eleventy: {
    files: {
      'eleventy.config.js': "export default c => { c.addPassthroughCopy('img'); return {} }",
      'index.liquid': '{{ title }}',
      '_posts/2020-01-02-hello.md': '---\ntitle: Hello\ntags:\n  - note\n---\nText.\n',
      '_posts/_posts.11tydata.js': 'export default { permalink: ({ page }) => `/web/${ page.fileSlug }/` }',
      'about/me.md': '---\ntitle: Me\n---\nText.\n',
      'own.md': '---\ntitle: Own\npermalink: /own/{{ page.fileSlug }}.html\n---\nText.\n',
      'img/a.png': png,
    },
    addresses: ['/web/hello/', '/about/me/', '/own/own.html', '/img/a.png'],
    notes: ['index.liquid: a template'],
  },
  Hexo: {
    files: {
      '_config.yml': 'title: X\nurl: https://example.com\npermalink: :year/:month/:day/:title/\n',
      'package.json': '{ "dependencies": { "hexo": "1" } }',
      'source/_posts/On It.md':
        '---\ntitle: On It\ndate: 2020-01-02 03:04:05\ncategories:\n  - c\n---\n{% asset_img a.png "Alt" %} {% post_link two "words" %}\n\n## The Part\n',
      'source/_posts/On It/a.png': png,
      'source/_posts/two.md': '---\ntitle: Two\ndate: 2020/1/3\n---\nText.\n',
      'source/about/index.md': '---\ntitle: About\n---\nText.\n',
      'source/plain.html': '<p>as it is</p>',
      'themes/t/a.ejs': '',
    },
    addresses: [
      '/2020/01/02/On%20It/',
      '/2020/01/02/On%20It/a.png',
      '/2020/01/03/two/',
      '/about/',
      '/plain.html',
    ],
    texts: {
      'posts/On It.md': ['![Alt](a.png)', '[words](two.md)', '## The Part {#The-Part}'],
      'posts/two.md': ['date: 2020-01-03'],
    },
  },
  Pelican: {
    files: {
      'pelicanconf.py':
        "SITENAME = u'P'\nSITEURL = 'https://example.com'\nPATH = 'content/'\nARTICLE_URL = '{category}/{slug}.html'\nARTICLE_SAVE_AS = ARTICLE_URL\n",
      'content/Code/note.md':
        'Title: My Note\nDate: 2020-01-02 10:20\nTags: a, b\nStatus: published\n\nText [x]({filename}../pages/me.md) ![i]({static}/images/a.png)\n',
      'content/pages/me.md': 'Title: About me\nSlug: me\n\nText.\n',
      'content/images/a.png': png,
      'content/extra/CNAME': 'example.com\n',
    },
    addresses: ['/code/my-note.html', '/pages/me.html', '/images/a.png', '/CNAME'],
    texts: {
      'Code/note.md': [
        'date: 2020-01-02T10:20',
        '[x](../pages/me.md)',
        '![i](/images/a.png)',
        'title: My Note',
      ],
    },
  },
  nanogen: {
    files: {
      'site.config.js': "module.exports = { site: { title: 'N' } }",
      'package.json': '{ "dependencies": { "nanogen": "1" } }',
      'src/layouts/default.ejs': '<main><%- body %></main>',
      'src/pages/index.ejs': '<p>home</p>',
      'src/pages/posts/2020/one.md': "---\n\nlayout: default\nyear: '2020'\n\ntitle: 'One'\n\n---\nText.\n",
      'src/assets/main.css': 'p {}',
    },
    addresses: ['/posts/2020/one/', '/', '/main.css'],
    texts: { 'posts/2020/one.md': ['layout: default', 'year: 2020'] },
  },
}

const fileOf = (address: string) => {
  const path = decodeURI(address).replace(/^\//, '')
  return path === '' || path.endsWith('/')
    ? `${path}index.html`
    : /\.[a-z]+$|CNAME$/.test(path)
      ? path
      : `${path}/index.html`
}

describe.each(Object.entries(sites))('a site of %s', (name, { files, addresses, texts = {}, notes = [] }) => {
  test('is imported, builds, has every address that it had, and is not touched itself', async () => {
    const old = folderWith(files)
    const before = bytesOf(old)
    const parent = folderWith()
    const { code, stdout, stderr } = await imprimatur(['import', old, 'new'], { cwd: parent })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`${name}: `)
    expect(bytesOf(old)).toEqual(before)
    const fresh = join(parent, 'new')
    const built = await imprimatur(['build', '--drafts'], { cwd: fresh })
    expect([built.code, built.code === 0 ? '' : built.stdout + built.stderr]).toEqual([0, ''])
    const { value } = importSite(old, { today: '2026-11-27' })
    for (const address of [...addresses, ...(value?.addresses ?? [])])
      expect([address, existsSync(join(fresh, 'docs', fileOf(address)))]).toEqual([address, true])
    for (const [path, parts] of Object.entries(texts))
      for (const part of parts) expect(readFileSync(join(fresh, 'pages', path), 'utf8')).toContain(part)
    const told =
      value?.notes.map(({ file, line, note }) => `${file}${line === undefined ? ':' : `:${line}`} ${note}`) ??
      []
    for (const note of notes) expect(told.some(each => each.startsWith(note)) || told).toBe(true)
    const report = readFileSync(join(fresh, 'IMPORT.md'), 'utf8')
    for (const { file } of value?.notes ?? []) expect(report).toContain(file)
  })
})

describe('an import is refused', () => {
  test.each([
    [['import'], 'usage/argument'],
    [['import', 'old'], 'usage/argument'],
    [['import', 'old', 'old/new'], 'usage/argument'],
    [['import', 'nowhere', 'new'], 'import/read'],
    [['import', 'empty', 'new'], 'import/unknown'],
    [['import', 'old', 'full'], 'init/exists'],
  ])('%j: %s', async (args, code) => {
    const cwd = folderWith({ 'empty/a.md': 'x', 'full/imprimatur.config.mjs': 'export default {}' })
    const { writeFiles } = await import('../tree.ts')
    writeFiles(join(cwd, 'old'), sites.nanogen!.files)
    const before = bytesOf(cwd)
    const run = await imprimatur(args, { cwd })
    expect(run.code).not.toBe(0)
    expect(run.stdout + run.stderr).toContain(code)
    expect(bytesOf(cwd)).toEqual(before)
  })
})
