import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { deviceLink, trustLink } from '../../../src/keys/identity/uri.ts'
import { drawPng, encodeQr } from '../../../src/keys/qr/encode.ts'
import { folderWith } from '../../folder.ts'
import { imprimatur, type JsonReport } from '../../program.ts'
import type { Files } from '../../tree.ts'
import { startHost, type Host } from '../follow/host.ts'
import { vectors } from '../signed-history.ts'

const [phone, laptop, desk, tablet] = vectors.devices as [Device, Device, Device, Device]
type Device = (typeof vectors.devices)[number]
const jid = 'press@example.org'
const inGroups = (key: string) => key.replace(/.{8}(?=.)/g, '$& ')
const mistyped = phone.fingerprint.replace(/.$/, digit => (digit === '0' ? '1' : '0'))
const code = (...devices: readonly Device[]) => drawPng(encodeQr(deviceLink(jid, devices)).value!)
const link = (...devices: readonly Device[]) => `<a href="${deviceLink(jid, devices)}">x</a>`

const site = (files: Files = {}, manifest?: string) =>
  folderWith({
    'imprimatur.config.json': JSON.stringify({
      site: { title: 'Fixture', url: 'https://example.org' },
      keys: { manifest: 'pages/about/keys.yaml' },
    }),
    'layouts/default.ejs': '<%- body %>',
    'pages/index.md': 'Hello.\n',
    ...(manifest !== undefined && { 'pages/about/keys.yaml': manifest }),
    ...files,
  })

async function run(cwd: string, ...args: readonly string[]) {
  const result = await imprimatur(['keys', ...args, '--format', 'json'], {
    cwd,
    env: { SOURCE_DATE_EPOCH: '1795694400' },
    stdin: given,
  })
  const report = JSON.parse(result.stdout || result.stderr) as JsonReport
  return {
    code: result.code,
    codes: report.diagnostics.map(each => each.code),
    messages: report.diagnostics.map(({ message, hint }) => `${message}\n→ ${hint}`).join('\n'),
    summary: report.summary ?? '',
  }
}
let given = ''

const textOf = (cwd: string) => readFileSync(join(cwd, 'pages/about/keys.yaml'), 'utf8')
const devicesOf = (cwd: string) =>
  (
    parse(textOf(cwd)) as {
      accounts: { jid: string; devices: ({ id: number } & Record<string, unknown>)[] }[]
    }
  ).accounts.flatMap(account => account.devices.map(device => ({ jid: account.jid, ...device })))
const written = ({ id, fingerprint }: Device, rest: object = {}) => ({
  jid,
  id,
  name: `device ${id}`,
  fingerprint: inGroups(fingerprint),
  ...rest,
})

