import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { folderWith } from '../../folder.ts'
import { build, imprimatur } from '../../program.ts'
import { bytesOf, writeFiles } from '../../tree.ts'
import { env, note, noteBodies, site } from '../edits.ts'

const path = (n: number) => `pages/notes/n${n}.md`

/** A build, and whether it has put all pages in order. */
async function remake(cwd: string) {
  const { code, stderr } = await imprimatur(['build', '--verbose'], { cwd, env })
  return { code, isWhole: stderr.includes('putting the pages in order') }
}

/** What a build from nothing says and makes of the same sources. */
async function anew(cwd: string) {
  const clean = folderWith({})
  cpSync(cwd, clean, { recursive: true })
  for (const made of ['docs', 'node_modules']) rmSync(join(clean, made), { recursive: true, force: true })
  const { code, report } = await build({ cwd: clean, env })
  return { code, diagnostics: report.diagnostics, files: code === 0 ? bytesOf(join(clean, 'docs')) : {} }
}

test('notes that say something else are what a build from nothing makes of them', async () => {
  const change = fc.tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(...noteBodies))
  const rounds = fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 7 })
  await fc.assert(
    fc.asyncProperty(rounds, async all => {
      const cwd = folderWith(site)
      await build({ cwd, env })
      for (const changes of all) {
        for (const [n, body] of changes) writeFiles(cwd, { [path(n)]: note(n, body) })
        const { code, report } = await build({ cwd, env })
        const clean = await anew(cwd)
        expect([code, report.diagnostics]).toEqual([clean.code, clean.diagnostics])
        // A broken link ends a build before anything is written.
        expect(code === 0 ? bytesOf(join(cwd, 'docs')) : {}).toEqual(clean.files)
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 4) },
  )
}, 240_000)

const text = (cwd: string, file: string) => readFileSync(join(cwd, file), 'utf8')

test.each<[string, boolean, (cwd: string) => void]>([
  ['a body', false, cwd => writeFiles(cwd, { [path(3)]: note(3, 'Other words.') })],
  ['a body with another address', false, cwd => writeFiles(cwd, { [path(1)]: note(1, 'Other words.') })],
  ['a link to a part of another page', false, cwd => writeFiles(cwd, { [path(3)]: note(3, noteBodies[1]!) })],
  [
    'a link to a source, and a picture',
    false,
    cwd => writeFiles(cwd, { [path(3)]: note(3, noteBodies[2]!) }),
  ],
  [
    'several bodies',
    false,
    cwd => writeFiles(cwd, { [path(2)]: note(2, 'Other words.'), [path(3)]: note(3, 'Others.') }),
  ],
  ['a link to nothing', true, cwd => writeFiles(cwd, { [path(3)]: note(3, noteBodies.at(-1)!) })],
  [
    'the part that others lead to',
    true,
    cwd => writeFiles(cwd, { [path(1)]: note(1, '').replace('## Part', '') }),
  ],
  ['a title', true, cwd => writeFiles(cwd, { [path(3)]: note(3, '').replace('Note 3', 'Note 4') })],
  [
    'a body that a list shows',
    true,
    cwd => writeFiles(cwd, { 'pages/posts/p1.md': `${text(cwd, 'pages/posts/p1.md')}More.\n` }),
  ],
  [
    'a body and a layout',
    true,
    cwd => writeFiles(cwd, { [path(3)]: note(3, 'B.'), 'layouts/plain.ejs': '<%- body %>' }),
  ],
  [
    'a body, and the output',
    true,
    cwd => writeFiles(cwd, { [path(3)]: note(3, 'B.'), 'docs/alone/index.html': 'mine' }),
  ],
  [
    'a page that asks for others',
    true,
    cwd => writeFiles(cwd, { [path(3)]: note(3, 'B.'), 'pages/notes/n4.md': note(4, '') }),
  ],
])('after a change of %s all pages are put in order: %s', async (_, isWhole, change) => {
  const cwd = folderWith(site)
  await remake(cwd)
  await remake(cwd)
  change(cwd)
  const remade = await remake(cwd)
  expect(remade.isWhole).toBe(isWhole)
  const clean = await anew(cwd)
  expect(remade.code).toBe(clean.code)
  expect(clean.code === 0 ? bytesOf(join(cwd, 'docs')) : {}).toEqual(clean.files)
  const { report } = await build({ cwd, env })
  expect(report.diagnostics).toEqual(clean.diagnostics)
})

test('a template that asks for other pages where it did not before has all of them', async () => {
  const ask = (what: string) =>
    note(3, `<% try { %><%= ${what} %><% } catch { %>none<% } %>`).replace('---\n', '---\nejs: true\n')
  const cwd = folderWith({ ...site, [path(3)]: ask('1') })
  await remake(cwd)
  await remake(cwd)
  for (const what of [
    'pages.length',
    'collections.tags.size',
    'archive({ tag: "t1" })',
    'feeds.site.length',
    'metadata()',
    'page.previous?.title ?? "first"',
    'page.translations.length',
    'theme',
    'keys',
    'planet',
    'word("tags")',
    'asset("main.css")',
  ]) {
    writeFiles(cwd, { [path(3)]: ask(what) })
    await remake(cwd)
    const { files } = await anew(cwd)
    expect([what, bytesOf(join(cwd, 'docs'))]).toEqual([what, files])
  }
})
