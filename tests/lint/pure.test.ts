import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { repository } from '../program.ts'

const dist = pathToFileURL(join(repository, 'dist')).href

/** Lists every module that is loaded, by a hook in the thread that loads them. */
const hooks = `
import { appendFileSync } from 'node:fs'
export async function resolve(name, context, next) {
  const found = await next(name, context)
  appendFileSync(1, found.url + '\\n')
  return found
}`

const script = `
import { register } from 'node:module'
register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}))
const { lintSource } = await import('${dist}/lint/lint.js')
const { fixSource } = await import('${dist}/lint/fix.js')
const file = { path: 'page.md', text: '---\\nlang: en\\n---\\nin a box' }
const found = lintSource(file, { lang: 'ru', noBreakSpace: 'entity', rules: {} })
console.log('fixed:' + fixSource(file, found).value.text.split('\\n').at(-1))
`

test('linting and fixing a text loads neither the file system nor the build', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ])
  const loaded = stdout.split('\n')
  expect(stderr).toBe('')
  expect(loaded).toContain('fixed:in&nbsp;a&nbsp;box')
  expect(loaded).toContain(`${dist}/lint/rules/rules.js`)
  const forbidden =
    /^node:(?:fs|child_process|net|http|worker_threads)|\/dist\/(?:build|dev|cli|keys|xmpp|scaffold)\//
  expect(loaded.filter(url => forbidden.test(url))).toEqual([])
})
