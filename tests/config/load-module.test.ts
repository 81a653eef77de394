import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { execute, cli } from '../program.ts'
import { bytesOf } from '../tree.ts'

const config = "const url: string = 'https://example.org'\nexport default { site: { url } }\n"

test('a configuration in TypeScript leaves nothing in the temporary folder, and takes nothing from it', async () => {
  const site = folderWith({
    'imprimatur.config.ts': config,
    'pages/a.md': '---\ntitle: A\nlayout: none\n---\n\nText.\n',
  })
  const temporary = folderWith()
  const victim = join(folderWith(), 'victim.txt')
  writeFileSync(victim, 'mine')
  // What another user of the machine can lay there: the folder that jiti would keep compiled modules in.
  mkdirSync(join(temporary, 'jiti'))
  symlinkSync(victim, join(temporary, 'jiti', 'link.mjs'))
  const before = bytesOf(temporary)
  for (const command of ['lint', 'build']) {
    const env = { TMPDIR: temporary, JITI_FS_CACHE: 'true' }
    const run = await execute(process.execPath, [cli, command], { cwd: site, env })
    expect(run).toMatchObject({ code: 0, stderr: '' })
  }
  expect(bytesOf(temporary)).toEqual(before)
})
