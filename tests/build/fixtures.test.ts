import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { command } from '../../src/cli/commands/build.ts'
import { parseCall } from '../../src/cli/arguments.ts'
import { loadConfig } from '../../src/config/config.ts'
import { unattended } from '../call.ts'
import { folderWith } from '../folder.ts'
import { bytesOf } from '../tree.ts'
import { place } from './built-site.ts'

const cases = fileURLToPath(new URL('../fixtures/site/', import.meta.url))

const noon = String(Date.UTC(2026, 5, 1, 12) / 1000)

/**
 * A case is a site, with the diagnostics of its build (`expected.findings`, one `code file:line:column` a line) and what it is
 * to leave in the output folder (`expected.docs/`; the folder as it was when there is none). `expected.args` are options.
 */
test.each(readdirSync(cases))('%s', async name => {
  const expected = (part: string) => join(cases, name, `expected.${part}`)
  const cwd = folderWith()
  cpSync(join(cases, name), cwd, { recursive: true })
  const { value: config } = await loadConfig(cwd)
  const docs = () => {
    const folder = join(cwd, config?.dirs.output ?? 'docs')
    return existsSync(folder) ? bytesOf(folder) : {}
  }
  const before = docs()

  const args = existsSync(expected('args')) ? readFileSync(expected('args'), 'utf8').trim().split(/\s+/) : []
  const { value: call } = parseCall(command, args)
  expect(call).toBeDefined()
  const { diagnostics } = await command.run({
    ...unattended,
    ...call!,
    cwd,
    env: { SOURCE_DATE_EPOCH: noon },
  })

  expect(diagnostics.map(found => `${place(found)}\n`).join('')).toBe(
    readFileSync(expected('findings'), 'utf8'),
  )
  for (const { message, hint } of diagnostics) {
    expect(message).not.toMatch(/undefined|\[object|Error:/)
    expect(hint).toBeTruthy()
  }
  expect(docs()).toEqual(existsSync(expected('docs')) ? bytesOf(expected('docs')) : before)
})
