import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { bytesOf, pathsOf, writeFiles, type Files } from '../tree.ts'
import { build, imprimatur } from '../program.ts'

/** Root may do anything, so what must be refused is tried as nobody. */
const asRoot = process.getuid?.() === 0
const NOBODY = 65534
const somebody = asRoot ? { uid: NOBODY } : {}

const site: Files = {
  'layouts/default.ejs': '<%- body %>',
  'pages/index.md': 'home\n',
  'pages/a.md': 'a\n',
  'pages/posts/one.md': 'one\n',
}

function own(folder: string): void {
  chmodSync(join(folder, '..'), 0o755)
  if (!asRoot) return
  for (const path of ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })]) {
    chownSync(join(folder, path), NOBODY, NOBODY)
  }
}

/** A site owned by the user `nobody` that was built once; its sources have changed since. */
async function stale(): Promise<string> {
  const cwd = folderWith(site)
  own(cwd)
  expect((await build({ cwd, ...somebody })).code).toBe(0)
  writeFiles(cwd, { 'pages/index.md': 'new home\n', 'pages/posts/one.md': 'new one\n', 'pages/z.md': 'z\n' })
  rmSync(join(cwd, 'pages/a.md'))
  own(cwd)
  return cwd
}

const visible = (cwd: string) => bytesOf(join(cwd, 'docs'))

const stages = (cwd: string) =>
  existsSync(join(cwd, 'docs'))
    ? readdirSync(join(cwd, 'docs')).filter(name => /^\.imprimatur-(?!files$)/.test(name))
    : []

async function refused(cwd: string, ...args: readonly string[]) {
  const before = existsSync(join(cwd, 'docs')) ? visible(cwd) : {}
  const run = await build({ cwd, ...somebody }, ...args)
  expect(run.stderr).toBe('')
  expect(run.code).toBe(1)
  expect(run.report.diagnostics[0]?.hint).toBeTruthy()
  return { ...run, before }
}

describe('what may not be read', () => {
  test.each([
    ['pages/posts/one.md', 0o000, 'file/read pages/posts/one.md'],
    ['pages/posts', 0o000, 'file/read pages/posts'],
    ['layouts/default.ejs', 0o000, 'file/read layouts/default.ejs'],
    ['pages/cat.txt', 0o000, 'file/read pages/cat.txt'],
  ])('%s', async (path, mode, expected) => {
    const cwd = await stale()
    writeFiles(cwd, { 'pages/cat.txt': 'miaow' })
    own(cwd)
    chmodSync(join(cwd, path), mode)
    const { before, findings } = await refused(cwd)
    chmodSync(join(cwd, path), 0o755)
    expect(findings).toEqual([expected])
    expect(visible(cwd)).toEqual(before)
    expect(stages(cwd)).toEqual([])
  })

  test('the configuration', async () => {
    const cwd = await stale()
    writeFiles(cwd, { 'imprimatur.config.json': '{}' })
    chmodSync(join(cwd, 'imprimatur.config.json'), 0o000)
    const { code, findings } = await build({ cwd, ...somebody })
    expect(code).toBe(2)
    expect(findings[0]).toMatch(/^config\/read imprimatur\.config\.json/)
  })
})

describe('what may not be written', () => {
  test.each([
    ['the output folder', ['docs']],
    ['a folder in it', ['docs/posts/one']],
    ['a folder with a stale page in it', ['docs/a']],
    ['all of them', ['docs', 'docs/posts', 'docs/posts/one', 'docs/a']],
  ])('%s: the old site is whole', async (_, paths) => {
    const cwd = await stale()
    for (const path of paths) chmodSync(join(cwd, path), 0o555)
    const { before, findings, report } = await refused(cwd)
    for (const path of paths) chmodSync(join(cwd, path), 0o755)
    expect(findings).toEqual(['output/write'])
    expect(report.diagnostics[0]?.message).toContain('permission denied')
    expect(visible(cwd)).toEqual(before)
    expect(stages(cwd)).toEqual([])
    expect((await build({ cwd, ...somebody })).code).toBe(0)
  })

  test('the folder that the output folder is to be in', async () => {
    const cwd = folderWith(site)
    own(cwd)
    chmodSync(cwd, 0o555)
    const { findings } = await refused(cwd)
    chmodSync(cwd, 0o755)
    expect(findings).toEqual(['output/write'])
    expect(existsSync(join(cwd, 'docs'))).toBe(false)
  })

  test('a page of the old site that may not be read, to be compared', async () => {
    const cwd = folderWith(site)
    own(cwd)
    await build({ cwd, ...somebody })
    chmodSync(join(cwd, 'docs/index.html'), 0o000)
    // By the cache of the last build the page has not changed.
    rmSync(join(cwd, 'node_modules'), { recursive: true })
    const { code, findings } = await build({ cwd, ...somebody })
    expect([code, findings]).toEqual([1, ['output/write']])
  })
})

