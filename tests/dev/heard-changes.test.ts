import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createHeardChanges } from '../../src/dev/heard-changes.ts'
import { folderWith } from '../folder.ts'

/** Of a folder of ours, with a clock that stands still. */
function listen(system = 'linux') {
  const root = folderWith({ 'pages/a.md': 'a' })
  const clock = { now: 0 }
  const heard = createHeardChanges(root, system, () => clock.now)
  heard.met(join(root, 'pages'))
  return { root, clock, heard }
}

test.runIf(process.platform === 'linux')('what is touched is known until it is looked at', async () => {
  const { heard } = listen()
  expect(await heard.pending()).toEqual([])
  heard.touched('pages/a.md')
  heard.touched('pages/gone.md')
  // Below what is a file.
  heard.touched('pages/a.md/b.md')
  const all = ['pages/a.md', 'pages/gone.md', 'pages/a.md/b.md']
  expect(await heard.pending()).toEqual(all)
  expect(await heard.pending()).toEqual(all)
  heard.seen()
  expect(await heard.pending()).toEqual([])
})

test.runIf(process.platform === 'linux')(
  'what is touched in this turn of the event loop is known, too',
  async () => {
    const { heard } = listen()
    const pending = heard.pending()
    heard.touched('pages/a.md')
    expect(await pending).toEqual(['pages/a.md'])
  },
)

test.runIf(process.platform === 'linux')(
  'a folder that has come may have files that nothing told of, for a while',
  async () => {
    const { root, clock, heard } = listen()
    mkdirSync(join(root, 'pages/new'))
    heard.touched('pages/new')
    heard.seen()
    expect(await heard.pending()).toBeUndefined()
    clock.now += 4999
    expect(await heard.pending()).toBeUndefined()
    clock.now += 1
    expect(await heard.pending()).toEqual([])
  },
)

test.runIf(process.platform === 'linux')('of very much at once, some may be unheard', async () => {
  const { heard } = listen()
  for (let i = 0; i < 1000; i++) heard.touched(`pages/${i}.md`)
  expect(await heard.pending()).toHaveLength(1000)
  heard.touched('pages/1000.md')
  expect(await heard.pending()).toBeUndefined()
})

test('nothing is known of other systems, of what cannot be watched, of a folder that is not there', async () => {
  expect(await listen('darwin').heard.pending()).toBeUndefined()
  const failing = listen()
  failing.heard.failed()
  expect(await failing.heard.pending()).toBeUndefined()
  const missing = listen()
  missing.heard.met(join(missing.root, 'missing'))
  expect(await missing.heard.pending()).toBeUndefined()
})

test.skipIf(process.platform === 'win32')('nothing is known of where links lead', async () => {
  const elsewhere = folderWith({ 'b.md': 'b' })
  const folder = listen()
  symlinkSync(elsewhere, join(folder.root, 'pages/linked'))
  folder.heard.met(join(folder.root, 'pages/linked'))
  expect(await folder.heard.pending()).toBeUndefined()
  const file = listen()
  symlinkSync(join(elsewhere, 'b.md'), join(file.root, 'pages/.b'))
  renameSync(join(file.root, 'pages/.b'), join(file.root, 'pages/b.md'))
  file.heard.touched('pages/b.md')
  expect(await file.heard.pending()).toBeUndefined()
  writeFileSync(join(elsewhere, 'b.md'), 'c')
  expect(await file.heard.pending()).toBeUndefined()
})
