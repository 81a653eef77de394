import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { codeCache } from '../../src/config/bundle/code-cache.ts'
import { userCaches } from '../../src/config/cache-folder.ts'
import { folderWith } from '../folder.ts'

const parts = [
  { name: './one.cjs', code: Buffer.from('code of one') },
  { name: './two.cjs', code: Buffer.from([0, 10, 255]) },
]

let folder: string | undefined

/** Writes into a folder of caches; the path of the file in it. */
function written(caches = folderWith()) {
  folder = userCaches({ XDG_CACHE_HOME: caches }, process.platform)
  if (folder !== undefined) codeCache(folder, 'build', 'state').write(parts)
  return join(caches, 'imprimatur', `build-node${process.versions.node.split('.')[0]}.code`)
}

const found = (command = 'build', state = 'state') => {
  const cache = codeCache(folder!, command, state)
  return parts.map(({ name }) => cache.find(name))
}

const all = parts.map(({ code }) => code)
const none = [undefined, undefined]

test('what one command has kept it finds, and no other, and nobody who has another bundle', () => {
  written()
  expect(found()).toEqual(all)
  expect(found('lint')).toEqual(none)
  expect(found('build', 'other')).toEqual(none)
  expect(codeCache(folder!, 'build', 'state').find('./three.cjs')).toBeUndefined()
})

test('any one bit that is other than it was is found out', () => {
  const file = written()
  const bytes = readFileSync(file)
  for (let at = 0; at < bytes.length; at++) {
    const damaged = Buffer.from(bytes)
    damaged[at]! ^= 1
    writeFileSync(file, damaged)
    expect([at, found()]).toEqual([at, none])
  }
  for (const length of [0, 1, 32, 33, bytes.length - 1]) {
    writeFileSync(file, bytes.subarray(0, length))
    expect([length, found()]).toEqual([length, none])
  }
})

test.skipIf(process.platform === 'win32')('its folder is for the user alone', () => {
  const caches = folderWith()
  mkdirSync(join(caches, 'imprimatur'), { mode: 0o755 })
  written(caches)
  expect(lstatSync(join(caches, 'imprimatur')).mode & 0o777).toBe(0o700)
})

test.skipIf(process.platform === 'win32')('what others can write, or a link leads to, is not read', () => {
  const file = written()
  chmodSync(file, 0o666)
  expect(found()).toEqual(none)
  chmodSync(file, 0o644)
  expect(found()).toEqual(all)
  renameSync(file, `${file}.away`)
  symlinkSync(`${file}.away`, file)
  expect(found()).toEqual(none)
})

test.skipIf(process.platform === 'win32')('nothing is written through a link', () => {
  const [linked, elsewhere] = [folderWith(), folderWith()]
  symlinkSync(elsewhere, join(linked, 'imprimatur'))
  expect(() => lstatSync(written(linked))).toThrow('ENOENT')
  expect(found()).toEqual(none)
})

test.skipIf(process.platform === 'win32')(
  'a folder of caches is there, is the user’s own, and nobody else writes in it',
  () => {
    const caches = folderWith()
    const home = folderWith({ '.cache/a': '', 'Library/Caches/a': '' })
    expect(userCaches({ XDG_CACHE_HOME: caches, HOME: home }, 'linux')).toBe(caches)
    expect(userCaches({ XDG_CACHE_HOME: 'relative', HOME: home }, 'linux')).toBe(join(home, '.cache'))
    expect(userCaches({ HOME: home }, 'darwin')).toBe(join(home, 'Library/Caches'))
    expect(userCaches({ LOCALAPPDATA: home, HOME: caches }, 'win32')).toBe(home)
    expect(userCaches({ HOME: caches }, 'linux')).toBeUndefined()
    expect(userCaches({ XDG_CACHE_HOME: join(home, '.cache/a') }, 'linux')).toBeUndefined()
    expect(userCaches({}, 'linux')).toBeUndefined()
    chmodSync(caches, 0o777)
    expect(userCaches({ XDG_CACHE_HOME: caches }, 'linux')).toBeUndefined()
  },
)
