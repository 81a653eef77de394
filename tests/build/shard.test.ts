import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { build, imprimatur, repository } from '../program.ts'
import { bytesOf } from '../tree.ts'

const env = { SOURCE_DATE_EPOCH: '1795219200' }
const LIST = '.imprimatur-files'

test.each([1, 3])('%i shards make the whole of this repository’s site, each file once', async of => {
  const out = folderWith({})
  const whole = await imprimatur(['build', '--root', repository, '--output', join(out, 'whole')], {
    cwd: out,
    env,
  })
  expect(whole.code).toBe(0)
  const parts: Record<string, string>[] = []
  for (let part = 1; part <= of; part++) {
    const args = ['build', '--root', repository, '--output', join(out, `${part}`), '--shard', `${part}/${of}`]
    const { code, stdout } = await imprimatur(args, { cwd: out, env })
    expect([code, stdout]).toEqual([0, expect.stringContaining(`, part ${part} of ${of}: `)])
    parts.push(bytesOf(join(out, `${part}`)))
  }
  const all = bytesOf(join(out, 'whole'))
  const made = parts.flatMap(files => Object.keys(files).filter(path => path !== LIST))
  expect(new Set(made).size).toBe(made.length)
  expect(Object.assign({}, ...parts)).toEqual(all)
  // The list names every file, and is the same in all of them.
  for (const { [LIST]: list } of parts) expect(list).toBe(all[LIST])
})

test('a link to an anchor on a page of another shard is checked too', async () => {
  const cwd = folderWith({
    'layouts/default.ejs': '<%- body %>',
    'imprimatur.config.json': '{ "build": { "extras": false } }',
    'pages/a.md': '[good](b.md#there) [bad](b.md#nowhere)\n',
    'pages/b.md': '## There\n',
  })
  const first = await build({ cwd }, '--shard', '1/2')
  expect(first.findings).toEqual(['link/broken pages/a.md:1:26'])
  const second = await build({ cwd }, '--shard', '2/2')
  expect([second.code, second.findings]).toEqual([0, []])
})

test.each(['0/2', '3/2', '2', 'a/b', '1/0', '1/2/3', '1.5/2'])('--shard %s is refused', async shard => {
  const cwd = folderWith({ 'pages/a.md': 'words' })
  expect(await build({ cwd }, '--shard', shard)).toMatchObject({ code: 2, findings: ['usage/option'] })
})