describe('a page that was made by hand', () => {
  test('its links, its text and its codes are laid together', async () => {
    const cwd = site({
      'old.html': `<h1>Keys</h1><p>Write to <a href="xmpp:${jid}?message">me</a>.</p><p>${link(phone, laptop)}</p>
        <table><tr><th>Phone</th><td>Conversations</td><td><code>${inGroups(phone.fingerprint)}</code></td></tr>
        <tr><th>Laptop</th><td>Gajim</td><td><pre>${inGroups(laptop.fingerprint)
          .toUpperCase()
          .replace(/^(.{35}) /, '$1\n')}</pre></td></tr></table>
        <img src="codes/omemo.png"><img src="me.jpg">`,
      'codes/omemo.png': code(phone, laptop),
    })
    const { code: exit, codes, summary } = await run(cwd, 'import', 'old.html')
    expect([exit, codes]).toEqual([0, []])
    expect(devicesOf(cwd)).toEqual([
      written(phone, { name: 'Phone', client: 'Conversations' }),
      written(laptop, { name: 'Laptop', client: 'Gajim' }),
    ])
    expect(textOf(cwd)).toContain(
      `- id: ${phone.id} # from a link of old.html, the text of old.html, a code of codes/omemo.png of old.html, 2026-11-26`,
    )
    expect(summary).toContain(`imprimatur keys confirm ${jid} ${phone.id}`)
  })

  test('Markdown, another page and a picture by itself are read, too, and what is there already is left', async () => {
    const cwd = site(
      {
        'keys.md': `# Keys\n\n[Trust me](${deviceLink(jid, [phone])})\n\n![QR](qr.png)\n`,
        'qr.png': code(phone),
        'other.png': code(laptop),
        'notes.txt': `device ${desk.id}: ${inGroups(desk.fingerprint)}\n`,
      },
      `version: 1\naccounts:\n  - jid: ${jid} # mine\n    devices:\n      - { id: ${phone.id}, name: old, fingerprint: ${phone.fingerprint} }\n`,
    )
    const before = textOf(cwd)
    const { code: exit, codes, summary } = await run(cwd, 'import', 'keys.md', 'other.png', 'notes.txt')
    expect([exit, codes]).toEqual([0, []])
    expect(devicesOf(cwd).map(({ id }) => id)).toEqual([phone.id, laptop.id, desk.id])
    expect(textOf(cwd).startsWith(before.trimEnd())).toBe(true)
    expect(summary).toContain(`${phone.id} of ${jid} is there already`)
  })

  test('a trust message has keys and no ids: they are told of', async () => {
    const cwd = site({ 'a.html': `<a href="${trustLink(jid, [phone.ed25519], [])}">x</a> ${link(phone)}` })
    expect((await run(cwd, 'import', 'a.html')).code).toBe(0)
    expect(devicesOf(cwd)).toEqual([written(phone, { ed25519: inGroups(phone.ed25519).replaceAll(' ', '') })])
    const alone = site({ 'a.html': `<a href="${trustLink(jid, [phone.ed25519], [])}">x</a>` })
    const { codes, messages } = await run(alone, 'import', 'a.html')
    expect(codes).toEqual(['devices/incomplete'])
    expect(messages).toContain('nothing says of which device id it is')
  })

  /** What two places tell differently: what is said, and which devices are written all the same. */
  test.each<readonly [string, string, RegExp, readonly Device[]]>([
    [
      'a digit in the text',
      `${link(phone, laptop)}<p>${inGroups(mistyped)}</p><p>${inGroups(laptop.fingerprint)}</p>`,
      /is no key, and like one but for group 8/,
      [laptop],
    ],
    [
      'a digit in the link',
      `${link({ ...phone, fingerprint: mistyped }, laptop)}<p>${inGroups(phone.fingerprint)}</p><p>${inGroups(laptop.fingerprint)}</p>`,
      /is no key, and like one but for group 8/,
      [laptop],
    ],
    [
      'an id with two keys',
      `${link(phone, laptop)}${link({ ...desk, id: phone.id })}`,
      /is said to have 2 keys/,
      [laptop],
    ],
    [
      'a key with two ids',
      `${link(phone, laptop)}${link({ ...phone, id: 7 })}`,
      /is said to be of two devices\n.*device 7/s,
      [laptop],
    ],
    [
      'a key of two people',
      `${link(phone)}<a href="${deviceLink('you@example.org', [phone])}">x</a>${link(laptop)}`,
      /is said to be of two accounts/,
      [laptop],
    ],
    [
      'digits that are no key',
      `${link(phone)}<p>${inGroups('12345678'.repeat(8))}</p>`,
      /No client can have made/,
      [phone],
    ],
    [
      'a poisoned link',
      `${link(phone)}<a href="${deviceLink(jid, [laptop])};omemo=${desk.fingerprint}">x</a>`,
      /something that none should have: “omemo=/,
      [phone],
    ],
    [
      'a picture that is no code',
      `${link(phone)}<img src="qr.png">`,
      /picture qr.png of a.html.*not read/,
      [phone],
    ],
  ])('%s is told and not chosen', async (_, html, words, kept) => {
    const cwd = site({ 'a.html': html, 'qr.png': 'no picture' })
    const { code: exit, codes, messages } = await run(cwd, 'import', 'a.html')
    expect([exit, messages]).toEqual([1, expect.stringMatching(words)])
    expect(codes.filter(each => each !== 'devices/gap')).toEqual([
      expect.stringMatching(/^devices\/(?:disagreement|unread)$/),
    ])
    expect(devicesOf(cwd).map(({ id }) => id)).toEqual(kept.map(({ id }) => id))
  })

  test('a key that is in the links and not in the text is told, and written', async () => {
    const cwd = site({ 'a.html': `${link(phone, laptop)}<p>${inGroups(phone.fingerprint)}</p>` })
    const { code: exit, codes, messages } = await run(cwd, 'import', 'a.html')
    expect([exit, codes]).toEqual([0, ['devices/gap']])
    expect(messages).toContain(inGroups(laptop.fingerprint))
    expect(devicesOf(cwd)).toHaveLength(2)
  })

  test('what disagrees with the manifest is told, and it is left as it is', async () => {
    const manifest = `version: 1\naccounts:\n  - jid: ${jid}\n    devices:\n      - { id: ${phone.id}, name: phone, fingerprint: ${laptop.fingerprint} }\n`
    const cwd = site({ 'a.html': link(phone) }, manifest)
    const { code: exit, messages } = await run(cwd, 'import', 'a.html')
    expect([exit, messages]).toEqual([1, expect.stringMatching(/is said to have 2 keys\n.*: the manifest\n/)])
    expect(textOf(cwd)).toBe(manifest)
  })

  test('a page without keys, and one that is not there', async () => {
    const cwd = site({ 'a.html': `<p>Hello</p>` })
    for (const page of ['a.html', 'b.html']) {
      const { code: exit, codes } = await run(cwd, 'import', page)
      expect([exit, codes]).toEqual([1, ['devices/unread']])
    }
  })
})

