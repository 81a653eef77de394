import { readdirSync } from 'node:fs'
import { parseFragment } from 'parse5'
import { describe, expect, test } from 'vitest'
import { command as show } from '../../../src/cli/commands/keys/show.ts'
import { foldFingerprint } from '../../../src/keys/identity/fingerprint.ts'
import { clients, writeCommand, writeFingerprint } from '../../../src/keys/clients/clients.ts'
import { appsPart } from '../../../src/keys/page/apps.ts'
import { languages } from '../../../src/keys/page/words/languages.ts'
import { createWordbook } from '../../../src/keys/page/words/wordbook.ts'
import { viewAccount } from '../../../src/keys/page/view.ts'
import { fixture } from '../signed-history.ts'
import { attributeOf, elementsOf, textOf } from '../page/html.ts'

interface WrittenDevice {
  readonly id: number
  readonly name: string
  readonly ed25519: string
  readonly fingerprint: string
  /** By client: as it shows the fingerprint, and the line that trusts it. */
  readonly forms: Readonly<Record<string, string>>
  readonly commands: Readonly<Record<string, string>>
}

const { jid, devices }: { readonly jid: string; readonly devices: readonly WrittenDevice[] } = JSON.parse(
  fixture('vectors.json'),
)

const ids = clients.map(({ id }) => id)

test('every file of the folder is in the list', () => {
  const files = readdirSync(new URL('../../../src/keys/clients/', import.meta.url))
  const own = files.filter(name => name !== 'client.ts' && name !== 'clients.ts')
  expect(own.map(name => name.replace(/\.ts$/, '')).toSorted()).toEqual([...ids].toSorted())
})

test('no name and no vector belongs to two clients, or to none', () => {
  const names = clients.flatMap(client => client.names)
  expect([...new Set(names)]).toEqual(names)
  const written = devices.flatMap(({ forms, commands }) => [...Object.keys(forms), ...Object.keys(commands)])
  expect(written.filter(id => !ids.includes(id))).toEqual([])
})

describe.each(clients)('$id', client => {
  test('has a vector in tests/fixtures/keys/vectors.json, and each is what the client shows', () => {
    const vectors = devices.filter(({ forms }) => forms[client.id] !== undefined)
    if (vectors.length === 0)
      throw new Error(
        `No device in tests/fixtures/keys/vectors.json has the fingerprint as ${client.names[0]} shows it: add it under forms.${client.id}`,
      )
    for (const device of vectors) {
      const text = device.forms[client.id]!
      expect(writeFingerprint(device, client)).toBe(text)
      expect(foldFingerprint(text)).toEqual({ value: device[client.shows] })
      expect(writeCommand(jid, device, client)).toBe(device.commands[client.id])
    }
  })

  test('is on the page in every language, with its form, its three steps and how one sees that it worked', () => {
    const device = devices[0]!
    const verified = { on: '2026-11-20', how: 'on-device' } as const
    const account = viewAccount({ jid, invitation: false, devices: [{ ...device, verified }] })
    const [form, line] = [writeFingerprint(device, client)!, writeCommand(jid, device, client)]
    for (const lang of languages) {
      const words = createWordbook({ lang })
      const page = parseFragment(
        String(
          appsPart(account, {
            base: '/',
            siteUrl: 'https://example.org',
            signerKey: '',
            manifest: { serial: 1, issued: '2026-11-20' },
            words,
            anchor: 'a',
          }),
        ),
      )
      const details = elementsOf(page).find(each => attributeOf(each, 'id') === `a-${client.id}`)!
      const text = textOf(details)
      for (const name of client.names) expect(text).toContain(name)
      const forms = elementsOf(details)
        .filter(each => each.tagName === 'pre')
        .map(textOf)
      expect(forms).toContain(line ?? form)
      expect(elementsOf(details).filter(each => each.tagName === 'li')).toHaveLength(3)
      const filled = (word: string) => word.replaceAll('`', '').split(/\{\w+\}/)
      for (const part of [...client.words[lang].steps, client.words[lang].worked].flatMap(filled)) {
        expect(text).toContain(part)
      }
      expect(text).not.toMatch(/[{}]/)
    }
    expect(show.formats).toContain(client.id)
    expect(show.help).toMatch(new RegExp(`^ {16}.*\\b${client.id}\\b`, 'm'))
  })
})
