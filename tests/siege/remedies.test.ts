import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { build } from '../program.ts'
import { bytesOf, writeFiles } from '../tree.ts'

/* What is in the way of the output, and what the message says to do: each of that is done, and then the site is built and in step. */

const site = {
  'layouts/default.ejs': '<%- body %>',
  'pages/index.md': 'Home.\n',
  'pages/about.md': 'About.\n',
  'pages/main.css': 'p { color: red }\n',
}

interface Way {
  /** What lies there before the first build. */
  readonly lay: (cwd: string, aside: string) => void
  readonly code: string
  /** A part of the hint -> doing it, and the arguments of the call that it leads to. */
  readonly remedies: Readonly<Record<string, (cwd: string) => readonly string[] | void>>
}

const remove = (path: string) => (cwd: string) => rmSync(join(cwd, path), { recursive: true })
const move = (from: string, to: string) => (cwd: string) => {
  mkdirSync(dirname(join(cwd, to)), { recursive: true })
  renameSync(join(cwd, from), join(cwd, to))
}
const elsewhere = () => ['--output', 'public']

const foreign = (path: string, files: Readonly<Record<string, string>>): Way => ({
  lay: cwd => writeFiles(join(cwd, 'docs'), files),
  code: 'output/foreign',
  remedies: {
    'move it to an address below the pages folder that no page has': move(
      `docs/${path}`,
      `pages/own/${path}.txt`,
    ),
    'delete it': remove(`docs/${path}`),
  },
})
const special = (path: string): Way => ({
  ...foreign(path, {}),
  lay(cwd) {
    mkdirSync(join(cwd, 'docs'))
    execFileSync('mkfifo', [join(cwd, 'docs', path)])
  },
  remedies: { 'delete it': remove(`docs/${path}`) },
})
const linked = (path: string, target: string): Way => ({
  lay(cwd, aside) {
    writeFiles(aside, { 'file.html': 'kept', 'folder/index.html': 'kept' })
    mkdirSync(join(cwd, 'docs'))
    symlinkSync(join(aside, target), join(cwd, 'docs', path))
  },
  code: 'output/symlink',
  remedies: { 'remove the link': remove(`docs/${path}`) },
})
const unfit = (lay: (cwd: string) => void, remedy: string): Way => ({
  lay,
  code: 'output/write',
  remedies: { [remedy]: remove('docs'), '--output': elsewhere },
})

const ways: Readonly<Record<string, Way>> = {
  'a file of somebody else where a page is to be': foreign('about/index.html', {
    'about/index.html': 'mine',
  }),
  'a file where a copied one is to be': foreign('main.css', { 'main.css': 'mine' }),
  'a file where one for machines is to be': foreign('robots.txt', { 'robots.txt': 'mine' }),
  'a file where a folder is to be': foreign('about', { about: 'mine' }),
  'a folder where a file is to be': foreign('main.css', {
    'main.css/a.txt': 'mine',
    'main.css/in/b.txt': 'mine',
  }),
  'a pipe where a file is to be': special('index.html'),
  'a pipe where a folder is to be': special('about'),
  'a link to a file': linked('index.html', 'file.html'),
  'a link to a folder': linked('about', 'folder'),
  'a link to nothing': linked('index.html', 'nowhere'),
  'a link to nothing, where a folder is to be': linked('about', 'nowhere'),
  'the output folder is a file': unfit(cwd => writeFiles(cwd, { docs: 'mine' }), 'move it away'),
  'it is a pipe': unfit(cwd => execFileSync('mkfifo', [join(cwd, 'docs')]), 'move it away'),
  'it is a device': unfit(cwd => symlinkSync('/dev/null', join(cwd, 'docs')), 'move it away'),
  'it is a link to nothing': unfit(
    cwd => symlinkSync('nowhere/at/all', join(cwd, 'docs')),
    'take the link away',
  ),
  'it is a link to itself': unfit(cwd => symlinkSync('docs', join(cwd, 'docs')), 'take the link away'),
}

const withoutCache = (cwd: string) =>
  Object.fromEntries(Object.entries(bytesOf(cwd)).filter(([path]) => !path.startsWith('node_modules/')))

const cases = Object.entries(ways).flatMap(([name, way]) =>
  Object.keys(way.remedies).map(remedy => [name, remedy, way] as const),
)

describe.skipIf(process.platform === 'win32')('in the way of the output', () => {
  test.each(cases)('%s: %s', async (_, remedy, { lay, code, remedies }) => {
    const [cwd, aside] = [folderWith(site), folderWith()]
    lay(cwd, aside)
    const before = [withoutCache(cwd), bytesOf(aside)]
    for (const args of [[], ['--check']]) {
      const { report } = await build({ cwd }, ...args)
      const errors = report.diagnostics.filter(
        each => each.severity === 'error' && each.code !== 'output/stale',
      )
      expect(errors.map(each => [each.code, each.hint])).toEqual([[code, expect.stringContaining(remedy)]])
    }
    expect([withoutCache(cwd), bytesOf(aside)]).toEqual(before)
    const args = remedies[remedy]!(cwd) ?? []
    const [done, check] = [await build({ cwd }, ...args), await build({ cwd }, ...args, '--check')]
    expect([done.code, done.findings, check.code, check.findings]).toEqual([0, [], 0, []])
    expect(bytesOf(aside)).toEqual(before[1])
    const mine = Object.values(before[0]!).filter(text => text === 'mine').length
    // Whatever was to be moved is published.
    const published = Object.values(bytesOf(join(cwd, args[1] ?? 'docs'))).filter(
      text => text === 'mine',
    ).length
    expect(published).toBe(remedy.startsWith('move it to') ? mine : 0)
  })

  test('an output folder that is a link to another is the author’s choice, and is written into', async () => {
    const [cwd, aside] = [folderWith(site), folderWith()]
    symlinkSync(aside, join(cwd, 'docs'))
    for (const args of [[], [], ['--check']]) expect((await build({ cwd }, ...args)).code).toBe(0)
    expect(existsSync(join(aside, 'about/index.html'))).toBe(true)
  })
})