describe('a page on a host', () => {
  let host: Host
  beforeAll(async () => void (host = await startHost()))
  afterAll(() => host.close())

  test('is read with its pictures, and from no other host', async () => {
    host.files = new Map([
      [
        'me/index.html',
        Buffer.from(`${link(phone)}<img src="/qr.png"><img src="https://elsewhere.example/qr.png">`),
      ],
      ['qr.png', code(phone, laptop)],
    ])
    const cwd = site()
    const { code: exit, codes, messages } = await run(cwd, 'import', `${host.origin}/me/`)
    expect([exit, codes]).toEqual([1, ['devices/unread', 'devices/gap']])
    expect(messages).toContain('it is on another host')
    expect(devicesOf(cwd)).toHaveLength(2)
  })

  test('is not read over plain http, nor where it leads elsewhere', async () => {
    const cwd = site()
    expect((await run(cwd, 'import', 'http://example.org/keys/')).messages).toContain('over plain http')
    host.behave = (_, response) => (response.writeHead(302, { location: 'https://example.org/' }).end(), true)
    expect((await run(cwd, 'import', `${host.origin}/me/`)).messages).toContain('another place')
    host.behave = undefined
  })
})

describe('what a client shares', () => {
  const line = `Your OMEMO fingerprint: ${inGroups(phone.fingerprint).replaceAll(' ', '-')}`

  test.each<readonly [string, readonly string[], Files]>([
    ['a link', [deviceLink(jid, [phone])], {}],
    ['a code', ['code.png'], { 'code.png': code(phone) }],
    ['a line of Profanity', [jid, line, '--id', String(phone.id)], {}],
    ['all that Profanity says', [jid, `Device ID is ${phone.id}\n${line}`], {}],
    ['an address behind a code', [jid, 'code.png'], { 'code.png': code(phone) }],
    ['a link on standard input', ['-'], {}],
  ])('%s is enough', async (_, args, files) => {
    const cwd = site(files)
    given = deviceLink(jid, [phone])
    const { code: exit, codes } = await run(cwd, 'add', ...args, '--name', 'phone', '--client', 'Dino')
    expect([exit, codes]).toEqual([0, []])
    expect(devicesOf(cwd)).toEqual([written(phone, { name: 'phone', client: 'Dino' })])
  })

  test('of the one account that there is it is, where nothing says otherwise', async () => {
    const cwd = site({}, `version: 1\naccounts:\n  - jid: ${jid}\n    devices: []\n`)
    expect((await run(cwd, 'add', line, '--id', '7')).code).toBe(0)
    expect(devicesOf(cwd)).toEqual([written({ ...phone, id: 7 })])
  })

  test.each<readonly [string, readonly string[], string]>([
    ['a line that has no id', [jid, line], 'devices/incomplete'],
    ['a line that has no address', [line, '--id', '7'], 'devices/incomplete'],
    [
      'a link of somebody else',
      ['me@example.org', deviceLink(jid, [phone]), '--name', 'x'],
      'devices/disagreement',
    ],
    ['an id beside a link of another', [deviceLink(jid, [phone]), '--id', '7'], 'devices/disagreement'],
    ['a poisoned link', [`${deviceLink(jid, [phone])};omemo=${desk.fingerprint}`], 'devices/unread'],
    ['words', ['hello there'], 'devices/unread'],
    ['one name for two', [deviceLink(jid, [phone, laptop]), '--name', 'x'], 'usage/option'],
    ['a word that it is verified', [deviceLink(jid, [phone]), '--verified', 'on-device'], 'usage/option'],
    ['no id', [deviceLink(jid, [phone]), '--id', '0x7'], 'usage/option'],
    ['a fingerprint beside it', [jid, line, '--fingerprint', phone.fingerprint], 'usage/option'],
  ])('%s is refused, and nothing is written', async (_, args, expected) => {
    const cwd = site({}, 'version: 1\n')
    const { code: exit, codes } = await run(cwd, 'add', ...args)
    expect([exit === 0, codes]).toEqual([false, [expected]])
    expect(textOf(cwd)).toBe('version: 1\n')
  })
})

