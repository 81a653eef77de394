import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { build, imprimatur } from '../program.ts'

const config = (run: string, { writes = '….', lint = '' } = {}) => `
import { defineConfig, defineRule } from 'imprimatur'
const ellipsis = defineRule({
  code: 'own/ellipsis',
  title: 'Three full stops are an ellipsis',
  why: 'They are one mark.',
  writes: '${writes}',
  examples: [{ lang: 'en', before: 'Well...', after: 'Well…' }],
  run: ${run},
})
export default defineConfig({ lint: { rules: { 'own/ellipsis': ellipsis, ${lint} } } })
`
const good = String.raw`text => text.replace(/\.{3}/g, '…')`
const page = '---\ntitle: So...\n---\nWell... `a...`\n'

const site = (text: string) => ({
  'imprimatur.config.ts': text,
  'layouts/default.ejs': '<title><%= typeset(page.title) %></title><%- body %>',
  'pages/index.md': page,
})

const codes = (stdout: string) =>
  (JSON.parse(stdout) as { diagnostics: readonly { code: string; message: string; file?: string }[] })
    .diagnostics

test('a rule of the configuration is linted, fixed, explained, and switched off', async () => {
  const cwd = folderWith(site(config(good)))
  const found = await imprimatur(['lint', '--format', 'json'], { cwd })
  expect([found.code, codes(found.stdout).map(({ code }) => code)]).toEqual([
    1,
    ['imprimatur/front-matter', 'own/ellipsis'],
  ])
  expect((await imprimatur(['lint', '--rule', 'own/ellipsis=off'], { cwd })).code).toBe(0)
  expect((await imprimatur(['rules', 'own/ellipsis'], { cwd })).stdout).toContain(
    '  en  Well...\n   →  Well…',
  )
  expect((await imprimatur(['rules'], { cwd })).stdout).toMatch(/^ {2}own\/ellipsis +Three full stops/m)
  expect((await imprimatur(['lint', '--format', 'sarif'], { cwd })).stdout).toContain('"id": "own/ellipsis"')
  await imprimatur(['lint', '--fix'], { cwd })
  expect(readFileSync(join(cwd, 'pages/index.md'), 'utf8')).toBe(page.replace('Well...', 'Well…'))
})

test('its examples are tried when it is explained', async () => {
  const wrong = folderWith(site(config(good).replace("after: 'Well…'", "after: 'Well… '")))
  const { code, stdout, stderr } = await imprimatur(['rules', 'own/ellipsis'], { cwd: wrong })
  expect([code, stdout]).toEqual([2, expect.stringContaining('   →  Well… \n')])
  expect(stderr).toContain('The rule “own/ellipsis” makes “Well…” of “Well...”, not “Well… ”')
  const failing = folderWith(site(config(good, { writes: '…' })))
  const failed = await imprimatur(['rules', 'own/ellipsis'], { cwd: failing })
  expect([failed.code, failed.stderr]).toEqual([2, expect.stringContaining('fails on its example “Well...”')])
})

test('it is not asked of the cache, which cannot know what it does', async () => {
  const cwd = folderWith(site(config('() => {}')))
  expect((await imprimatur(['lint'], { cwd })).code).toBe(0)
  const again = folderWith(site(config(good)))
  expect((await imprimatur(['lint'], { cwd: again })).code).toBe(1)
  expect((await imprimatur(['lint'], { cwd: again })).code).toBe(1)
})

test('a build with typography sets by it', async () => {
  const cwd = folderWith(site(config(good)))
  expect((await build({ cwd }, '--typography', 'fix')).findings).toEqual([])
  expect(readFileSync(join(cwd, 'docs/index.html'), 'utf8')).toContain(
    '<title>So…</title><p>Well… <code>a...</code></p>',
  )
})

test.each(['lint', 'build'])('%s names a rule that fails, and the page', async command => {
  const cwd = folderWith(site(config(good, { writes: '…' })))
  const { code, stdout } = await imprimatur([command, '--format', 'json'], { cwd })
  expect(code).toBe(1)
  expect(codes(stdout)).toContainEqual(
    expect.objectContaining({
      code: 'lint/rule-failed',
      file: 'pages/index.md',
      message:
        'The rule own/ellipsis failed on this page: own/ellipsis changes ".", which its “writes” does not name',
    }),
  )
})

test.each([
  [
    'writes a letter',
    { writes: 'a' },
    'The rule “own/ellipsis” “writes” "a", which no rule of a configuration may',
  ],
  [
    'has another key',
    { lint: "'own/other': ellipsis" },
    'The rule “own/other” calls itself “own/ellipsis”: the key must be its code',
  ],
  [
    'is no rule',
    { lint: "'own/none': {}" },
    'The rule “own/none” calls itself “undefined”: the key must be its code',
  ],
])('a rule that %s is refused', async (_, wrong, message) => {
  const cwd = folderWith(site(config(good, wrong)))
  const { code, stdout, stderr } = await imprimatur(['lint', '--format', 'json'], { cwd })
  expect([code, stderr]).toEqual([2, ''])
  expect(codes(stdout)).toMatchObject([{ code: 'config/rule', message, file: 'imprimatur.config.ts' }])
})
