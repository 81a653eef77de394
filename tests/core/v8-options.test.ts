import { expect, test } from 'vitest'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { folderWith } from '../folder.ts'
import { repository } from '../program.ts'

const folder = folderWith()
const begin = `import { readFileSync, writeFileSync } from 'node:fs'
import { Script } from 'node:vm'
const { optimizeLate, keepHeapSmall, underUsualOptions } = await import(${JSON.stringify(join(repository, 'dist/core/v8-options.js'))})
const kept = ${JSON.stringify(join(folder, 'kept.code'))}
const source = '(function () { return ' + 'x + '.repeat(100) + '1 })'
const isRefused = () => new Script(source, { cachedData: readFileSync(kept) }).cachedDataRejected
`

const run = (code: string) =>
  promisify(execFile)(process.execPath, ['--input-type=module', '-e', begin + code])

test('this Node knows the options that it is asked for: nothing comes to stderr', async () => {
  const { stderr } = await run('optimizeLate(); keepHeapSmall(); underUsualOptions(() => {})')
  expect(stderr).toBe('')
})

test('code that was kept under usual options is taken under them alone, whatever is set', async () => {
  const setAll = 'optimizeLate(); keepHeapSmall()\n'
  const keep = 'writeFileSync(kept, underUsualOptions(() => new Script(source).createCachedData()))'
  for (const before of ['', setAll]) {
    await run(before + keep)
    expect((await run('console.log(isRefused())')).stdout).toBe('false\n')
    expect((await run(`${setAll}console.log(underUsualOptions(isRefused))`)).stdout).toBe('false\n')
    expect((await run(`${setAll}console.log(isRefused())`)).stdout).toBe('true\n')
  }
})
