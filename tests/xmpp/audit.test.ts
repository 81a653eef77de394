import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { xml } from '@xmpp/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { command } from '../../src/cli/commands/keys/audit/audit.ts'
import { listNodes } from '../../src/xmpp/pep.ts'
import { folderWith } from '../folder.ts'
import { startHost, type Host } from '../keys/follow/host.ts'
import { bytesOf } from '../tree.ts'
import { execute, imprimatur } from '../program.ts'
import { audit, messagesOf, siteWith, today } from './run-audit.ts'
import { domain, freePorts, misnamed, startProsody, unicode, withoutPep, type Prosody } from './prosody.ts'
import { axolotl, logIn, newDevice, newDevice2, omemo2, type Publisher } from './publisher.ts'
import { trust } from './trust-authority.ts'

const passwords: Readonly<Record<string, string>> = {
  [`alice@${domain}`]: 'open sesame 1001',
  [`bob@${domain}`]: 'swordfish, he said',
  [`auditor@${domain}`]: 'correct horse battery',
  [`carol@${withoutPep}`]: 'pässwörd ы',
  [`dave@${misnamed}`]: 'xyzzy plugh',
  [`emil@${unicode}`]: 'mellon mellon',
}
const [alice, bob, auditor] = [`alice@${domain}`, `bob@${domain}`, `auditor@${domain}`]
const passwordOf = (jid: string) => passwords[jid] ?? ''

const phone = newDevice(1204387561, 'phone')
const laptop = newDevice(998244353, 'laptop')
const tablet = newDevice(31, 'tablet')
const lost = newDevice(415926535, 'lost')
const site = siteWith({
  [alice]: [phone, laptop, { ...lost, isRevoked: true }],
  [bob]: [tablet],
})
/** Lines of the manifest above. */
const at = { alice: 6, phone: 8, laptop: 12, laptopKey: 14, lost: 16, bob: 21 }
const place = (code: string, line: number, column: number) =>
  `${code} pages/about/keys.yaml:${line}:${column}`
const unlisted = place('audit/unlisted', at.alice, 10)

let server: Prosody
let free = 0
let owner: Publisher
let other: Publisher
const groups = (fingerprint: string) => fingerprint.replace(/.{8}(?=.)/g, '$& ')
const there = () => ['--server', `127.0.0.1:${server.port}`]
const asOwner = () => audit(site, [alice, ...there()], passwordOf(alice))
const asStranger = (...args: readonly string[]) =>
  audit(site, [...args, '--as', auditor, ...there()], passwordOf(auditor))
/** What both see. */
async function seen(): Promise<readonly string[]> {
  const [own, foreign] = [await asOwner(), await asStranger(alice)]
  expect(foreign.findings).toEqual(own.findings)
  return own.findings
}

beforeAll(async () => {
  ;[free] = await freePorts()
  server = await startProsody(folderWith(), passwords)
  trust(server.authority.certificate)
  owner = await logIn(alice, passwordOf(alice), server.port)
  other = await logIn(bob, passwordOf(bob), server.port)
  await other.publish([tablet])
  await other.publish([], omemo2)
  await putRight()
})

afterAll(async () => {
  await owner?.close()
  await other?.close()
  await server?.stop()
})

/** As the manifest has it, and nothing else. */
async function putRight(): Promise<void> {
  await Promise.all(listNodes.map(node => owner.remove(node).catch(() => undefined)))
  await owner.publish([phone, laptop])
  await owner.publish([], omemo2)
}

test('a server that hands out what the manifest says', async () => {
  expect(await seen()).toEqual([])
  const { findings, summary } = await asStranger()
  expect(findings).toEqual([])
  expect(summary).toBe(
    `All is well: what the server hands out to ${auditor} for 2 accounts is what manifest 1 says.`,
  )
})

