import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { readKeySources } from '../../../src/keys/manifest/key-files.ts'
import { keyPaths } from '../../../src/keys/manifest/sources.ts'
import { signManifest } from '../../../src/keys/verify/sign.ts'
import { verifyManifest } from '../../../src/keys/verify/verify.ts'
import { namespace } from '../../../src/keys/verify/ssh-signature.ts'
import { buildHistory, drafts, newSigner, now, verify } from '../signed-history.ts'

const top = mkdtempSync(join(tmpdir(), 'imprimatur-signing-'))
afterAll(() => rmSync(top, { recursive: true }))

let root = ''
let count = 0
const paths = keyPaths('pages/about/keys.yaml')
const at = (path: string) => join(root, path)
const read = (path: string) => readFileSync(at(path), 'utf8')
const write = (path: string, text: string) => writeFileSync(at(path), text)

function makeKey(name: string, ...options: string[]): string {
  const key = join(top, name)
  rmSync(key, { force: true })
  execFileSync('ssh-keygen', ['-q', '-N', '', '-f', key, '-C', name, ...options])
  return key
}

const press = makeKey('press', '-t', 'ed25519')
const allow = (key: string, options = `namespaces="${namespace}"`) =>
  write(paths.allowedSigners, `press@example.org ${options} ${readFileSync(`${key}.pub`, 'utf8')}`)

const sources = () => readKeySources(root, paths).value!
const sign = (key = press, today = '2026-11-20') =>
  signManifest(sources(), { root, key, today, now, readBeside: () => undefined })

/** What a reader does, with nothing but OpenSSH. */
const readerVerifies = (principal = 'press@example.org', purpose = namespace) => {
  const options = ['-f', at(paths.allowedSigners), '-I', principal, '-n', purpose, '-s', at(paths.signature)]
  return spawnSync('ssh-keygen', ['-Y', 'verify', ...options], { input: read(paths.manifest) }).status === 0
}

beforeEach(() => {
  root = join(top, `site-${count++}`)
  mkdirSync(at('pages/about'), { recursive: true })
  write(paths.manifest, `# Ours.\nversion: 1\n${drafts[0]}`)
  allow(press)
})

test('three signatures make a history of three, and both we and OpenSSH accept the last', () => {
  for (const [n, draft] of drafts.entries()) {
    const text = read(paths.manifest)
    write(paths.manifest, text.slice(0, text.indexOf('signer:')) + draft)
    const { value, diagnostics } = sign()
    expect(diagnostics).toEqual([])
    expect(value?.written).toHaveLength(4)
    expect(value?.publication.manifest.serial).toBe(n + 1)
  }
  expect(readdirSync(at(paths.history))).toEqual([1, 2, 3].flatMap(n => [`000${n}.yaml`, `000${n}.yaml.sig`]))
  expect(verify(sources()).value?.history).toHaveLength(3)
  expect(readerVerifies()).toBe(true)
  expect(read(paths.manifest)).toMatch(
    /^# Ours.\nversion: 1\nserial: 3\nissued: 2026-11-20\nprevious: sha256:/,
  )
})

