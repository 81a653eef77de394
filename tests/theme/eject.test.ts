import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeNew } from '../../src/build/output/write-new.ts'
import { partsIn, readPart } from '../../src/theme/parts.ts'
import { folderWith } from '../folder.ts'
import { build, imprimatur } from '../program.ts'
import { bytesOf, pathsOf, writeFiles, type Files } from '../tree.ts'

const site = (files: Files = {}) =>
  folderWith({
    'imprimatur.config.json': '{ "theme": "imprimatur", "build": { "typography": "off" } }',
    'pages/index.md': '# Home\n',
    'pages/posts/a.md': '---\nlayout: post\ndate: 2026-01-02\ntags: [one]\n---\n# A\n',
    ...files,
  })
const call = (cwd: string, ...args: readonly string[]) => imprimatur(['theme', ...args], { cwd })

test('every part can be made the site’s own, and the site stays as it was', async () => {
  const cwd = site()
  await build({ cwd })
  const before = bytesOf(join(cwd, 'docs'))
  const { stdout } = await call(cwd)
  const names = stdout.split('\n').filter(Boolean)
  expect(names).toEqual(
    [...partsIn('layouts'), ...partsIn('pages')]
      .filter(part => !/\/(?:literata|source-sans)\//.test(part))
      .toSorted(),
  )
  expect(await call(cwd, 'eject', ...names)).toMatchObject({ code: 0, stderr: '' })
  for (const name of names.filter(each => each !== 'pages/main.css'))
    expect([name, readFileSync(join(cwd, name)).equals(readPart(name))]).toEqual([name, true])
  await build({ cwd })
  // The stylesheet has its settings from a file of their own now, so that they stay in force.
  const { 'main.css': styles = '', 'settings.css': settings = '', ...after } = bytesOf(join(cwd, 'docs'))
  expect(styles.replace('@import url(settings.css);\n', settings)).toBe(before['main.css'])
  const plain = (files: Readonly<Record<string, string>>) =>
    Object.entries(files)
      .filter(([path]) => path !== 'main.css' && path !== '.imprimatur-files')
      .map(([path, text]) => [path, text.replace(/main\.css\?v=\w+/, 'main.css')])
  expect(plain(after)).toEqual(plain(before))
  const listed = await call(cwd)
  expect(listed.stdout.split('\n').filter(line => line.includes('the site’s own'))).toHaveLength(names.length)
})

test('a part may be named by the end of its name, and goes into the folders of the site', async () => {
  const cwd = folderWith({
    'imprimatur.config.json':
      '{ "theme": "imprimatur", "dirs": { "pages": "content", "layouts": "templates" } }',
    'content/index.md': '# Home\n',
  })
  const { stdout } = await call(cwd, 'eject', 'footer', 'post', 'main.css', 'words/ru.yaml')
  expect(stdout).toBe(
    'Wrote templates/partials/footer.ejs\nWrote templates/post.ejs\nWrote content/main.css\nWrote templates/words/ru.yaml\n',
  )
})

test('words of a language that the theme does not speak are begun, each still to be translated', async () => {
  const cwd = site({ 'pages/b.md': '---\nlang: de\n---\n# B\n' })
  const missing = async () =>
    (await build({ cwd })).report.diagnostics.filter(({ code }) => code === 'words/missing')
  const [before] = await missing()
  expect(before?.message).toBe('The theme has no words in the language de, and shows those of en')
  expect(await call(cwd, 'eject', 'layouts/words/de.yaml')).toMatchObject({ code: 0 })
  expect(await missing()).toEqual([before])
  const path = join(cwd, 'layouts/words/de.yaml')
  const translated = readFileSync(path, 'utf8').replace(/^(\w+): #.*$/gm, '$1: Wort')
  writeFiles(cwd, { 'layouts/words/de.yaml': translated })
  expect(await missing()).toEqual([])
})

describe('nothing is written', () => {
  const refused = async (cwd: string, ...args: readonly string[]) => {
    const before = bytesOf(cwd)
    const { code, stdout, stderr } = await call(cwd, 'eject', ...args)
    expect(bytesOf(cwd)).toEqual(before)
    return [code, stdout + stderr] as const
  }

  test('when one of the files is there', async () => {
    const [code, text] = await refused(site({ 'layouts/post.ejs': 'own' }), 'footer', 'post')
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('theme/own\n  layouts/post.ejs is there already'),
    ])
  })

  test('for a name that no part has, which is named with the nearest', async () => {
    const [code, text] = await refused(site(), 'footre', 'footer')
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('theme/part\n  The theme has no part “footre”\n  → did you mean “footer”'),
    ])
  })

  test('for a name that several have', async () => {
    const [, text] = await refused(site(), 'cyrillic.woff2')
    expect(text).toMatch(
      /theme\/part[^]*source-code\/cyrillic\.woff2, pages\/fonts\/source-serif\/cyrillic\.woff2/,
    )
  })

  test('outside of the site’s folders, whatever the name', async () => {
    for (const name of ['../../package.json', 'layouts/../../parts.ts', 'words/../../x.yaml', '.', ''])
      expect((await refused(site(), name))[0]).not.toBe(0)
  })

  test('on a site without a theme', async () => {
    const [code, text] = await refused(folderWith({ 'pages/index.md': '' }), 'footer')
    expect([code, text]).toEqual([1, expect.stringContaining('theme/none')])
  })

  test('without the name of a part', async () => {
    expect((await refused(site()))[1]).toContain('PART is missing')
  })
})

describe('writing where nothing is', () => {
  const options = { code: 'init/exists', hint: 'h' } as const

  test('leaves nothing behind when it fails midway', () => {
    const folder = folderWith({ a: 'a file where a folder is to be' })
    const found = writeNew(
      new Map([
        ['b/c.txt', 'c'],
        ['a/d.txt', 'd'],
      ]),
      folder,
      options,
    )
    expect(found.map(({ severity }) => severity)).toEqual(['error'])
    expect(pathsOf(folder)).toEqual(['a'])
  })

  test('leaves no stage beside the file', () => {
    const folder = folderWith()
    expect(writeNew(new Map([['b/c.txt', 'c']]), folder, options)).toEqual([])
    expect(bytesOf(folder)).toEqual({ 'b/c.txt': 'c' })
  })
})
