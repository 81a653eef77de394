import { execFileSync } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { build, cli, ended, imprimatur, start, type JsonReport } from '../program.ts'
import { bytesOf, type Files } from '../tree.ts'
import { deviceLink } from '../../src/keys/identity/uri.ts'
import { vectors } from './signed-history.ts'

const env = { SOURCE_DATE_EPOCH: '1795694400' }
const jid = 'me@example.org'
const keys = folderWith()
const key = join(keys, 'id_ed25519')
const recovery = join(keys, 'recovery')

beforeAll(() => {
  for (const [path, ...args] of [
    [key, '-t', 'ed25519', '-C', 'me@laptop'],
    [recovery, '-t', 'ed25519'],
    [join(keys, 'rsa'), '-t', 'rsa', '-b', '1024'],
    [join(keys, 'short'), '-t', 'rsa', '-b', '2048'],
  ] as const) {
    execFileSync('ssh-keygen', ['-q', '-N', '', '-f', path, ...args])
  }
})

async function run(cwd: string, ...args: readonly string[]) {
  const result = await imprimatur(['keys', ...args, '--format', 'json'], { cwd, env })
  const report = JSON.parse(result.stdout || result.stderr) as JsonReport
  const messages = report.diagnostics.map(({ message, hint }) => `${message}\n→ ${hint}`).join('\n')
  return {
    code: result.code,
    codes: report.diagnostics.map(each => each.code),
    messages,
    summary: report.summary ?? '',
  }
}
const begin = (cwd: string, ...args: readonly string[]) =>
  run(cwd, 'init', '--key', key, '--jid', jid, ...args)
const read = (cwd: string, path: string) => readFileSync(join(cwd, path), 'utf8')
const small: Files = {
  'layouts/default.ejs': '<%- body %>',
  'pages/index.md': '---\ntitle: Home\n---\nHello.\n',
}