describe('a contact’s page, against what their server hands out', () => {
  const cwd = folderWith()
  let host: Host
  beforeAll(async () => {
    host = await startHost()
    const prefix = 'pages/about/'
    host.files = new Map(
      Object.entries(bytesOf(join(site, prefix))).map(([path, bytes]) => [
        path.startsWith('keys/') ? path : `keys/${path}`,
        Buffer.from(bytes, 'latin1'),
      ]),
    )
    host.files = new Map([...host.files, ['keys/index.html', Buffer.from('<p>Keys</p>')]])
  })
  afterAll(() => host.close())
  const page = (...args: readonly string[]) =>
    audit(cwd, [`${host.origin}/keys/`, '--as', auditor, ...args, ...there()], passwordOf(auditor))

  test('without a site of one’s own: all is well, and an added device is seen', async () => {
    await putRight()
    expect((await page()).findings).toEqual(['follow/new'])
    await owner.publish([phone, laptop, newDevice(77, 'eve')])
    expect((await page(alice)).findings).toEqual([
      'follow/new',
      expect.stringContaining('audit/unlisted keys.yaml'),
    ])
    await putRight()
  })

  test('a page that raises an alarm is compared with nothing, and an auditor is wanted', async () => {
    const good = host.files
    host.files = new Map([...good, ['keys/keys.yaml', Buffer.from(`${String(good.get('keys/keys.yaml'))} `)]])
    expect((await page()).findings).toEqual(['follow/not-verified'])
    host.files = good
    const { findings } = await audit(cwd, [`${host.origin}/keys/`, ...there()], 'x')
    expect(findings).toEqual(['usage/argument'])
    expect((await audit(cwd, ['http://example.org/keys/', '--as', auditor], 'x')).findings).toEqual([
      'usage/argument',
    ])
  })
})

describe('what differs', () => {
  beforeEach(putRight)

  test('a third device', async () => {
    const third = newDevice(77)
    await owner.publish([phone, laptop, third])
    expect(await seen()).toEqual([unlisted])
    const messages = messagesOf(await asOwner())
    for (const part of [' 77 ', alice, groups(third.fingerprint)]) expect(messages).toContain(part)
  })

  test('a device with the key of another, and one without a bundle', async () => {
    await owner.bundle({ ...laptop, id: 78 })
    await owner.list([phone.id, laptop.id, 78, 79])
    expect(await seen()).toEqual([unlisted, unlisted])
    const messages = messagesOf(await asOwner())
    expect(messages).toContain(`the key of “laptop” (${laptop.id}) of ${alice}`)
    expect(messages).toContain('device 79 of')
    expect(messages).toContain('it has no bundle')
  })

  test('a bundle that was swapped: both keys, with marks under what differs', async () => {
    const other = newDevice(laptop.id).fingerprint.slice(0, 8)
    await owner.bundle({ ...laptop, fingerprint: other + laptop.fingerprint.slice(8) })
    expect(await seen()).toEqual([place('audit/mismatch', at.laptopKey, 22)])
    const messages = messagesOf(await asOwner())
    expect(messages).toContain(
      [
        `device ${laptop.id} (“laptop”)`,
        `    manifest  ${groups(laptop.fingerprint)}`,
        `    server    ${groups(other + laptop.fingerprint.slice(8))}`,
        '              ^^^^^^^^\n',
      ].join('\n'),
    )
  })

  test('a list that was emptied, and one that was deleted', async () => {
    await owner.list([])
    const gone = [place('audit/missing', at.phone, 13), place('audit/missing', at.laptop, 13)]
    expect(await seen()).toEqual(gone)
    await owner.remove(`${axolotl}.devicelist`)
    const { findings, diagnostics } = await asOwner()
    expect(findings).toEqual(gone)
    expect(diagnostics[0]?.message).toContain(groups(phone.fingerprint))
  })

  test('a revoked device, and its key under another number', async () => {
    await owner.publish([phone, laptop, lost])
    expect(await seen()).toEqual([place('audit/revoked', at.lost, 13)])
    expect(messagesOf(await asOwner())).toContain(groups(lost.fingerprint))
    await owner.publish([phone, laptop, { ...lost, id: 5 }])
    expect(await seen()).toEqual([place('audit/revoked', at.alice, 10)])
    expect(messagesOf(await asOwner())).toContain(`device 5 of ${alice} with the key of “lost”`)
  })

  test('a device of the present version of OMEMO', async () => {
    const third = newDevice2(80)
    await owner.publish([third], omemo2)
    expect(await seen()).toEqual([unlisted])
    expect(messagesOf(await asOwner())).toContain(groups(third.fingerprint))
  })

  test('a device of both versions is one device, and its key counts in each', async () => {
    const both = newDevice2(81, 'both')
    const sign = both.ed25519.replace(/..$/, last =>
      (parseInt(last, 16) ^ 0x80).toString(16).padStart(2, '0'),
    )
    const cwd = siteWith({ [alice]: [both] })
    const look = async () => {
      const found = await audit(cwd, there(), passwordOf(alice))
      return [found.findings, messagesOf(found)] as const
    }
    await owner.publish([both])
    await owner.publish([both], omemo2)
    expect((await look())[0]).toEqual([])
    await owner.bundle(newDevice2(81), omemo2)
    expect((await look())[0]).toEqual([place('audit/mismatch', 10, 22)])
    await owner.bundle({ ...both, ed25519: sign }, omemo2)
    expect(await look()).toEqual([[place('audit/mismatch', 10, 22)], expect.stringContaining('Ed25519 form')])
  })
})

