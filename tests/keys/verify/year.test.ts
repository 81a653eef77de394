import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { describeChanges } from '../../../src/keys/manifest/changes.ts'
import { readKeySources } from '../../../src/keys/manifest/key-files.ts'
import { keyPaths } from '../../../src/keys/manifest/sources.ts'
import { planSigning } from '../../../src/keys/verify/prepare-signing.ts'
import { signManifest } from '../../../src/keys/verify/sign.ts'
import { imprimatur } from '../../program.ts'
import { bytesOf, writeFiles } from '../../tree.ts'
import { drafts, now, vectors, verify } from '../signed-history.ts'

/** The keys of a person, with the real ssh-keygen, from the first signature to what comes when all is lost. */
const top = mkdtempSync(join(tmpdir(), 'imprimatur-year-'))
afterAll(() => rmSync(top, { recursive: true }))

const keyOf = new Map<string, string>()
function makeKey(name: string): string {
  const known = keyOf.get(name)
  if (known !== undefined) return known
  const key = join(top, name)
  execFileSync('ssh-keygen', ['-q', '-N', '', '-f', key, '-C', name, '-t', 'ed25519'])
  keyOf.set(name, key)
  return key
}

const paths = keyPaths('pages/about/keys.yaml')
let root = ''
let count = 0
const at = (path: string) => join(root, path)
const read = (path: string) => readFileSync(at(path), 'utf8')
const write = (path: string, text: string) => writeFileSync(at(path), text)
const pub = (name: string) =>
  readFileSync(`${makeKey(name)}.pub`, 'utf8')
    .trim()
    .split(' ')
    .slice(0, 2)
    .join(' ')
const naming = (...names: readonly string[]) =>
  `signers:\n${names
    .map(name => `  - { key: '${pub(name)}', name: ${name}${name === 'safe' ? ', recovery: true' : ''} }\n`)
    .join('')}`

/** The text of the manifest from `signer:` on is the draft; what is in front was written by signatures. */
function draft(text: string): void {
  const old = read(paths.manifest)
  write(paths.manifest, old.slice(0, old.search(/^(?:signers|signer|validUntil):/m)) + text)
}

const options = (key: string, today: string, supersede = false) => ({
  root,
  key: makeKey(key),
  today,
  now,
  readBeside: () => undefined,
  supersede,
})
const sources = () => readKeySources(root, paths).value!
const sign = (key: string, today: string, supersede?: boolean) =>
  signManifest(sources(), options(key, today, supersede))
const codes = ({ diagnostics }: ReturnType<typeof sign>) => diagnostics.map(({ code }) => code)
const log = () => verify(sources()).value?.history.map(({ changes }) => describeChanges(changes)) ?? []

const readerVerifies = () => {
  const args = ['-f', at(paths.allowedSigners), '-I', 'press@example.org', '-n', 'imprimatur-keys']
  return (
    spawnSync('ssh-keygen', ['-Y', 'verify', ...args, '-s', at(paths.signature)], {
      input: read(paths.manifest),
    }).status === 0
  )
}

beforeEach(() => {
  root = join(top, `site-${count++}`)
  mkdirSync(at('pages/about'), { recursive: true })
  write(paths.manifest, `# Ours.\nversion: 1\n${naming('laptop', 'safe')}${drafts[0]}`)
  write(paths.allowedSigners, `press@example.org namespaces="imprimatur-keys" ${pub('laptop')}\n`)
  expect(codes(sign('laptop', '2026-05-01'))).toEqual([])
})

