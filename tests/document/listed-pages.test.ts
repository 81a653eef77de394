import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rescanSources, scanSources } from '../../src/build/cache/file-states.ts'
import { loadConfig, type UserConfig } from '../../src/config/config.ts'
import { listSources, withPage } from '../../src/document/find-sources.ts'
import { folderWith } from '../folder.ts'

/** Names whose order among files and folders is not that of their paths, and some of files that are none of a site. */
const name = fc.constantFrom('a', 'a!', 'a-b', 'a.b', 'b', 'ä', 'Ω', '~c', '.d', '_e', 'node_modules', 'docs')
const file = fc
  .tuple(fc.array(name, { maxLength: 3 }), name, fc.constantFrom('.md', '.html', '.txt', '.md~', '.yaml'))
  .map(([folders, stem, ending]) => ['pages', ...folders, stem + ending].join('/'))
const settings = fc.constantFrom<UserConfig>(
  {},
  { dirs: { layouts: 'pages/_e' } },
  { dirs: { assets: 'pages/b' } },
  { build: { include: ['pages/.d/**'] } },
)

const put = (root: string, path: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), 'Text.\n')
}

async function tree(paths: readonly string[], own: UserConfig) {
  const root = folderWith({ 'pages/index.md': '', 'pages/b/data.txt': '', 'outside/o.md': '' })
  for (const path of paths) put(root, path)
  const { value: config } = await loadConfig(root, own)
  return { root, config: config! }
}

test('a page that comes or goes is listed as a look at all of them lists it', async () => {
  let known = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { maxLength: 12 }),
      fc.array(fc.tuple(file, fc.boolean()), { minLength: 1, maxLength: 6 }),
      settings,
      async (paths, steps, own) => {
        const { root, config } = await tree(paths, own)
        for (const [path, isThere] of steps) {
          const before = listSources(config).value!
          if (isThere) put(root, path)
          else rmSync(join(root, path), { force: true })
          const after = listSources(config).value!
          const isOther = before.pages.length !== after.pages.length
          const listed = isOther ? withPage(before, path, { isThere, config }) : undefined
          expect(listed ?? after).toEqual(after)
          if (listed) known++
        }
      },
    ),
    { numRuns: 200 },
  )
  expect(known).toBeGreaterThan(30)
})

test('what a session looks at again is what it would see at first', async () => {
  const event = fc.record({
    path: file,
    what: fc.constantFrom('written', 'gone', 'a link', 'a link to nothing', 'a folder that is a link'),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { maxLength: 8 }),
      fc.array(event, { minLength: 1, maxLength: 6 }),
      async (paths, events) => {
        const { root, config } = await tree(paths, {})
        let scan = scanSources(config).value!
        for (const { path, what } of events) {
          const place = join(root, what === 'a folder that is a link' ? dirname(path) : path)
          if (what === 'written') put(root, path)
          else if (what === 'gone' || place !== join(root, 'pages'))
            rmSync(place, { force: true, recursive: true })
          if (what.includes('link') && place !== join(root, 'pages')) {
            mkdirSync(dirname(place), { recursive: true })
            const target =
              what === 'a link' ? 'outside/o.md' : what === 'a link to nothing' ? 'none' : 'outside'
            symlinkSync(join(root, target), place)
          }
          const anew = scanSources(config).value
          const touched = what === 'a folder that is a link' ? dirname(path) : path
          const next = rescanSources(config, scan, [touched]).value
          expect(next?.sources).toEqual(anew?.sources)
          expect(new Set(next?.states.keys())).toEqual(new Set(anew?.states.keys()))
          if (!next) return
          scan = next
        }
      },
    ),
    { numRuns: 150 },
  )
})
