import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newBuilder } from '../../src/build/output/stages.ts'
import { loadConfig } from '../../src/config/config.ts'
import { startDevServer } from '../../src/index.ts'
import { folderWith } from '../folder.ts'
import { build, cli, ended, execute, repository, start } from '../program.ts'
import { bytesOf, type Files } from '../tree.ts'
import { untilItWaits } from './waiting-build.ts'

const endless: Readonly<Record<string, string>> = {
  'a loop': '<% for (;;); %>',
  'a loop that catches everything': '<% for (;;) try { throw 1 } catch {} finally { continue } %>',
  'a regular expression': `<% /(a+)+$/.test('${'a'.repeat(60)}b') %>`,
  'a partial': "<%- include('partials/endless') %>",
}
const site = (layout: string, patience = 0.4): Files => ({
  'imprimatur.config.json': JSON.stringify({ build: { patience, extras: false } }),
  'layouts/default.ejs': '<title><%= page.title %></title><%- body %>',
  'layouts/endless.ejs': layout,
  'layouts/partials/endless.ejs': '<% while (true) {} %>',
  'pages/a.md': 'Words.\n',
  'pages/b.md': '---\nlayout: endless\n---\nWords.\n',
  'pages/c.md': 'Words.\n',
})

describe('a layout that never ends', () => {
  test.each(Object.entries(endless))(
    '%s: page and template are named, and nothing is written',
    async (name, text) => {
      const cwd = folderWith(site(text))
      const { code, report } = await build({ cwd })
      const template = name === 'a partial' ? 'layouts/partials/endless.ejs' : 'layouts/endless.ejs'
      expect([code, report.diagnostics]).toEqual([
        1,
        [
          expect.objectContaining({
            code: 'template/endless',
            file: template,
            message: `After 0.4 seconds pages/b.md, with ${template}, is not made`,
          }),
        ],
      ])
      expect(Object.keys(bytesOf(cwd)).filter(path => path.startsWith('docs/'))).toEqual([])
    },
  )

  test('a page that is its own template, too', async () => {
    const { 'pages/b.md': _, ...rest } = site('')
    const cwd = folderWith({ ...rest, 'pages/list.ejs': '<% for (;;); %>' })
    expect((await build({ cwd })).findings).toEqual(['template/endless pages/list.ejs'])
  })

  test('the server says so on the page, and goes on', async () => {
    const cwd = folderWith(site('<% for (;;); %>'))
    const { value: server } = await startDevServer({ root: cwd, port: 0 })
    const get = async (path: string) => (await fetch(server!.url + path)).text()
    for (let i = 0; i < 2; i++) {
      expect(await get('b/')).toContain('pages/b.md, with layouts/endless.ejs, is not made')
      expect(await get('a/')).toContain('Words.')
    }
    await server!.close()
  })

  test('Ctrl-C says where it was', async () => {
    const begun = "process.getBuiltinModule('node:fs').writeFileSync('begun', '')"
    const cwd = folderWith(site(`<% ${begun}; for (;;); %>`, 100))
    const child = start(process.execPath, [cli, 'build'], { cwd })
    const end = ended(child)
    await expect.poll(() => existsSync(join(cwd, 'begun')), { interval: 20 }).toBe(true)
    child.kill('SIGINT')
    const { code, stdout, signal } = await end
    expect([code, signal]).toEqual([130, null])
    expect(stdout).toContain('error build/interrupted')
    expect(stdout).toContain('Interrupted while pages/b.md, with layouts/endless.ejs, was being made')
  })

  test('Ctrl-C while pages are read says so, and changes nothing', async () => {
    const begun = "process.getBuiltinModule('node:fs').writeFileSync('begun', '')"
    const cwd = folderWith({
      'layouts/default.ejs': '<%- body %>',
      'pages/a.md': '# Title\n',
      'imprimatur.config.mjs': `export default { markdown: md => md.core.ruler.push('endless', state => {
        if (!state.src.includes('Title')) return
        ${begun}
        for (;;);
      }) }`,
    })
    const child = start(process.execPath, [cli, 'build'], { cwd })
    const end = ended(child)
    await expect.poll(() => existsSync(join(cwd, 'begun')), { interval: 20 }).toBe(true)
    child.kill('SIGINT')
    const { code, stdout, signal } = await end
    expect([code, signal]).toEqual([130, null])
    expect(stdout).toContain('Interrupted while reading 1 of 1 pages')
    expect(stdout).toContain('the site is as it was')
    expect(existsSync(join(cwd, 'docs'))).toBe(false)
  })

  test('Ctrl-C while another build is waited for says so', async () => {
    const cwd = folderWith({ 'layouts/default.ejs': '<%- body %>', 'pages/a.md': 'Words.\n' })
    await build({ cwd })
    const before = bytesOf(join(cwd, 'docs'))
    writeFileSync(join(cwd, 'docs/.imprimatur-lock'), newBuilder())
    writeFileSync(join(cwd, 'pages/a.md'), 'Other words.\n')
    const child = start(process.execPath, [cli, 'build'], { cwd })
    const end = ended(child)
    await untilItWaits(join(cwd, 'docs'))
    child.kill('SIGINT')
    const { code, stdout, signal } = await end
    rmSync(join(cwd, 'docs/.imprimatur-lock'))
    expect([code, signal]).toEqual([130, null])
    expect(stdout).toContain('Interrupted while waiting for another build of this site')
    expect(bytesOf(join(cwd, 'docs'))).toEqual(before)
  })

  test('outside of what reports it, Ctrl-C ends the process at once, whatever is limited in time', async () => {
    const limited = JSON.stringify(join(repository, 'dist/build/render/time-limit.js'))
    const code = `import { inTime } from ${limited}
      try { inTime(20_000, () => { process.kill(process.pid, 'SIGINT'); for (;;); }) } catch {}`
    const { signal } = await execute(process.execPath, ['a.mjs'], { cwd: folderWith({ 'a.mjs': code }) })
    expect(signal).toBe('SIGINT')
  })

  test('a signal that is on its way to a listener of the caller arrives', async () => {
    const limited = JSON.stringify(join(repository, 'dist/build/render/time-limit.js'))
    const code = `import { inTime, interruptible } from ${limited}
      for (const run of [work => inTime(1000, work), interruptible]) {
        const heard = new Promise(resolve => process.once('SIGINT', () => resolve('heard')))
        process.kill(process.pid, 'SIGINT')
        run(() => {})
        const lost = new Promise(resolve => setTimeout(resolve, 2000, 'lost'))
        process.stdout.write(await Promise.race([heard, lost]) + ' ')
      }
      process.exit()`
    const cwd = folderWith({ 'a.mjs': code })
    const { stdout } = await execute(process.execPath, ['a.mjs'], { cwd })
    expect(stdout).toBe('heard heard ')
  })

  test('a site of many pages that is slow as a whole is not ended', async () => {
    const slow = '<% const end = performance.now() + 50; while (performance.now() < end); %><%- body %>'
    const pages = Array.from({ length: 50 }, (_, i) => [`pages/p${i}.md`, 'Words.\n'] as const)
    const cwd = folderWith({
      // Less than all of them take, and much more than one does on a machine that is busy with others.
      ...site('', 2),
      'layouts/default.ejs': slow,
      'layouts/endless.ejs': slow,
      ...Object.fromEntries(pages),
    })
    expect((await build({ cwd })).code).toBe(0)
  })
})