describe('an honest year', () => {
  test('with two rotations, each endorsed, described, and good for ssh-keygen', () => {
    draft(naming('laptop', 'desk', 'safe') + drafts[0])
    expect(codes(sign('laptop', '2026-05-10'))).toEqual([])
    draft(naming('desk', 'safe') + drafts[1])
    expect(codes(sign('desk', '2026-05-20'))).toEqual([])
    draft(naming('desk', 'tablet', 'safe') + drafts[1])
    expect(codes(sign('desk', '2026-05-30'))).toEqual([])
    draft(naming('tablet', 'safe') + drafts[2])
    expect(codes(sign('tablet', '2026-11-02'))).toEqual([])
    const signers = log().map(lines => lines.filter(line => line.startsWith('signed by')))
    expect(signers).toEqual([
      [],
      [],
      [
        expect.stringMatching(
          /^signed by the key “desk”, SHA256:.*, which manifest 2 names; before by SHA256:/,
        ),
      ],
      [],
      [expect.stringMatching(/^signed by the key “tablet”/)],
    ])
    expect(readerVerifies()).toBe(true)
    expect(read(paths.allowedSigners).trim().split('\n')).toHaveLength(4)
  })

  test('a key that no manifest of the chain names signs nothing', () => {
    write(paths.allowedSigners, `${read(paths.allowedSigners)}press@example.org ${pub('desk')}\n`)
    draft(naming('laptop', 'desk', 'safe') + drafts[1])
    expect(codes(sign('desk', '2026-06-01'))).toEqual(['keys/endorsement'])
    expect(readdirSync(at(paths.history))).toHaveLength(2)
  })
})

describe('a stolen signing key', () => {
  const stolen = () => {
    draft(naming('laptop', 'thief', 'safe') + drafts[1])
    expect(codes(sign('laptop', '2026-06-01'))).toEqual([])
  }

  test('cannot take the recovery key away, nor put another in its place', () => {
    draft(naming('laptop') + drafts[1])
    expect(codes(sign('laptop', '2026-06-01'))).toEqual(['keys/recovery'])
    draft(`${naming('laptop')}  - { key: '${pub('thief')}', name: safe, recovery: true }\n${drafts[1]}`)
    expect(codes(sign('laptop', '2026-06-01'))).toEqual(['keys/recovery'])
  })

  test('is replaced by the recovery key, which the log reports', () => {
    stolen()
    draft(naming('desk', 'safe') + drafts[1])
    expect(codes(sign('safe', '2026-06-02'))).toEqual([])
    expect(log().at(-1)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^signed by the recovery key “safe”, SHA256:/),
        expect.stringMatching(/^took away the key “thief”/),
      ]),
    )
    draft(naming('thief', 'safe') + drafts[2])
    expect(codes(sign('thief', '2026-11-02'))).toEqual(['keys/endorsement'])
  })
})

test('all keys lost: a new chain, which says itself what it is, and whose old history stays to be seen', () => {
  const last = verify(sources()).value!.history.at(-1)!.hash
  write(paths.allowedSigners, `press@example.org ${pub('new')}\n`)
  draft(naming('new') + drafts[1])
  expect(codes(sign('new', '2026-07-01'))).toEqual(['keys/endorsement', 'keys/recovery'])
  expect(codes(sign('new', '2026-07-01', true))).toEqual([])
  const { value } = verify(sources())
  expect([value?.manifest.serial, value?.manifest.supersedes]).toEqual([1, last])
  expect(log()[0]?.[0]).toBe(
    `began a new chain in place of the one that ended with ${last}: no key of that one has signed it`,
  )
  expect(readdirSync(at('pages/about/keys/superseded'))).toEqual([last.slice(7, 19)])
  draft(naming('new') + drafts[2])
  expect(codes(sign('new', '2026-11-02'))).toEqual([])
  expect([verify(sources()).value?.history.length, readerVerifies()]).toEqual([2, true])
})