describe('a full disk', () => {
  const mounted: string[] = []
  afterAll(() => mounted.forEach(folder => execFileSync('umount', [folder])))

  /** A folder with room for a megabyte: a small file system of its own where that may be mounted. */
  function small(folder: string): boolean {
    mkdirSync(folder, { recursive: true })
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'tmpfs', folder], { stdio: 'ignore' })
      mounted.push(folder)
      return true
    } catch {
      return false
    }
  }

  /** Where nothing can be mounted, writes fail as they do on a full disk once a megabyte was written. */
  const full = `
    import fs from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    const { writeFileSync } = fs
    let room = 1024 * 1024
    fs.writeFileSync = (file, contents, ...rest) => {
      room -= Buffer.byteLength(contents)
      if (room < 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
      writeFileSync(file, contents, ...rest)
    }
    syncBuiltinESMExports()`

  const large = (letter: string): Files =>
    Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`pages/p${i}.txt`, letter.repeat(60_000)]))

  test.each([['mounted'], ['pretended']])(
    '%s: the old site is whole, and nothing else is left',
    async how => {
      const cwd = folderWith({ ...site, 'full.mjs': full })
      const isMounted = how === 'mounted' && small(join(cwd, 'docs'))
      writeFiles(cwd, large('a'))
      expect((await build({ cwd })).code).toBe(0)
      const before = visible(cwd)
      writeFiles(cwd, { ...large('b'), 'pages/p12.txt': 'c'.repeat(900_000), 'pages/index.md': 'new\n' })

      const env: Record<string, string> = isMounted
        ? {}
        : { NODE_OPTIONS: `--import=${join(cwd, 'full.mjs')}` }
      const { code, stderr, findings, report } = await build({ cwd, env })
      expect([code, stderr, findings]).toEqual([1, '', ['output/write']])
      expect(report.diagnostics[0]).toMatchObject({
        message: 'docs/ cannot be written: the disk is full',
        hint: expect.stringContaining('make room'),
      })
      expect(visible(cwd)).toEqual(before)
      expect(stages(cwd)).toEqual([])

      rmSync(join(cwd, 'pages/p12.txt'))
      for (let i = 4; i < 12; i++) rmSync(join(cwd, `pages/p${i}.txt`))
      expect((await build({ cwd })).code).toBe(0)
      expect(pathsOf(join(cwd, 'docs')).filter(path => /^p\d+\.txt$/.test(path))).toHaveLength(4)
    },
  )

  test('a device that is always full', async () => {
    const cwd = folderWith({ ...site, 'full.mjs': full.replace('1024 * 1024', '0') })
    const env = { NODE_OPTIONS: `--import=${join(cwd, 'full.mjs')}` }
    expect((await build({ cwd, env })).findings).toEqual(['output/write'])
    expect(stages(cwd)).toEqual([])
  })
})

describe('init', () => {
  test('writes a site that builds without diagnostics', async () => {
    const cwd = folderWith()
    const wrote = await imprimatur(['init', 'my-site'], { cwd })
    expect([wrote.code, wrote.stderr]).toEqual([0, ''])
    expect(wrote.stdout).toContain('npm run build')
    const folder = join(cwd, 'my-site')
    // Each file is named, and what it is for.
    for (const path of pathsOf(folder)) expect(wrote.stdout).toMatch(new RegExp(`^  ${path} +\\w.*`, 'm'))
    expect(await build({ cwd: folder })).toMatchObject({ code: 0, findings: [] })
    expect(await build({ cwd: folder }, '--check')).toMatchObject({ code: 0 })
    expect(pathsOf(join(folder, 'docs'))).toEqual(
      expect.arrayContaining(['404.html', 'about/index.html', 'index.html', 'main.css']),
    )
  })

  test('overwrites nothing: what is there is named, and nothing is written', async () => {
    const cwd = folderWith({ 'pages/index.ejs': 'mine', 'layouts/default.ejs': 'mine' })
    const before = bytesOf(cwd)
    const { code, stdout } = await imprimatur(['init', '--format', 'json'], { cwd })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [
        { code: 'init/exists', message: 'There is a site in this folder: it has layouts and pages' },
      ],
    })
    expect(bytesOf(cwd)).toEqual(before)
  })

  test.each([
    ['a file', 'file'],
    ['a folder in a file', 'file/deep'],
    ['a folder that may not be written', 'closed'],
    ['a folder that may not be looked into', 'hidden/deep'],
  ])('into %s', async (_, dir) => {
    const cwd = folderWith({ file: 'x', 'closed/x': '', 'hidden/x': '' })
    own(cwd)
    chmodSync(join(cwd, 'closed'), 0o555)
    chmodSync(join(cwd, 'hidden'), 0o000)
    const { code, stdout, stderr } = await imprimatur(['init', dir], { cwd, ...somebody })
    chmodSync(join(cwd, 'hidden'), 0o755)
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout).toContain('error output/write')
    expect(pathsOf(cwd)).toEqual(['closed/x', 'file', 'hidden/x'])
  })
})

