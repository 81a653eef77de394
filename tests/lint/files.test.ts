import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config.ts'
import { listSources } from '../../src/document/find-sources.ts'
import { findPages, ignoring } from '../../src/lint/files.ts'
import { folderWith } from '../folder.ts'

test('a build publishes the pages that the linter reads, and no others', async () => {
  const root = folderWith({
    'pages/a.md': '',
    'pages/b.markdown': '',
    'pages/C.MD': '',
    'pages/d.htm': '',
    'pages/e.Html': '',
    'pages/f.ejs': '',
    'pages/posts/g.md': '',
    'pages/.well-known/h.md': '',
    'pages/.notes/private.md': '',
    'pages/.obsidian/x.json': '',
    'pages/.env': '',
    'pages/.draft.md': '',
    'pages/node_modules/x/readme.md': '',
    'pages/i.md~': '',
    'pages/j.txt': '',
    'beside/k.md': '',
  })
  symlinkSync('../beside', join(root, 'pages/linked'))
  symlinkSync('..', join(root, 'pages/posts/round'))
  const { value: config } = await loadConfig(root)
  const { value: sources } = listSources(config!)
  const linted = findPages(root, ['pages'], { ignore: [], output: 'docs' })
  const pages = 'C.MD .well-known/h.md a.md b.markdown d.htm e.Html f.ejs linked/k.md posts/g.md'.split(' ')
  expect(sources?.pages.toSorted()).toEqual(pages.toSorted())
  expect(linted.value).toEqual(pages.map(path => `pages/${path}`).toSorted())
  // Nor does either say another thing of what it leaves out.
  expect(linted.diagnostics).toMatchObject([{ code: 'file/left-out', file: { path: 'pages/posts/round' } }])
  expect(sources?.leftOut).toEqual(linted.diagnostics)
  expect(sources?.files.map(({ path }) => path)).toEqual(['j.txt'])
})

test.each([
  ['pages/drafts/**', 'pages/drafts/a.md', true],
  ['pages/drafts', 'pages/drafts/deep/a.md', true],
  ['./pages/drafts/', 'pages/drafts/a.md', true],
  ['pages/drafts', 'pages/drafts.md', false],
  ['pages/[ab]*.md', 'pages/about.md', true],
  ['pages/[ab]*.md', 'pages/contact.md', false],
  ['pages/!(index).md', 'pages/about.md', true],
  ['pages/!(index).md', 'pages/index.md', false],
  ['!(pages)/**', 'notes/a.md', true],
  ['!(pages)/**', 'pages/a.md', false],
  ['pages/**/*.{html,ejs}', 'pages/x/y/a.ejs', true],
  ['pages/**/*.{html,ejs}', 'pages/a.ejs', true],
  ['**/a.md', 'a.md', true],
  ['a.md', 'pages/a.md', false],
  ['pages/?.md', 'pages/ab.md', false],
  ['pages/a+b (1).md', 'pages/a+b (1).md', true],
  ['pages/** !pages/keep.md', 'pages/keep.md', false],
  ['pages/drafts !pages/drafts/keep.md', 'pages/drafts/keep.md', false],
  ['pages/** !pages/keep.md', 'pages/other.md', true],
  ['!pages/keep.md pages/**', 'pages/keep.md', true],
  ['!pages/keep.md', 'pages/other.md', false],
])('lint.ignore %j and %s', (patterns, path, expected) => {
  expect(ignoring(patterns.includes('(1)') ? [patterns] : patterns.split(' '))(path)).toBe(expected)
})
