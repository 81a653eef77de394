import { largest } from '../core/lists/long-lists.ts'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, Result } from '../core/types.ts'

/** A branch of built sites. It is written by git’s plumbing alone: no work tree, no index and no other branch is touched. */
export interface SiteBranch {
  readonly name: string
  readonly remote: string
  /** Whether to fetch from the remote, and push to it. */
  readonly isPushed: boolean
  /** Whether to overwrite a branch with other contents, and commits of the remote. */
  readonly isForced: boolean
  /** What git runs in. */
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Release {
  /** The commit that the branch is at, in short. */
  readonly commit: string
  /** `none` when the branch had this very site. */
  readonly committed: 'new' | 'none'
  readonly pushed: 'new' | 'none' | 'not asked'
}

/** The trailer of the program's own commits. */
const TRAILER = 'Imprimatur-Source'

/**
 * Commits files, by their paths in `folder` (absolute), as the whole of what the branch holds. Bytes are taken as they are: no filter
 * and no line-ending setting of git’s applies. `root` lies in the repository.
 */
export function releaseSite(
  root: string,
  { folder, paths }: { readonly folder: string; readonly paths: readonly string[] },
  branch: SiteBranch,
): Result<Release> {
  try {
    return { value: release(root, { folder, paths }, branch), diagnostics: [] }
  } catch (error) {
    if (error instanceof BranchRefusal) return { diagnostics: [error.diagnostic] }
    throw error
  }
}

class BranchRefusal extends Error {
  constructor(readonly diagnostic: Diagnostic) {
    super(diagnostic.message)
  }
}

const refuse = (code: 'publish/git' | 'publish/branch', message: string, hint: string) =>
  new BranchRefusal(diagnostic(code, message, { hint }))

type Git = (args: readonly string[], given?: { readonly input: string }) => string

function createGit(cwd: string, env: SiteBranch['env']): Git {
  return (args, { input } = { input: '' }) => {
    try {
      return execFileSync('git', args, {
        cwd,
        input,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'pipe'],
        env,
        maxBuffer: 1 << 30,
      }).trim()
    } catch (error) {
      const { stderr = '', message } = error as Error & { stderr?: string }
      const said = stderr.trim() || message
      throw refuse('publish/git', `git ${args[0]} failed: ${said}`, 'nothing of yours was changed')
    }
  }
}

/** The output of git, or undefined where it fails. */
function attempt(git: Git, ...args: readonly string[]): string | undefined {
  try {
    return git(args)
  } catch {
    return undefined
  }
}

function release(
  root: string,
  site: { readonly folder: string; readonly paths: readonly string[] },
  { name, remote, isPushed, isForced, env }: SiteBranch,
): Release {
  const git = createGit(root, env)
  if (attempt(git, 'rev-parse', '--git-dir') === undefined)
    throw refuse(
      'publish/git',
      `${root} is in no git repository`,
      'begin one with git init, or copy the built site to your host by other means',
    )
  const ref = `refs/heads/${name}`
  if (attempt(git, 'check-ref-format', ref) === undefined)
    throw refuse('publish/branch', `“${name}” can be no branch`, 'write --branch release')
  const inUse = git(['worktree', 'list', '--porcelain']).split('\n').includes(`branch ${ref}`)
  if (inUse)
    throw refuse(
      'publish/branch',
      `The branch ${name} is checked out: it holds your sources`,
      'name one of its own, which need not be there yet: --branch release',
    )

  const local = attempt(git, 'rev-parse', '-q', '--verify', `${ref}^{commit}`)
  const far = isPushed
    ? tipOf(git, remote, ref)
    : attempt(git, 'rev-parse', '-q', '--verify', `refs/remotes/${remote}/${name}^{commit}`)
  const tip = newer(git, { local, far, isForced: isForced || !isPushed, name, remote })
  if (tip !== undefined && !isForced && !git(['log', '-1', '--format=%B', tip]).includes(`${TRAILER}: `))
    throw refuse(
      'publish/branch',
      `The branch ${name} holds something that this command did not put there`,
      'name another one with --branch; --force goes on from there: what the branch has stays in its history',
    )

  const tree = writeTree(git, site)
  const isSame = tip !== undefined && git(['rev-parse', `${tip}^{tree}`]) === tree
  const commit = isSame ? tip : commitTree(git, tree, tip)
  if (commit !== local) git(['update-ref', '-m', 'imprimatur publish', ref, commit, local ?? ''])
  const isNews = isPushed && far !== commit
  if (isNews) {
    const lease = isForced ? [`--force-with-lease=${ref}:${far ?? ''}`] : []
    git(['push', '--quiet', ...lease, remote, `${commit}:${ref}`])
  }
  return {
    commit: git(['rev-parse', '--short', commit]),
    committed: isSame ? 'none' : 'new',
    pushed: isNews ? 'new' : isPushed ? 'none' : 'not asked',
  }
}

