import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { folderWith } from '../folder.ts'
import { cli, ended, imprimatur, start } from '../program.ts'
import { audit, messagesOf, siteWith, today } from './run-audit.ts'
import { createAuthority, type Authority } from './certificates.ts'
import { answering, offers, startHostile, type HostileServer, type Script } from './hostile-server.ts'
import { axolotl, newDevice, omemo2 } from './publisher.ts'
import { trust } from './trust-authority.ts'

const alice = 'alice@example.org'
const auditor = 'auditor@example.org'
const password = 'open,sesame=1001'
const phone = newDevice(1204387561, 'phone')
const site = siteWith({ [alice]: [phone] })

let authority: Authority
let pair: ReturnType<Authority['issue']>
let server: HostileServer | undefined

beforeAll(() => {
  authority = createAuthority(folderWith())
  pair = authority.issue('server', 'example.org')
  trust(authority.certificate)
})

afterEach(() => server?.stop())

/** No socket or timer is left that would keep the process from ending. */
afterAll(async () => {
  const areGone = () => {
    const busy = process.getActiveResourcesInfo().filter(name => name === 'TCPSocketWrap')
    expect(busy).toEqual([])
  }
  await vi.waitFor(areGone, { timeout: 5000 })
})

async function look(script: Script, ...args: readonly string[]) {
  server = await startHostile(pair, script)
  const outcome = await audit(
    site,
    ['--as', auditor, '--server', `127.0.0.1:${server.port}`, '--timeout', '1', ...args],
    password,
  )
  const messages = messagesOf(outcome)
  for (const secret of [password, Buffer.from(`\0auditor\0${password}`).toString('base64')]) {
    expect(messages).not.toContain(secret)
  }
  expect(outcome.summary ?? '').not.toContain('All is well')
  expect(outcome.diagnostics.length).toBeGreaterThan(0)
  return {
    codes: [...new Set(outcome.diagnostics.map(({ code }) => code))],
    messages,
  }
}

describe('before the login', () => {
  const secret = Buffer.from(`\0auditor\0${password}`).toString('base64')

  test.each<[string, Script, string, string]>([
    ['silence', () => '', 'audit/connect', 'was silent for 1 s'],
    [
      'not XML',
      () => 'HTTP/1.1 400 Bad Request\r\n\r\n<html><body>no</p></html>',
      'audit/connect',
      'is not XMPP',
    ],
    ['no end', () => `<a>${'x'.repeat(1_200_000)}`, 'audit/connect', 'is not XMPP'],
    [
      'no TLS',
      text => (text.includes('<stream:stream') ? offers.login('SCRAM-SHA-1', 'PLAIN') : undefined),
      'audit/tls',
      'not encrypted',
    ],
    [
      'TLS refused',
      text => (text.includes('<starttls') ? "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" : undefined),
      'audit/tls',
      'not encrypted',
    ],
    ['a hang-up', (_, socket) => (socket.destroy(), ''), 'audit/connect', 'closed the connection'],
    [
      'an empty stream error',
      () => `${offers.startTls.split('<stream:features')[0]}<stream:error/>`,
      'audit/connect',
      'is not XMPP',
    ],
    [
      'a stream error',
      () =>
        `${offers.startTls.split('<stream:features')[0]}<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>`,
      'audit/connect',
      'does not serve example.org',
    ],
    [
      'a way elsewhere',
      () =>
        `${offers.startTls.split('<stream:features')[0]}<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>evil.example.org</see-other-host></stream:error>`,
      'audit/connect',
      'ended the stream: see-other-host',
    ],
  ])('%s', async (_, script, code, expected) => {
    const { codes, messages } = await look(script, '--timeout', expected.includes('silent') ? '1' : '10')
    expect([codes, messages]).toEqual([[code], expect.stringContaining(expected)])
    expect(server?.received()).not.toContain('<auth')
    expect(server?.received()).not.toContain(secret)
  })
})

