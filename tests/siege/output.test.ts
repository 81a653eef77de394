import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { newBuilder, stageName } from '../../src/build/output/stages.ts'
import { folderWith } from '../folder.ts'
import { build, cli, ended, execute, imprimatur, start, type JsonReport, type Run } from '../program.ts'
import { bytesOf, writeFiles, type Files } from '../tree.ts'
import { untilItWaits } from './waiting-build.ts'

const isRoot = process.getuid?.() === 0
const isLong = process.env.SIEGE === 'long'

/** Two versions of a site: files change, come and go, one at the root, some in folders, and a page becomes a folder. */
const version = (name: 'old' | 'new'): Files => ({
  'imprimatur.config.json': '{ "build": { "extras": false } }',
  'layouts/default.ejs': `${name} <%- body %>`,
  'pages/same.txt': 'both have it',
  [name === 'old' ? 'pages/changing.txt' : 'pages/changing.txt/index.md']: name,
  [name === 'old' ? 'pages/inner/gone.md' : 'pages/inner/come/index.md']: name,
  ...Object.fromEntries(
    [1, 2, 3].flatMap(n => [
      [`pages/p${n}.md`, `${n}`],
      [`pages/inner/p${n}.md`, `${n} ${'words '.repeat(200)}`],
    ]),
  ),
})

interface Sites {
  readonly cwd: string
  readonly docs: string
  readonly older: ReturnType<typeof bytesOf>
  readonly newer: ReturnType<typeof bytesOf>
}

const write = (cwd: string, name: 'old' | 'new') => {
  rmSync(join(cwd, 'pages'), { recursive: true, force: true })
  writeFiles(cwd, version(name))
}

/** A site that was built as the old version, with the sources of the new one; and what it was and is to be. */
async function sites(): Promise<Sites> {
  const elsewhere = folderWith(version('new'))
  await imprimatur(['build'], { cwd: elsewhere })
  const cwd = folderWith(version('old'))
  await imprimatur(['build'], { cwd })
  const docs = join(cwd, 'docs')
  const older = bytesOf(docs)
  write(cwd, 'new')
  return { cwd, docs, older, newer: bytesOf(join(elsewhere, 'docs')) }
}

const mounted: string[] = []
function mount(...args: readonly string[]): void {
  execFileSync('mount', args)
  mounted.push(args.at(-1)!)
}
afterEach(() => {
  for (const folder of mounted.splice(0).toReversed()) execFileSync('umount', ['-l', folder])
})

/** Puts another file system where a folder is, with the same in it. */
function remount(folder: string, options: string): void {
  const copy = `${folder}.copy`
  cpSync(folder, copy, { recursive: true })
  rmSync(folder, { recursive: true })
  mkdirSync(folder)
  mount('-t', 'tmpfs', '-o', options, 'tmpfs', folder)
  cpSync(copy, folder, { recursive: true })
  rmSync(copy, { recursive: true })
}

