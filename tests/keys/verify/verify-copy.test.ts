import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { command } from '../../../src/cli/commands/keys/compare.ts'
import { parseCall } from '../../../src/cli/arguments.ts'
import { unattended } from '../../call.ts'
import { folderWith } from '../../folder.ts'
import { buildHistory, days, drafts, newSigner, now, publicLine, vectors } from '../signed-history.ts'

const signer = newSigner()
const { manifest, signature, allowedSigners, history } = buildHistory(signer, drafts, days)
const files = {
  'keys.yaml': manifest.text,
  'keys.yaml.sig': signature!.text,
  allowed_signers: allowedSigners.text,
}

/** As a page has it beside its manifest, or as a repository has it. */
const chain = (folder: string) =>
  Object.fromEntries([...history].map(([name, { text }]) => [`${folder}/${name}`, text]))

async function compareWith(place: string, cwd: string, at = now) {
  const { value: call } = parseCall(command, [vectors.devices[0]!.fingerprint, '--with', place])
  const env = { SOURCE_DATE_EPOCH: String(at.getTime() / 1000) }
  const { diagnostics, summary = '' } = await command.run({ ...unattended, ...call!, cwd, env })
  return { codes: diagnostics.map(({ code }) => code), summary }
}

describe('a copy is verified before anything is compared with it:', () => {
  test('signed by an allowed signer', async () => {
    const { codes, summary } = await compareWith('keys.yaml', folderWith(files))
    expect([codes, summary]).toEqual([
      [],
      expect.stringMatching(/^This is “phone”[^]*signed with SHA256:[^]*allows/),
    ])
  })

  test('signed, and nobody says by whom', async () => {
    const { 'keys.yaml': text, 'keys.yaml.sig': sig } = files
    const { codes, summary } = await compareWith(
      'keys.yaml',
      folderWith({ 'keys.yaml': text, 'keys.yaml.sig': sig }),
    )
    expect([codes, summary]).toEqual([[], expect.stringContaining('is it the key that you know?')])
  })

  test('not signed', async () => {
    const { codes, summary } = await compareWith('a.yaml', folderWith({ 'a.yaml': manifest.text }))
    expect([codes, summary]).toEqual([[], expect.stringContaining('Nobody has signed this copy')])
  })

  test.each(['history', 'keys/history'])(
    'and every manifest before it, where they lie in %s',
    async folder => {
      const { codes, summary } = await compareWith('keys.yaml', folderWith({ ...files, ...chain(folder) }))
      expect([codes, summary]).toEqual([[], expect.stringContaining('its history of 3 is whole')])
      expect((await compareWith('keys.yaml', folderWith(files))).summary).toContain(
        'history is not beside it',
      )
    },
  )

  test.each([
    ['keys/history', { 'history/0002.yaml': undefined }],
    ['keys/signature', { 'history/0002.yaml': `${history.get('0002.yaml')!.text}\n` }],
    ['keys/unsigned', { 'history/0001.yaml.sig': undefined }],
    // An older manifest, whose signature is good, beside a history that goes on.
    [
      'keys/serial',
      { 'keys.yaml': history.get('0002.yaml')!.text, 'keys.yaml.sig': history.get('0002.yaml.sig')!.text },
    ],
  ] as const)('%s: a chain that is not whole', async (code, change) => {
    const all: Record<string, string | undefined> = { ...files, ...chain('history'), ...change }
    const copy = Object.fromEntries(
      Object.entries(all).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
    )
    const { codes, summary } = await compareWith('keys.yaml', folderWith(copy))
    expect([codes, summary]).toEqual([expect.arrayContaining([code]), ''])
  })

  const past = manifest.text.replace('signer:', 'validUntil: 2026-11-20\nsigner:')
  test.each([
    ['keys/expired', { 'keys.yaml': past }],
    ['keys/signature', { ...files, 'keys.yaml': `${manifest.text}\n` }],
    ['keys/signature', { 'keys.yaml': `${manifest.text}\n`, 'keys.yaml.sig': files['keys.yaml.sig'] }],
    ['keys/signer', { ...files, allowed_signers: `press@example.org ${publicLine(newSigner())}\n` }],
    ['keys/value', { 'keys.yaml': manifest.text.replace('version: 1', 'version: 2') }],
  ])('%s: nothing is said of the key', async (code, copy) => {
    expect(await compareWith('keys.yaml', folderWith(copy))).toEqual({ codes: [code], summary: '' })
  })

  test('a host that sends us elsewhere is not followed', async () => {
    const server = createServer((_, response) =>
      response.writeHead(302, { location: 'http://example.org/' }).end(),
    )
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { codes } = await compareWith(`http://127.0.0.1:${port}/keys.yaml`, folderWith())
    server.close()
    expect(codes).toEqual(['keys/read'])
  })
})