describe('what no client writes', () => {
  beforeEach(putRight)

  const put = (node: string, ...children: Parameters<typeof xml>[2][]) =>
    owner.put(node, xml('item', { id: 'current' }, ...children))
  const bundleNode = `${axolotl}.bundles:${laptop.id}`
  const withKey = (text: string) =>
    put(bundleNode, xml('bundle', { xmlns: axolotl }, xml('identityKey', {}, text)))
  const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')
  const ofList = place('audit/malformed', at.alice, 10)
  const ofKey = place('audit/malformed', at.laptopKey, 22)

  test.each([
    ['without the byte 5', base64(laptop.fingerprint)],
    ['with another byte', base64(`06${laptop.fingerprint}`)],
    ['too long', base64(`05${laptop.fingerprint}00`)],
    ['empty', ''],
    ['not base64', '!!!!'],
    ['cut', base64(`05${laptop.fingerprint}`).slice(0, -1)],
  ])('an identity key: %s', async (_, text) => {
    await withKey(text)
    expect((await asOwner()).findings).toEqual([ofKey])
  })

  test('an identity key over several lines is the same key', async () => {
    await withKey(base64(`05${laptop.fingerprint}`).replace(/.{20}/g, '$&\n  '))
    expect(await seen()).toEqual([])
  })

  test('a bundle without a key, in another namespace, and none', async () => {
    await put(bundleNode, xml('bundle', { xmlns: axolotl }))
    expect(await seen()).toEqual([ofKey])
    await put(
      bundleNode,
      xml('bundle', { xmlns: omemo2 }, xml('identityKey', {}, base64(`05${laptop.fingerprint}`))),
    )
    expect(await seen()).toEqual([ofKey])
    await owner.remove(bundleNode)
    expect((await asOwner()).findings).toEqual([ofKey])
  })

  test('an Ed25519 key that is none', async () => {
    await owner.publish([newDevice2(82)], omemo2)
    const cwd = siteWith({ [alice]: [phone, laptop, newDevice(82, 'new')] })
    for (const hex of ['05'.padEnd(66, '1'), '01'.padEnd(64, '0'), 'ff'.repeat(32)]) {
      const bundle = xml('bundle', { xmlns: omemo2 }, xml('ik', {}, base64(hex)))
      await owner.put(`${omemo2}:bundles`, xml('item', { id: '82' }, bundle), { max_items: 'max' })
      const found = await audit(cwd, there(), passwordOf(alice))
      expect([hex, found.findings]).toEqual([hex, [place('audit/malformed', 18, 22)]])
    }
  })

  test.each(['0', '-5', '+77', '077', '2147483648', '7.0', 'x', '', '٧'])(
    'the device id “%s” is named as none, and hides no device behind it',
    async id => {
      await owner.list([phone.id, laptop.id, id])
      expect((await asOwner()).findings).toEqual([ofList])
    },
  )

  test('a device twice is a device', async () => {
    await owner.list([phone.id, laptop.id, phone.id])
    expect(await seen()).toEqual([])
  })

  test('a list of thousands is neither believed nor read to the end', async () => {
    await owner.list([phone.id, laptop.id, ...Array.from({ length: 2000 }, (_, i) => i + 1_000_000)])
    const { findings, diagnostics } = await asOwner()
    expect(findings.filter(each => each === ofList)).toHaveLength(1)
    expect(diagnostics[0]?.message).toContain('names 2002 devices')
    // The first few of a kind are told, and how many there are besides.
    expect(findings.length).toBeLessThan(20)
    const summed = diagnostics.flatMap(
      ({ message }) => /The same is so of (\d+) more/.exec(message)?.[1] ?? [],
    )
    expect(findings.length - 1 - summed.length + summed.reduce((sum, each) => sum + Number(each), 0)).toBe(
      498,
    )
  })

  test('a list in several items: every device of each', async () => {
    const node = `${axolotl}.devicelist`
    await owner.remove(node)
    const item = (id: string, device: number) =>
      owner.put(
        node,
        xml('item', { id }, xml('list', { xmlns: axolotl }, xml('device', { id: String(device) }))),
        { max_items: '5' },
      )
    await item('old', 90)
    await item('current', phone.id)
    expect((await seen()).toSorted()).toEqual([ofList, unlisted])
    await owner.remove(node)
  })

  test('an item that is no list', async () => {
    await put(`${axolotl}.devicelist`, xml('list', { xmlns: omemo2 }, xml('device', { id: '1' })))
    expect(await seen()).toEqual([ofList])
  })
})

