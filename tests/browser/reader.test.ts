import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { build, cli as program, execute, imprimatur, type Run } from '../program.ts'
import { vectors } from '../keys/signed-history.ts'
import { serve, type Served } from './browser.ts'

/** The site of somebody who begins, made with the commands alone; and then a reader, who has a shell. */
const top = mkdtempSync(join(tmpdir(), 'imprimatur-reader-'))
const site = join(top, 'site')
const key = join(top, 'press')
let host: Served
let commands = ''
const steps: Run[] = []

const at = (path: string) => join(site, path)
const run = (...args: string[]) => imprimatur(args, { cwd: site })

beforeAll(async () => {
  await imprimatur(['init', site], { cwd: top })
  host = await serve(at('docs'))
  writeFileSync(
    at('imprimatur.config.mjs'),
    `export default { site: { title: 'Mine', url: '${host.url}', lang: 'en' }, theme: 'imprimatur', keys: { manifest: 'pages/keys.yaml' } }`,
  )
  writeFileSync(at('pages/keys.md'), '---\ntitle: Keys\n---\n')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key])
  writeFileSync(at('pages/allowed_signers'), `me@example.org ${readFileSync(`${key}.pub`, 'utf8')}`)
  for (const { id, name, fingerprint } of vectors.devices.slice(0, 3)) {
    const options = [
      '--id',
      String(id),
      '--name',
      name,
      '--fingerprint',
      fingerprint,
      '--verified',
      'on-device',
    ]
    steps.push(await run('keys', 'add', 'me@example.org', ...options))
  }
  steps.push(await run('keys', 'sign', '--key', key, '--yes'), await build({ cwd: site }))
  const html = readFileSync(at('docs/keys/index.html'), 'utf8')
  commands = />(curl [^<]*)</
    .exec(html)![1]!
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
})

afterAll(async () => {
  await host.close()
  rmSync(top, { recursive: true })
})

test('nothing goes wrong on the way from nothing to a page', () => {
  expect(steps.map(({ code, stderr }) => [code, stderr])).toEqual(steps.map(() => [0, '']))
})

let count = 0

/** Runs the commands of the page in a shell, line by line; `meddle` runs before the last one. */
function readerRuns(meddle: (folder: string) => void = () => undefined, last = (line: string) => line) {
  const folder = join(top, `reader-${count++}`)
  mkdirSync(folder)
  const lines = commands.split('\n')
  const shell = (line: string) => spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' })
  for (const line of lines.slice(0, -1)) {
    const file = /-o (\S+)/.exec(line)![1]!
    copyFileSync(at(`docs/keys/${file}`), join(folder, file))
  }
  meddle(folder)
  return shell(last(lines.at(-1)!))
}

const change = (file: string, edit: (text: string) => string) => (folder: string) =>
  writeFileSync(join(folder, file), edit(readFileSync(join(folder, file), 'utf8')))

test('the commands of the page fetch what was published, and OpenSSH accepts it', async () => {
  const folder = join(top, 'shell')
  mkdirSync(folder)
  const { code, stdout } = await execute('sh', ['-ec', commands], { cwd: folder })
  expect([code, stdout]).toEqual([
    0,
    expect.stringContaining('Good "imprimatur-keys" signature for me@example.org'),
  ])
  const shown = /keys-long">(SHA256:[^<]+)</.exec(readFileSync(at('docs/keys/index.html'), 'utf8'))![1]!
  expect(stdout.trim().endsWith(shown)).toBe(true)
})

test('and refuses one byte changed, another namespace, another signer, an expired signer', () => {
  expect(readerRuns().status).toBe(0)
  expect(readerRuns(change('keys.yaml', text => text.replace('phone', 'Phone'))).status).not.toBe(0)
  expect(readerRuns(undefined, line => line.replace('-n imprimatur-keys', '-n file')).status).not.toBe(0)
  expect(readerRuns(undefined, line => line.replace('me@example.org', 'you@example.org')).status).not.toBe(0)
  const expired = (text: string) => text.replace('me@example.org ', 'me@example.org valid-before="20240101" ')
  expect(readerRuns(change('allowed_signers', expired)).status).not.toBe(0)
  const stranger = join(top, 'stranger')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', stranger])
  const other = () => `me@example.org ${readFileSync(`${stranger}.pub`, 'utf8')}`
  expect(readerRuns(change('allowed_signers', other)).status).not.toBe(0)
})

