import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { folderWith } from '../folder.ts'
import { startEjabberd, type Ejabberd } from './ejabberd.ts'
import { domain } from './prosody.ts'
import { axolotl, logIn, newDevice, newDevice2, omemo2, type Publisher } from './publisher.ts'
import { audit, messagesOf, siteWith } from './run-audit.ts'
import { trust } from './trust-authority.ts'

const [alice, auditor] = [`alice@${domain}`, `auditor@${domain}`]
const passwords = { [alice]: 'open sesame 1001', [auditor]: 'correct horse battery' }
const phone = newDevice(1204387561, 'phone')
const laptop = newDevice(998244353, 'laptop')
const kaidan = newDevice2(31337007, 'tablet')
const site = siteWith({ [alice]: [phone, laptop, kaidan] })

let server: Ejabberd
let owner: Publisher
const there = () => ['--server', `127.0.0.1:${server.port}`]
const asOwner = () => audit(site, [alice, ...there()], passwords[alice])
const asStranger = () => audit(site, [alice, '--as', auditor, ...there()], passwords[auditor])
const codesOf = (found: Awaited<ReturnType<typeof audit>>) => found.diagnostics.map(({ code }) => code)

beforeAll(async () => {
  server = await startEjabberd(folderWith(), passwords)
  trust(server.authority.certificate)
  owner = await logIn(alice, passwords[alice]!, server.port)
  await owner.publish([phone, laptop])
  // Its release of 2023 knows no such field.
  await owner.publish([kaidan], omemo2, { max_items: undefined })
})

afterAll(async () => {
  await owner?.close()
  await server?.stop()
})

describe('a real ejabberd', () => {
  test('hands out what the manifest says, to its owner and to a stranger', async () => {
    for (const found of [await asOwner(), await asStranger()]) {
      expect([messagesOf(found), found.summary]).toEqual(['', expect.stringContaining('All is well')])
    }
  })

  test('a device more, another key, a device less', async () => {
    await owner.publish([phone, { ...newDevice(laptop.id), id: laptop.id }, newDevice(7)])
    expect(codesOf(await asStranger()).toSorted()).toEqual(['audit/mismatch', 'audit/unlisted'])
    await owner.publish([phone])
    expect(codesOf(await asOwner())).toEqual(['audit/missing'])
    await owner.publish([phone, laptop])
    expect(codesOf(await asOwner())).toEqual([])
  })

  /** RFC 6120, section 8.3.2, fixes no order: ejabberd puts the condition of pubsub in front of that of the stanza. */
  test.each(['presence', 'whitelist', 'roster'])('a list for %s only is hidden, and told so', async model => {
    await owner.remove(`${axolotl}.devicelist`)
    const entries = [phone, laptop].map(({ id }) => id)
    await owner.list(entries, axolotl, { access_model: model })
    const found = await asStranger()
    expect(codesOf(found)).toEqual(['audit/forbidden'])
    expect(messagesOf(found)).toContain('it is hidden, or it is not there')
    // With no group of the roster it is hidden from the owner, too.
    expect(codesOf(await asOwner())).toEqual(model === 'roster' ? ['audit/forbidden'] : [])
    await owner.remove(`${axolotl}.devicelist`)
    await owner.list(entries)
  })

  test('a bundle for contacts only is one that the stranger may not see', async () => {
    await owner.remove(`${axolotl}.bundles:${laptop.id}`)
    await owner.bundle(laptop, axolotl, { access_model: 'whitelist' })
    const found = await asStranger()
    expect([codesOf(found), messagesOf(found)]).toEqual([
      ['audit/malformed'],
      expect.stringContaining(`has no bundle that ${auditor} may see`),
    ])
    await owner.remove(`${axolotl}.bundles:${laptop.id}`)
    await owner.bundle(laptop)
  })
})
