import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { cli, execute } from '../program.ts'
import { bytesOf, pathsOf } from '../tree.ts'

/*
 * Two users of one machine, who share the temporary folder and may look at the site; this test is root, who can be both. The program runs
 * as root, so that whatever it could be made to do, it could do.
 */
const isRoot = process.getuid?.() === 0
const other = { uid: 65534 }

const all = [
  ['build'],
  ['lint', '--fix'],
  ['keys', 'check', '--offline'],
  ['lint'],
  ['rules'],
  ['new', 'A title'],
  ['build', '--check'],
]
/** A process each. */
const commands = process.env.SIEGE === 'long' ? all : all.slice(0, 3)

const siteFiles = {
  'imprimatur.config.ts': "export default { site: { title: 'T', url: 'https://example.org' } }\n",
  'layouts/default.ejs': '<title><%= page.title %></title><%- body %>',
  'pages/index.md': 'In a "box".\n',
  'pages/draft.md': '---\ndraft: true\n---\nA draft.\n',
}

describe.runIf(isRoot)('another user of the machine', () => {
  test('cannot have the program run what lies in the shared temporary folder, nor write where a link leads', async () => {
    const temporary = folderWith()
    chmodSync(join(temporary, '..'), 0o755)
    chmodSync(temporary, 0o1777)
    const own = folderWith({ 'precious.txt': 'kept' })
    const cwd = folderWith(siteFiles)
    // Learns the names that the program uses, by running it on the same site.
    const mimic = folderWith(siteFiles)
    execFileSync('chown', ['-R', '65534:65534', mimic])
    for (const args of commands)
      await execute(process.execPath, [cli, ...args], {
        cwd: mimic,
        env: { TMPDIR: temporary, HOME: mimic },
        ...other,
      })
    const learnt = pathsOf(temporary)
    const names = ['jiti', 'imprimatur', 'node-compile-cache', 'v8-compile-cache-0', ...learnt]
    for (const name of names) {
      await execute(
        'bash',
        [
          '-c',
          `mkdir -p -m 777 "${join(temporary, name)}" && ln -sf ${join(own, 'precious.txt')} "${join(temporary, name, 'victim-imprimatur.config.mjs')}"`,
        ],
        { cwd: temporary, ...other },
      )
    }
    const before = pathsOf(temporary)
    for (const args of commands) {
      const { stderr } = await execute(process.execPath, [cli, ...args], { cwd, env: { TMPDIR: temporary } })
      expect(stderr).not.toContain('not your fault')
    }
    expect(learnt).toEqual([])
    expect(pathsOf(temporary)).toEqual(before)
    expect(bytesOf(own)).toEqual({ 'precious.txt': 'kept' })
  })

  test('cannot read what is remembered of pages that are not published', async () => {
    const cwd = folderWith(siteFiles)
    chmodSync(join(cwd, '..'), 0o755)
    for (const args of [['build'], ['lint']]) await execute(process.execPath, [cli, ...args], { cwd })
    const run = await execute(
      'bash',
      ['-c', 'cat node_modules/.cache/imprimatur/*; ls node_modules/.cache/imprimatur'],
      { cwd, ...other },
    )
    expect([run.code === 0, run.stdout]).toEqual([false, ''])
  })

  test('cannot lay a cache for a site whose folder both may write to', async () => {
    const cwd = folderWith(siteFiles)
    chmodSync(join(cwd, '..'), 0o755)
    const outside = folderWith({ 'build.bin': 'kept' })
    mkdirSync(join(cwd, 'node_modules/.cache'), { recursive: true })
    for (const path of ['', 'node_modules', 'node_modules/.cache']) chmodSync(join(cwd, path), 0o777)
    for (const lay of [
      `mkdir -m 777 node_modules/.cache/imprimatur && echo x > node_modules/.cache/imprimatur/build.bin`,
      `rm -rf node_modules/.cache/imprimatur && ln -s ${outside} node_modules/.cache/imprimatur`,
    ]) {
      await execute('bash', ['-c', lay], { cwd, ...other })
      const { code, stdout } = await execute(process.execPath, [cli, 'build', '--verbose'], { cwd })
      expect([code, stdout]).toEqual([0, expect.stringMatching(/belongs to another user|is a symbolic link/)])
    }
    expect(bytesOf(outside)).toEqual({ 'build.bin': 'kept' })
  })

  test('and where the output folder is shared, no link in it is written through', async () => {
    const cwd = folderWith(siteFiles)
    chmodSync(join(cwd, '..'), 0o755)
    const own = folderWith({ 'precious.txt': 'kept' })
    mkdirSync(join(cwd, 'docs'))
    chmodSync(join(cwd, 'docs'), 0o777)
    for (const name of ['index.html', '.imprimatur-files', '.imprimatur-lock', 'feed.css'])
      await execute('ln', ['-s', join(own, 'precious.txt'), join(cwd, 'docs', name)], { cwd, ...other })
    const { stderr } = await execute(process.execPath, [cli, 'build'], { cwd })
    expect(stderr).not.toContain('not your fault')
    symlinkSync(own, join(cwd, 'docs/posts'))
    writeFileSync(join(cwd, 'pages/precious.txt'), 'other')
    await execute(process.execPath, [cli, 'build'], { cwd })
    expect(bytesOf(own)).toEqual({ 'precious.txt': 'kept' })
  })
})
