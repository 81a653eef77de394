import { expect, test } from 'vitest'
import { parseAtomFeed } from 'feedsmith'
import { inGroups } from '../../../src/keys/identity/fingerprint.ts'
import { renderCompanions } from '../../../src/keys/page/files.ts'
import { buildHistory, days, drafts, naming, newSigner, vectors, verify } from '../signed-history.ts'

const [laptop, desk] = [newSigner(), newSigner()]
const both = naming({ laptop, desk })
const publication = verify(
  buildHistory([laptop, laptop, desk], [both + drafts[0], both + drafts[1], both + drafts[2]], days),
).value!
const files = renderCompanions(publication, {
  base: '/about/keys/',
  siteUrl: 'https://example.org',
  title: 'Keys',
  scripts: new Map(),
}).value!

test('every entry of the feed is a witness: fingerprints, hash, and whose signature', () => {
  const { entries = [] } = parseAtomFeed(String(files.get('keys.atom')))
  const texts = entries.map(({ content }) => content?.value ?? '')
  expect(texts).toHaveLength(3)
  for (const [n, { hash, signerKey }] of publication.history.toReversed().entries()) {
    expect(texts[n]).toContain(`Manifest ${3 - n}, ${hash}, signed by press@example.org with ${signerKey}`)
  }
  expect(texts[2]).toContain(inGroups(vectors.devices[0]!.fingerprint))
  expect(texts[0]).toContain('revoked laptop')
  expect(texts[0]).toContain('signed by the key “desk”')
  expect(texts[0]).not.toContain('nothing but the signature')
})

test('keys.json has who may sign next, and how each manifest came to be signed', () => {
  const json = JSON.parse(String(files.get('keys.json'))) as {
    signers: { name: string }[]
    history: { succession: string; hash: string; changes: string[] }[]
  }
  expect(json.signers.map(({ name }) => name)).toEqual(['laptop', 'desk'])
  expect(json.history.map(({ succession }) => succession)).toEqual(['first', 'same-key', 'rotation'])
  expect(json.history.map(({ hash }) => hash)).toEqual(publication.history.map(({ hash }) => hash))
})
