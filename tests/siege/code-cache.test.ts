import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { Script } from 'node:vm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { BundleIndex } from '../../src/config/bundle/bundle-file.ts'
import { codeCache } from '../../src/config/bundle/code-cache.ts'
import { ownCacheFolder } from '../../src/config/cache-folder.ts'
import { bundleLaunchers, bundleProgram } from '../../tools/launch/bundle.ts'
import { folderWith } from '../folder.ts'
import { execute, repository } from '../program.ts'

/*
 * V8 compares of a source its length alone, and trusts the code that it is given for it: whoever lays a cache of code decides what runs.
 * The caches here have code that says another word, in the form that the program itself gives them.
 */

const WORD = 'what was laid here runs'
const OTHER = 65534

let main: string
/** The code of the first part of the bundle, which says the word and ends. */
let laid: Buffer
let state: string

beforeAll(async () => {
  const root = folderWith()
  for (const path of ['dist', 'package.json', 'schema'])
    cpSync(join(repository, path), join(root, path), { recursive: true })
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'))
  const dist = join(root, 'dist')
  await bundleProgram(dist)
  await bundleLaunchers(dist)
  main = join(dist, 'cli/main.js')
  const bundle = join(dist, 'bundle.cjs')
  const [index = ''] = readFileSync(bundle, 'utf8').split('\n', 1)
  const { stamp, parts } = JSON.parse(index.slice(2)) as BundleIndex
  const { size, mtimeMs } = statSync(bundle)
  state = `${stamp} ${size} ${mtimeMs}`
  const [, bytes = 0] = parts.find(([name]) => name === 'entries.cjs')!
  const file = readFileSync(bundle)
  const before = parts
    .slice(
      0,
      parts.findIndex(([name]) => name === 'entries.cjs'),
    )
    .reduce((sum, part) => sum + part[1], 0)
  const at = index.length + 1 + before
  // As the loader has it.
  const wrap = (code: string) => `(function (exports, require, module, placeOf, importModule) {${code}\n})`
  const own = wrap(file.toString('utf8', at, at + bytes))
  const foreign = `process.stdout.write(${JSON.stringify(WORD)});process.exit(0)`
  const padded = wrap(foreign + ' '.repeat(own.length - wrap(foreign).length))
  const script = new Script(padded, { filename: bundle })
  // What has not run yet is not compiled.
  const { exit } = process
  const write = process.stdout.write.bind(process.stdout)
  Object.assign(process, { exit: () => undefined })
  process.stdout.write = () => true
  try {
    ;(script.runInThisContext() as () => void)()
  } finally {
    Object.assign(process, { exit })
    process.stdout.write = write
  }
  laid = script.createCachedData()
}, 120_000)

let caches: string
beforeEach(() => {
  caches = folderWith()
  chmodSync(join(caches, '..'), 0o755)
  codeCache(caches, 'rules', state).write([{ name: './entries.cjs', code: laid }])
})

const run = (...args: readonly string[]) =>
  execute(process.execPath, [main, 'rules', ...args], { cwd: folderWith(), env: { XDG_CACHE_HOME: caches } })
const asEver = { code: 0, stderr: '', stdout: expect.stringContaining('common/') as string }
const own = () => join(caches, 'imprimatur')
const file = () => join(own(), readdirSync(own())[0]!)
const isRoot = process.getuid?.() === 0

describe.skipIf(process.platform === 'win32')('code that V8 is given', () => {
  test('is run, as it is of the user’s own making: what is refused below is no mere fault of form', async () => {
    expect((await run()).stdout).toBe(WORD)
  })

  test('is not read where nothing of a site is trusted', async () => {
    expect(await run('--no-config')).toMatchObject(asEver)
  })

  const traps: Readonly<Record<string, () => void>> = {
    ...(isRoot && {
      'in a file of another user': () => chownSync(file(), OTHER, OTHER),
      'in a folder of another user': () => chownSync(own(), OTHER, OTHER),
      'in caches of another user': () => chownSync(caches, OTHER, OTHER),
    }),
    'in a file that others may write to': () => chmodSync(file(), 0o666),
    'in caches that others may write to': () => chmodSync(caches, 0o777),
    'in a file that is a link': () => {
      const path = file()
      renameSync(path, join(caches, 'aside'))
      symlinkSync(join(caches, 'aside'), path)
    },
    'in a folder that is a link': () => {
      renameSync(own(), join(caches, 'aside'))
      symlinkSync(join(caches, 'aside'), own())
    },
    'in a folder in its place': () => {
      const path = file()
      rmSync(path)
      mkdirSync(path)
    },
  }
  test.each(Object.entries(traps))('is not read %s', async (_, lay) => {
    lay()
    expect(await run()).toMatchObject(asEver)
  })

  test.runIf(isRoot)(
    'is not read, nor written over, in the home of another user, as sudo may have it',
    async () => {
      const home = folderWith()
      mkdirSync(join(home, '.cache'))
      renameSync(own(), join(home, '.cache/imprimatur'))
      for (const path of [
        '.cache',
        '.cache/imprimatur',
        `.cache/imprimatur/${readdirSync(join(home, '.cache/imprimatur'))[0]}`,
      ])
        chownSync(join(home, path), OTHER, OTHER)
      const { stdout } = await execute(process.execPath, [main, 'rules'], {
        cwd: home,
        env: { HOME: home, XDG_CACHE_HOME: '' },
      })
      expect(stdout).toContain('common/')
    },
  )

  test('a folder that others could write to is none for Node to keep code in, since what lies there may be theirs', () => {
    chmodSync(own(), 0o777)
    expect(ownCacheFolder(caches)).toBeUndefined()
    rmSync(own(), { recursive: true })
    expect(ownCacheFolder(caches)).toBe(own())
  })
})
