import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAnchors } from '../../../src/keys/follow/anchors.ts'
import { comparePage } from '../../../src/keys/follow/compare-page.ts'
import { createRetriever, printable, usualLimits } from '../../../src/keys/follow/retrieve.ts'
import { sshFingerprint } from '../../../src/keys/verify/ssh-key.ts'
import { folderWith } from '../../folder.ts'
import { imprimatur } from '../../program.ts'
import { buildHistory, days, drafts, newSigner, now, publicLine, vectors, verify } from '../signed-history.ts'
import { startHost, type Host } from './host.ts'

const signer = newSigner()
const handOut = (n: number) => {
  const { manifest, signature, allowedSigners, history } = buildHistory(signer, drafts.slice(0, n), days)
  const bytes = ({ text }: { text: string }) => Buffer.from(text)
  return new Map([
    ['about/keys/index.html', Buffer.from('<p>My keys.</p>')],
    ['about/keys/keys.yaml', bytes(manifest)],
    ['about/keys/keys.yaml.sig', bytes(signature!)],
    ['about/keys/allowed_signers', bytes(allowedSigners)],
    ...[...history].map(([name, file]) => [`about/keys/history/${name}`, bytes(file)] as const),
  ])
}

let host: Host
beforeAll(async () => void (host = await startHost()))
afterAll(() => host.close())

const env = { SOURCE_DATE_EPOCH: String(now.getTime() / 1000) }
const reader = () => {
  const cwd = folderWith()
  const store = join(cwd, 'followed.yaml')
  const run = (...args: readonly string[]) =>
    imprimatur(['keys', 'follow', ...args, '--store', 'followed.yaml'], { cwd, env })
  return { run, store, remembered: () => (existsSync(store) ? readFileSync(store, 'utf8') : '') }
}

describe('what is remembered', () => {
  test('without a yes nothing, and the news is told again; after it the file can be read by people', async () => {
    host.files = handOut(1)
    const { run, store, remembered } = reader()
    const url = `${host.origin}/about/keys/`
    for (const _ of [1, 2]) {
      const { code, stdout } = await run(`${url}keys.yaml`)
      expect([code, stdout]).toEqual([1, expect.stringContaining(sshFingerprint(signer.blob))])
    }
    expect(remembered()).toBe('')
    expect((await run(url, '--yes')).code).toBe(1)
    expect(remembered()).toContain(`  - url: ${url}\n    serial: 1\n    hash: sha256:`)
    expect(statSync(store).mode & 0o077).toBe(0)
    expect((await run()).code).toBe(0)
    const list = await run('--list')
    expect([list.code, list.stdout]).toEqual([
      0,
      expect.stringContaining(`${url}  manifest 1  press@example.org`),
    ])
  })

  test('an alarm is made silent only where the page is named, and a page can be forgotten', async () => {
    const { run, remembered } = reader()
    const url = `${host.origin}/about/keys/`
    host.files = handOut(3)
    await run(url, '--yes')
    const before = remembered()
    host.files = handOut(2)
    expect([(await run('--yes')).code, remembered()]).toEqual([1, before])
    expect((await run(url, '--yes')).code).toBe(1)
    expect(remembered()).toContain('serial: 2')
    expect((await run()).code).toBe(0)
    expect((await run('--forget', url)).code).toBe(0)
    expect([(await run('--forget', url)).code, (await run()).stdout]).toEqual([
      2,
      expect.stringContaining('You follow no page'),
    ])
  })

  test('a file that is none is never written over', async () => {
    host.files = handOut(1)
    for (const text of ['a: [', 'version: 2\npages: []\n', 'version: 1\npages: [{ url: 7 }]\n', '- &a 1\n']) {
      const { run, store, remembered } = reader()
      writeFileSync(store, text)
      const { code, stdout, stderr } = await run(`${host.origin}/about/keys/`, '--yes')
      expect([code, remembered()]).toEqual([2, text])
      expect(stdout + stderr).toContain('follow/store')
    }
  })
})