describe('what cannot be looked at', () => {
  beforeEach(putRight)

  test('forbidden is not “no devices”, until the auditor is a contact', async () => {
    await owner.remove(`${omemo2}:devices`)
    const { findings, diagnostics } = await asStranger(alice)
    expect(findings).toEqual([place('audit/forbidden', at.alice, 10)])
    expect(diagnostics[0]?.message).toContain(
      `${omemo2}:devices of ${alice}: it is hidden, or it is not there`,
    )
    expect((await asOwner()).findings).toEqual([])
    const one = await asStranger(alice, '--namespace', axolotl)
    expect([one.findings, one.summary]).toEqual([
      [],
      expect.stringContaining(`Only ${axolotl} was looked at.`),
    ])
  })

  test('nor is a list that only contacts may see', async () => {
    await owner.remove(`${axolotl}.devicelist`)
    const list = xml('list', { xmlns: axolotl }, xml('device', { id: '77' }))
    await owner.put(`${axolotl}.devicelist`, xml('item', { id: 'current' }, list), {
      access_model: 'presence',
    })
    expect((await asStranger(alice)).findings).toEqual([place('audit/forbidden', at.alice, 10)])
    expect((await asOwner()).findings).toContain(unlisted)
    await owner.remove(`${axolotl}.devicelist`)
  })

  test('a server without PEP, with a password that only PLAIN can send', async () => {
    const jid = `carol@${withoutPep}`
    const cwd = siteWith({ [jid]: [tablet] })
    const { findings, diagnostics } = await audit(cwd, there(), passwordOf(jid))
    expect(findings).toEqual([place('audit/unavailable', 6, 10)])
    expect(diagnostics[0]?.message).toContain('has no PEP')
  })

  test('an account on a server that nobody can reach', async () => {
    const cwd = siteWith({ 'zoe@elsewhere.example.org': [tablet] })
    const args = ['--as', auditor, ...there(), '--timeout', '3']
    const { findings } = await audit(cwd, args, passwordOf(auditor))
    expect(new Set(findings)).toEqual(
      new Set([expect.stringMatching(/^audit\/(?:unavailable|unanswered|forbidden) /)]),
    )
  })
})

