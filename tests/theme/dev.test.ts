import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDevSession } from '../../src/dev/session.ts'
import { folderWith } from '../folder.ts'
import { writeFiles } from '../tree.ts'

/** Each file of the site that comes into the place of a part, and what shows that it has. */
const own = {
  'layouts/partials/footer.ejs': ['index.html', '<footer>own</footer>'],
  'layouts/post.ejs': ['posts/a/index.html', '<!-- own -->'],
  'layouts/words/en.yaml': ['index.html', 'Lately'],
  'pages/main.css': ['main.css', '/* own */'],
} as const

const texts: Readonly<Record<keyof typeof own, string>> = {
  'layouts/partials/footer.ejs': '<footer>own</footer>',
  'layouts/post.ejs': '<!-- own -->',
  'layouts/words/en.yaml': 'newest: Lately\n',
  'pages/main.css': '/* own */',
}

test.each(Object.entries(own))(
  'while a site is served, %s comes into the place of a part, and goes',
  async (path, [page, sign]) => {
    const root = folderWith({
      'imprimatur.config.json': '{ "theme": "imprimatur" }',
      'pages/index.md': '# Home\n',
      'pages/posts/a.md': '---\nlayout: post\ndate: 2026-01-02\n---\n# A\n',
    })
    const session = createDevSession({ root, overrides: {}, now: () => new Date('2026-06-01') })
    const shown = () => String(session.read(page)?.contents)
    await session.refresh()
    const before = shown()
    expect(before).not.toContain(sign)
    writeFiles(root, { [path]: texts[path as keyof typeof own] })
    await session.refresh([path])
    expect(shown()).toContain(sign)
    rmSync(join(root, path))
    await session.refresh([path])
    expect(shown()).toBe(before)
  },
)

test('a language without words is told while a site is served, and no more when it has them', async () => {
  const root = folderWith({
    'imprimatur.config.json': '{ "theme": "imprimatur" }',
    'pages/index.md': '---\nlang: de\n---\n# Heim\n',
    'layouts/words/de.yaml': 'tags: Themen\n',
  })
  const session = createDevSession({ root, overrides: {}, now: () => new Date('2026-06-01') })
  const told = async () => {
    await session.refresh(['layouts/words/de.yaml'])
    return session
      .read('index.html')!
      .diagnostics()
      .flatMap(({ code, message }) => (code === 'words/missing' ? [message] : []))
  }
  expect(await told()).toEqual([expect.stringMatching(/^The theme has no word for “/)])
  const names = [...((await told())[0] ?? '').matchAll(/“(\w+)”/g)].map(([, name]) => name)
  writeFiles(root, { 'layouts/words/de.yaml': ['tags', ...names].map(name => `${name}: Wort\n`).join('') })
  expect(await told()).toEqual([])
})
