import { describe, expect, test } from 'vitest'
import { importSite } from '../../src/scaffold/import/import-site.ts'
import { folderWith } from '../folder.ts'
import type { Files } from '../tree.ts'

describe('the report', () => {
  test.each([
    ['YAML', '---\ntitle: A\n\ntags: [a]\n---\n'],
    ['YAML behind blank lines', '\n\n---\ntitle: A\n---\n\n'],
    ['YAML with CRLF', '---\r\ntitle: A\r\n---\r\n'],
    ['no front matter', ''],
    ['TOML', '+++\ntitle = "A"\n\n# why\n+++\n'],
  ])('names the line of each thing that is left: %s', (_, front) => {
    const body =
      'One.\n{{< highlight go >}}\nx := 1\n{{< /highlight >}}\n\n{{< highlight go >}}y{{< /highlight >}}\n\n[a]({{< ref\n"b.md" >}}) {{< tweet 1 >}}\n\n```\n{{< not this >}}\n```\n\n{{< tweet 2 >}} {{< tweet 2 >}}\n\nSee {{< tweet 3 >}}.\n'
    const text = front + (front.includes('\r') ? body.replaceAll('\n', '\r\n') : body)
    const old = folderWith({ 'hugo.toml': 'title = "H"', 'content/a.md': text, 'content/b.md': 'B\n' })
    const notes = importSite(old, { today: '2026-11-27' }).value!.notes.filter(
      ({ line }) => line !== undefined,
    )
    expect(notes.map(({ note }) => /tweet \d/.exec(note)?.[0])).toEqual([
      'tweet 1',
      'tweet 2',
      'tweet 2',
      'tweet 3',
    ])
    const lines = text.split(/\r?\n/)
    for (const { line, note } of notes) expect(lines[line! - 1]).toContain(/\{\{.*/.exec(note)?.[0])
  })

  test('fields of Hugo count in any case, and no tag is spelt in two', () => {
    const old = folderWith({
      'hugo.toml': 'title = "H"',
      'content/a.md': '---\nTitle: A\nTAGS: [Go, go]\nOwn: 1\n---\n',
      'content/b.md': '---\ntags: [Go]\n---\n',
    })
    const { files } = importSite(old, { today: '2026-11-27' }).value!
    expect(files.get('pages/a.md')).toBe('---\ntitle: A\ntags: [Go]\nOwn: 1\n---\n\n')
  })

  test.each([
    ['It’s “so” & so', 'it-s-so-so'],
    ['Статья о юнитах', 'stat-ia-o-iunitakh'],
    ['Über café', 'uber-cafe'],
    ['Способ №1', 'sposob-1'],
  ])('an anchor of Zola: %s', (heading, id) => {
    const old = folderWith({
      'config.toml': 'base_url = "https://example.com"',
      'content/a.md': `## ${heading}\n`,
    })
    expect(importSite(old, { today: '2026-11-27' }).value!.files.get('pages/a.md')).toContain(
      `## ${heading} {#${id}}\n`,
    )
  })

  test('a slug is that of the old generator: a name with blanks, a name as a setting of Pelican reads it', () => {
    const addressesOf = (files: Files) =>
      importSite(folderWith(files), { today: '2026-11-27' }).value!.addresses
    expect(addressesOf({ '_config.yml': '', '_posts/2020-01-01-A b (c)!.md': '---\n---\n' })).toContain(
      '/2020/01/01/A-b-(c)!.html',
    )
    const article = 'Title: One & two\nDate: 2020-01-01\n\nText\n'
    expect(addressesOf({ 'pelicanconf.py': '', 'content/x.md': article })).toContain('/one-two.html')
    expect(
      addressesOf({ 'pelicanconf.py': "FILENAME_METADATA = r'(?P<slug>.*)'", 'content/Own.md': article }),
    ).toContain('/Own.html')
  })

  test('a text of several tags is several in Jekyll and Pelican, and one elsewhere', () => {
    const tagsOf = (files: Files, path: string) =>
      /^tags: .*$/m.exec(
        String(importSite(folderWith(files), { today: '2026-11-27' }).value!.files.get(path)),
      )?.[0]
    const page = '---\ntitle: A\ntags: a b\n---\n'
    expect(tagsOf({ '_config.yml': '', '_posts/2020-01-01-a.md': page }, 'pages/posts/2020-01-01-a.md')).toBe(
      'tags: [a, b]',
    )
    expect(tagsOf({ 'hugo.toml': '', 'content/a.md': page }, 'pages/a.md')).toBe('tags: [a b]')
    expect(
      tagsOf({ 'pelicanconf.py': '', 'content/a.md': 'Title: A\nTags: a b, c\n\nText\n' }, 'pages/a.md'),
    ).toBe('tags: [a b, c]')
  })
})