describe('failed logins, and servers that must not be trusted', () => {
  const direct = () => ['--server', `xmpps://127.0.0.1:${server.directPort}`]

  test.each([
    ['a wrong password', auditor, there, 'audit/login The server does not take the password'],
    ['an account that is not there', `nobody@${domain}`, there, 'audit/login The server does not take'],
    [
      'a domain that the server does not serve',
      'a@example.net',
      there,
      'audit/connect 127.0.0.1:PORT does not serve example.net',
    ],
    [
      'a certificate for another name',
      `dave@${misnamed}`,
      there,
      'audit/tls The certificate of 127.0.0.1:PORT is no good: it is for another name',
    ],
    [
      'the same over direct TLS',
      `dave@${misnamed}`,
      direct,
      'audit/tls The certificate of xmpps://127.0.0.1:PORT is no good: it is for another name',
    ],
    [
      'nobody at the port',
      auditor,
      () => ['--server', `127.0.0.1:${free}`],
      'audit/connect 127.0.0.1:PORT cannot be reached: nobody listens there',
    ],
    [
      'no such host',
      'a@nowhere.invalid',
      () => [],
      'audit/connect nowhere.invalid:PORT cannot be reached: there is no such host',
    ],
    [
      'StartTLS where TLS is direct',
      auditor,
      () => ['--server', `127.0.0.1:${server.directPort}`],
      'audit/connect 127.0.0.1:PORT',
    ],
    [
      'TLS where it is StartTLS',
      auditor,
      () => ['--server', `xmpps://127.0.0.1:${server.port}`],
      'audit/tls No TLS with xmpps://127.0.0.1:PORT',
    ],
  ])('%s', async (_, jid, where, expected) => {
    const outcome = await audit(site, ['--as', jid, ...where(), '--timeout', '5'], 'a wrong one')
    const messages = outcome.diagnostics.map(
      ({ code, message }) => `${code} ${message.replace(/:\d+/, ':PORT')}`,
    )
    expect(messages).toEqual([expect.stringContaining(expected)])
    expect(outcome.summary).toBeUndefined()
    expect(messagesOf(outcome)).not.toContain('a wrong one')
  })
})

describe('ways in', () => {
  beforeAll(putRight)

  test('direct TLS, checked against the domain and not the host', async () => {
    const args = ['--as', auditor, '--server', `xmpps://127.0.0.1:${server.directPort}`]
    expect((await audit(site, args, passwordOf(auditor))).findings).toEqual([])
  })

  test('a domain beyond ASCII', async () => {
    const jid = `emil@${unicode}`
    const outcome = await audit(site, [alice, '--as', jid, ...there()], passwordOf(jid))
    expect(outcome.findings).toEqual([])
  })

  test('the password from a file', async () => {
    const folder = folderWith({ password: `${passwordOf(auditor)}\n` })
    const args = ['--as', auditor, ...there(), '--password-file', join(folder, 'password')]
    expect((await audit(site, args)).findings).toEqual([])
  })
})

describe('what is asked for wrongly', () => {
  test.each([
    [['--as', 'x', '--server', '127.0.0.1:1'], 'usage/option', 'An address is a name, one @ and a domain'],
    [['--as', `${auditor}/here`], 'usage/option', 'names a resource'],
    [['--server', 'http://x'], 'usage/option', '--server http://x'],
    [['--server', 'x:70000'], 'usage/option', '--server x:70000'],
    [['--timeout', '0'], 'usage/option', '--timeout 0'],
    [['--timeout', 'soon'], 'usage/option', '--timeout soon'],
    [['--every', '-1'], 'usage/option', '--every -1'],
    [['--namespace', 'urn:xmpp:omemo:1'], 'usage/option', 'did you mean “urn:xmpp:omemo:2”?'],
    [[], 'usage/argument', '--as is missing: there are 2 accounts'],
    [['alcie@example.org'], 'keys/entry', 'did you mean “alice@example.org”?'],
    [['--as', auditor, '--password-file', 'nowhere'], 'usage/password', 'there is no such file'],
    [['--as', auditor, '--password-file', 'pages'], 'usage/password', 'it is a folder'],
  ])('%j', async (args, code, message) => {
    const outcome = await audit(site, args)
    expect([outcome.findings, messagesOf(outcome)]).toEqual([[code], expect.stringContaining(message)])
  })

  test.each(['', 'two\nlines', 'nul\0'])('a password that is none: %j', async password => {
    const outcome = await audit(site, ['--as', auditor, ...there()], password)
    expect(outcome.findings).toEqual(['usage/password'])
  })

  test('nothing is asked of a server before the manifest is verified', async () => {
    const cwd = siteWith({ [alice]: [phone] })
    writeFileSync(join(cwd, 'pages/about/keys.yaml.sig'), 'none')
    const { findings } = await audit(cwd, ['--server', '127.0.0.1:1'], 'x')
    expect(findings).toEqual([expect.stringMatching(/^keys\/signature /)])
  })
})

