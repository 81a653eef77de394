import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { folderWith } from './folder.ts'
import { execute, repository } from './program.ts'
import { pathsOf } from './tree.ts'

/** Prints every module that is loaded, and what asks for it, on standard error. */
const spy = `
import { register } from 'node:module'
register('data:text/javascript,' + encodeURIComponent(\`
  import { writeSync } from 'node:fs'
  export async function resolve(name, context, next) {
    const found = await next(name, context)
    writeSync(2, context.parentURL + ' ' + found.url + '\\\\n')
    return found
  }
\`))
`

interface Loading {
  readonly by: string
  readonly name: string
}

const dist = pathToFileURL(join(repository, 'dist/')).href

/** What a script loads that uses the library, within dist/ and of Node. */
async function loadedBy(script: string): Promise<readonly Loading[]> {
  const cwd = folderWith({
    'spy.mjs': spy,
    'script.mjs': script.replace("'imprimatur'", `'${dist}index.js'`),
  })
  const { code, stdout, stderr } = await execute(process.execPath, ['--import', './spy.mjs', 'script.mjs'], {
    cwd,
  })
  expect([code, stdout]).toEqual([0, 'done\n'])
  return stderr
    .trim()
    .split('\n')
    .map(line => line.split(' ') as [string, string])
    .filter(([by, name]) => [by, name].some(url => url.startsWith(dist)))
    .map(([by, name]) => ({ by: by.replace(dist, ''), name: name.replace(dist, '') }))
}

test('exports this, and nothing by accident', async () => {
  const library = (await import(`${dist}index.js`)) as object
  expect(Object.keys(library).toSorted()).toEqual([
    'build',
    'defineConfig',
    'defineRule',
    'fix',
    'lint',
    'startDevServer',
    'verifyKeys',
  ])
})

test('a configuration that imports it loads next to nothing', async () => {
  const loaded = await loadedBy(
    "import { defineConfig, defineRule } from 'imprimatur'\nconsole.log(defineConfig && defineRule && 'done')\n",
  )
  expect(loaded.map(({ name }) => name)).toEqual([
    'index.js',
    'config/define-config.js',
    'config/rule-definition.js',
  ])
})

describe('what works on texts loads neither the file system nor what builds', () => {
  const far = /^(?:build|dev|cli|scaffold|xmpp)\//
  const outside = /^node:(?:fs|child_process|net|tls|http|https|dgram|worker_threads)\b/
  let seen: readonly Loading[]

  describe('lint and fix', () => {
    beforeAll(async () => {
      seen = await loadedBy(`
        import { fix, lint } from 'imprimatur'
        const file = { path: 'a.md', text: '---\\ntitle: A\\n---\\nin a "box", {% tag %}' }
        const { value } = await fix(file, await lint([file]))
        console.log(value.text.includes('in&nbsp;a') && 'done')
      `)
    })
    test('were loaded', () => expect(seen.map(({ name }) => name)).toContain('lint/lint.js'))
    test('no other room', () => expect(seen.filter(({ name }) => far.test(name))).toEqual([]))
    test('nothing of the system', () => expect(seen.filter(({ name }) => outside.test(name))).toEqual([]))
  })

  describe('verifyKeys', () => {
    beforeAll(async () => {
      const file = (path: string) => ({ path, text: readFileSync(join(repository, path), 'utf8') })
      const history = pathsOf(join(repository, 'pages/about/keys/history'))
      const texts = {
        manifest: file('pages/about/keys.yaml'),
        signature: file('pages/about/keys.yaml.sig'),
        allowedSigners: file('pages/about/allowed_signers'),
        history: history.map(name => file(`pages/about/keys/history/${name}`)),
      }
      seen = await loadedBy(`
        import { verifyKeys } from 'imprimatur'
        const { value } = await verifyKeys(${JSON.stringify(texts)}, new Date('2026-11-27T12:00:00Z'))
        console.log(value.signerKey.startsWith('SHA256:') && 'done')
      `)
    })
    test('was loaded', () => expect(seen.map(({ name }) => name)).toContain('keys/verify/verify.js'))
    test('no other room', () => expect(seen.filter(({ name }) => far.test(name))).toEqual([]))
    test('nothing of the system', () => expect(seen.filter(({ name }) => outside.test(name))).toEqual([]))
  })
})
