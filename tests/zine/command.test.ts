import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { build, imprimatur } from '../program.ts'
import { bytesOf, writeFiles } from '../tree.ts'
import { zineSite } from './site.ts'

const FILES = ['01-booklet.pdf', '01.epub', '01.pdf', 'index.html']

test('a zine is made, published, known to the site, and noticed when its posts go on', async () => {
  const root = zineSite({ a: 'See [the zine](/zines/01/).' })
  const made = await imprimatur(['zine', 'zines/01.yaml'], { cwd: root })
  expect(made).toMatchObject({
    code: 0,
    stderr: '',
    stdout: 'docs/zines/01/: 1 post, 4 pages; the booklet has 1 sheet\n',
  })
  expect(FILES.filter(name => !existsSync(join(root, 'docs/zines/01', name)))).toEqual([])
  for (const name of FILES.slice(0, 3))
    expect(
      readFileSync(join(root, 'docs/zines/01', name)).equals(
        readFileSync(join(root, 'pages/zines/01', name)),
      ),
    ).toBe(true)
  const page = readFileSync(join(root, 'docs/zines/01/index.html'), 'utf8')
  expect(page).toContain('href="/posts/a/"')
  for (const name of FILES.slice(0, 3)) expect(page).toContain(`href="/zines/01/${name}"`)
  expect(readFileSync(join(root, 'docs/sitemap.xml'), 'utf8')).toContain('https://example.org/zines/01/')
  expect(readFileSync(join(root, 'docs/atom.xml'), 'utf8')).toContain('https://example.org/zines/01/')

  // A build, too, knows the files, and leaves them.
  expect((await build({ cwd: root }, '--check')).findings).toEqual([])
  expect((await build({ cwd: root })).findings).toEqual([])
  expect(existsSync(join(root, 'docs/zines/01/01.pdf'))).toBe(true)
  const list = await imprimatur(['build', '--list'], { cwd: root })
  expect(list.stdout).toMatch(/^\/zines\/01\/ +page +pages\/zines\/01\/index\.html$/m)

  // The same again is the same, to the byte.
  const files = () => ['docs', 'pages', 'zines'].map(folder => bytesOf(join(root, folder)))
  const before = files()
  expect(await imprimatur(['zine'], { cwd: root })).toMatchObject({ code: 0, stderr: '' })
  expect(files()).toEqual(before)
  expect(await imprimatur(['zine', '--check'], { cwd: root })).toMatchObject({ code: 0, stderr: '' })

  writeFiles(root, { 'pages/posts/a.md': '---\ntitle: Post a\n---\nAnother text.' })
  const stale = await imprimatur(['zine', '--check', '--format', 'json'], { cwd: root })
  const { diagnostics } = JSON.parse(stale.stdout) as { diagnostics: { code: string; message: string }[] }
  expect(stale.code).toBe(1)
  expect(diagnostics.map(({ code, message }) => `${code} ${message.split(' ')[0]}`)).toEqual(
    expect.arrayContaining(['zine/stale pages/zines/01/01.pdf', 'zine/stale pages/zines/01/01.epub']),
  )
})

test('a page that its author has made their own stays', async () => {
  const own = '---\ntitle: My page\n---\n<p>Mine: <a href="01.pdf">PDF</a></p>\n'
  const root = zineSite({ a: 'Text.' }, { files: { 'pages/zines/01/index.html': own } })
  expect(await imprimatur(['zine', '--quiet'], { cwd: root })).toMatchObject({
    code: 0,
    stdout: '',
    stderr: '',
  })
  expect(readFileSync(join(root, 'pages/zines/01/index.html'), 'utf8')).toBe(own)
})

test('without a zine, or in a place where none can be written, the command says so', async () => {
  const none = await imprimatur(['zine', '--format', 'concise'], {
    cwd: zineSite({}, { files: { 'zines/01.yaml': 'x' } }),
  })
  expect(none.code).toBe(1)
  expect(none.stdout).toContain('zine/value')
  const folder = zineSite({ a: 'Text.' }, { files: { 'pages/zines': 'a file' } })
  const unwritable = await imprimatur(['zine', '--format', 'concise'], { cwd: folder })
  expect(unwritable.code).toBe(1)
  expect(unwritable.stdout).toContain('zine/write')
  const missing = await imprimatur(['zine', 'zines/02.yaml', '--format', 'concise'], { cwd: folder })
  expect(missing.stdout).toContain('zine/file')
})
