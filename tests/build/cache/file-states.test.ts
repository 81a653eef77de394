import * as fs from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { loadConfig } from '../../../src/config/config.ts'
import { changesBetween, scanSources } from '../../../src/build/cache/file-states.ts'
import { folderWith } from '../../folder.ts'

vi.mock('node:fs', async original => ({ ...(await original<typeof fs>()) }))

// A spy on a spy would call itself.
afterEach(() => void vi.restoreAllMocks())

test('a file that goes between being listed and being looked at is missed, and then seen to be gone', async () => {
  const root = folderWith({ 'pages/a.md': 'A', 'pages/b.md': 'B' })
  const { value: config } = await loadConfig(root, {})
  const whole = scanSources(config!).value!
  const { statSync } = fs
  const going = join(root, 'pages/a.md')
  vi.spyOn(fs, 'statSync').mockImplementation(((path: string) => {
    if (path === going) fs.rmSync(going, { force: true })
    return statSync(path)
  }) as typeof statSync)
  const half = scanSources(config!, whole).value!
  const after = scanSources(config!, half).value!
  expect(changesBetween(whole, half)).toEqual(['pages/a.md'])
  expect([half.sources.pages, after.sources.pages]).toEqual([['a.md', 'b.md'], ['b.md']])
  expect(changesBetween(half, after)).toEqual(['pages/a.md'])
})

test('on a file system whose clock ticks every two seconds, a second change within one is seen', async () => {
  const root = folderWith({ 'pages/a.md': 'one' })
  const { value: config } = await loadConfig(root, {})
  const { statSync } = fs
  const coarse = (ms: number) => Math.floor(ms / 2000) * 2000
  vi.spyOn(fs, 'statSync').mockImplementation(((path: string, options?: fs.StatSyncOptions) => {
    const found = statSync(path, options) as fs.Stats | undefined
    return found && Object.assign(found, { mtimeMs: coarse(found.mtimeMs), ctimeMs: coarse(found.ctimeMs) })
  }) as typeof statSync)
  // The second write must not happen to fall into the next tick.
  while (Date.now() % 2000 > 1500) await new Promise(resolve => setTimeout(resolve, 50))
  fs.writeFileSync(join(root, 'pages/a.md'), 'one')
  const first = scanSources(config!).value!
  fs.writeFileSync(join(root, 'pages/a.md'), 'two')
  const second = scanSources(config!, first).value!
  expect(changesBetween(first, second)).toEqual(['pages/a.md'])
})