describe('as a command', () => {
  beforeEach(putRight)

  const env = (more: Readonly<Record<string, string>> = {}) => ({
    ...today,
    NODE_EXTRA_CA_CERTS: server.authority.certificate,
    IMPRIMATUR_XMPP_PASSWORD: passwordOf(auditor),
    ...more,
  })
  const run = (args: readonly string[], more?: Readonly<Record<string, string>>) =>
    imprimatur(['keys', 'audit', ...args], { cwd: site, env: env(more) })

  test('0 when all is well, 1 when it is not, 2 for a wrong call', async () => {
    const good = await run(['--as', auditor, ...there()])
    expect([good.code, good.stderr]).toEqual([0, ''])
    expect(good.stdout).toMatch(/^All is well: .*\n$/)
    await owner.publish([phone, laptop, newDevice(77)])
    const bad = await run(['--as', auditor, ...there()])
    expect([bad.code, bad.stderr]).toEqual([1, ''])
    expect(bad.stdout).toContain(`pages/about/keys.yaml:${at.alice}:10 error audit/unlisted`)
    expect((await run(['--as', auditor, '--sever', 'x'])).code).toBe(2)
    const none = await run(['--as', auditor], { IMPRIMATUR_XMPP_PASSWORD: '' })
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('usage/password')])
  })

  test('text, json, github and sarif', async () => {
    await owner.publish([phone, laptop, newDevice(77)])
    const report = join(folderWith(), 'report.sarif')
    const formats = ['--format', 'json', '--format', `sarif=${report}`, '--format', `github=${report}.github`]
    const { code, stdout } = await run(['--as', auditor, ...there(), ...formats])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [
        { code: 'audit/unlisted', file: 'pages/about/keys.yaml', start: { line: at.alice, column: 10 } },
      ],
    })
    const [sarif, github] = await Promise.all(
      [report, `${report}.github`].map(async path => (await execute('cat', [path], { cwd: site })).stdout),
    )
    expect(JSON.parse(sarif ?? '')).toMatchObject({ runs: [{ results: [{ ruleId: 'audit/unlisted' }] }] })
    expect(github).toContain(`::error file=pages/about/keys.yaml,line=${at.alice},`)
  })

  test('no variable of Node opens what TLS has closed', async () => {
    const args = ['--as', `dave@${misnamed}`, ...there()]
    const more = {
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      IMPRIMATUR_XMPP_PASSWORD: passwordOf(`dave@${misnamed}`),
    }
    const { code, stdout } = await run(args, more)
    expect([code, stdout]).toEqual([1, expect.stringContaining('error audit/tls')])
    const unknown = await run(['--as', auditor, ...there()], { NODE_EXTRA_CA_CERTS: '' })
    expect(unknown.stdout).toContain('its authority is not one that Node knows')
    expect(server.output()).not.toContain(`Authenticated as dave@`)
  })

  test('the password from standard input', async () => {
    const run = await execute(
      'bash',
      [
        '-c',
        `printf %s "$SECRET" | "$0" dist/cli/main.js keys audit --root "$1" --as ${auditor} ${there().join(' ')} --password-file -`,
        process.execPath,
        site,
      ],
      { cwd: process.cwd(), env: { ...env(), SECRET: passwordOf(auditor), IMPRIMATUR_XMPP_PASSWORD: '' } },
    )
    expect([run.stderr, run.code]).toEqual(['', 0])
  })

  test('help names every option', async () => {
    const { stdout } = await run(['--help'])
    expect(stdout).toBe(command.help)
    for (const option of Object.keys(command.options)) expect(stdout).toContain(`--${option}`)
    expect(stdout.split('\n').every(line => line.length <= 100)).toBe(true)
  })
})