describe('at the login', () => {
  const offering =
    (mechanism: string, rest: Script): Script =>
    (text, socket, n) => {
      const isSecond = text.includes('<stream:stream') && socket.constructor.name === 'TLSSocket'
      return isSecond ? offers.login(mechanism) : rest(text, socket, n)
    }
  const failing =
    (inner: string): Script =>
    text =>
      text.includes('<auth')
        ? `<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${inner}</failure>`
        : undefined
  const challenging = (make: (nonce: string) => string): Script =>
    offering('SCRAM-SHA-1', text => {
      const [, first = ''] = /<auth[^>]*>([^<]*)</.exec(text) ?? []
      const [, nonce = ''] = /r=(.*)$/.exec(Buffer.from(first, 'base64').toString()) ?? []
      const challenge = Buffer.from(make(nonce)).toString('base64')
      return first === ''
        ? undefined
        : `<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>${challenge}</challenge>`
    })

  test.each<[string, Script, string]>([
    [
      'the password sent back',
      failing(`<not-authorized/><text>${password}</text>`),
      'does not take the password',
    ],
    ['the password as the reason', failing('<open-sesame-1001/>'), 'for a reason that is in no standard'],
    ['an account that is disabled', failing('<account-disabled/>'), 'is disabled'],
    ['no mechanism that we know', offering('ANONYMOUS', () => undefined), 'offers no way to log in'],
    [
      'a hash of two thousand million rounds',
      challenging(nonce => `r=${nonce}x,s=c2FsdA==,i=2000000000`),
      'makes no sense',
    ],
    ['no rounds', challenging(nonce => `r=${nonce}x,s=c2FsdA==,i=0`), 'makes no sense'],
    ['another nonce', challenging(() => 'r=other,s=c2FsdA==,i=4096'), 'makes no sense'],
    ['an empty challenge', challenging(() => ''), 'makes no sense'],
  ])('%s', async (_, script, expected) => {
    const { codes, messages } = await look(script, '--timeout', '10')
    expect([codes, messages]).toEqual([['audit/login'], expect.stringContaining(expected)])
    expect(messages).not.toMatch(/sesame/)
  })

  test('no way to check it just now', async () => {
    const { codes, messages } = await look(failing('<temporary-auth-failure/>'))
    expect([codes, messages]).toEqual([['audit/connect'], expect.stringContaining('just now')])
  })

  test('silence, and a refused resource', async () => {
    const silent = await look(text => (text.includes('<auth') ? '' : undefined))
    expect([silent.codes, silent.messages]).toEqual([
      ['audit/connect'],
      expect.stringContaining('was silent'),
    ])
    await server?.stop()
    const refused = await look(text => {
      const [, id] = /<iq[^>]* id="([^"]*)".*<bind/.exec(text) ?? []
      return id === undefined
        ? undefined
        : `<iq type='error' id='${id}'><error type='cancel'><not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>`
    })
    expect(refused.codes).toEqual(['audit/connect'])
  })
})

