import * as fc from 'fast-check'
import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { command } from '../../src/cli/commands/build.ts'
import { codes } from '../../src/core/codes.ts'
import { unattended } from '../call.ts'
import { folderWith } from '../folder.ts'
import { bytesOf, clear, writeFiles, type Files } from '../tree.ts'

const name = fc.constantFrom(
  'a',
  'b',
  'A',
  'index',
  '404',
  '2026',
  'posts',
  'lost+found',
  'encrypted_XMPP',
  'ё',
  'e\u0301',
  'é',
  'a b',
  '%2e',
  '#',
  '?',
  '-',
  '_',
  '~x',
  '.well-known',
  'a\\b',
  'con',
  'x'.repeat(255 - 4),
  '\u200b',
  '🦉',
  '.imprimatur-files',
)
const ending = fc.constantFrom('.md', '.ejs', '.html', '.txt', '.MD', '', '.svg', '.md.bak')

const value = fc.oneof(
  fc.constantFrom(
    '..',
    '/',
    '/a/',
    '/a/b.html',
    '../../etc/x',
    '//x',
    'https://x.org/',
    '2026-01-01',
    '2026-13-01',
    '2027-01-01',
    'true',
    '7',
    '[a, b]',
    '{a: b}',
    '~',
    '"\\0"',
    '&a [*a]',
    '*b',
    '|',
    "'",
    'none',
    'redirect',
    'post',
    'ru',
    '!!binary x',
    '/%2e%2e/',
    'a.md',
    '%',
  ),
  fc.string({ maxLength: 8 }),
)
const field = fc.constantFrom(
  'layout',
  'lang',
  'title',
  'date',
  'updated',
  'draft',
  'slug',
  'permalink',
  'aliases',
  'tags',
  'css',
  'ejs',
  'redirectTarget',
  'translationOf',
  'section',
  'year',
  'url',
  'constructor',
  '__proto__',
  'isListed',
  '? x',
  '- y',
  '\tz',
  '#',
)
const frontMatter = fc
  .array(fc.tuple(field, value), { maxLength: 4 })
  .map(pairs => pairs.map(([key, text]) => `${key}: ${text}\n`).join(''))
const body = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '# Heading\n\n',
        '[[toc]]\n\n',
        '[^1]\n\n[^1]: note\n\n',
        '| a |\n| :-: |\n| b |\n\n',
        '```js\nx\n```\n',
        '![](a.svg)',
        '![](../a.txt)',
        '[l](b.md)',
        '<%= page.title %>',
        '<%= page.body %>',
        '<% for (const p of pages) { %><%= p.excerpt %><% } %>',
        '<%- include("partials/p") %>',
        '<%= nobody %>',
        '<%',
        '%>',
        '<%= asset("/a.txt") %>',
        '<%= date(page.date) %>',
        '---\n',
        '<b>',
        '&nbsp;',
        '\uFEFF',
        '\r\n',
        '\0',
        'a\n: b\n\n',
        '<h2 id="x">',
        '](',
      ),
      fc.string({ unit: 'binary', maxLength: 10 }),
    ),
    { maxLength: 5 },
  )
  .map(parts => parts.join(''))
const bytes = fc.uint8Array({ maxLength: 20 })
const source = fc.oneof(
  { weight: 4, arbitrary: body },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom('---\n', '\uFEFF---\n', '---\r\n', '---js\n'),
        frontMatter,
        fc.constantFrom('---\n', '---', ''),
        body,
      )
      .map(parts => parts.join('')),
  },
  { weight: 1, arbitrary: bytes },
)
const path = fc
  .tuple(fc.array(name, { maxLength: 2 }), name, ending)
  .map(([outer, last, end]) => [...outer, last.slice(0, 255 - end.length) + end].join('/'))

const tree = fc.dictionary(path, source, { maxKeys: 6 })

const layouts = {
  'layouts/default.ejs': '<title><%= page.title %></title><%- body %>',
  'layouts/post.ejs': '---\nlayout: default\n---\n<%- body %><%= page.next?.url %>',
  'layouts/partials/p.ejs': '<%= page.url %>',
}

/** Lays down what a file system takes; a name that stands in the way of another is left out. */
function lay(root: string, files: Files): void {
  for (const [place, contents] of Object.entries(files)) {
    try {
      mkdirSync(dirname(join(root, place)), { recursive: true })
      writeFiles(root, { [place]: contents })
    } catch {}
  }
}

/** What was found to be well set is remembered beside the packages, also when the build ends in errors. */
const withoutCache = (files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('node_modules/.cache/')))

const run = (cwd: string) =>
  command.run({
    values: {},
    positionals: [],
    cwd,
    ...unattended,
    env: { SOURCE_DATE_EPOCH: String(Date.UTC(2026, 5, 1) / 1000) },
  })

test('whatever lies among the pages and in the output folder: a site or findings, never a throw, nothing outside', async () => {
  const outside = { 'outside/keep.txt': 'x', 'etc/x': 'y' }
  let good = 0
  await fc.assert(
    fc.asyncProperty(tree, tree, fc.boolean(), async (pages, there, linked) => {
      const base = folderWith(outside)
      const cwd = join(base, 'site')
      writeFiles(cwd, { ...layouts, 'pages/index.md': 'home\n' })
      lay(join(cwd, 'pages'), pages)
      lay(join(cwd, 'docs'), there)
      clear(join(cwd, 'docs/.imprimatur-files'))
      if (linked) {
        mkdirSync(join(cwd, 'docs'), { recursive: true })
        try {
          symlinkSync(join(base, 'outside'), join(cwd, 'docs/a'))
        } catch {}
      }
      const sources = bytesOf(cwd)
      const { diagnostics } = await run(cwd)
      for (const { code, message, hint, span, file } of diagnostics) {
        expect(codes).toHaveProperty([code])
        expect(message).not.toMatch(/\[object|internal/i)
        expect(hint).toBeTruthy()
        expect(span?.[0] ?? 0).toBeLessThanOrEqual(file?.text.length ?? 0)
      }
      const after = bytesOf(cwd)
      const failed = diagnostics.some(({ severity }) => severity === 'error')
      for (const [place, text] of Object.entries(sources)) {
        // Sources and what no build wrote stay; after an error, everything does.
        expect([place, after[place]]).toEqual([place, text])
      }
      expect(bytesOf(join(base, 'outside'))).toEqual({ 'keep.txt': 'x' })
      expect(bytesOf(join(base, 'etc'))).toEqual({ x: 'y' })
      // After an error all is as it was; after a build, a second one has nothing to do.
      const again = await run(cwd)
      expect(again.diagnostics.map(({ code }) => code)).toEqual(diagnostics.map(({ code }) => code))
      expect(again.summary ?? '').toMatch(failed ? /^$|^Nothing was written/ : /: 0 written, 0 removed/)
      expect(withoutCache(bytesOf(cwd))).toEqual(withoutCache(failed ? sources : after))
      if (!failed) good++
      clear(base)
    }),
    { numRuns: 150 },
  )
  expect(good).toBeGreaterThan(15)
})
