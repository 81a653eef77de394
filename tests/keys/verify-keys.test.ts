import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { verifyKeys, type KeyTexts } from '../../src/index.ts'
import { repository } from '../program.ts'
import { pathsOf } from '../tree.ts'
import { buildHistory, days, drafts, newSigner, now, verify } from './signed-history.ts'

const fileOf = (path: string) => ({ path, text: readFileSync(join(repository, path), 'utf8') })

const own: KeyTexts = {
  manifest: fileOf('pages/about/keys.yaml'),
  signature: fileOf('pages/about/keys.yaml.sig'),
  allowedSigners: fileOf('pages/about/allowed_signers'),
  history: pathsOf(join(repository, 'pages/about/keys/history')).map(name =>
    fileOf(`pages/about/keys/history/${name}`),
  ),
}

test('the manifest of this site is verified from its texts', async () => {
  const { value, diagnostics } = await verifyKeys(own, new Date('2026-11-27T12:00:00Z'))
  expect(diagnostics).toEqual([])
  expect(value?.manifest.serial).toBe(value?.history.length)
  expect(value?.signerKey).toMatch(/^SHA256:/)
})

test('without its signature, or with a byte more, it is not', async () => {
  const at = new Date('2026-11-27T12:00:00Z')
  const unsigned = await verifyKeys({ ...own, signature: undefined }, at)
  expect([unsigned.value, unsigned.diagnostics.map(({ code }) => code)]).toEqual([
    undefined,
    ['keys/unsigned'],
  ])
  const altered = { ...own.manifest, text: `${own.manifest.text}\n` }
  expect((await verifyKeys({ ...own, manifest: altered }, at)).value).toBeUndefined()
})

test('it gives the diagnostics of the command', async () => {
  const sources = buildHistory(newSigner(), drafts, days)
  const { manifest, signature, allowedSigners, history } = sources
  const value = verify(sources).value!
  const texts = { manifest, signature, allowedSigners, history: [...history.values()] }
  expect((await verifyKeys(texts, now)).value).toEqual({
    manifest: value.manifest,
    signerKey: value.signerKey,
    history: value.history,
  })
})

test('given paths, it reads the files', async () => {
  const at = new Date('2026-11-27T12:00:00Z')
  const paths = { root: repository, manifest: own.manifest.path }
  expect(await verifyKeys(paths, at)).toEqual(await verifyKeys(own, at))
  const { value, diagnostics } = await verifyKeys({ ...paths, manifest: 'pages/none.yaml' }, at)
  expect([value, diagnostics.map(({ code, file }) => [code, file?.path])]).toEqual([
    undefined,
    [
      ['keys/read', 'pages/none.yaml'],
      ['keys/read', 'pages/allowed_signers'],
    ],
  ])
})