/** Where the branch is on the remote; its commits are fetched when they are not here. */
function tipOf(git: Git, remote: string, ref: string): string | undefined {
  const [commit = ''] = git(['ls-remote', remote, ref]).split(/\s/)
  if (commit === '') return undefined
  if (attempt(git, 'cat-file', '-e', `${commit}^{commit}`) === undefined)
    git(['fetch', '--quiet', remote, ref])
  return commit
}

interface Tips {
  readonly local: string | undefined
  readonly far: string | undefined
  readonly isForced: boolean
  readonly name: string
  readonly remote: string
}

/** The one that has the other in its history; when neither has, the local one where `isForced`. Throws a refusal. */
function newer(git: Git, { local, far, isForced, name, remote }: Tips): string | undefined {
  if (local === undefined || far === undefined) return local ?? far
  if (attempt(git, 'merge-base', '--is-ancestor', local, far) !== undefined) return far
  if (isForced || attempt(git, 'merge-base', '--is-ancestor', far, local) !== undefined) return local
  throw refuse(
    'publish/branch',
    `The branch ${name} has other commits on ${remote} than here`,
    `git branch -D ${name} takes what ${remote} has; --force gives it what is here`,
  )
}

/** The deepest folders first: a level of folders is made by one call of mktree, and no index is needed. */
function writeTree(
  git: Git,
  { folder, paths }: { readonly folder: string; readonly paths: readonly string[] },
): string {
  const blobs = git(['hash-object', '-w', '--no-filters', '--stdin-paths'], {
    input: paths.map(path => `${join(folder, path)}\n`).join(''),
  }).split('\n')
  /** Path of a folder, '' for the root -> what is in it, as mktree reads it. */
  const folders = new Map<string, string[]>([['', []]])
  const add = (path: string, mode: string, object: string) => {
    const parent = folderOf(path)
    const known = folders.get(parent)
    const entry = `${mode} ${object}\t${path.slice(parent === '' ? 0 : parent.length + 1)}\0`
    if (known) known.push(entry)
    else folders.set(parent, [entry])
    for (let above = parent; above !== ''; above = folderOf(above))
      if (!folders.has(folderOf(above))) folders.set(folderOf(above), [])
  }
  paths.forEach((path, i) => add(path, '100644 blob', blobs[i] ?? ''))
  if (!paths.includes('.nojekyll'))
    add('.nojekyll', '100644 blob', git(['hash-object', '-w', '--stdin'], { input: '' }))
  for (let depth = largest([...folders.keys()].map(depthOf)); ; depth--) {
    const level = [...folders].filter(([path]) => depthOf(path) === depth)
    // An empty line lies between two trees.
    const trees = git(['mktree', '-z', '--batch'], {
      input: level.map(([, entries]) => entries.join('')).join('\0'),
    }).split('\n')
    if (depth === 0) return trees[0] ?? ''
    level.forEach(([path], i) => add(path, '040000 tree', trees[i] ?? ''))
  }
}

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

const depthOf = (path: string) => (path === '' ? 0 : path.split('/').length)

function commitTree(git: Git, tree: string, parent: string | undefined): string {
  const source = attempt(git, 'rev-parse', '-q', '--verify', 'HEAD') ?? 'uncommitted'
  const message = `Publish the site\n\n${TRAILER}: ${source}\n`
  return git(['commit-tree', tree, ...(parent === undefined ? [] : ['-p', parent])], { input: message })
}
