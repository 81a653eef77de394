import { array, assert, asyncProperty, constantFrom } from 'fast-check'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { createDevSession } from '../../../src/dev/session.ts'
import { folderWith } from '../../folder.ts'
import { writeFiles } from '../../tree.ts'

const files = {
  'layouts/default.ejs': '<%- body %>',
  'pages/index.md': '# Home\n',
  'pages/plain.md': 'No heading.\n',
  'pages/posts/2026/post_ru.md': '# A\n',
  'pages/posts/2026/фото.md': '# B\n',
  'pages/posts/2025/elsewhere.md': '# C\n',
  'pages/posts/2026/cat.png': new Uint8Array([1]),
  'pages/about/index.ejs': '<h2 id="top">D</h2>',
}

const PAGE = 'pages/posts/2026/post_en.md'

async function hints() {
  const root = folderWith({ ...files, [PAGE]: '' })
  const session = createDevSession({
    root,
    overrides: { build: { typography: 'off' } },
    now: () => new Date(),
  })
  return async (text: string) => {
    writeFiles(root, { [PAGE]: text })
    await session.refresh()
    return session
      .read('posts/2026/post_en/index.html')!
      .diagnostics()
      .flatMap(({ code, hint = '' }) =>
        code === 'link/broken' ? [/did you mean “(.*)”/.exec(hint)?.[1]] : [],
      )
  }
}

test.each([
  ['post_rr.md', 'post_ru.md'],
  ['post_eu.md', 'post_ru.md'],
  ['elsewhere.md', '../2025/elsewhere.md'],
  ['../2025/elswhere.md', '../2025/elsewhere.md'],
  ['фотo.md', 'фото.md'],
  ['cat.pgn', undefined],
  ['cta.png', 'cat.png'],
  ['nix.png', undefined],
  ['something_quite_else.png', undefined],
  ['/posts/2026/post_rr/', '/posts/2026/post_ru/'],
  ['/posts/2026/post_em/', '/posts/2026/post_ru/'],
  ['/posts/2025/elsewhere.md', '/posts/2025/elsewhere/'],
  ['/elsewhere/', '/posts/2025/elsewhere/'],
  ['/plain/#x', undefined],
  ['/about/#tip', 'top'],
  ['#none', undefined],
])('%s: %s', async (written, suggested) => {
  expect(await (await hints())(`[a](${written})\n`)).toEqual([suggested])
})

test('whatever is written, the page itself and nothing are never meant, and a source is answered with a source', async () => {
  const ask = await hints()
  const parts = array(
    constantFrom('..', 'posts', '2026', '2025', 'post_en', 'post_ru', 'pots', 'en', 'about'),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  await assert(
    asyncProperty(
      parts,
      constantFrom('', '/', '.md', '.png', '/#x'),
      constantFrom('', '/'),
      async (names, end, start) => {
        const written = start + names.join('/') + end
        for (const suggested of await ask(`[a](${written})\n`)) {
          if (suggested === undefined) continue
          expect(suggested).not.toBe('')
          expect(suggested).not.toMatch(/post_en/)
          const isSource = start === '' && /\.(?:md|png)$/.test(end)
          const path = posix.join(posix.dirname(PAGE), suggested)
          expect(!isSource || Object.keys(files).includes(path)).toBe(true)
        }
      },
    ),
    { numRuns: 150, seed: 7 },
  )
})