describe('a configuration', () => {
  const configured = (text: string) =>
    folderWith({ ...site('', 1), 'imprimatur.config.json': '', 'imprimatur.config.mjs': text })

  test.each([
    ['that awaits what never comes', 'await new Promise(() => {})\nexport default {}'],
    [
      'that does so and keeps a timer',
      'setInterval(() => {}, 100)\nawait new Promise(() => {})\nexport default {}',
    ],
  ])('%s is an error', async (_, text) => {
    const cwd = folderWith({ 'pages/a.md': '', 'imprimatur.config.mjs': text })
    const { diagnostics } = await loadConfig(cwd, { build: { patience: 0.3 } })
    expect(diagnostics).toEqual([
      expect.objectContaining({
        code: 'config/read',
        message: expect.stringContaining('not done after 0.3 seconds'),
      }),
    ])
  })

  test.each(['build', 'lint'])('that keeps timers and servers does not keep %s', async command => {
    const cwd = folderWith({
      'layouts/default.ejs': '',
      'pages/a.md': '',
      'imprimatur.config.mjs':
        "import { createServer } from 'node:net'\nsetInterval(() => {}, 100)\ncreateServer().listen(0, '127.0.0.1')\nexport default {}\n",
    })
    const run = await execute('timeout', ['60', process.execPath, cli, command], { cwd })
    expect([run.code, run.stderr]).toEqual([0, ''])
  })

  test('all of a long report is written, though a timer is left', async () => {
    const cwd = folderWith({
      'pages/a.md': 'In a box.\n\n'.repeat(4000),
      'imprimatur.config.mjs': 'setInterval(() => {}, 100)\nexport default {}\n',
    })
    const line = `node ${cli} lint --verbose --format concise | (sleep 1; wc -l)`
    expect(Number((await execute('bash', ['-c', line], { cwd })).stdout)).toBe(8000)
  })

  test('that ends the process is told', async () => {
    const cwd = folderWith({ 'pages/a.md': '', 'imprimatur.config.mjs': 'process.exit(0)\n' })
    const { code, stderr } = await execute(process.execPath, [cli, 'build'], { cwd })
    expect([code, stderr]).toEqual([2, expect.stringContaining('the configuration calls process.exit')])
  })

  test.each([
    ['site: { n: 7n }', '“site.n” is a BigInt, 7n'],
    ['build: { drafts: 5n }', '“build.drafts” is a BigInt, 5n'],
    ['site: a', '“site.a” is in itself'],
    ['site: { list: [[a]] }', '“site.list.0.0.a” is in itself'],
    ['fields: [1n]', '“fields.0” is a BigInt, 1n'],
    ["site: { get bad() { throw new Error('no') } }", '“site” cannot be looked at: no'],
    ["site: new Proxy({}, { ownKeys() { throw new Error('no') } })", '“site” cannot be looked at: no'],
    ['dirs: { pages: Symbol() }', '“dirs.pages” is'],
    ['site: { deep }', '“site.deep” is too deep'],
  ])('with %s', async (written, message) => {
    const cwd = configured(
      `const a = {}\na.a = a\nlet deep = {}\nfor (let i = 0; i < 100000; i++) deep = { deep }\nexport default { ${written} }\n`,
    )
    execFileSync('rm', [join(cwd, 'imprimatur.config.json')])
    const { code, report } = await build({ cwd })
    expect(report.diagnostics.map(each => each.message)).toEqual([expect.stringContaining(message)])
    expect(code).toBe(2)
  })
})

test('with 24 open files it builds, or says what is wrong', async () => {
  const cwd = folderWith({ 'layouts/default.ejs': '<%- body %>', 'pages/a.md': 'Words.\n' })
  for (const limit of [24, 32, 64, 256]) {
    const { code, stdout, stderr } = await execute('bash', ['-c', `ulimit -n ${limit}; node ${cli} build`], {
      cwd,
    })
    const text = stdout + stderr
    expect(stderr).not.toContain('not your fault')
    expect({ limit, code, text }).toEqual({
      limit,
      code: text.includes('ulimit') && limit < 128 ? 2 : 0,
      text: expect.stringMatching(/docs\/: \d|ulimit -n 256/),
    })
  }
})