describe('after the login', () => {
  const pubsub = 'http://jabber.org/protocol/pubsub'
  const result = (id: string, inner: string) => `<iq type='result' from='${alice}' id='${id}'>${inner}</iq>`
  const items = (node: string, inner: string) =>
    `<pubsub xmlns='${pubsub}'><items node='${node}'>${inner}</items></pubsub>`
  const error = (id: string, inner: string) =>
    `<iq type='error' id='${id}'><error type='cancel'>${inner}</error></iq>`
  const condition = (name: string) => `<${name} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>`

  test.each<[string, (node: string, id: string) => string, string, string]>([
    ['silence', () => '', 'audit/unanswered', 'no answer came in time'],
    ['an answer to another', () => result('other', ''), 'audit/unanswered', 'no answer came in time'],
    ['an empty answer', (_, id) => result(id, ''), 'audit/unanswered', 'it answers something else'],
    ['another node', (_, id) => result(id, items('x', '')), 'audit/unanswered', 'it answers something else'],
    [
      'another namespace',
      (node, id) => result(id, items(node, '').replace(pubsub, `${pubsub}#event`)),
      'audit/unanswered',
      'it answers something else',
    ],
    [
      'an error without a reason',
      (_, id) => `<iq type='error' id='${id}'/>`,
      'audit/unanswered',
      'no answer came in time',
    ],
    [
      'an error with a reason of its own',
      (_, id) => error(id, '<open-sesame/>'),
      'audit/unanswered',
      'undefined-condition',
    ],
    [
      'a server that is not there',
      (_, id) => error(id, condition('remote-server-not-found')),
      'audit/unanswered',
      'remote-server-not-found',
    ],
    [
      'forbidden',
      (_, id) => error(id, condition('forbidden')),
      'audit/forbidden',
      'it is hidden, or it is not there',
    ],
    [
      'presence only, as ejabberd says it',
      (_, id) =>
        error(id, `<presence-subscription-required xmlns='${pubsub}#errors'/>${condition('not-authorized')}`),
      'audit/forbidden',
      'it is hidden, or it is not there',
    ],
    [
      'a whitelist, as ejabberd says it',
      (_, id) => error(id, `<closed-node xmlns='${pubsub}#errors'/>${condition('not-allowed')}`),
      'audit/forbidden',
      'it is hidden, or it is not there',
    ],
    [
      'a condition of its own in front of the true one',
      (_, id) => error(id, `<item-not-found xmlns='urn:x'/>${condition('forbidden')}`),
      'audit/forbidden',
      'it is hidden, or it is not there',
    ],
    ['no PEP', (_, id) => error(id, condition('service-unavailable')), 'audit/unavailable', 'no account'],
    ['nothing', (_, id) => error(id, condition('item-not-found')), 'audit/missing', 'gone from the server'],
    [
      'a list without an end',
      () => `<iq><list>${'<device id="1"/>'.repeat(400_000)}`,
      'audit/unanswered',
      'the connection was lost',
    ],
    ['what is not XML', () => '</nothing></at></all>', 'audit/unanswered', ''],
    ['a character that XML has not', (_, id) => result(id, '<a b="&#27;"/>'), 'audit/unanswered', 'lost'],
  ])('%s', async (_, answer, code, expected) => {
    const { codes, messages } = await look(
      answering(answer),
      '--timeout',
      expected.includes('in time') ? '1' : '10',
    )
    expect([codes, messages]).toEqual([[code], expect.stringContaining(expected)])
    expect(messages).not.toContain('sesame')
  })

  test('a hang-up in the midst', async () => {
    let asked = 0
    const { codes, messages } = await look((text, socket) => {
      if (!text.includes('<pubsub')) return undefined
      if (++asked === 1) socket.destroy()
      return ''
    })
    expect([codes, messages]).toEqual([
      ['audit/unanswered'],
      expect.stringContaining('the connection was lost'),
    ])
  })

  test('what a server writes into names and labels is not printed', async () => {
    const bell = '&#10;::error::pwned&#x202E;'
    const list = `<item id='${bell}'><list xmlns='${axolotl}'><device id='${bell}' label='${password}${bell}'/></list></item>`
    const { messages } = await look(
      answering((node, id) => result(id, items(node, node.startsWith(axolotl) ? list : ''))),
    )
    expect(messages).not.toMatch(/pwned|\u202E/)
    expect(messages).toContain('by what is no device id')
  })

  test('a bundle that claims to be of another device', async () => {
    const { codes, messages } = await look(
      answering((node, id) => {
        if (node.endsWith(':devices')) {
          return result(
            id,
            items(
              node,
              `<item id='current'><devices xmlns='${omemo2}'><device id='${phone.id}'/></devices></item>`,
            ),
          )
        }
        if (!node.endsWith(':bundles')) return error(id, condition('item-not-found'))
        return result(id, items(node, `<item id='7'><bundle xmlns='${omemo2}'><ik>AA==</ik></bundle></item>`))
      }),
    )
    expect([codes, messages]).toEqual([['audit/malformed'], expect.stringContaining('of another device')])
  })

  test('a watch gives up a connection that is dead but was never closed', async () => {
    const nothing = answering((_, id) => error(id, condition('item-not-found')))
    const asked: number[] = []
    server = await startHostile(pair, (text, socket, connection) => {
      if (!text.includes('<pubsub') && !text.includes('urn:xmpp:ping')) return undefined
      asked.push(connection)
      return connection === 1 && asked.length > 4 ? '' : nothing(text, socket, connection)
    })
    const child = start(
      process.execPath,
      [
        cli,
        'keys',
        'audit',
        '--watch',
        '--as',
        auditor,
        '--server',
        `127.0.0.1:${server.port}`,
        '--timeout',
        '1',
        '--every',
        '0.2',
      ],
      {
        cwd: site,
        env: { ...today, NODE_EXTRA_CA_CERTS: authority.certificate, IMPRIMATUR_XMPP_PASSWORD: password },
      },
    )
    const end = ended(child)
    let said = ''
    child.stdout?.on('data', text => (said += text))
    await expect.poll(() => asked.includes(2)).toBe(true)
    await expect.poll(() => said).toContain('No longer so: The connection to')
    child.kill('SIGTERM')
    expect((await end).stdout).toContain('is lost, and nobody is watching')
  })

  test('the program ends when it is done, though the server does not let go', async () => {
    server = await startHostile(
      pair,
      answering(() => ''),
    )
    const began = performance.now()
    const { code, stdout } = await imprimatur(
      ['keys', 'audit', '--as', auditor, '--server', `127.0.0.1:${server.port}`, '--timeout', '1'],
      {
        cwd: site,
        env: { ...today, NODE_EXTRA_CA_CERTS: authority.certificate, IMPRIMATUR_XMPP_PASSWORD: password },
      },
    )
    expect([code, stdout]).toEqual([1, expect.stringContaining('audit/unanswered')])
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