describe('confirming', () => {
  const manifest = `version: 1
accounts:
  - jid: ${jid}
    devices:
      - id: ${phone.id} # from a link
        name: phone
        fingerprint: ${phone.fingerprint}
      - id: ${laptop.id}
        name: laptop
        fingerprint: ${laptop.fingerprint}
        verified: # once
          on: 2026-01-01 # by me
          how: server
      - { id: ${tablet.id}, name: tablet, fingerprint: ${tablet.fingerprint}, revoked: { on: 2026-01-01, reason: lost } }
`

  test.each<readonly [string, Device, string, Files]>([
    ['eight groups', phone, inGroups(phone.fingerprint).toUpperCase(), {}],
    ['its link', phone, deviceLink(jid, [phone]), {}],
    ['a link of all devices', phone, deviceLink(jid, [laptop, phone]), {}],
    ['its code', phone, 'screen.png', { 'screen.png': code(phone) }],
    ['standard input', phone, '-', {}],
    ['a device that only the server had vouched for', laptop, inGroups(laptop.fingerprint), {}],
  ])('%s', async (_, device, text, files) => {
    const cwd = site(files, manifest)
    given = inGroups(phone.fingerprint)
    const { code: exit, codes } = await run(cwd, 'confirm', jid, String(device.id), text)
    expect([exit, codes]).toEqual([0, []])
    expect(devicesOf(cwd).find(({ id }) => id === device.id)).toMatchObject({
      verified: { on: '2026-11-26', how: 'on-device' },
    })
    expect(textOf(cwd)).toMatch(/# from a link\n[^]*# once\n[^]*# by me\n/)
  })

  test.each<readonly [string, readonly string[], string, RegExp]>([
    [
      'one group otherwise',
      [inGroups(phone.fingerprint).replace(/^.{8}/, '00000000')],
      'devices/unconfirmed',
      /differs in group 1\n/,
    ],
    ['another device', [inGroups(laptop.fingerprint)], 'devices/unconfirmed', /in every group/],
    [
      'a link of another id',
      [deviceLink(jid, [{ ...phone, id: 7 }])],
      'devices/unconfirmed',
      /of another device/,
    ],
    [
      'a link of another account',
      [deviceLink('you@example.org', [phone])],
      'devices/unconfirmed',
      /of another device or account/,
    ],
    [
      'a link with another key for it',
      [deviceLink(jid, [{ ...laptop, id: phone.id }])],
      'devices/unconfirmed',
      /differs/,
    ],
    ['half of it', [inGroups(phone.fingerprint).slice(0, 35)], 'devices/unconfirmed', /no whole fingerprint/],
    [
      'the two together',
      [`${inGroups(phone.fingerprint)}, ${inGroups(laptop.fingerprint)}`],
      'devices/unconfirmed',
      /and another one/,
    ],
    ['yes', ['yes'], 'devices/unconfirmed', /no whole fingerprint/],
    [
      'a poisoned link',
      [`${deviceLink(jid, [desk])};omemo=${desk.fingerprint}`],
      'devices/unread',
      /none should have/,
    ],
  ])('%s is not', async (_, text, expected, words) => {
    const cwd = site({}, manifest)
    const { code: exit, codes, messages } = await run(cwd, 'confirm', jid, String(phone.id), ...text)
    expect([exit, codes, messages]).toEqual([1, [expected], expect.stringMatching(words)])
    // Nobody can copy from the answer what the screen should have shown.
    expect(messages).not.toContain(inGroups(phone.fingerprint).slice(9, 17))
    expect(textOf(cwd)).toBe(manifest)
  })

  test('a revoked device stays revoked', async () => {
    const cwd = site({}, manifest)
    const { codes } = await run(cwd, 'confirm', jid, String(tablet.id), inGroups(tablet.fingerprint))
    expect(codes).toEqual(['keys/entry'])
  })
})