test.each([
  'http://example.org/about/keys/',
  'ftp://example.org/',
  'keys',
  'file:///etc/passwd',
  'http://127.0.0.1.example.org/',
  'https://user:pass@example.org/',
])('%s is not asked', async address => {
  const { run } = reader()
  const { code, stdout, stderr } = await run(address)
  expect([code, stdout + stderr]).toEqual([2, expect.stringContaining('is no address of a page')])
})

test('an address leads to the folder of the page, whatever file of it is named', async () => {
  host.files = handOut(1)
  const { run } = reader()
  for (const name of ['', 'index.html', 'keys.yaml', 'keys.atom', '?x#y']) {
    const { stdout } = await run(`${host.origin}/about/keys/${name}`)
    expect(stdout).toContain(`${host.origin}/about/keys/: manifest 1`)
  }
})

test('what a stranger wrote cannot move the cursor, hide or turn', () => {
  expect(printable('a\u001b[2J\u202eb\u200bc\r\n\0')).toBe('aU+001B[2JU+202EbU+200BcU+000D\nU+0000')
  expect(printable('x'.repeat(9999))).toHaveLength(4001)
})

describe('another place', () => {
  const places: readonly (readonly [string, () => string | undefined])[] = [
    ['agrees', () => publicLine(signer)],
    ['agrees', () => `<pre>${sshFingerprint(signer.blob)}</pre>`],
    ['disagrees', () => publicLine(newSigner())],
    ['silent', () => 'nothing'],
    ['unreachable', () => undefined],
  ]
  test.each(places)('%s', async (kind, text) => {
    const shown = text()
    host.files = new Map(shown === undefined ? [] : [['press.keys', Buffer.from(shown)]])
    const [answer] = await askAnchors([`${host.origin}/press.keys`], sshFingerprint(signer.blob))
    expect(answer?.kind).toBe(kind)
    expect(answer?.words).toContain(kind === 'unreachable' ? 'cannot be read' : 'could forge it')
  })

  test('of the domain name system is asked for by its own name', async () => {
    const asked: string[] = []
    const resolve = async (name: string) => {
      asked.push(name)
      return [sshFingerprint(signer.blob)]
    }
    const [answer] = await askAnchors(['dns:example.org'], sshFingerprint(signer.blob), { resolve })
    expect([answer?.kind, asked]).toEqual(['agrees', ['_imprimatur-keys.example.org']])
  })
})

test('the limits are those that are documented', () => {
  expect(usualLimits).toEqual({ bytes: 256 * 1024, manifests: 10_000, redirects: 5, milliseconds: 30_000 })
})

test('a file of exactly the limit is had, and one byte more is not', async () => {
  host.files = new Map([
    ['a', Buffer.alloc(1024)],
    ['b', Buffer.alloc(1025)],
  ])
  const retrieve = createRetriever({ ...usualLimits, bytes: 1024 })
  expect((await retrieve(new URL(`${host.origin}/a`))).kind).toBe('found')
  expect((await retrieve(new URL(`${host.origin}/b`))).kind).toBe('failed')
})

