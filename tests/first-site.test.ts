import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from './folder.ts'
import { imprimatur, repository } from './program.ts'
import { bytesOf, pathsOf } from './tree.ts'

const guide = readFileSync(join(repository, 'pages/about/first_site.md'), 'utf8')

/** The calls of the guide in their order, those of scripts by the package.json that init writes; without the server, which stays. */
function callsOf(scripts: Readonly<Record<string, string>>): readonly string[] {
  const code = [...guide.matchAll(/```sh\n([^]*?)```/g)].map(([, text = '']) => text).join('')
  return [...code.matchAll(/npx --no-install imprimatur ([^\n&#]*)|npm run ([a-z]+)/g)]
    .map(
      ([, call, script = '']) =>
        call?.trim() ?? scripts[script]?.replace('imprimatur ', '') ?? `no script ${script}`,
    )
    .filter(call => !/^(?:init|dev)\b/.test(call))
}

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], {
    cwd,
    encoding: 'utf8',
  })

test('what the manual says of a first site leads from nothing to a published post in two languages', async () => {
  const root = folderWith()
  expect(await imprimatur(['init', 'my-site'], { cwd: root })).toMatchObject({ code: 0 })
  const cwd = join(root, 'my-site')
  const { scripts } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const calls = callsOf(scripts)
  expect(calls.map(call => call.split(' ')[0])).toEqual(['new', 'lint', 'lint', 'build', 'build', 'publish'])
  const identity = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  }
  for (const call of calls) {
    const args = [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare = '']) => quoted ?? bare)
    if (args[0] === 'publish') {
      const remote = folderWith()
      git(remote, 'init', '-q', '--bare')
      git(cwd, 'init', '-q')
      git(cwd, 'add', '.')
      git(cwd, 'commit', '-q', '-m', 'Begin')
      git(cwd, 'remote', 'add', 'origin', remote)
    }
    const { code, stdout, stderr } = await imprimatur(args, { cwd, env: identity })
    const isFinding = call === scripts.lint?.replace('imprimatur ', '')
    expect([call, code]).toEqual([call, isFinding ? 1 : 0])
    expect(stdout + stderr).not.toContain('error')
    if (args[0] === 'new') {
      const path = pathsOf(join(cwd, 'pages')).find(each => each.includes('a_title')) ?? ''
      const file = join(cwd, 'pages', path)
      const day = /^date: (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1]
      writeFileSync(file, `${readFileSync(file, 'utf8')}He said - "no". See [about](../../about.md).\n`)
      writeFileSync(
        file.replace(/\.md$/, '.ru.md'),
        `---\ntitle: Заголовок\ndate: ${day}\n---\nОн сказал - "нет".\n`,
      )
    }
  }
  const published = git(cwd, 'ls-tree', '-r', '--name-only', 'origin/release')
  const [own = '', other = ''] = [/^posts\/.*a_title.*html$/m, /^ru\/posts\/.*a_title.*html$/m].map(
    pattern => pattern.exec(published)?.[0],
  )
  const docs = bytesOf(join(cwd, 'docs'))
  const text = (path: string) => Buffer.from(docs[path] ?? '', 'latin1').toString('utf8')
  expect(text(own)).toContain('He said\u00A0— “no”.'.replace('He ', 'He\u00A0'))
  expect(text(other)).toContain('Он\u00A0сказал\u00A0— «нет».')
  expect(text(own)).toContain(`href="/${other.replace('index.html', '')}"`)
  expect(text(other)).toContain(`href="/${own.replace('index.html', '')}"`)
})
