import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { version as node } from 'node:process'
import { deserialize, serialize } from 'node:v8'
import * as fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { cacheKey as CacheKey } from '../../src/build/cache/cache-key.ts'
import type { loadConfig as LoadConfig } from '../../src/config/config.ts'
import { folderWith } from '../folder.ts'
import { build, imprimatur, repository } from '../program.ts'
import { bytesOf, pathsOf } from '../tree.ts'

const site = {
  'layouts/default.ejs': '<title><%= page.title %></title><%- body %>',
  'pages/index.md': '# Home\n\n[There](there.md#part), a "word".\n',
  'pages/there.md': '---\ndate: 2026-01-01\ntags: [t]\n---\n## Part\n\nWords.\n',
  'pages/draft.md': '---\ndraft: true\n---\nNot yet.\n',
}
const CACHE = 'node_modules/.cache/imprimatur'
const now = { SOURCE_DATE_EPOCH: '1795219200' }
const isRoot = process.getuid?.() === 0
const other = 65534

let cwd: string
let fresh: ReturnType<typeof bytesOf>
beforeEach(async () => {
  cwd = folderWith(site)
  for (const command of ['build', 'lint']) await imprimatur([command], { cwd, env: now })
  fresh = bytesOf(join(cwd, 'docs'))
})

const FILES = ['build.bin', 'build-files.bin', 'lint.txt', 'build-0.txt']
const elsewhere = () => folderWith(Object.fromEntries(FILES.map(name => [name, 'theirs'])))

interface Trap {
  readonly lay: (aside: string) => void
  readonly reason: string
}

const linked = (path: string): Trap => ({
  lay(aside) {
    rmSync(join(cwd, path), { recursive: true })
    symlinkSync(aside, join(cwd, path))
  },
  reason: `${path} is a symbolic link`,
})
/** Each of the files that caches are. */
const everyFile = (change: (file: string, aside: string) => void, reason: string): Trap => ({
  lay(aside) {
    for (const name of FILES) change(join(cwd, CACHE, name), aside)
  },
  reason,
})

const traps: Readonly<Record<string, Trap>> = {
  'the folder is a link': linked(CACHE),
  'the folder above is a link': linked('node_modules/.cache'),
  'node_modules is a link': linked('node_modules'),
  'the folder is a file': {
    lay() {
      rmSync(join(cwd, CACHE), { recursive: true })
      writeFileSync(join(cwd, CACHE), '')
    },
    reason: `${CACHE} is no folder`,
  },
  'the files are links': everyFile((file, aside) => {
    rmSync(file)
    symlinkSync(join(aside, 'build.bin'), file)
  }, 'symbolic links lead round in a circle'),
  'the files are pipes': everyFile(file => {
    rmSync(file)
    execFileSync('mkfifo', [file])
  }, 'is no file'),
  'the files are folders': everyFile(file => {
    rmSync(file)
    mkdirSync(file)
  }, 'is no file'),
  'the files can be written by others': everyFile(file => chmodSync(file, 0o666), 'can be written by others'),
  ...(isRoot && {
    'the folder is somebody else’s': {
      lay: () => chownSync(join(cwd, CACHE), other, other),
      reason: `${CACHE} belongs to another user`,
    },
    'the files are somebody else’s': everyFile(
      file => chownSync(file, other, other),
      'belongs to another user',
    ),
  }),
}

