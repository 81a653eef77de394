import { lstatSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Config } from '../../../src/config/config.ts'
import { commit } from '../../../src/build/output/commit.ts'
import { isStampOf, openOutputFolder, sealedStamps } from '../../../src/build/output/output-folder.ts'
import { newBuilder } from '../../../src/build/output/stages.ts'
import { stage, storeIn } from '../../../src/build/output/write.ts'
import { folderWith } from '../../folder.ts'

const FILES = [
  'new/a/index.html',
  'new/b/index.html',
  'new/c.txt',
  'there/index.html',
  'there/more/index.html',
  'x.txt',
]

/** What a build does with these files, in a folder where some of theirs are. */
function place(root: string) {
  const { value: folder } = openOutputFolder({ root, dirs: { output: 'docs' } } as Config)
  if (!folder) throw new Error('The folder cannot be used')
  const builder = newBuilder()
  const files = FILES.map(path => ({
    path,
    maker: { kind: 'for machines' as const },
    contents: () => ({ value: `new ${path}`, diagnostics: [] }),
  }))
  const { value: staged } = stage(files, folder, { store: storeIn(folder, builder), patience: 60 })
  const { value: committed } = commit(staged!, folder, builder)
  return {
    folder,
    staged: staged!,
    placed: committed!.placed,
    fileOf: (path: string) => join(folder.folder, path),
  }
}

const root = () =>
  folderWith({
    'docs/.imprimatur-files': 'there/index.html\n',
    'docs/there/index.html': 'old',
  })

test('the stamp that is kept of a file is that of the file in its place, however it came there', () => {
  const { folder, staged, placed, fileOf } = place(root())
  expect([...placed].toSorted()).toEqual(['new', 'there/more'])
  const sealed = sealedStamps(folder, staged.stamps, placed)
  expect([...sealed.keys()]).toEqual(FILES)
  for (const [path, stamp] of sealed) expect(lstatSync(fileOf(path))).toMatchObject(stamp)
})

test.each(FILES)('%s, changed by somebody after it was placed, is not what the build left', path => {
  const { folder, staged, placed, fileOf } = place(root())
  writeFileSync(fileOf(path), 'other')
  expect(isStampOf(sealedStamps(folder, staged.stamps, placed).get(path), fileOf(path))).toBe(false)
})
