import { parse } from 'parse5'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { attributeOf, elementsOf, textOf } from '../keys/page/html.ts'
import { buildHistory, newSigner, verify } from '../keys/signed-history.ts'
import { describeKeys, renderKeys } from '../../src/keys/page/page.ts'
import { languages } from '../../src/keys/page/words/languages.ts'
import { startTerminal, type Profanity, type Terminal } from './profanity.ts'
import { startProsody, type Prosody } from './prosody.ts'
import { logIn, omemo2, type Publisher } from './publisher.ts'
import type { KnownDevice } from './site-with-devices.ts'
import { trust } from './trust-authority.ts'

const alice = 'alice@example.org'
const passwords: Readonly<Record<string, string>> = {
  [alice]: 'open sesame',
  'en@example.org': 'correct horse',
  'ru@example.org': 'battery staple',
}

let server: Prosody
let terminal: Terminal
const owners: Publisher[] = []
const owned: Profanity[] = []
const devices: KnownDevice[] = []

async function join(jid: string, name: string): Promise<Profanity> {
  const client = await terminal.open(name)
  await client.logIn(`${jid}/${name}`, passwords[jid]!, server.port)
  return client
}

beforeAll(async () => {
  server = await startProsody(folderWith(), passwords)
  trust(server.authority.certificate)
  for (const [jid, password] of Object.entries(passwords)) {
    const owner = await logIn(jid, password, server.port)
    owners.push(owner)
    // Profanity 0.13 does not make these nodes by itself when the server says that they are not there.
    await owner.list([])
    await owner.list([], omemo2)
  }
  terminal = await startTerminal(folderWith())
  for (const name of ['one', 'two']) {
    const client = await join(alice, name)
    devices.push(await client.generate())
    owned.push(client)
  }
})

afterAll(async () => {
  for (const owner of owners) await owner.close()
  await terminal?.stop()
  await server?.stop()
})

/** The page of these devices, in a language: signed, verified and rendered as any. */
function pageOf(lang: string): string {
  const lines = devices.map(
    ({ id, name, fingerprint }) =>
      `      - { id: ${id}, name: ${name}, fingerprint: '${fingerprint}', verified: { on: 2026-05-01, how: on-device } }\n`,
  )
  const draft = `signer: press@example.org\naccounts:\n  - jid: ${alice}\n    label: Alice@Example.org\n    devices:\n${lines.join('')}`
  const publication = verify(buildHistory(newSigner(), [draft], ['2026-05-02'])).value!
  const data = describeKeys(publication, { base: '/about/keys/', siteUrl: 'https://example.org' })
  return renderKeys(data, { lang }).accounts[0]!.parts.apps
}

/** What the page says of Profanity: every line that is to be typed, in its order, and what has to be seen then. */
function readInstructions(html: string) {
  const details = elementsOf(parse(html)).find(each => attributeOf(each, 'id') === 'account-1-profanity')
  const steps = elementsOf(details!).filter(({ tagName }) => tagName === 'li')
  const typed = (step: (typeof steps)[0]) =>
    elementsOf(step)
      .filter(({ tagName }) => tagName === 'code')
      .map(textOf)
  const pasted = elementsOf(details!)
    .filter(({ tagName }) => tagName === 'pre')
    .map(textOf)
  const worked = textOf(elementsOf(details!).find(each => attributeOf(each, 'class') === 'keys-worked')!)
  const mark = /[“«](\(\w+\))[”»]/.exec(worked)?.[1]
  return { lines: steps.flatMap((step, n) => (n === 1 ? pasted : typed(step))), mark: mark!, pasted }
}

/** Whether the word that the page names appears behind a key within two seconds. */
const isMarked = (reader: Profanity, key: string, mark: string) =>
  reader.see(new RegExp(`${key} ${mark.replace(/[()]/g, '\\$&')}`), 2).then(
    () => true,
    () => false,
  )

/** “If it does not appear, wait a moment, and paste the line again.” */
async function pasteUntilMarked(reader: Profanity, line: string, key: string, mark: string): Promise<void> {
  for (let tries = 1; tries < 10; tries++) {
    if (await isMarked(reader, key, mark)) return
    await reader.type(line)
  }
  throw new Error(`${mark} never appeared behind ${key}`)
}

describe.each(languages)('a reader with Profanity who follows the page, in “%s”, to the letter', lang => {
  test('is refused before, trusts every device after, and is read by each', async () => {
    const reader = await join(`${lang}@example.org`, lang)
    await reader.generate()
    const { lines, mark, pasted } = readInstructions(pageOf(lang))
    expect(lines).toHaveLength(2 + devices.length)
    // The line alone, as pages gave it before, is no instruction.
    await reader.type(pasted[0]!)
    await reader.see(/Cannot trust unknown device/)
    for (const line of lines) {
      await reader.type(line)
      const key = /[0-9a-f-]{71}/.exec(line)?.[0]
      if (key !== undefined) await pasteUntilMarked(reader, line, key, mark)
    }
    for (const { id, fingerprint } of devices) {
      // Nobody types as fast as this test: a message before that would not be encrypted for the device.
      await reader.waitForSession(alice, id)
      expect(await isMarked(reader, fingerprint.replace(/.{8}(?=.)/g, '$&-'), mark)).toBe(true)
    }
    await reader.type(`hello in ${lang}`)
    for (const client of owned) {
      await client.type('/win 1')
      const [, window] = await client.see(
        new RegExp(`chat message: ${lang}@example\\.org/\\S+ \\(win (\\d+)\\)`),
      )
      await client.type(`/win ${window}`)
      await client.see(new RegExp(`hello in ${lang}`))
    }
  })
})
