import { expect, test } from 'vitest'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repository } from '../program.ts'

test('this Node knows the options that it is asked for: nothing comes to stderr', async () => {
  const file = join(repository, 'dist', 'core', 'v8-options.js')
  const script = `const all = await import(${JSON.stringify(file)}); for (const set of Object.values(all)) set()`
  const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  expect(stderr).toBe('')
})