test('a manifest changed after it was signed stops the build, and the old site stays', async () => {
  const before = readFileSync(at('docs/keys/index.html'), 'utf8')
  const manifest = readFileSync(at('pages/keys.yaml'), 'utf8')
  writeFileSync(at('pages/keys.yaml'), manifest.replace('name: phone', 'name: Phone'))
  const { code, findings } = await build({ cwd: site })
  expect([code, findings]).toEqual([1, [expect.stringMatching(/^keys\/signature pages\/keys.yaml:\d+:\d+$/)]])
  expect(readFileSync(at('docs/keys/index.html'), 'utf8')).toBe(before)
  writeFileSync(at('pages/keys.yaml'), manifest)
})

describe('comparing with a copy', () => {
  const { fingerprint } = vectors.devices[0]!
  const unknown = 'f'.repeat(64)

  test('of a file, and from a host', async () => {
    for (const copy of [at('docs/keys/keys.yaml'), `${host.url}/keys/keys.yaml`]) {
      const known = await imprimatur(['keys', 'compare', fingerprint, '--with', copy], { cwd: top })
      expect([known.code, known.stdout]).toEqual([0, expect.stringContaining('phone')])
      const none = await imprimatur(['keys', 'compare', unknown, '--with', copy], { cwd: top })
      expect([none.code, none.stdout]).toEqual([1, expect.stringContaining('keys/no-match')])
    }
  })

  test('that is not there, or comes over plain http, is refused', async () => {
    for (const copy of [join(top, 'none.yaml'), 'http://example.org/keys.yaml', `${host.url}/none`]) {
      const { code, stdout } = await imprimatur(['keys', 'compare', fingerprint, '--with', copy], {
        cwd: top,
      })
      expect([code, stdout]).toEqual([1, expect.stringContaining('keys/read')])
    }
  })

  test('reads what is compared, and what is added, from standard input', () => {
    const cli = (args: string[], input: string) =>
      spawnSync(process.execPath, [program, 'keys', ...args], { cwd: site, input, encoding: 'utf8' })
    expect(cli(['compare', '-'], `${fingerprint}\n`).status).toBe(0)
    const manifest = readFileSync(at('pages/keys.yaml'), 'utf8')
    const added = cli(
      ['add', 'me@example.org', '--id', '5', '--name', 'five'],
      vectors.devices[3]!.fingerprint,
    )
    expect([added.status, added.stdout]).toEqual([
      0,
      expect.stringContaining('in no link and no code before'),
    ])
    expect(readFileSync(at('pages/keys.yaml'), 'utf8')).toContain('name: five')
    writeFileSync(at('pages/keys.yaml'), manifest)
  })
})

test('shows what it is asked to, and nothing of a manifest that is not verified', async () => {
  const show = (...args: string[]) => run('keys', 'show', ...args)
  const { stdout: uri } = await show('--format', 'uri')
  expect(uri).toMatch(/^xmpp:me@example\.org\?roster;omemo-sid-[^\n]+\n$/)
  const { stdout: json } = await show('me@example.org', '--format', 'json')
  expect(JSON.parse(json)).toMatchObject({
    version: 1,
    serial: 1,
    accounts: [{ jid: 'me@example.org', link: uri.trim() }],
  })
  expect((await show('--format', 'gajim')).stdout.split('\n')).toHaveLength(7)
  expect((await show('--format', 'yaml')).code).toBe(2)
  expect((await run('keys', 'log')).stdout).toContain('added phone')
  expect((await run('keys', 'chek')).stderr).toContain('did you mean “check”')
})
