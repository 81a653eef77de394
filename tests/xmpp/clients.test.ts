import { xml } from '@xmpp/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { execute, repository } from '../program.ts'
import { audit, messagesOf, siteWith } from './run-audit.ts'
import { startTerminal, type Profanity, type Terminal } from './profanity.ts'
import { startProsody, type Prosody } from './prosody.ts'
import { axolotl, logIn, omemo2, type Publisher } from './publisher.ts'
import type { KnownDevice } from './site-with-devices.ts'
import { trust } from './trust-authority.ts'

const alice = 'alice@example.org'
const auditor = 'auditor@example.org'
const passwords: Readonly<Record<string, string>> = { [alice]: 'open sesame', [auditor]: 'correct horse' }

let server: Prosody
let terminal: Terminal
let owner: Publisher
const shown: KnownDevice[] = []

const look = (devices: readonly KnownDevice[], jid: string) =>
  audit(
    siteWith({ [alice]: devices }),
    [alice, '--as', jid, '--server', `127.0.0.1:${server.port}`],
    passwords[jid],
  )

beforeAll(async () => {
  server = await startProsody(folderWith(), passwords)
  trust(server.authority.certificate)
  owner = await logIn(alice, passwords[alice]!, server.port)
  // Profanity 0.13 does not make these nodes by itself when the server says that they are not there.
  await owner.list([])
  await owner.list([], omemo2)
  terminal = await startTerminal(folderWith())
  const clients: Profanity[] = []
  for (const name of ['one', 'two']) clients.push(await terminal.open(name))
  await Promise.all(clients.map((client, i) => client.logIn(`${alice}/${i}`, passwords[alice]!, server.port)))
  // One after the other: each adds itself to the list that it finds.
  for (const client of clients) shown.push(await client.generate())
})

afterAll(async () => {
  await owner?.close()
  await terminal?.stop()
  await server?.stop()
})

test('what Profanity shows of its keys is what the audit derives from the server', async () => {
  expect(shown).toHaveLength(2)
  for (const jid of [alice, auditor]) {
    expect((await look(shown, jid)).findings).toEqual([])
    const swapped = shown.map(({ id, name }, i) => ({ id, name, fingerprint: shown[1 - i]!.fingerprint }))
    const { findings, diagnostics } = await look(swapped, jid)
    expect(findings.map(each => each.split(' ')[0])).toEqual(['audit/mismatch', 'audit/mismatch'])
    for (const { fingerprint } of shown) {
      expect(diagnostics[0]?.message).toContain(fingerprint.replace(/.{8}(?=.)/g, '$& '))
    }
  }
})

interface ReferenceDevices {
  readonly own: KnownDevice
  readonly others: readonly KnownDevice[]
}

test('python-omemo publishes one more device in both versions, and reads the keys as we do', async () => {
  // It takes no empty list for one.
  await owner.remove(`${omemo2}:devices`)
  const where = ['127.0.0.1', String(server.port), server.authority.certificate]
  const { stdout, stderr, code } = await execute(
    '/usr/bin/python3',
    ['tests/xmpp/reference_client.py', `${alice}/reference`, ...where],
    { cwd: repository, env: { REFERENCE_PASSWORD: passwords[alice]! } },
  )
  expect([code, code === 0 ? '' : stderr]).toEqual([0, ''])
  const { own, others } = JSON.parse(stdout) as ReferenceDevices
  const keys = (devices: readonly KnownDevice[]) =>
    new Map(devices.map(({ id, fingerprint }) => [id, fingerprint]))
  expect(keys(others)).toEqual(keys(shown))

  for (const jid of [alice, auditor]) {
    const found = await look(shown, jid)
    expect(found.findings).toEqual([expect.stringMatching(/^audit\/unlisted /)])
    expect(messagesOf(found)).toContain(` ${own.id} of ${alice}`)
    expect(messagesOf(found)).toContain(own.fingerprint.replace(/.{8}(?=.)/g, '$& '))
    // With it in the manifest, both of its keys are right: the Curve25519 form in one version, Ed25519 in the other.
    expect((await look([...shown, { ...own, name: 'reference' }], jid)).findings).toEqual([])
  }
  const only = (namespace: string) => ['--namespace', namespace]
  for (const namespace of [axolotl, omemo2]) {
    const args = [alice, '--server', `127.0.0.1:${server.port}`, ...only(namespace)]
    const { findings } = await audit(
      siteWith({ [alice]: [{ ...own, name: 'reference' }] }),
      args,
      passwords[alice],
    )
    expect(findings).toHaveLength(namespace === axolotl ? 2 : 0)
  }
})

test('a real bundle in which one byte of the key is another', async () => {
  const [first] = shown as [KnownDevice]
  const flipped = first.fingerprint.replace(/^./, digit => (parseInt(digit, 16) ^ 1).toString(16))
  const key = Buffer.from(`05${flipped}`, 'hex').toString('base64')
  const bundle = xml('bundle', { xmlns: axolotl }, xml('identityKey', {}, key))
  await owner.put(`${axolotl}.bundles:${first.id}`, xml('item', { id: 'current' }, bundle))
  const found = await look(shown, alice)
  expect(found.findings[0]).toMatch(/^audit\/mismatch /)
  expect(messagesOf(found)).toContain(`device ${first.id} (“one”)`)
  expect(messagesOf(found)).toMatch(/\n {14}\^{8}\n/)
})
