import { expect, test } from 'vitest'
import { runBuild } from '../../../src/build/run-build.ts'
import { folderWith } from '../../folder.ts'

test('a body that is on its page and in the feeds is made once', async () => {
  const post = (day: number) => `---\ndate: 2026-01-0${day}\ntags: [one]\n---\n\n# Post ${day}\n\nWords.\n`
  const root = folderWith({
    'layouts/default.ejs': '<%- body %>',
    'pages/posts/a.md': post(1),
    'pages/posts/b.md': post(2),
    'pages/about.md': '# About\n',
  })
  const { value } = await runBuild({ root, profile: true, now: new Date('2026-06-01') })
  const made = [...(value?.times ?? [])].filter(([name]) => name.endsWith('.md'))
  expect(made.map(([name, { count }]) => [name, count]).toSorted()).toEqual([
    ['pages/about.md', 1],
    ['pages/posts/a.md', 1],
    ['pages/posts/b.md', 1],
  ])
})