describe.runIf(isRoot)('a part of the output on another file system', () => {
  test('is written like the rest', async () => {
    const { cwd, docs, older, newer } = await sites()
    remount(join(docs, 'inner'), 'size=1m')
    expect((await build({ cwd })).code).toBe(0)
    expect(bytesOf(docs)).toEqual(newer)
    write(cwd, 'old')
    expect((await build({ cwd })).code).toBe(0)
    expect(bytesOf(docs)).toEqual(older)
    expect((await build({ cwd }, '--check')).code).toBe(0)
  })

  test('and when it is the same file system under another name', async () => {
    const { cwd, docs, newer } = await sites()
    const outside = folderWith()
    cpSync(join(docs, 'inner'), outside, { recursive: true })
    mount('--bind', outside, join(docs, 'inner'))
    expect((await build({ cwd })).code).toBe(0)
    expect(bytesOf(docs)).toEqual(newer)
  })

  test('is taken back with the rest when it is full', async () => {
    const { cwd, docs, older, newer } = await sites()
    remount(join(docs, 'inner'), 'size=24k')
    writeFileSync(join(docs, 'inner/ballast'), '')
    for (let left = true; left;) {
      try {
        writeFileSync(join(docs, 'inner/ballast'), 'x'.repeat(4096), { flag: 'a' })
      } catch {
        left = false
      }
    }
    const { code, report } = await build({ cwd })
    expect([code, report.diagnostics.filter(each => each.severity === 'error')]).toEqual([
      1,
      [
        expect.objectContaining({
          message: 'docs/ cannot be written: the disk is full',
          hint: 'make room and build again; the site is as it was',
        }),
      ],
    ])
    rmSync(join(docs, 'inner/ballast'))
    expect(bytesOf(docs)).toEqual(older)
    execFileSync('mount', ['-o', 'remount,size=1m', join(docs, 'inner')])
    expect((await build({ cwd })).code).toBe(0)
    expect(bytesOf(docs)).toEqual(newer)
  })

  test('a build that is killed there leaves nothing that the next one does not take away', async () => {
    const { cwd, docs, newer } = await sites()
    remount(join(docs, 'inner'), 'size=1m')
    for (let step = 0; step < 60; step += isLong ? 1 : 30) {
      await ended(failing(cwd, { KILL: String(step) }))
      expect((await build({ cwd })).code).toBe(0)
      expect(bytesOf(docs)).toEqual(newer)
      write(cwd, 'old')
      await build({ cwd })
      write(cwd, 'new')
    }
  })
})

/** Lets changes to the file system fail: the one of this number, all from it on, or all after a file was taken out of the way. */
const hook = `
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const { FAIL = 'none', FAIL_FROM = 'none', FAIL_AFTER = 'none', KILL = 'none' } = process.env
let fails = false
let step = 0
const names = ['writeFileSync', 'renameSync', 'unlinkSync', 'rmdirSync', 'rmSync', 'mkdirSync', 'linkSync', 'copyFileSync']
for (const name of names) {
  const change = fs[name]
  fs[name] = (...args) => {
    const own = step++
    if (own === Number(KILL)) process.kill(process.pid, 'SIGKILL')
    if (fails || own === Number(FAIL) || own >= Number(FAIL_FROM))
      throw Object.assign(new Error('EIO: i/o error, ' + name), { code: 'EIO', syscall: name })
    fails = name === 'renameSync' && args[0].endsWith(FAIL_AFTER)
    return change(...args)
  }
}
syncBuiltinESMExports()
process.once('exit', () => fs.writeSync(2, 'steps ' + step))
`

let hooks: string | undefined
function failing(cwd: string, env: Readonly<Record<string, string>>) {
  hooks ??= folderWith({ 'hook.mjs': hook })
  const args = ['--import', join(hooks, 'hook.mjs'), cli, 'build', '--format', 'json']
  return start(process.execPath, args, { cwd, env })
}

/** A process each, and two builds. */
const RUNS = Number(process.env.RUNS ?? 4)

describe('“the site is as it was” is said when it is, and else what is new', () => {
  test.each(['FAIL', 'FAIL_FROM'])(
    'whatever change to the file system fails: %s',
    async way => {
      const { cwd, docs, older, newer } = await sites()
      const aside = folderWith()
      const putBack = () => {
        rmSync(docs, { recursive: true })
        rmSync(join(cwd, 'node_modules'), { recursive: true, force: true })
        cpSync(join(aside, 'docs'), docs, { recursive: true })
      }
      cpSync(docs, join(aside, 'docs'), { recursive: true })
      const { stderr } = await ended(failing(cwd, {}))
      const steps = Number(/steps (\d+)$/.exec(stderr)?.[1])
      expect(steps).toBeGreaterThan(40)
      const kinds = { asItWas: 0, mixed: 0, done: 0 }
      for (let i = 0; i < RUNS; i++) {
        putBack()
        const step = Math.floor(((i + 0.5) / RUNS) * steps)
        const run = await ended(failing(cwd, { [way]: String(step) }))
        const left = withoutOwn(bytesOf(docs))
        const { kind, expected } = whatIsSaid(run, left, { older, newer })
        kinds[kind]++
        expect({ way, step, kind, left }).toEqual({ way, step, kind, left: expected })
        expect((await build({ cwd })).code).toBe(0)
        expect(bytesOf(docs)).toEqual(newer)
      }
      expect(kinds.asItWas).toBeGreaterThan(0)
      expect(kinds.mixed > 0).toBe(way === 'FAIL_FROM')
    },
    60_000 + RUNS * 6000,
  )

  test('a file that is out of the way when nothing works any more is gone', async () => {
    const { cwd, docs, older, newer } = await sites()
    const run = await ended(failing(cwd, { FAIL_AFTER: '/docs/changing.txt' }))
    expect(run.stdout).toContain('these are gone: changing.txt;')
    const left = withoutOwn(bytesOf(docs))
    expect(left).not.toHaveProperty('changing.txt')
    expect(whatIsSaid(run, left, { older, newer })).toEqual({ kind: 'mixed', expected: left })
    expect((await build({ cwd })).code).toBe(0)
    expect(bytesOf(docs)).toEqual(newer)
  })
})