describe('a cache that others may have written is not used, nor written through', () => {
  test.each(Object.entries(traps))('%s', async (_, { lay, reason }) => {
    const aside = elsewhere()
    const before = bytesOf(aside)
    lay(aside)
    for (const command of ['build', 'lint']) {
      const run = await imprimatur([command, '--verbose'], { cwd, env: now })
      const told = run.stdout.split('\n').filter(line => line.startsWith('nothing is remembered'))
      const toldLint = run.stdout.split('\n').filter(line => line.startsWith('Nothing is remembered'))
      expect([...told, ...toldLint]).toEqual([expect.stringContaining(reason)])
      expect(run.stderr).not.toContain('not your fault')
    }
    // Without --verbose there is no word.
    const { stdout, stderr } = await imprimatur(['build'], { cwd, env: now })
    expect(stdout + stderr).not.toContain('remembered')
    expect(bytesOf(join(cwd, 'docs'))).toEqual(fresh)
    expect(bytesOf(aside)).toEqual(before)
  })

  test.each(['build.bin', 'build-files.bin'])(
    'what was in the way of %s is replaced, so that the next build has a cache again',
    async name => {
      rmSync(join(cwd, CACHE, name))
      execFileSync('mkfifo', [join(cwd, CACHE, name)])
      utimesSync(join(cwd, 'pages/index.md'), new Date(), new Date())
      const { stdout } = await imprimatur(['build', '--verbose'], { cwd, env: now })
      expect(stdout).toContain(`nothing is remembered for the next build: ${CACHE}/${name} is no file`)
      expect(lstatSync(join(cwd, CACHE, name)).isFile()).toBe(true)
      expect(bytesOf(join(cwd, 'docs'))).toEqual(fresh)
    },
  )

  test('it is a folder of one’s own, and one that was open is closed', async () => {
    const mode = () => statSync(join(cwd, CACHE)).mode & 0o777
    expect(mode()).toBe(0o700)
    chmodSync(join(cwd, CACHE), 0o755)
    await imprimatur(['lint', '--no-cache'], { cwd })
    await imprimatur(['build'], { cwd, env: now })
    expect(mode()).toBe(0o700)
  })

  test.runIf(isRoot)('a folder that nobody may write to is told, and the site is built', async () => {
    rmSync(join(cwd, 'node_modules'), { recursive: true })
    mkdirSync(join(cwd, 'node_modules'))
    chmodSync(join(cwd, '..'), 0o755)
    for (const path of ['', 'docs', 'pages', ...pathsOf(join(cwd, 'docs')).map(each => `docs/${each}`)])
      chownSync(join(cwd, path), other, other)
    rmSync(join(cwd, 'docs'), { recursive: true })
    const { code, stdout } = await imprimatur(['build', '--verbose'], { cwd, env: now, uid: other })
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining(
        'nothing is remembered for the next build: node_modules/.cache/imprimatur/build.bin: permission denied',
      ),
    ])
  })
})