describe('a file that the manifest names', () => {
  const fileOf = (seed: number) => {
    const body = Buffer.concat([Buffer.from('0465f0a00016', 'hex'), Buffer.alloc(32, seed)])
    const packet = Buffer.concat([Buffer.from([0x98, body.length]), body])
    const head = Buffer.from([0x99, 0, body.length])
    return {
      fingerprint: createHash('sha1').update(head).update(body).digest('hex').toUpperCase(),
      text: `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${packet.toString('base64')}\n-----END PGP PUBLIC KEY BLOCK-----\n`,
    }
  }
  const [ours, foreign] = [fileOf(1), fileOf(2)]
  const sha256 = createHash('sha256').update(ours.text).digest('hex')
  let contents = ours.text
  const readBeside = () => contents
  const codesNow = () =>
    verifyManifest(sources(), { now, readBeside }).diagnostics.map(
      ({ code, message }) => `${code} ${message}`,
    )

  test.each([
    ['in one line', `keys:\n  - { type: openpgp, fingerprint: '${ours.fingerprint}', file: a.asc } # mine\n`],
    [
      'in several',
      `keys:\n  - type: openpgp\n    fingerprint: '${ours.fingerprint}'\n    file: a.asc # mine\n`,
    ],
    [
      'with an old hash',
      `keys:\n  - { type: openpgp, fingerprint: '${ours.fingerprint}', file: a.asc, sha256: '${'0'.repeat(64)}' }\n`,
    ],
  ])('%s, is named by its hash, and no other passes for it', (_, keys) => {
    contents = ours.text
    write(paths.manifest, `version: 1\n${drafts[0]}${keys}`)
    const signed = signManifest(sources(), { root, key: press, today: '2026-11-20', now, readBeside })
    expect(signed.diagnostics).toEqual([])
    expect(read(paths.manifest)).toContain(sha256)
    expect([codesNow(), readerVerifies()]).toEqual([[], true])
    contents = ours.text + foreign.text
    expect(codesNow()).toEqual([expect.stringContaining('keys/public-key The file is not one armoured')])
    contents = foreign.text
    expect(codesNow()).toEqual([
      expect.stringContaining(`keys/public-key The file is the key ${foreign.fingerprint}`),
    ])
    contents = ours.text.replace('\n\n', '\nComment: x\n\n')
    expect(codesNow()).toEqual([expect.stringContaining('is not the file that was signed')])
  })

  test('without its hash in the manifest it is refused', () => {
    contents = ours.text
    const keys = `keys:\n  - { type: openpgp, fingerprint: '${ours.fingerprint}', file: a.asc }\n`
    const at = buildHistory(newSigner(), [`${drafts[0]}${keys}`], ['2026-11-20'])
    const { diagnostics } = verifyManifest(at, { now, readBeside })
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringContaining('does not name the hash'),
    ])
  })
})

test('the whole error message of ssh-keygen is passed on', () => {
  const open = makeKey('open', '-t', 'ed25519')
  chmodSync(open, 0o644)
  const { value, diagnostics } = sign(open)
  expect(value).toBeUndefined()
  expect(diagnostics[0]?.message).toMatch(
    /^ssh-keygen did not sign: Permissions 0644 for '.*' are too open; /,
  )
})

test('what is signed already is not signed again', () => {
  sign()
  expect(sign().value?.written).toEqual([])
})

describe.each([
  ['ed25519', []],
  ['rsa', ['-b', '3072']],
  ['ecdsa', ['-b', '256']],
  ['ecdsa', ['-b', '384']],
  ['ecdsa', ['-b', '521']],
] as const)('a key of type %s %j', (type, options) => {
  test('signs, and both we and OpenSSH accept it; one byte changed, neither does', () => {
    const key = makeKey(`${type}${options.join('')}`, '-t', type, ...options)
    allow(key)
    expect(sign(key).diagnostics).toEqual([])
    expect([verify(sources()).diagnostics, readerVerifies()]).toEqual([[], true])
    write(paths.manifest, read(paths.manifest).replace('phone', 'Phone'))
    const codes = verify(sources()).diagnostics.map(({ code }) => code)
    expect([codes, readerVerifies()]).toEqual([['keys/signature'], false])
  })
})

describe('this program and OpenSSH accept the same lines of allowed_signers', () => {
  const pub = readFileSync(`${press}.pub`, 'utf8')
  test.each([
    [`press@example.org ${pub}`, true],
    [`"press@example.org" ${pub}`, true],
    [`*@example.org,!root@* namespaces="git,imprimatur-*" ${pub}`, true],
    [`*@example.org,!press@* ${pub}`, false],
    [`other@example.org ${pub}`, false],
    [`press@example.org namespaces="git" ${pub}`, false],
    [`press@example.org valid-before="20250101" ${pub}`, false],
    [`press@example.org valid-after="20990101" ${pub}`, false],
    [
      `press@example.org valid-after="20200101",valid-before="20990101",namespaces="${namespace}" ${pub}`,
      true,
    ],
    [
      `press@example.org valid-before="20250101" ${pub}\npress@example.org valid-before="20990101" ${pub}`,
      true,
    ],
  ])('%s', (line, isAllowed) => {
    sign()
    write(paths.allowedSigners, line)
    // The clock of ssh-keygen cannot be set back here, and these lines do not depend on the year.
    expect([verify(sources()).value !== undefined, readerVerifies()]).toEqual([isAllowed, isAllowed])
  })

  test('another namespace', () => {
    sign()
    rmSync(at(paths.signature))
    execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', press, '-n', 'file', at(paths.manifest)], {
      stdio: 'ignore',
    })
    expect([verify(sources()).diagnostics[0]?.code, readerVerifies()]).toEqual(['keys/signature', false])
  })
})