/** What the output folder must hold, going by the message of a build. */
function whatIsSaid(
  { code, stdout, stderr }: Run,
  left: ReturnType<typeof bytesOf>,
  { older, newer }: Pick<Sites, 'older' | 'newer'>,
) {
  const report = [stdout, stderr].find(text => text.startsWith('{')) ?? ''
  const { diagnostics } = JSON.parse(report.replace(/steps \d+$/, '')) as JsonReport
  const { hint = '' } = diagnostics.find(each => each.code === 'output/write') ?? {}
  if (code === 0) return { kind: 'done', expected: withoutOwn(newer) } as const
  if (hint.includes('the site is as it was')) return { kind: 'asItWas', expected: withoutOwn(older) } as const
  const areSaid = (state: string) => {
    const [, named = ''] = new RegExp(`these are ${state}: (.*?);`).exec(hint) ?? []
    const files = named.split(', ')
    return (path: string) => files.some(each => path === each || path.startsWith(`${each}/`))
  }
  const [isNew, isGone] = [areSaid('new already'), areSaid('gone')]
  const paths = [...new Set([...Object.keys(left), ...Object.keys(older), ...Object.keys(newer)])]
  const expected = paths.flatMap(path => {
    const bytes = isGone(path) ? undefined : (isNew(path) ? newer : older)[path]
    return bytes === undefined ? [] : [[path, bytes] as const]
  })
  return { kind: 'mixed', expected: withoutOwn(Object.fromEntries(expected)) } as const
}

/** Without the list of files, which may be wider than the site, and without what the next build clears. */
const withoutOwn = (files: ReturnType<typeof bytesOf>) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith('.imprimatur')))