describe('a page against its file', () => {
  const publication = verify(buildHistory(signer, drafts, days)).value!
  const [phone, lost] = [vectors.devices[0]!, vectors.devices[1]!]
  const evil = vectors.devices[3]!.fingerprint
  const spans = (key: string) =>
    key
      .match(/.{8}/g)!
      .map(group => `<span>${group}</span>`)
      .join(' ')
  const good = `xmpp:press@example.org?omemo-sid-${phone.id}=${phone.fingerprint}`

  test.each([
    '',
    `<a href="${good}">x</a>`,
    `<a href="xmpp:Press@Example.org?roster;omemo-sid-${phone.id}=${phone.fingerprint}">x</a>`,
    `<code>${spans(phone.fingerprint)}</code><code>${spans(phone.fingerprint.toUpperCase())}</code>`,
    `<p>deadbeef cafebabe</p><p>${spans(phone.fingerprint)}</p>`,
    '<a href="xmpp:somebody@example.net?message">a friend</a>',
    `<p>${publication.history[0]!.hash}</p>`,
    `<pre>${sshFingerprint(signer.blob)}</pre>`,
  ])('says nothing else: %s', html => expect(comparePage(html, publication)).toEqual([]))

  test.each([
    `<a href="${good};omemo-sid-7=${evil}">x</a>`,
    `<a href="${good};omemo=${evil}">x</a>`,
    `<a href="${good};omemo%2Dsid%2D7=${evil}">x</a>`,
    `<a href="xmpp:press@example.org?omemo-sid-7=${phone.fingerprint}">x</a>`,
    `<a href="xmpp:eve@example.org?omemo-sid-${phone.id}=${phone.fingerprint}">x</a>`,
    `<a href="xmpp:press@example.org?omemo-sid-${lost.id}=${lost.fingerprint}">x</a>`,
    `<a href="https://conversations.im/i/press@example.org?omemo-sid-7=${evil}">x</a>`,
    `<button data-copy="${good};omemo-sid-7=${evil}"></button>`,
    `<p>xmpp:press@example.org?omemo-sid-7=${evil}</p>`,
    `<code>${spans(evil)}</code>`,
    `<code>${evil.toUpperCase()}</code>`,
    `<p>deadbeef ${spans(evil)}</p>`,
    `<template><code>${evil}</code></template>`,
    `<p>${phone.fingerprint}, now ${evil}</p>`,
    `<p>SHA256:${'A'.repeat(43)}</p>`,
    `<table><tr data-fingerprint="${evil}" data-device="1" data-jid="press@example.org" data-name="x"></tr></table>`,
    `<table><tr data-fingerprint="${lost.fingerprint}" data-device="${lost.id}" data-jid="press@example.org" data-name="x"></tr></table>`,
  ])('says something else: %s', html => expect(comparePage(html, publication)).not.toEqual([]))

  test('looks at the history as often for a thousand texts as for one', () => {
    const timesFor = (texts: number) => {
      let times = 0
      const history = new Proxy(publication.history, {
        get(list, name) {
          times++
          return Reflect.get(list, name) as unknown
        },
      })
      expect(comparePage('<p title="in a box">'.repeat(texts), { ...publication, history })).toEqual([])
      return times
    }
    expect(timesFor(1)).toBeGreaterThan(0)
    expect(timesFor(1000)).toBe(timesFor(1))
  })
})

test('for programs a look has every page with its state, what was known and what is now', async () => {
  host.files = handOut(1)
  host.behave = undefined
  const { run } = reader()
  const url = `${host.origin}/about/keys/`
  const look = async (...args: readonly string[]) => {
    const { code, stdout, stderr } = await run(...args, '--format', 'json')
    const { data } = JSON.parse(stdout || stderr) as { data: { pages: Record<string, unknown>[] } }
    return { code, pages: data.pages }
  }
  const signed = {
    serial: 1,
    signer: 'press@example.org',
    key: sshFingerprint(signer.blob),
    on: '2026-11-21',
  }
  const first = await look(url, '--yes')
  expect(first).toEqual({
    code: 1,
    pages: [
      {
        url,
        state: 'news',
        verdicts: [{ code: 'follow/new', message: expect.any(String), hint: expect.any(String) }],
        now: {
          ...signed,
          hash: expect.stringMatching(/^sha256:/),
          issued: '2026-05-01',
          devices: vectors.devices
            .slice(0, 2)
            .map(({ id, name, fingerprint }) => ({ jid: 'press@example.org', id, name, fingerprint })),
        },
        remembered: true,
      },
    ],
  })
  const again = await look()
  expect([again.code, again.pages[0]]).toEqual([
    0,
    expect.objectContaining({
      state: 'unchanged',
      known: expect.objectContaining(signed),
      remembered: false,
    }),
  ])
  host.files = new Map([...handOut(1)].filter(([path]) => !path.endsWith('.sig')))
  const alarm = await look()
  expect([alarm.code, alarm.pages[0]?.state, alarm.pages[0]?.now]).toEqual([1, 'alarm', undefined])
  host.files = new Map()
  const unseen = await look()
  expect([unseen.code, unseen.pages[0]?.state]).toEqual([2, 'unreachable'])
  const list = await look('--list')
  expect([list.code, list.pages[0]]).toEqual([0, expect.objectContaining({ url, ...signed })])
})