test('a key of the agent signs by its public half', () => {
  const key = makeKey('agent', '-t', 'ed25519')
  const environment = execFileSync('ssh-agent', ['-s'], { encoding: 'utf8' })
  const variable = (name: string) => new RegExp(`${name}=([^;]+)`).exec(environment)![1]!
  const [before, pid] = [process.env.SSH_AUTH_SOCK, Number(variable('SSH_AGENT_PID'))]
  try {
    process.env.SSH_AUTH_SOCK = variable('SSH_AUTH_SOCK')
    execFileSync('ssh-add', ['-q', key], { stdio: 'ignore' })
    rmSync(key)
    allow(key)
    expect(sign(`${key}.pub`).diagnostics).toEqual([])
    expect(readerVerifies()).toBe(true)
  } finally {
    if (before === undefined) delete process.env.SSH_AUTH_SOCK
    else process.env.SSH_AUTH_SOCK = before
    process.kill(pid)
  }
})

/** The codes of a signing that is refused, and that left every file as it was. */
const refused = (key?: string) => {
  const [manifest, files] = [read(paths.manifest), readdirSync(at('pages/about'), { recursive: true })]
  const { value, diagnostics } = sign(key)
  expect(value).toBeUndefined()
  expect(read(paths.manifest)).toBe(manifest)
  expect(readdirSync(at('pages/about'), { recursive: true })).toEqual(files)
  expect(diagnostics.every(({ hint, span }) => hint && span)).toBe(true)
  return diagnostics.map(({ code }) => code)
}

describe('nothing is written', () => {
  test('when the key is unlisted, missing, or may not sign', () => {
    expect(refused(makeKey('stranger', '-t', 'ed25519'))).toContain('keys/signer')
    expect(refused(join(top, 'nowhere'))).toEqual(['keys/sign'])
    allow(press, 'namespaces="git"')
    expect(refused()).toContain('keys/signer')
  })

  test('when the manifest is wrong, or the history is not whole', () => {
    sign()
    write(paths.manifest, read(paths.manifest).replace('4ec0', '4ec1'))
    expect(refused()).toEqual(['keys/curve'])
    write(paths.manifest, read(paths.manifest).replace('4ec1', '4ec0').replace('phone', 'mobile'))
    write(`${paths.history}/0001.yaml`, read(`${paths.history}/0001.yaml`).replace('phone', 'fone'))
    expect(refused()).toEqual(['keys/signature'])
  })

  test('when several may sign and the manifest does not say who', () => {
    write(paths.manifest, `version: 1\n${drafts[0].replace('signer: press@example.org\n', '')}`)
    write(
      paths.allowedSigners,
      `${read(paths.allowedSigners)}b@example.org ${readFileSync(`${press}.pub`, 'utf8')}`,
    )
    expect(refused()).toEqual(['keys/missing-key'])
    allow(press)
    expect(sign().value?.publication.manifest.signer).toBe('press@example.org')
  })
})

test('killed after any of its four files, a signing is finished by the next', () => {
  sign()
  write(paths.manifest, read(paths.manifest).replace('name: phone', 'name: mobile'))
  const before = `${root}-before`
  cpSync(root, before, { recursive: true })
  const written = sign().value!.written
  const after = new Map(written.map(path => [path, read(path)]))
  for (let done = 0; done < written.length; done++) {
    rmSync(root, { recursive: true })
    cpSync(before, root, { recursive: true })
    for (const path of written.slice(0, done)) write(path, after.get(path)!)
    expect(verify(sources()).value).toBeUndefined()
    expect(sign().diagnostics).toEqual([])
    expect(written.map(read)).toEqual([...after.values()])
    expect(verify(sources()).value?.history).toHaveLength(2)
  }
})