describe('two builds at once', () => {
  test.runIf(isRoot)('in two containers, both as process 1', async () => {
    const { cwd, docs, older, newer } = await sites()
    const one = () =>
      execute('unshare', ['--pid', '--fork', process.execPath, cli, 'build', '--format', 'json'], { cwd })
    for (let i = 0; i < (isLong ? 10 : 2); i++) {
      const runs = await Promise.all([one(), one()])
      expect(runs.map(({ code, stdout }) => [code, stdout])).toEqual(
        [0, 0].map(code => [code, expect.anything()]),
      )
      expect(bytesOf(docs)).toEqual(i % 2 === 0 ? newer : older)
      write(cwd, i % 2 === 0 ? 'old' : 'new')
    }
  })

  test('one waits while the other changes the site', async () => {
    const { cwd, docs, older, newer } = await sites()
    // This process holds the lock, and runs.
    writeFileSync(join(docs, '.imprimatur-lock'), newBuilder())
    const second = ended(start(process.execPath, [cli, 'build'], { cwd }))
    await untilItWaits(docs)
    // For all of the time that follows, too.
    await sleep(200)
    expect(withoutOwn(bytesOf(docs))).toEqual(withoutOwn(older))
    rmSync(join(docs, '.imprimatur-lock'))
    expect((await second).code).toBe(0)
    expect(bytesOf(docs)).toEqual(newer)
  })

  test.each([
    ['a process that is gone', (builder: string) => builder.replace(/^\d+/, '4194305'), 0],
    ['another machine, where nothing happened for long', () => '1.000000000000.aaaa', 3600],
    // These are watched for ten seconds.
    ...(isLong
      ? ([
          ['another machine, that shows no life', () => '1.000000000000.aaaa', 0],
          ['nobody', () => '', 0],
        ] as const)
      : []),
  ] as const)('a lock of %s is no obstacle for ever', async (_, holder, age) => {
    const { cwd, docs, newer } = await sites()
    const lock = join(docs, '.imprimatur-lock')
    writeFileSync(lock, holder(newBuilder()))
    const time = new Date(Date.now() - 1000 * age)
    utimesSync(lock, time, time)
    expect((await build({ cwd })).code).toBe(0)
    expect(bytesOf(docs)).toEqual(newer)
  })

  test('what the other has made meanwhile stays its own', async () => {
    const { cwd, docs } = await sites()
    writeFileSync(join(docs, '.imprimatur-lock'), newBuilder())
    const second = ended(start(process.execPath, [cli, 'build'], { cwd }))
    await untilItWaits(docs)
    // As though a build of newer sources had come first.
    writeFileSync(join(docs, 'later.html'), 'later')
    const list = join(docs, '.imprimatur-files')
    writeFileSync(list, `${readFileSync(list, 'utf8')}later.html\n`)
    rmSync(join(docs, '.imprimatur-lock'))
    expect((await second).code).toBe(0)
    expect(readFileSync(list, 'utf8').split('\n')).toContain('later.html')
    writeFiles(cwd, { 'pages/later.html': 'later' })
    expect((await build({ cwd })).code).toBe(0)
  })
})

describe('what builds leave behind', () => {
  test('a stage of a process that is gone is cleared; one of another container is left while it is new', async () => {
    const { cwd, docs, newer } = await sites()
    const dead = stageName(newBuilder().replace(/^\d+/, '4194305'))
    const foreign = stageName('1.000000000000.aaaa')
    for (const name of [dead, foreign]) writeFiles(join(docs, name), { 'site/a.html': 'a' })
    await build({ cwd })
    expect([existsSync(join(docs, dead)), existsSync(join(docs, foreign))]).toEqual([false, true])
    rmSync(join(docs, foreign), { recursive: true })
    expect(bytesOf(docs)).toEqual(newer)
  })

  test('a stage that names folders outside takes nothing away there', async () => {
    const { cwd, docs } = await sites()
    const dead = stageName(newBuilder().replace(/^\d+/, '4194305'))
    const outside = folderWith({ [`${dead}/precious`]: 'kept' })
    writeFiles(join(docs, dead), { others: `../../${outside.split('/').at(-1)}\n${outside}\n` })
    await build({ cwd })
    expect(readFileSync(join(outside, dead, 'precious'), 'utf8')).toBe('kept')
  })

  test.runIf(isRoot)('nobody else can look at pages that are not published yet', async () => {
    const { cwd, docs } = await sites()
    writeFileSync(join(docs, '.imprimatur-lock'), newBuilder())
    const second = ended(start(process.execPath, [cli, 'build'], { cwd }))
    await untilItWaits(docs)
    const look = await execute('bash', ['-c', 'cat docs/.imprimatur-stage-*/site/*'], { cwd, uid: 65534 })
    expect([look.code, look.stdout]).toEqual([1, ''])
    rmSync(join(docs, '.imprimatur-lock'))
    await second
  })
})

test.runIf(isRoot)('a folder whose rights were revoked changes nothing', async () => {
  const { cwd, docs, older } = await sites()
  chmodSync(join(cwd, '..'), 0o755)
  execFileSync('chown', ['-R', '65534:65534', cwd])
  chownSync(join(docs, 'inner'), 0, 0)
  chmodSync(join(docs, 'inner'), 0o755)
  const run = await execute(process.execPath, [cli, 'build'], { cwd, uid: 65534 })
  expect([run.code, run.stdout]).toEqual([1, expect.stringContaining('the site is as it was')])
  expect(bytesOf(docs)).toEqual(older)
  renameSync(docs, join(cwd, 'kept'))
})