describe('an SSH key, and nothing else', () => {
  test('becomes a site with a signed page of keys, which builds', async () => {
    const cwd = folderWith()
    const begun = await begin(
      cwd,
      '--yes',
      '--recovery',
      `${recovery}.pub`,
      '--url',
      'https://me.example',
      '--title',
      'It’s me',
    )
    expect([begun.code, begun.codes]).toEqual([0, []])
    expect(begun.summary).toMatch(
      /Signed as manifest 1:\n.*named the key “laptop”[^]*named the recovery key “recovery”/,
    )
    expect((await run(cwd, 'check', '--offline')).summary).toContain('Manifest 1 is good')
    const built = await build({ cwd, env })
    expect([built.code, built.findings]).toEqual([0, []])
    expect(read(cwd, 'docs/about/keys/index.html')).toContain(jid)
    expect(read(cwd, 'docs/sitemap.xml')).toContain('https://me.example/about/keys/')

    // From here on everything is a link and a look at a screen.
    const phone = vectors.devices[0]!
    expect((await run(cwd, 'add', deviceLink(jid, [phone]), '--name', 'phone')).code).toBe(0)
    expect((await run(cwd, 'confirm', jid, String(phone.id), phone.fingerprint)).code).toBe(0)
    expect((await run(cwd, 'sign', '--key', key, '--yes')).code).toBe(0)
    expect((await build({ cwd, env })).code).toBe(0)
    expect(read(cwd, 'docs/about/keys/index.html')).toContain(`omemo-sid-${phone.id}=${phone.fingerprint}`)
  })

  test('without a yes everything is written, and nothing signed', async () => {
    const cwd = folderWith(small)
    const begun = await begin(cwd, deviceLink(jid, vectors.devices.slice(0, 2)))
    expect([begun.code, begun.codes]).toEqual([0, []])
    expect(begun.summary).toMatch(/imprimatur keys confirm me@example.org [^]*Nothing is signed yet/)
    expect(Object.keys(bytesOf(cwd)).filter(path => path.includes('history'))).toEqual([])
    expect(read(cwd, 'pages/about/keys.yaml').match(/fingerprint:/g)).toHaveLength(2)
    expect(read(cwd, 'pages/about/keys.yaml')).not.toContain('verified')
  })

  test.each<readonly [string, string, RegExp]>([
    [
      'imprimatur.config.json',
      '{ "site": { "title": "Mine" } }',
      /"title": "Mine" \}, "keys": \{ "manifest"/,
    ],
    [
      'imprimatur.config.json',
      '{\n  "site": {\n    "title": "Mine"\n  }\n}\n',
      /^\{\n[^]*\},\n {2}"keys": \{ "manifest": .* \}\n\}\n$/,
    ],
    ['imprimatur.config.json', '{}', /^\{ "keys"/],
    [
      'imprimatur.config.mjs',
      '// Mine.\nexport default {\n  site: { title: "Mine" }, // it\n}\n',
      /^\/\/ Mine\.\nexport default \{\n {2}keys: .*,\n {2}site: .* \/\/ it\n\}\n$/,
    ],
    [
      'imprimatur.config.ts',
      "import type { UserConfig } from 'imprimatur'\nexport default {} satisfies UserConfig\n",
      /\{\n {2}keys: /,
    ],
  ])('a configuration keeps all that it says: %s %j', async (name, text, expected) => {
    const cwd = folderWith({ ...small, [name]: text })
    const begun = await begin(cwd, '--yes')
    expect([begun.code, begun.codes]).toEqual([0, []])
    expect(read(cwd, name)).toMatch(expected)
    expect((await run(cwd, 'check', '--offline')).code).toBe(0)
  })

  test.each([
    'const config = {}\nexport default config\n',
    'const make = () => ({})\nexport default make()\n',
    "const name = 'keys'\nexport default { ...{}, [name]: {} }\n",
  ])('one that the program cannot change stays as it is, and nothing is written: %j', async text => {
    const cwd = folderWith({ ...small, 'imprimatur.config.mjs': text })
    const before = bytesOf(cwd)
    const begun = await begin(cwd, '--yes')
    expect([begun.code === 0, begun.codes, begun.messages]).toEqual([
      false,
      ['config/value'],
      expect.stringContaining("keys: { manifest: 'pages/about/keys.yaml' }"),
    ])
    expect(bytesOf(cwd)).toEqual(before)
  })

  test('nothing that is there is written over', async () => {
    const page = '---\ntitle: Mine\n---\n'
    const cwd = folderWith({ ...small, 'pages/about/keys.md': page, '.gitattributes': '*.png binary' })
    expect((await begin(cwd, '--yes')).code).toBe(0)
    expect(read(cwd, 'pages/about/keys.md')).toBe(page)
    expect(read(cwd, '.gitattributes')).toMatch(/^\*\.png binary\n#.*\npages\/about\/keys\.yaml -text\n/)
    const before = bytesOf(cwd)
    const again = await begin(cwd, '--yes')
    expect([again.code, again.codes]).toEqual([1, ['init/exists']])
    expect(bytesOf(cwd)).toEqual(before)
  })

  test('a Russian site gets a Russian page', async () => {
    const cwd = folderWith({ ...small, 'imprimatur.config.json': '{ "site": { "lang": "ru" } }' })
    expect((await begin(cwd, '--yes')).code).toBe(0)
    expect(read(cwd, 'pages/about/keys.md')).toContain('title: Ключи')
  })

  test.each<readonly [string, readonly string[], RegExp]>([
    ['no key', ['--jid', jid], /--key is missing/],
    ['no address', ['--key', key], /--jid is missing/],
    ['an address that is none', ['--key', key, '--jid', 'me@@example.org'], /--jid: /],
    ['a key that is not there', ['--key', join(keys, 'none'), '--jid', jid], /no public half/],
    ['a key that can be broken', ['--key', join(keys, 'rsa'), '--jid', jid], /RSA key of 1024 bits/],
    [
      'a recovery key that is the same',
      ['--key', key, '--jid', jid, '--recovery', `${key}.pub`],
      /is the key that signs/,
    ],
  ])('%s: nothing is written', async (_, args, words) => {
    const cwd = folderWith()
    const begun = await run(cwd, 'init', ...args)
    expect([begun.code, begun.messages]).toEqual([2, expect.stringMatching(words)])
    expect(bytesOf(cwd)).toEqual({})
  })
})

test('a signer with a short RSA key is warned of, named in “signers” or not', async () => {
  const cwd = folderWith(small)
  const short = join(keys, 'short')
  const begun = await run(cwd, 'init', '--key', short, '--jid', jid, '--yes')
  expect([begun.code, begun.codes]).toEqual([0, ['keys/weak-key']])
  const manifest = 'pages/about/keys.yaml'
  writeFileSync(join(cwd, manifest), read(cwd, manifest).replace(/signers:.*\n.*\n/, ''))
  expect((await run(cwd, 'sign', '--key', short, '--yes')).codes).toEqual(['keys/weak-key'])
  const checked = await run(cwd, 'check', '--offline')
  expect([checked.code, checked.messages]).toEqual([
    0,
    expect.stringMatching(/RSA key of the signer has 2048 bits, and 3072 are wanted/),
  ])
})

test('in a terminal it asks for what it is not told', async () => {
  const cwd = folderWith()
  const home = folderWith({
    '.ssh/id_ed25519': readFileSync(key, 'utf8'),
    '.ssh/id_ed25519.pub': readFileSync(`${key}.pub`, 'utf8'),
  })
  chmodSync(join(home, '.ssh/id_ed25519'), 0o600)
  const play = `import os, pty, sys
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
output = b''
for question, answer in ((b'Which SSH key signs', b''), (b'Your XMPP address', b'${jid}'), (b'recovery key', b''), (b'(yes/no)', b'yes')):
  while question not in output: output += os.read(terminal, 1024)
  output = b''
  os.write(terminal, answer + b'\\n')
while True:
  try: part = os.read(terminal, 1024)
  except OSError: break
  if not part: break
  output += part
sys.stdout.buffer.write(output)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`
  const child = start('/usr/bin/python3', ['-c', play, process.execPath, cli, 'keys', 'init'], {
    cwd,
    env: { ...env, HOME: home, NO_COLOR: '1' },
  })
  const { code, stdout } = await ended(child)
  expect([code, stdout]).toEqual([0, expect.stringContaining('Signed as manifest 1')])
  expect(read(cwd, 'pages/about/keys.yaml')).toContain(`jid: ${jid}`)
})

test('a checkout with core.autocrlf leaves the signed files as they were signed', async () => {
  const cwd = folderWith()
  expect((await begin(cwd, '--yes')).code).toBe(0)
  const git = (folder: string, ...args: readonly string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=Me', '-c', 'user.email=me@example.org', ...args], {
      stdio: 'pipe',
    })
  git(cwd, 'init', '-q')
  git(cwd, 'add', '-A')
  git(cwd, 'commit', '-qm', 'Begin')
  const [clone, bare] = [folderWith(), folderWith()]
  git(cwd, 'clone', '-q', '-c', 'core.autocrlf=true', cwd, join(clone, 'site'))
  expect(read(join(clone, 'site'), 'pages/about.md')).toContain('\r\n')
  expect((await run(join(clone, 'site'), 'check', '--offline')).code).toBe(0)

  git(cwd, 'rm', '-q', '.gitattributes')
  git(cwd, 'commit', '-qm', 'Without')
  git(cwd, 'clone', '-q', '-c', 'core.autocrlf=true', cwd, join(bare, 'site'))
  const { code, messages } = await run(join(bare, 'site'), 'check', '--offline')
  expect([code, messages]).toEqual([1, expect.stringMatching(/CRLF[^]*\.gitattributes/)])
})
