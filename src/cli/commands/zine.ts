import { append } from '../../core/lists/long-lists.ts'
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import { now } from '../../core/dates.ts'
import { writeWhole } from '../../core/files.ts'
import { readRegularFile } from '../../core/read-file.ts'
import { reason } from '../../core/source.ts'
import type { Diagnostic } from '../../core/types.ts'
import { build } from '../../index.ts'
import { makeZine, type MadeZine } from '../../zine/make-zine.ts'
import { ZINES } from '../../zine/issue/issue.ts'
import { formatList } from '../reporters/formats.ts'
import { configOptions, siteCodeOf, siteRoot, type Call, type Command, type Outcome } from '../arguments.ts'
import { isFolder, pathBelow } from '../../config/site-root.ts'

export const command: Command = {
  help: `imprimatur zine: prints posts

  imprimatur zine [FILE…] [--check] [--root DIR] [--format F]… [--quiet]

Makes of posts an issue of a zine: a PDF to read, the same as a booklet to print on both sides
and fold, an EPUB, and a page of the site that offers them. What is in it says a file such as
zines/01.yaml; without FILE, every one in zines/ is made.

  title: The Proof Sheet
  issue: 1
  date: 2026-11-27
  posts:
    - pages/posts/2026/some_post.md
    - { tag: typography }
    - { section: posts, year: 2025 }

The files go to pages/zines/01/, where a build finds them; commit them. The site is then built,
so that docs/zines/01/ has them, too. The same posts give the same bytes.

Needs, as a build does not: npm install --save-dev @myriaddreamin/typst-ts-node-compiler \\
  @expo-google-fonts/libertinus-serif dejavu-fonts-ttf

  --check         write nothing; say whether the zines are of the posts as they are
  --quiet         no word but what is wrong
  --root DIR      the site's folder, with pages/ in it           (default: this folder)
  --no-config     run none of the site’s own code: no configuration, no template
  --format F      ${formatList};
                  F=FILE writes to a file; several may be given  (default: text)
  --help          this text

Exit code: 0 made, 1 something is wrong with a zine or the site, 2 with the call or the
configuration. What cannot be printed, such as a video, is a warning, with its place.
`,
  options: { ...configOptions, check: { type: 'boolean' }, quiet: { type: 'boolean' } },
  most: Infinity,
  completes: 'file',
  run,
}

async function run(call: Call): Promise<Outcome> {
  const { values, cwd, env, positionals } = call
  const root = siteRoot({ values, cwd })
  const named = positionals.map(path => pathBelow(root, resolve(cwd, path)))
  const paths = named.length > 0 ? named : zinesIn(root)
  if (paths.length === 0) {
    const hint = `write one: ${ZINES}/01.yaml, with title, date and posts; --help shows how`
    return { diagnostics: [diagnostic('zine/file', `There are no zines in ${ZINES}/`, { hint })] }
  }
  const diagnostics: Diagnostic[] = []
  const made: MadeZine[] = []
  for (const path of paths) {
    const { value: zine, diagnostics: found } = await makeZine(root, path, siteCodeOf(call))
    append(diagnostics, found)
    if (zine) made.push(zine)
  }
  const isChecked = values.check === true
  for (const zine of made) append(diagnostics, isChecked ? check(root, zine) : write(root, zine))
  if (hasErrors(diagnostics) || isChecked) {
    const summary =
      isChecked && !hasErrors(diagnostics) ? 'The zines are in step with their posts' : undefined
    return { diagnostics, ...(summary !== undefined && values.quiet !== true && { summary }) }
  }
  const { value: site, diagnostics: found } = await build({ root, now: now(env), siteCode: siteCodeOf(call) })
  const all = [...diagnostics, ...found]
  if (!site || values.quiet === true) return { diagnostics: all }
  return { diagnostics: all, summary: made.map(zine => describe(zine, site.output)).join('\n') }
}

const describe = ({ address, posts, pages, sheets }: MadeZine, output: string): string =>
  `${output}${address}: ${count(posts, 'post')}, ${count(pages, 'page')}; the booklet has ${count(sheets, 'sheet')}`

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`

function zinesIn(root: string): readonly string[] {
  const folder = join(root, ZINES)
  if (!isFolder(folder)) return []
  return readdirSync(folder)
    .filter(name => /^[^.].*\.ya?ml$/.test(name))
    .toSorted()
    .map(name => `${ZINES}/${name}`)
}

function check(root: string, { files }: MadeZine): readonly Diagnostic[] {
  return [...files].flatMap(([path, contents]) => {
    const file = join(root, path)
    if (existsSync(file) && readRegularFile(file).equals(Buffer.from(contents))) return []
    const how = existsSync(file) ? 'is not what its posts give' : 'is missing'
    return [diagnostic('zine/stale', `${path} ${how}`, { hint: 'run imprimatur zine, and commit it' })]
  })
}

function write(root: string, { files }: MadeZine): readonly Diagnostic[] {
  try {
    for (const [path, contents] of files) {
      const file = join(root, path)
      if (!existsSync(file) || !readRegularFile(file).equals(Buffer.from(contents)))
        writeWhole(file, contents)
    }
    return []
  } catch (error) {
    const message = `The zine cannot be written: ${reason(error)}`
    return [diagnostic('zine/write', message, { hint: 'make its folder below pages/zines/ writable' })]
  }
}