describe('the configuration', () => {
  const page = { 'pages/index.md': '', 'layouts/default.ejs': '<%= site.title %>' }
  const title = async (files: Files) => {
    const cwd = folderWith({ ...page, ...files })
    const { code, stderr } = await imprimatur(['build'], { cwd })
    expect([code, stderr]).toEqual([0, ''])
    return bytesOf(join(cwd, 'docs'))['index.html']
  }

  test('in TypeScript, with the program’s own types, though it is not installed there', async () => {
    const text =
      "import { defineConfig, type UserConfig } from 'imprimatur'\nconst config: UserConfig = { site: { title: 'ts' } }\nexport default defineConfig(config)\n"
    expect(await title({ 'imprimatur.config.ts': text })).toBe('ts')
  })
  test('as a module', async () => {
    expect(await title({ 'imprimatur.config.mjs': "export default { site: { title: 'mjs' } }" })).toBe('mjs')
    const js = { 'imprimatur.config.js': "export default { site: { title: 'js' } }" }
    expect(await title({ ...js, 'package.json': '{ "type": "module" }' })).toBe('js')
    expect(await title({ 'imprimatur.config.js': "module.exports = { site: { title: 'cjs' } }" })).toBe('cjs')
  })
  test('as JSON, with a byte order mark or without', async () => {
    expect(await title({ 'imprimatur.config.json': '{ "site": { "title": "json" } }' })).toBe('json')
    expect(await title({ 'imprimatur.config.json': '\uFEFF{ "site": { "title": "bom" } }' })).toBe('bom')
  })
  test('none at all', async () => {
    expect(await title({})).toBe('Untitled')
  })

  test.each([
    ['imprimatur.config.json', '{\n  "site": { "title": "x", }\n}', ':2:27'],
    ['imprimatur.config.json', '{\n  "site": {', ':2:12'],
    ['imprimatur.config.json', '', ':1:1'],
    ['imprimatur.config.json', '{ "site": tru }', ':1:14'],
    ['imprimatur.config.mjs', 'export default {\n  site: {\n    title: nobody,\n  },\n}\n', ':3:12'],
    ['imprimatur.config.mjs', "export default {\n  site: { title 'x' },\n}\n", ':2:17'],
    ['imprimatur.config.js', "module.exports = {\n  site: { title 'x' },\n}\n", ':2:17'],
    ['imprimatur.config.ts', "export default {\n  site: { title 'x' },\n}\n", ':2:17'],
    ['imprimatur.config.ts', 'const a: string = nobody\nexport default {}\n', ':1:1'],
    ['imprimatur.config.mjs', "import 'no-such-package'\n", ''],
    ['imprimatur.config.mjs', 'throw null', ''],
  ])('%s broken: %j', async (name, text, at) => {
    const cwd = folderWith({ ...page, [name]: text })
    const { code, findings, stdout, report } = await build({ cwd })
    expect([code, findings]).toEqual([2, [`config/read ${name}${at}`]])
    expect(report.diagnostics[0]?.message).toMatch(/^The configuration cannot be read: \S/)
    expect(stdout).not.toContain('    at ')
    expect(existsSync(join(cwd, 'docs'))).toBe(false)
  })

  test('a folder of that name', async () => {
    const cwd = folderWith(page)
    mkdirSync(join(cwd, 'imprimatur.config.json'))
    expect(await build({ cwd })).toMatchObject({
      code: 2,
      findings: ['config/read imprimatur.config.json:1:1'],
    })
  })

  test('nothing in it', async () => {
    const cwd = folderWith({ ...page, 'imprimatur.config.mjs': 'export const site = {}\n' })
    expect(await build({ cwd })).toMatchObject({
      code: 2,
      findings: ['config/value imprimatur.config.mjs:1:1'],
    })
  })

  test('changed between two builds', async () => {
    const cwd = folderWith({ ...page, 'imprimatur.config.mjs': "export default { site: { title: 'one' } }" })
    await build({ cwd })
    writeFileSync(join(cwd, 'imprimatur.config.mjs'), "export default { site: { title: 'two' } }")
    await build({ cwd })
    expect(bytesOf(join(cwd, 'docs'))['index.html']).toBe('two')
  })
})