test('a cache of any other form is none, and no fault', async () => {
  const dist = join(repository, 'dist')
  const { cacheKey } = (await import(join(dist, 'build/cache/cache-key.js'))) as { cacheKey: typeof CacheKey }
  const { loadConfig } = (await import(join(dist, 'config/config.js'))) as { loadConfig: typeof LoadConfig }
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    version: string
  }
  const file = join(cwd, CACHE, 'build.bin')
  const columnsFile = join(cwd, CACHE, 'build-files.bin')
  const { value: config } = await loadConfig(cwd)
  const job = { config: config!, now: Number(now.SOURCE_DATE_EPOCH) * 1000, mode: 'write' } as const
  const key = cacheKey({ ...job, externalLinks: false, profile: false, version })
  const digest = (part: Buffer) =>
    createHash('sha256')
      .update(`imprimatur build cache 10\0${node}\0${key}\0`)
      .update(part)
      .digest('base64url')
  const HEAD = 43
  const whole = readFileSync(file)
  const end = HEAD + 4 + whole.readUInt32LE(HEAD)
  const [first, since] = [whole.subarray(HEAD + 4, end), whole.subarray(end)]
  const columns = readFileSync(columnsFile)
  const digests = (deserialize(first) as { readonly columns: readonly string[] }).columns
  // The form of the files is known here, or every cache below would be refused for its digests.
  expect(whole.subarray(0, HEAD).toString()).toBe(digest(first))
  expect(deserialize(first)).toMatchObject({
    since: digest(since),
    end: expect.anything() as unknown,
  })
  const sizes = digests.map((_, at) => columns.readUInt32LE(4 * at))
  const starts = sizes.map((_, at) => 4 * sizes.length + sizes.slice(0, at).reduce((a, b) => a + b, 0))
  const parts = starts.map((from, at) => columns.subarray(from, from + sizes[at]!))
  expect(starts.at(-1)! + sizes.at(-1)!).toBe(columns.length)
  expect(digests).toEqual(parts.map(digest))
  const lengthOf = (part: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32LE(part.length)
    return length
  }
  /** Lays files of these parts, which are whole. */
  const lay = (head: unknown, changes: unknown, all: unknown) => {
    const kept = serialize(changes)
    const packed = (Array.isArray(all) ? all : [all]).map(each => serialize(each))
    const files = Buffer.concat([...packed.map(lengthOf), ...packed])
    const isHead = typeof head === 'object' && head !== null && 'since' in head
    const isSound = isHead && Array.isArray((head as { readonly columns?: unknown }).columns)
    const part = serialize(isSound ? { ...head, since: digest(kept), columns: packed.map(digest) } : head)
    writeFileSync(file, Buffer.concat([Buffer.from(digest(part)), lengthOf(part), part, kept]))
    writeFileSync(columnsFile, files)
  }

  const values = fc.constantFrom(
    undefined,
    null,
    0,
    '',
    'text',
    true,
    [],
    {},
    new Map(),
    7n,
    [null],
    new Date(0),
  )
  await fc.assert(
    fc.asyncProperty(fc.nat(), values, fc.boolean(), async (place, value, isTouched) => {
      const leaves: ((to: unknown) => void)[] = []
      // One without its end, or of whose sources one has changed, is read to its last leaf.
      const cache: [unknown, unknown, unknown] = [
        deserialize(first),
        deserialize(since),
        parts.map(part => deserialize(part) as unknown),
      ]
      const walk = (each: unknown) => {
        if (each instanceof Map)
          for (const [name, inner] of each) {
            leaves.push(to => each.set(name, to))
            walk(inner)
          }
        else if (typeof each === 'object' && each !== null && !ArrayBuffer.isView(each))
          for (const [name, inner] of Object.entries(each)) {
            leaves.push(to => ((each as Record<string, unknown>)[name] = to))
            walk(inner)
          }
      }
      walk(cache)
      leaves[place % leaves.length]!(value)
      lay(...cache)
      if (isTouched) utimesSync(join(cwd, 'pages/index.md'), new Date(), new Date())
      const { code, stderr } = await imprimatur(['build'], { cwd, env: now })
      // Another text in its place has the same form: what it then says may be wrong, but is no fault.
      expect([0, 1]).toContain(code)
      expect(stderr).toBe('')
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  )
})

test('lines of the linter’s cache that are damaged are read as none', async () => {
  const page = folderWith({ 'pages/a.md': 'In a "box".\n' })
  const { stdout: right } = await imprimatur(['lint'], { cwd: page })
  const file = join(page, CACHE, 'lint.txt')
  const text = readFileSync(file, 'utf8')
  const [head, salt, line = ''] = text.split('\n')
  const entries = JSON.parse(line.slice(43)) as unknown[][]
  const numbers = [0, 1, 2, 3, 4, 5, 6, 7]
  for (const [i, value] of numbers.flatMap(n =>
    [null, 5, 'x', [], {}, [[9, 1]], [{ span: [0, 999], text: '' }]].map(v => [n, v] as const),
  )) {
    const damaged = entries.map(entry => entry.map((each, at) => (at === i ? value : each)))
    writeFileSync(file, [head, salt, line.slice(0, 43) + JSON.stringify(damaged)].join('\n'))
    const { stdout, stderr } = await imprimatur(['lint'], { cwd: page })
    expect({ i, value, stderr }).toEqual({ i, value, stderr: '' })
    if (stdout === right) continue
    // Another text is data; only a message or a hint can be that.
    expect([0, 1, 2, 3, 5, 6, 7]).toContain(i)
  }
})

test('output that is edited in place, with its time put back, is seen', async () => {
  const file = join(cwd, 'docs/index.html')
  const { atime, mtime } = statSync(file)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, text.replace('Home', 'Hemo'))
  utimesSync(file, atime, mtime)
  expect((await build({ cwd, env: now }, '--check')).code).toBe(1)
  await build({ cwd, env: now })
  expect(readFileSync(file, 'utf8')).toBe(text)
  const { stdout } = await imprimatur(['build'], { cwd, env: now })
  expect(stdout).toContain('0 written')
})

test('caches are nowhere but in that folder', async () => {
  const before = new Set(pathsOf(cwd))
  const temporary = folderWith()
  const home = folderWith()
  const env = { ...now, TMPDIR: temporary, HOME: home, XDG_CACHE_HOME: join(home, 'cache') }
  rmSync(join(cwd, CACHE), { recursive: true })
  renameSync(join(cwd, 'docs'), join(cwd, 'old'))
  writeFileSync(join(cwd, 'imprimatur.config.ts'), 'export default {}\n')
  for (const command of ['build', 'lint']) await imprimatur([command], { cwd, env })
  expect(pathsOf(temporary)).toEqual([])
  expect(existsSync(join(home, 'cache'))).toBe(false)
  const added = pathsOf(cwd).filter(
    path => !before.has(path) && !/^(?:old|docs|imprimatur\.config\.ts)/.test(path),
  )
  expect(added.every(path => path.startsWith(`${CACHE}/`))).toBe(true)
})
