import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startDevServer } from '../../src/index.ts'
import type { Command } from '../../src/cli/arguments.ts'
import { folderWith } from '../folder.ts'
import { build, imprimatur, repository } from '../program.ts'
import { pathsOf, type Files } from '../tree.ts'

/** Whatever of the site is run leaves a file in `ran/`, named after what it was. */
const trace = (name: string) =>
  `require('node:fs').writeFileSync(require('node:path').join(process.env.RAN, '${name}'), '')`
const traced = (name: string) =>
  `import { writeFileSync } from 'node:fs'\nwriteFileSync(process.env.RAN + '/${name}', '')\n`

const template = (name: string) =>
  `<% process.getBuiltinModule('node:fs').writeFileSync(process.env.RAN + '/${name}', '') %>`

const sources: Files = {
  'layouts/default.ejs': `${template('layout')}<%- include('partials/foot') %><%- body %>`,
  'layouts/partials/foot.ejs': template('partial'),
  'pages/index.md': 'Words.\n',
  'pages/list.ejs': template('page'),
  'pages/text.md': `---\nejs: true\n---\n${template('markdown')}\n`,
}

const rules = traced('extended') + "export default { rules: { 'common/punctuation/quote': 'off' } }\n"

/** Every form that a configuration may have. */
const configurations: Readonly<Record<string, Files>> = {
  ts: { 'imprimatur.config.ts': `${traced('configuration')}export default {}\n` },
  mjs: { 'imprimatur.config.mjs': `${traced('configuration')}export default {}\n` },
  js: {
    'imprimatur.config.js': `${trace('configuration')}\nmodule.exports = {}\n`,
    'package.json': '{ "type": "commonjs" }',
  },
  json: {
    'imprimatur.config.json': '{ "lint": { "extends": ["./rules.mjs"] } }',
    'rules.mjs': rules,
  },
}

const siteOf = (kind: string) => {
  const cwd = folderWith({ ...sources, ...configurations[kind], 'ran/.keep': '' })
  const ran = join(cwd, 'ran')
  process.env.RAN = ran
  return { cwd, ran: () => pathsOf(ran).filter(name => name !== '.keep') }
}

/** One call of each command that reads the configuration. */
const calls: Readonly<Record<string, readonly string[]>> = {
  build: ['build'],
  lint: ['lint'],
  rules: ['rules'],
  new: ['new', 'A title'],
  planet: ['planet', 'fetch'],
  publish: ['publish'],
  'keys/add': ['keys', 'add', 'you@example.org', '--id', '7', '--name', 'phone'],
  'keys/sign': ['keys', 'sign', '--key', 'none'],
  'keys/compare': ['keys', 'compare', 'abc'],
  'keys/check': ['keys', 'check', '--offline'],
  'keys/revoke': ['keys', 'revoke', 'you@example.org', '7', '--reason', 'lost'],
  'keys/show': ['keys', 'show'],
  zine: ['zine'],
  'theme/theme': ['theme'],
  'theme/eject': ['theme', 'eject'],
  'keys/audit/audit': ['keys', 'audit', '--as', 'you@example.org', '--timeout', '1'],
  'keys/log': ['keys', 'log'],
  'keys/card': ['keys', 'card'],
  'keys/confirm': ['keys', 'confirm', 'you@example.org', '7', 'abc'],
  'keys/import': ['keys', 'import', 'pages/index.md'],
  'keys/init/init': ['keys', 'init', '--key', 'none', '--jid', 'you@example.org', '--yes'],
}

describe('--no-config runs nothing that a site brings along', () => {
  test('every command that can run some has the option, and is tried here', async () => {
    const folder = join(repository, 'src/cli/commands')
    const reading: string[] = []
    for (const path of pathsOf(folder)) {
      const { command } = (await import(join(folder, path))) as { command?: Command }
      if (command?.options['no-config']) reading.push(path.replace(/\.ts$/, ''))
    }
    expect(reading.toSorted()).toEqual([...Object.keys(calls), 'dev'].toSorted())
  })

  test.each(Object.keys(configurations))('with a configuration in %s', async kind => {
    const { cwd, ran } = siteOf(kind)
    const others = Object.entries(calls).filter(([name]) => name !== 'build')
    for (const [, call] of others) {
      const { stdout, stderr } = await imprimatur([...call, '--no-config'], { cwd })
      expect(stdout + stderr).not.toContain('not your fault')
    }
    expect((await build({ cwd }, '--no-config')).findings).toEqual([
      'template/code pages/list.ejs:1:1',
      'template/code pages/text.md:1:1',
    ])
    const { value: server } = await startDevServer({ root: cwd, siteCode: 'none', port: 0 })
    const answers = ['', 'list/', 'text/'].map(async path => (await fetch(server!.url + path)).text())
    expect((await Promise.all(answers)).map(text => text.includes('template'))).toEqual([false, true, true])
    await server!.close()
    expect(ran()).toEqual([])

    await imprimatur(['lint'], { cwd })
    await imprimatur(['build'], { cwd })
    const code = kind === 'json' ? 'extended' : 'configuration'
    expect(ran()).toEqual([code, 'layout', 'markdown', 'page', 'partial'])
  })

  test('pages that are no templates come in a plain page, whatever layout they name', async () => {
    const { 'pages/list.ejs': _, 'pages/text.md': __, ...rest } = sources
    const cwd = folderWith({ ...rest, 'pages/post.md': '---\nlayout: post\n---\nA post.\n' })
    expect((await build({ cwd }, '--no-config')).code).toBe(0)
    expect(existsSync(join(cwd, 'docs/index.html'))).toBe(true)
    expect(existsSync(join(cwd, 'docs/post/index.html'))).toBe(true)
  })
})
