import { join } from 'node:path'
import { PNG } from 'pngjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { bytesOf, writeFiles, type Files } from '../tree.ts'
import { build } from '../program.ts'

const day = (i: number) => new Date(Date.UTC(2020, 0, 1 + (i % 700))).toISOString().slice(0, 10)

/** Enough pages for several threads; each knows its neighbours, and one lists them all with their words. */
const pages: Files = Object.fromEntries(
  Array.from({ length: 2600 }, (_, i) => [
    `pages/posts/${2020 + (i % 3)}/post_${i}.md`,
    `---\ntitle: Post ${i}\ndate: ${day(i)}\nlang: ${i % 2 ? 'ru' : 'en'}\ntags: [t${i % 7}]\n---\n` +
      `## Part ${i}\n\nText[^1] of ${i}. ![](/cat.svg) ![](/dog.png)\n\n[^1]: Note ${i}.\n\n\`\`\`js\nconst n = ${i}\n\`\`\`\n`,
  ]),
)
const site: Files = {
  'layouts/default.ejs':
    '<title><%= page.title %> <%= site.extra %></title><%- body %><%= date(page.date ?? "2026-01-01") %> <%= page.previous?.url %> <%= page.next?.url %>',
  'pages/index.ejs':
    '<% for (const p of pages) if (p !== page) { %><%= p.url %> <%= p.words %> <%= p.excerpt %>\n<% } %>',
  'pages/dog.png': PNG.sync.write(new PNG({ width: 40, height: 20 })),
  'pages/cat.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>',
}

const config = (rest: string) => ({
  'imprimatur.config.mjs': `export default { build: { typography: 'off', extras: false, pictures: { widths: [16] } }, site: { extra: 'x' ${rest} } }\n`,
})

describe('a site of 2600 pages', () => {
  let many = ''
  let built: string | undefined
  beforeAll(async () => {
    many = folderWith({ ...site, ...pages, ...config('') })
    built = (await build({ cwd: many })).report.summary
  })

  test('is written', () => expect(built).toBe('docs/: 2605 written, 0 removed, 0 unchanged'))

  test('is the same from one thread as from several', async () => {
    const one = folderWith({ ...site, ...pages, ...config(', shout: text => text') })
    expect((await build({ cwd: one })).code).toBe(0)
    expect(bytesOf(join(one, 'docs'))).toEqual(bytesOf(join(many, 'docs')))
  })

  test('is not written again when nothing changed, and checks clean', async () => {
    expect((await build({ cwd: many })).report.summary).toBe('docs/: 0 written, 0 removed, 2605 unchanged')
    expect((await build({ cwd: many }, '--check')).code).toBe(0)
  })

  test('is written from what the threads have kept as from nothing when some of it changed', async () => {
    const changes: Files = {
      'pages/posts/2020/post_3.md': `${pages['pages/posts/2020/post_3.md'] as string}\nMore, with an \`end\`.\n`,
      'pages/posts/2021/post_4.md':
        '---\ntitle: Other\ndate: 2020-02-02\ntags: [t1, new]\n---\nOther words.\n',
      'pages/posts/2022/new.md': '---\ndate: 2020-03-03\n---\nNew.\n',
    }
    writeFiles(many, changes)
    expect((await build({ cwd: many })).code).toBe(0)
    const one = folderWith({ ...site, ...pages, ...config(', shout: text => text'), ...changes })
    expect((await build({ cwd: one })).code).toBe(0)
    expect(bytesOf(join(many, 'docs'))).toEqual(bytesOf(join(one, 'docs')))
  })

  test('every page sees values of the configuration that cannot be cloned into a thread', async () => {
    const rest =
      ", home: new URL('https://example.org/x'), founded: new Date(0), press: new (class { get name() { return 'Aldus' } })()"
    const layout = '<%= site.home.pathname %> <%= site.founded.getUTCFullYear() %> <%= site.press.name %>'
    const cwd = folderWith({ ...site, ...pages, ...config(rest), 'layouts/default.ejs': layout })
    expect(await build({ cwd })).toMatchObject({ code: 0, findings: [] })
    const { '.imprimatur-files': _list, ...files } = bytesOf(join(cwd, 'docs'))
    const html = Object.entries(files).flatMap(([path, text]) => (path.endsWith('.html') ? [text] : []))
    expect(new Set(html)).toEqual(new Set(['/x 1970 Aldus']))
  })

  test('reports each error once, in one order, and leaves the output as it was', async () => {
    const before = bytesOf(join(many, 'docs'))
    const mistakes: Files = {
      'pages/posts/2020/post_0.md': '---\nlayout: psot\n---\n',
      'pages/posts/2020/post_3.md': '---\nejs: true\n---\n<%= nobody %>',
      'pages/x.ejs': '<%= asset("/none.css") %>',
      'pages/y.md': '![](/bad.png)',
      'pages/z.md': '![](/bad.png)',
      'pages/bad.png': 'no image',
    }
    writeFiles(many, mistakes)
    const { code, findings } = await build({ cwd: many })
    expect(code).toBe(1)
    expect(findings).toEqual([
      'image/read pages/bad.png',
      'template/missing pages/posts/2020/post_0.md:2:9',
      'template/run pages/posts/2020/post_3.md:4:5',
      'template/asset pages/x.ejs:1:5',
    ])
    writeFiles(many, { 'pages/a.md': '---\ndate: 2026-02-30\n---\n' })
    expect((await build({ cwd: many })).findings).toEqual(['front-matter/date pages/a.md:2:7'])
    expect(bytesOf(join(many, 'docs'))).toEqual(before)
  })

  test('reports an error in a layout once, not once for every page', async () => {
    const cwd = folderWith({ ...site, ...pages, ...config(''), 'layouts/default.ejs': '\n<%= nobody %>' })
    const { code, findings, report } = await build({ cwd })
    expect([code, findings]).toEqual([1, ['template/run layouts/default.ejs:2:5']])
    expect(report.diagnostics[0]?.message).toMatch(
      /^nobody is not defined \(while rendering pages\/\S+ and 260\d other pages\)$/,
    )
  })
})