test('killed at any moment, a new chain is finished by the next signing, and not begun once more', async () => {
  writeFiles(root, {
    'imprimatur.config.json': JSON.stringify({
      site: { title: 'Fixture', url: 'https://example.org' },
      keys: { manifest: paths.manifest },
    }),
    'layouts/default.ejs': '<%- body %>',
  })
  write(paths.allowedSigners, `press@example.org ${pub('new')}\n`)
  draft(naming('new') + drafts[1])
  const [before, after] = [`${root}-before`, `${root}-after`]
  cpSync(root, before, { recursive: true })
  const run = (...args: readonly string[]) =>
    imprimatur(['keys', 'sign', '--key', makeKey('new'), '--yes', ...args], {
      cwd: root,
      env: { SOURCE_DATE_EPOCH: String(new Date('2026-07-01T12:00:00Z').getTime() / 1000) },
    })
  expect((await run('--supersede')).code).toBe(0)
  cpSync(root, after, { recursive: true })
  const whole = bytesOf(root)
  const folder = 'pages/about/keys'
  const copy = (from: string, path: string, to = path) =>
    cpSync(join(from, path), at(to), { recursive: true })
  const leave = [
    () => copy(after, `${folder}/history`, `${folder}/.history-next`),
    () => (copy(after, `${folder}/superseded`), rmSync(at(`${folder}/history`), { recursive: true })),
    () => cpSync(at(`${folder}/.history-next`), at(`${folder}/history`), { recursive: true }),
    () => rmSync(at(`${folder}/.history-next`), { recursive: true }),
    () => copy(after, paths.signature),
    () => copy(after, paths.manifest),
  ]
  for (const args of [['--supersede'], []] as const) {
    for (let done = args.length > 0 ? 1 : 2; done <= leave.length - args.length; done++) {
      rmSync(root, { recursive: true })
      cpSync(before, root, { recursive: true })
      copy(after, paths.allowedSigners)
      for (const step of leave.slice(0, done)) step()
      const { code, stdout, stderr } = await run(...args)
      expect([done, code, stderr + stdout]).toEqual([done, 0, expect.any(String)])
      const [is, was] = [bytesOf(root), whole].map(files =>
        Object.keys(files).filter(path => !path.includes('superseded')),
      )
      expect([done, is]).toEqual([done, was])
      const { value } = verify(sources())
      expect([value?.manifest.serial, value?.manifest.supersedes]).toEqual([
        1,
        expect.stringContaining('sha256:'),
      ])
      expect(readdirSync(at(`${folder}/superseded`))).toHaveLength(1)
    }
  }
})

describe('before a signature', () => {
  const plan = (key = 'laptop') => planSigning(sources(), options(key, '2026-11-02'))

  test('what would be signed is shown, another key with it', () => {
    draft(naming('laptop', 'desk', 'safe') + drafts[0])
    sign('laptop', '2026-05-10')
    draft(naming('desk', 'safe') + drafts[0].replace('name: phone', 'name: handy'))
    const { value } = plan('desk')
    expect(value?.serial).toBe(3)
    expect(describeChanges(value?.changes ?? [])).toEqual([
      expect.stringMatching(/^signed by the key “desk”/),
      expect.stringMatching(/^took away the key “laptop”/),
      'changed the entry of handy (1204387561) of press@example.org: name phone, now handy',
    ])
  })

  test('a key that was replaced under its id needs a new day; a deleted and a reinstated device are described', () => {
    const text = naming('laptop', 'safe') + drafts[0]
    draft(text.replace(vectors.devices[0]!.fingerprint, vectors.devices[3]!.fingerprint))
    write(paths.manifest, read(paths.manifest).replaceAll('2026-05-01', '2026-04-30'))
    expect(plan().diagnostics.map(({ code }) => code)).toEqual(['keys/replaced'])
    draft(text.slice(0, text.lastIndexOf('      - id')))
    expect(plan().diagnostics.map(({ code }) => code)).toEqual(['trust/removed'])
    expect(plan().diagnostics[0]?.message).toContain('is deleted, and not revoked')
    draft(naming('laptop', 'safe') + drafts[2])
    sign('laptop', '2026-11-02')
    draft(naming('laptop', 'safe') + drafts[1])
    expect(plan().diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('was revoked, and is to be trusted again'),
    ])
  })

  test('after somebody has altered the file, a check says what, and not “sign again”', () => {
    write(
      paths.manifest,
      read(paths.manifest).replace(vectors.devices[0]!.fingerprint, vectors.devices[3]!.fingerprint),
    )
    const [found] = verify(sources()).diagnostics
    expect(found?.code).toBe('keys/signature')
    expect(found?.message).toContain(
      'Against manifest 1, the last one that was signed: replaced the key of phone',
    )
    expect(found?.hint).toMatch(
      /^if you made these changes, .* if not, somebody else did: put back .*0001.yaml/,
    )
  })
})
