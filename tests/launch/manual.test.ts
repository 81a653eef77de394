import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { manualPage, plain } from '../../tools/launch/manual-page.ts'
import { readText } from '../../tools/launch/repository.ts'
import { help, loadCommands } from '../../src/cli/program.ts'
import { execute, repository } from '../program.ts'
import { pathsOf } from '../tree.ts'

const page = readText('man/imprimatur.1')
const path = join(repository, 'man/imprimatur.1')

describe('the manual page', () => {
  test('is what the commands say of themselves: npm run man', async () => {
    const { version } = JSON.parse(readText('package.json')) as { readonly version: string }
    const [, date = ''] = /^\.TH IMPRIMATUR 1 (\d{4}-\d\d-\d\d) /m.exec(page) ?? []
    expect(page).toBe(manualPage({ version, date, help, commands: await loadCommands() }))
  })

  test('is in the package, where man looks', () => {
    expect(JSON.parse(readText('package.json'))).toMatchObject({
      man: ['./man/imprimatur.1'],
      files: expect.arrayContaining(['man']),
    })
  })

  test('is clean to mandoc', async () => {
    const { code, stdout, stderr } = await execute('mandoc', ['-Tlint', path], { cwd: repository })
    expect([code, stdout, stderr]).toEqual([0, '', ''])
  })

  test('shows every command and option, with the signs that people type', async () => {
    const { code, stdout } = await execute('mandoc', ['-Tutf8', '-O', 'width=100', path], { cwd: repository })
    const shown = stdout.replaceAll(/.\u0008/g, '').replaceAll(/\s+/g, ' ')
    expect(code).toBe(0)
    for (const [name, { options }] of Object.entries(await loadCommands())) {
      expect(shown).toContain(`imprimatur ${name}`)
      for (const option of Object.keys(options)) expect(shown).toContain(`--${option}`)
    }
    expect(shown).toContain('source <(imprimatur completions bash)')
    expect(shown).toContain('~/.bashrc')
    expect(shown).toContain('xmpps://HOST:PORT')
  })

  test('names every variable of the environment that the program reads', () => {
    const ofSystem = new Set(
      'HOME USERPROFILE XDG_CONFIG_HOME APPDATA PATH TERM TERM_PROGRAM VTE_VERSION WT_SESSION KONSOLE_VERSION'.split(
        ' ',
      ),
    )
    const source = pathsOf(join(repository, 'src'))
      .filter(each => each.endsWith('.ts'))
      .map(each => readFileSync(join(repository, 'src', each), 'utf8'))
      .join('\n')
    const read = [...source.matchAll(/\benv\.([A-Z][A-Z_]+)/g)]
      .map(([, name = '']) => name)
      .filter(name => !ofSystem.has(name))
    expect(read).toContain('SOURCE_DATE_EPOCH')
    for (const name of read) expect([name, page]).toEqual([name, expect.stringContaining(name)])
  })
})

/** What is escaped is shown as it was: no request, escape or hyphen is made of it. */
test.each([String.raw`\e \n .PP`, '--x ~ ^ ` \' " “q” ’ … →', 'Тире – и — é', '.TH'])(
  '%s is shown as it is',
  async text => {
    const source = `.TH A 1 2030-01-01 b\n.SH A\n.nf\nx${plain(text)}\n.fi\n`
    const { stdout } = await execute('bash', ['-c', 'printf %s "$1" | mandoc -Tutf8', 'bash', source], {
      cwd: repository,
    })
    const [, shown] = /^ +x(.*)$/m.exec(stdout.replaceAll(/.\u0008/g, '')) ?? []
    expect(shown).toBe(text.replace('…', '...'))
  },
)
