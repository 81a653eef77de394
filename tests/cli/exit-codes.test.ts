import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { cli, execute, imprimatur, repository, type JsonReport } from '../program.ts'
import { writeFiles, type Files } from '../tree.ts'
import { now } from '../keys/signed-history.ts'

/*
 * The exit code of each command, for each thing that it may find and each place where its report may go. For `lint` with findings
 * lint-outlets.test.ts has all but the plain call, in every format.
 */
const commands = {
  lint: ['lint'],
  build: ['build'],
  'build --check': ['build', '--check'],
  'keys check': ['keys', 'check', '--offline'],
} as const
type CommandName = keyof typeof commands

/** What is found, and by which severities a JSON report shows it. */
const severities = {
  nothing: [],
  'a warning': ['warning'],
  'an error': ['error'],
  'a wrong call': ['error'],
  'a wrong configuration': ['error'],
  'an output out of step': ['error'],
} as const
type Found = keyof typeof severities

const codes: Readonly<Record<CommandName, Readonly<Partial<Record<Found, number>>>>> = {
  // Warnings are what a linter is for; --max-warnings allows them.
  lint: { nothing: 0, 'a warning': 1, 'an error': 1, 'a wrong call': 2, 'a wrong configuration': 2 },
  build: { nothing: 0, 'a warning': 0, 'an error': 1, 'a wrong call': 2, 'a wrong configuration': 2 },
  'build --check': {
    nothing: 0,
    'a warning': 0,
    'an error': 1,
    'a wrong call': 2,
    'a wrong configuration': 2,
    'an output out of step': 1,
  },
  'keys check': { nothing: 0, 'a warning': 0, 'an error': 1, 'a wrong call': 2, 'a wrong configuration': 2 },
}

/** A report that cannot be written is a wrong call, whatever else was found. */
const UNWRITABLE = 2

const pages: Readonly<Record<Found, Files>> = {
  nothing: { 'pages/index.md': 'Good.\n' },
  'a warning': { 'pages/index.md': 'In a box.\n' },
  'an error': { 'pages/index.md': '---\ntitle: "\n---\n' },
  'a wrong call': { 'pages/index.md': 'Good.\n' },
  'a wrong configuration': { 'pages/index.md': 'Good.\n', 'imprimatur.config.json': '{"site":1}' },
  'an output out of step': { 'pages/index.md': 'Good.\n' },
}

const manifests: Readonly<Partial<Record<Found, string>>> = {
  nothing: 'good',
  'a warning': 'expiring',
  'an error': 'signature',
}

async function siteFor(command: CommandName, found: Found): Promise<string> {
  if (command === 'keys check') {
    const cwd = folderWith()
    cpSync(join(repository, 'tests/fixtures/keys', manifests[found] ?? 'good'), cwd, { recursive: true })
    if (found === 'a wrong configuration') writeFiles(cwd, { 'imprimatur.config.json': '{"keys":1}' })
    return cwd
  }
  const cwd = folderWith({ 'layouts/default.ejs': '<%- body %>', ...pages[found] })
  if (command === 'build --check') await imprimatur(['build'], { cwd })
  if (found === 'an output out of step') writeFiles(cwd, { 'pages/index.md': 'Better.\n' })
  return cwd
}

const env = { SOURCE_DATE_EPOCH: String(now.getTime() / 1000) }
const rows = Object.entries(codes).flatMap(([command, ofCommand]) =>
  Object.entries(ofCommand).map(([found, code]) => [command as CommandName, found as Found, code] as const),
)

describe.each(rows)('%s with %s', async (command, found, code) => {
  const cwd = await siteFor(command, found)
  const args = [...commands[command], ...(found === 'a wrong call' ? ['--nonsense'] : [])]
  const run = (...format: readonly string[]) => imprimatur([...args, ...format], { cwd, env })

  test(`is ${code}, in text and in JSON`, async () => {
    expect((await run()).code).toBe(code)
    const { stdout, stderr, code: inJson } = await run('--format', 'json')
    expect(inJson).toBe(code)
    const { diagnostics } = JSON.parse(stdout || stderr) as JsonReport
    expect([...new Set(diagnostics.map(({ severity }) => severity))]).toEqual(severities[found])
  })

  if (command === 'lint' && !found.startsWith('a wrong')) return

  test(`is ${code} when the report goes to a file, which has it`, async () => {
    expect((await run('--format', 'json=report.json')).code).toBe(code)
    const { diagnostics } = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as JsonReport
    expect([...new Set(diagnostics.map(({ severity }) => severity))]).toEqual(severities[found])
    rmSync(join(cwd, 'report.json'))
  })

  test.each(['/nonexistent/report', 'pages'])(`is ${UNWRITABLE} when it cannot go to %s`, async path => {
    const { code: unwritable, stderr } = await run('--format', `json=${path}`)
    expect(unwritable).toBe(UNWRITABLE)
    expect(stderr).toContain('cannot be written')
  })

  test(`is ${code} when the reader leaves before it begins`, async () => {
    const line = `node ${cli} ${args.join(' ')} 2>&1 | true; exit "\${PIPESTATUS[0]}"`
    expect((await execute('bash', ['-c', line], { cwd, env })).code).toBe(code)
  })
})
