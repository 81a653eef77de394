import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { cli, execute, repository } from '../program.ts'

const text = '# A\n\n## Two words\n\nHe said "yes" and "no" - so.\n\n[broken](nowhere.md)\n'

/** Real editors with their own clients: what each of them leaves in its buffer. */
test.each([
  [
    'Neovim',
    'nvim',
    (script: string) => ['--headless', '-u', 'NONE', '-i', 'NONE', '-c', `luafile ${script}`],
    'neovim.lua',
  ],
  ['Emacs', 'emacs', (script: string) => ['--batch', '--no-init-file', '-l', script], 'emacs.el'],
])(
  '%s opens, sees, fixes one, fixes all, leaves alone, renames and completes',
  async (_, program, args, script) => {
    const root = folderWith({
      'layouts/default.ejs': '<%- page.body %>',
      'pages/a.md': text,
      'pages/b.md': '---\ntitle: The other\n---\n\n[a](a.md#two-words)\n',
    })
    const report = join(root, 'report.json')
    const call = JSON.stringify([process.execPath, cli, root, report])
    const ran = await execute(program, args(join(repository, 'tests/editor/clients', script)), {
      cwd: root,
      env: { IMPRIMATUR_CALL: call, HOME: root },
    })
    expect([existsSync(report), ran.stderr]).toEqual([true, expect.anything()])
    const { seen, completed, ...done } = JSON.parse(readFileSync(report, 'utf8')) as Record<
      string,
      string & string[]
    >
    const trimmed = Object.fromEntries(Object.entries(done).map(([name, each]) => [name, each.trimEnd()]))
    expect(trimmed).toEqual({
      fixedOne: '# A\n\n## Two words\n\nHe said “yes” and "no" - so.\n\n[broken](nowhere.md)',
      fixedAll: '# A\n\n## Two words\n\nHe&nbsp;said “yes” and “no”&nbsp;— so.\n\n[broken](nowhere.md)',
      leftAlone:
        '# A\n\n## Two words\n\nOne line <!-- typography-next-line off: common/punctuation/quote, say why -->\nhe said "so".\n\n[broken](nowhere.md)',
      renamed:
        '# A\n\n## Other words\n\nOne line <!-- typography-next-line off: common/punctuation/quote, say why -->\nhe said "so".\n\n[broken](nowhere.md)',
      other: '---\ntitle: The other\n---\n\n[a](a.md#other-words)',
    })
    expect(seen).toEqual(
      expect.arrayContaining(['common/punctuation/quote', 'en-US/dash/main', 'link/broken']),
    )
    expect(completed).toEqual(expect.arrayContaining(['A', 'The other']))
  },
  120_000,
)
