import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { codes } from '../../src/core/codes.ts'
import { parseCall, type Command } from '../../src/cli/arguments.ts'
import { unattended } from '../call.ts'
import { folderWith } from '../folder.ts'
import { place } from '../build/built-site.ts'
import { bytesOf } from '../tree.ts'
import { now } from './signed-history.ts'

const cases = fileURLToPath(new URL('../fixtures/keys/', import.meta.url))

const commands: Record<string, () => Promise<{ command: Command }>> = {
  build: () => import('../../src/cli/commands/build.ts'),
  'keys add': () => import('../../src/cli/commands/keys/add.ts'),
  'keys check': () => import('../../src/cli/commands/keys/check.ts'),
  'keys compare': () => import('../../src/cli/commands/keys/compare.ts'),
  'keys revoke': () => import('../../src/cli/commands/keys/revoke.ts'),
  'keys show': () => import('../../src/cli/commands/keys/show.ts'),
  'keys sign': () => import('../../src/cli/commands/keys/sign.ts'),
}

/**
 * A case is a site with a manifest, the command in `expected.args` (`keys check` when there is none), and what that
 * reports (`expected.findings`, one `code file:line:column` a line). A refusal writes nothing.
 */
const folders = readdirSync(cases, { withFileTypes: true }).filter(
  entry => entry.isDirectory() && existsSync(join(cases, entry.name, 'expected.findings')),
)

test.each(folders.map(({ name }) => name))('%s', async name => {
  const cwd = folderWith()
  cpSync(join(cases, name), cwd, { recursive: true })
  const before = bytesOf(cwd)
  const line = existsSync(join(cwd, 'expected.args'))
    ? readFileSync(join(cwd, 'expected.args'), 'utf8').trim()
    : 'keys check'
  const known = Object.keys(commands).find(each => `${line} `.startsWith(`${each} `)) ?? 'keys check'
  const { command } = await commands[known]!()
  const args = line.slice(known.length).trim()
  const { value: call } = parseCall(command, args === '' ? [] : args.split(' '))
  const env = { SOURCE_DATE_EPOCH: String(now.getTime() / 1000) }
  const { diagnostics } = await command.run({ ...unattended, ...call!, cwd, env })

  const findings = diagnostics.map(found => `${place(found)}\n`).join('')
  expect(findings).toBe(readFileSync(join(cwd, 'expected.findings'), 'utf8'))
  for (const { message, hint } of diagnostics) {
    expect(message).not.toMatch(/undefined|\[object|Error:/)
    expect(hint).toBeTruthy()
  }
  expect(bytesOf(cwd)).toEqual(before)
})

test('every code of the keys is provoked by a case', () => {
  const provoked = new Set(
    folders.flatMap(({ name }) =>
      readFileSync(join(cases, name, 'expected.findings'), 'utf8').match(/^keys\/[a-z0-9-]+/gm),
    ),
  )
  const known = Object.keys(codes).filter(code => code.startsWith('keys/'))
  expect(known.filter(code => !provoked.has(code))).toEqual([])
})
