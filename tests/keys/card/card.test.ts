import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderCard } from '../../../src/keys/card/card.ts'
import { vCard } from '../../../src/keys/card/vcard.ts'
import { viewAccount } from '../../../src/keys/page/view.ts'
import { folderWith } from '../../folder.ts'
import { imprimatur, type JsonReport } from '../../program.ts'
import { buildHistory, days, drafts, newSigner, verify } from '../signed-history.ts'

const signer = newSigner()
const publication = verify(buildHistory(signer, drafts, days)).value!
const options = { base: '/about/keys/', siteUrl: 'https://example.org' }

test('an entry of an address book is what Conversations takes for a code of devices', () => {
  const [account] = publication.manifest.accounts
  const view = viewAccount(account!)
  const lines = vCard(view, publication.signerKey).split('\n')
  // Its scanner wants LF alone behind the first line, and then takes the first line that begins so for a link.
  expect(lines[0]).toBe('BEGIN:VCARD')
  expect(lines.find(line => line.startsWith('IMPP:'))?.slice('IMPP:'.length)).toBe(view.link)
  expect(lines.filter(line => line.includes('\r'))).toEqual([])
  expect(vCard({ label: 'a;b,c\\d', link: 'xmpp:x' }, 'SHA256:x')).toContain('\nFN:a\\;b\\,c\\\\d\n')
})

test('a revoked device is on no card, and an expired manifest has none', () => {
  const [account] = publication.manifest.accounts
  const lost = account!.devices.find(({ revoked }) => revoked)!
  const { parts, files } = renderCard(publication, options).value!
  expect([...files.keys()]).toEqual(['card.css', 'qr/press@example.org.vcard.svg'])
  expect(JSON.stringify([parts, ...files.values()])).not.toContain(lost.fingerprint)
  const expired = renderCard({ ...publication, isExpired: true }, options).value!
  expect([...expired.files.keys()]).toEqual(['card.css'])
  expect(expired.parts.en).toContain('nothing to\u00a0print')
  expect(expired.parts.en).not.toContain('SHA256')
})

test('each language has every word', () => {
  const { parts } = renderCard(publication, options).value!
  expect(Object.keys(parts)).toEqual(['en', 'ru'])
  expect(parts.ru).toContain('Отсканируйте')
  expect(parts.ru!.match(/<section/g)).toHaveLength(3)
})

test('keys card writes the source of the page once', async () => {
  const cwd = folderWith({
    'imprimatur.config.json': '{ "site": { "lang": "ru" }, "keys": { "manifest": "pages/about/keys.yaml" } }',
    'layouts/default.ejs': '<%- body %>',
    'pages/index.md': 'Hello.\n',
  })
  const run = async () => {
    const { stdout, stderr, code } = await imprimatur(['keys', 'card', '--format', 'json'], { cwd })
    return [code, (JSON.parse(stdout || stderr) as JsonReport).diagnostics.map(each => each.code)]
  }
  expect(await run()).toEqual([0, []])
  expect(readFileSync(join(cwd, 'pages/about/keys/card.md'), 'utf8')).toContain('title: Карточка')
  expect(await run()).toEqual([1, ['init/exists']])
})
