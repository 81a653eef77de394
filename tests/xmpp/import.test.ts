import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { xml } from '@xmpp/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { command as confirm } from '../../src/cli/commands/keys/confirm.ts'
import { parseCall } from '../../src/cli/arguments.ts'
import { folderWith } from '../folder.ts'
import { startEjabberd } from './ejabberd.ts'
import { startTerminal, type Terminal } from './profanity.ts'
import { domain, startProsody } from './prosody.ts'
import { axolotl, logIn, newDevice, newDevice2, omemo2, type Publisher } from './publisher.ts'
import { audit, callOf, messagesOf } from './run-audit.ts'
import type { KnownDevice } from './site-with-devices.ts'
import { trust } from './trust-authority.ts'

const [alice, bob] = [`alice@${domain}`, `bob@${domain}`]
const passwords = { [alice]: 'open sesame 1001', [bob]: 'correct horse battery' }
const bare = () =>
  folderWith({
    'imprimatur.config.json': JSON.stringify({
      site: { title: 'Fixture', url: 'https://example.org' },
      keys: { manifest: 'pages/about/keys.yaml' },
    }),
    'layouts/default.ejs': '<%- body %>',
    'pages/index.md': 'Hello.\n',
  })

interface Written {
  readonly jid: string
  readonly devices: readonly Record<string, unknown>[]
}
const textOf = (site: string) => readFileSync(join(site, 'pages/about/keys.yaml'), 'utf8')
const accountsOf = (site: string) => (parse(textOf(site)) as { accounts: readonly Written[] }).accounts
const inGroups = (key: string) => key.replace(/.{8}(?=.)/g, '$& ')

async function confirmed(site: string, ...args: readonly string[]) {
  const { value } = parseCall(confirm, args)
  return confirm.run({ ...callOf(site, []), ...value!, cwd: site })
}

describe.each([
  ['Prosody', startProsody],
  ['ejabberd', startEjabberd],
] as const)('what a real %s has of an account', (name, startServer) => {
  let server: Awaited<ReturnType<typeof startServer>>
  let terminal: Terminal
  let owner: Publisher
  let real: KnownDevice
  const phone = newDevice(1204387561, 'phone')
  const tablet = newDevice2(31337007, 'tablet')
  const importing = (site: string, ...args: readonly string[]) =>
    audit(site, ['--import', ...args, '--server', `127.0.0.1:${server.port}`], passwords[alice])

  beforeAll(async () => {
    const folder = folderWith()
    for (const part of ['server', 'terminal']) mkdirSync(join(folder, part))
    server = await startServer(join(folder, 'server'), passwords)
    trust(server.authority.certificate)
    owner = await logIn(alice, passwords[alice]!, server.port)
    // Profanity 0.13 does not make the node by itself when the server says that it is not there.
    await owner.list([])
    terminal = await startTerminal(join(folder, 'terminal'))
    const client = await terminal.open('laptop')
    await client.logIn(`${alice}/laptop`, passwords[alice]!, server.port)
    real = await client.generate()
    await owner.bundle(phone)
    await owner.list([phone.id, real.id])
    await owner.bundle(tablet, omemo2, name === 'ejabberd' ? { max_items: undefined } : {})
    const list = xml(
      'devices',
      { xmlns: omemo2 },
      xml('device', { id: String(tablet.id), label: 'my tablet' }),
    )
    await owner.put(`${omemo2}:devices`, xml('item', { id: 'current' }, list))
  }, 120_000)

  afterAll(async () => {
    await owner?.close()
    await terminal?.stop()
    await server?.stop()
  })

  test('is written down, verified by nobody, and each is confirmed with what its own screen shows', async () => {
    const site = bare()
    const found = await importing(site, alice)
    expect(messagesOf(found)).toBe('')
    const [account] = accountsOf(site)
    expect(account?.jid).toBe(alice)
    expect(account?.devices.toSorted((a, b) => Number(a.id) - Number(b.id))).toEqual(
      [
        { id: phone.id, name: `device ${phone.id}`, fingerprint: inGroups(phone.fingerprint) },
        { id: real.id, name: `device ${real.id}`, fingerprint: inGroups(real.fingerprint) },
        {
          id: tablet.id,
          name: 'my tablet',
          fingerprint: inGroups(tablet.fingerprint),
          ed25519: tablet.ed25519,
        },
      ].toSorted((a, b) => a.id - b.id),
    )
    expect(textOf(site)).toContain(`# from the server’s list of ${alice}, 2026-11-21`)

    // What Profanity itself has on its screen.
    const shown = await confirmed(
      site,
      alice,
      String(real.id),
      inGroups(real.fingerprint).replaceAll(' ', '-'),
    )
    expect([messagesOf(shown), shown.summary]).toEqual([
      '',
      expect.stringContaining('verified on the device'),
    ])
    const verified = accountsOf(site)[0]?.devices.filter(device => 'verified' in device)
    expect(verified?.map(({ id }) => id)).toEqual([real.id])
    const wrong = await confirmed(site, alice, String(phone.id), inGroups(real.fingerprint))
    expect(wrong.diagnostics.map(({ code }) => code)).toEqual(['devices/unconfirmed'])

    // A second time there is nothing to write.
    const before = textOf(site)
    expect((await importing(site)).summary).toContain(`${real.id} of ${alice} is there already`)
    expect(textOf(site)).toBe(before)
  })

  test('another key than the manifest has, and a bundle that is none, are told of and not written', async () => {
    const site = bare()
    await importing(site, alice)
    const before = textOf(site)
    await owner.bundle({ ...newDevice(phone.id), id: phone.id })
    await owner.list([phone.id, real.id, 77])
    const found = await importing(site)
    expect(found.diagnostics.map(({ code }) => code)).toEqual(['devices/unread', 'devices/disagreement'])
    expect(messagesOf(found)).toMatch(
      /Device 77 of .* has no bundle[^]*is said to have 2 keys[^]*: the manifest/,
    )
    expect(textOf(site)).toBe(before)
    await owner.bundle(phone)
    await owner.list([phone.id, real.id])
  })

  test('what a server hides is not read as nothing', async () => {
    const site = bare()
    await owner.remove(`${axolotl}.devicelist`)
    await owner.list([phone.id, real.id], axolotl, { access_model: 'whitelist' })
    const found = await audit(
      site,
      ['--import', alice, '--as', bob, '--server', `127.0.0.1:${server.port}`],
      passwords[bob],
    )
    expect([found.diagnostics.map(({ code }) => code), messagesOf(found)]).toEqual([
      ['devices/unread'],
      expect.stringContaining('it is hidden, or it is not there'),
    ])
    expect(accountsOf(site)[0]?.devices.map(({ id }) => id)).toEqual([tablet.id])
  })

  test('without an address, an account or a password nothing is asked', async () => {
    const site = bare()
    expect((await importing(site)).findings).toEqual(['usage/argument'])
    expect((await importing(site, 'alice@@example.org')).findings).toEqual(['usage/argument'])
    expect((await importing(site, alice, '--watch')).findings).toEqual(['usage/option'])
  })
})
