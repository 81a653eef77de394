import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { folderWith } from '../../folder.ts'
import { build } from '../../program.ts'
import { bytesOf, writeFiles } from '../../tree.ts'
import { env, site } from '../edits.ts'

const posts = [1, 2, 3, 4, 5].map(n => `pages/posts/p${n}.md`)

/** What becomes of the text of a post: of its body alone, or of more. */
const edits: Readonly<Record<string, (text: string, n: number) => string>> = {
  body: (text, n) => `${text}Words ${n}.\n`,
  heading: (text, n) => text.replace(/## .*/, `## Part ${n}`),
  title: (text, n) => text.replace(/title: .*/, `title: Title ${n}`),
  day: (text, n) => text.replace(/date: .*/, `date: 2026-0${1 + (n % 9)}-12`),
  tags: (text, n) => text.replace(/tags: .*/, `tags: [t${n % 3}]`),
  order: text => text.replace(/(title: .*\n)(date: .*\n)/, '$2$1'),
  field: (text, n) => text.replace(/lang: en\n/, `lang: en\nmood: m${n}\n`),
}

test('after small changes to some pages a build gives what one from nothing gives', async () => {
  const change = fc.tuple(
    fc.constantFrom(...posts),
    // Bodies most of all: nothing but them is looked at then.
    fc.oneof({ weight: 2, arbitrary: fc.constant('body') }, fc.constantFrom(...Object.keys(edits))),
    fc.nat(99),
  )
  const rounds = fc.array(fc.array(change, { minLength: 1, maxLength: 2 }), { minLength: 3, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(rounds, async all => {
      const cwd = folderWith({
        ...site,
        'pages/fields.ejs': '<% for (const p of pages) { %><%= Object.keys(p) %> <%= p.mood %>\n<% } %>',
      })
      await build({ cwd, env })
      for (const changes of all) {
        for (const [path, name, n] of changes)
          writeFiles(cwd, { [path]: edits[name]!(readFileSync(join(cwd, path), 'utf8'), n) })
        const again = await build({ cwd, env })
        const clean = folderWith({})
        cpSync(cwd, clean, { recursive: true })
        for (const made of ['docs', 'node_modules'])
          rmSync(join(clean, made), { recursive: true, force: true })
        const anew = await build({ cwd: clean, env })
        // A broken link ends a build before anything is written.
        const files = (folder: string) => (anew.code === 0 ? bytesOf(join(folder, 'docs')) : {})
        expect([again.code, again.report.diagnostics]).toEqual([anew.code, anew.report.diagnostics])
        expect(files(cwd)).toEqual(files(clean))
      }
    }),
    { numRuns: 6 },
  )
}, 120_000)
