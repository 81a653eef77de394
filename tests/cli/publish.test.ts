import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { build, imprimatur } from '../program.ts'
import { bytesOf, pathsOf, writeFiles } from '../tree.ts'

const git = (cwd: string, ...args: readonly string[]) =>
  execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()

/** A built site in a repository, with work under way. */
async function repositoryWith() {
  const root = folderWith({
    'imprimatur.config.json': '{}',
    'layouts/default.ejs': '<%- body %>',
    'pages/index.md': 'One.\n',
    'pages/й “q”.txt': 'a\r\nb\r\n',
    '.gitattributes': '* text=auto eol=lf\n',
    '.gitignore': 'docs/\n',
  })
  git(root, 'init', '-q', '-b', 'main')
  git(root, 'config', 'user.name', 'A')
  git(root, 'config', 'user.email', 'a@example.org')
  git(root, 'add', '.')
  git(root, 'commit', '-q', '-m', 'Begin')
  await build({ cwd: root })
  writeFiles(root, { 'staged.txt': 'x', 'untracked.txt': 'y' })
  git(root, 'add', 'staged.txt')
  return root
}

/** All that must stay as it is. */
const stateOf = (root: string) => {
  const { index } = bytesOf(join(root, '.git'))
  const files = Object.entries(bytesOf(root)).filter(([path]) => !path.startsWith('.git/'))
  return {
    index,
    files: Object.fromEntries(files),
    head: readFileSync(join(root, '.git/HEAD'), 'utf8'),
    main: git(root, 'rev-parse', 'main'),
  }
}

const publish = (cwd: string, ...args: readonly string[]) => imprimatur(['publish', ...args], { cwd })
const change = async (root: string, text: string) => {
  writeFileSync(join(root, 'pages/index.md'), text)
  await build({ cwd: root })
}

describe('publish', () => {
  test('puts the built site on a branch, byte for byte, and touches nothing else', async () => {
    const root = await repositoryWith()
    const before = stateOf(root)
    const { code, stdout, stderr } = await publish(root)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('files on the branch release')
    expect(stateOf(root)).toEqual(before)
    const checkedOut = folderWith()
    git(root, '-c', 'core.autocrlf=false', 'worktree', 'add', '-q', join(checkedOut, 'w'), 'release')
    const names = git(root, 'ls-tree', '-rz', '--name-only', 'release').split('\0').filter(Boolean)
    expect(names).toEqual(pathsOf(join(root, 'docs')).filter(path => path !== '.imprimatur-files'))
    for (const name of names) {
      const bytes = execFileSync('git', ['cat-file', 'blob', `release:${name}`], { cwd: root })
      expect([name, bytes.equals(readFileSync(join(root, 'docs', name)))]).toEqual([name, true])
    }
  })

  test('says when there is nothing to publish, and commits on top of what was', async () => {
    const root = await repositoryWith()
    await publish(root)
    const first = git(root, 'rev-parse', 'release')
    expect((await publish(root)).stdout).toContain('Nothing to publish')
    expect(git(root, 'rev-parse', 'release')).toBe(first)
    await change(root, 'Two.\n')
    await publish(root)
    expect(git(root, 'rev-parse', 'release^')).toBe(first)
    expect(git(root, 'log', '-1', '--format=%B', 'release')).toContain(
      `Imprimatur-Source: ${git(root, 'rev-parse', 'HEAD')}`,
    )
  })

  test('refuses a site that is not in step with its sources', async () => {
    const root = await repositoryWith()
    writeFileSync(join(root, 'pages/index.md'), 'Two.\n')
    const { code, stdout, stderr } = await publish(root)
    expect(code).toBe(1)
    expect(stdout + stderr).toContain('output/stale')
    expect(git(root, 'branch', '--list', 'release')).toBe('')
  })

  test('refuses the branch of the sources, forced or not, and one of somebody else unless forced', async () => {
    const root = await repositoryWith()
    for (const options of [[], ['--force']]) {
      const { code, stdout, stderr } = await publish(root, '--branch', 'main', ...options)
      expect([code, (stdout + stderr).includes('publish/branch')]).toEqual([1, true])
    }
    git(root, 'branch', 'other')
    const other = git(root, 'rev-parse', 'other')
    expect((await publish(root, '--branch', 'other')).code).toBe(1)
    expect(git(root, 'rev-parse', 'other')).toBe(other)
    expect((await publish(root, '--branch', 'other', '--force')).code).toBe(0)
    expect(git(root, 'rev-parse', 'other^')).toBe(other)
    expect((await publish(root, '--branch', 'a..b')).code).toBe(1)
  })

  test('passes on git’s message: outside of a repository, and for a missing remote', async () => {
    const bare = folderWith({ 'pages/index.md': 'x', 'layouts/default.ejs': '<%- body %>' })
    await build({ cwd: bare })
    const { code, stdout, stderr } = await imprimatur(['publish'], {
      cwd: bare,
      env: { GIT_CEILING_DIRECTORIES: '/' },
    })
    expect([code, (stdout + stderr).includes('publish/git')]).toEqual([1, true])
    const root = await repositoryWith()
    const pushed = await publish(root, '--push')
    expect([pushed.code, pushed.stdout + pushed.stderr]).toEqual([
      1,
      expect.stringMatching(/ls-remote failed[^]*origin/),
    ])
  })

  test('pushes, goes on from what the remote has, and overwrites it only when forced', async () => {
    const root = await repositoryWith()
    const remote = folderWith()
    git(remote, 'init', '-q', '--bare')
    git(root, 'remote', 'add', 'origin', remote)
    expect((await publish(root, '--push')).stdout).toContain('pushed to origin')
    expect(git(remote, 'rev-parse', 'release')).toBe(git(root, 'rev-parse', 'release'))
    expect((await publish(root, '--push')).stdout).toContain('Nothing to publish')

    // Another machine knows of no branch yet.
    git(root, 'branch', '-D', 'release')
    await change(root, 'Two.\n')
    expect((await publish(root, '--push')).code).toBe(0)
    expect(git(remote, 'rev-list', '--count', 'release')).toBe('2')

    // The remote has gone another way.
    git(root, 'update-ref', 'refs/heads/release', 'release^')
    git(root, 'update-ref', '-d', 'refs/remotes/origin/release')
    await change(root, 'Three.\n')
    await publish(root)
    const theirs = git(remote, 'rev-parse', 'release')
    const refused = await publish(root, '--push')
    expect([refused.code, (refused.stdout + refused.stderr).includes('publish/branch')]).toEqual([1, true])
    expect(git(remote, 'rev-parse', 'release')).toBe(theirs)
    expect((await publish(root, '--push', '--force')).code).toBe(0)
    expect(git(remote, 'rev-parse', 'release')).toBe(git(root, 'rev-parse', 'release'))
  })
})
