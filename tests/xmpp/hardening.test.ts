/* oxlint-disable no-underscore-dangle -- these are the members that the test is about */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { client, xml, type Client } from '@xmpp/client'
import { afterEach, describe, expect, test } from 'vitest'
import { harden, privateMembers, tearDown } from '../../src/xmpp/hardening.ts'

const endpoint = { host: '127.0.0.1', port: 5222, isDirect: false }

const newClient = (): Client =>
  client({
    service: 'xmpp://example.org',
    domain: 'example.org',
    timeout: 5000,
    credentials: async () => undefined,
  })

test('the client’s version is pinned exactly, since private members of it are replaced', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(manifest.dependencies['@xmpp/client']).toMatch(/^\d+\.\d+\.\d+$/)
})

/** The object that has a member, and its name there. */
function holderOf(entity: Client, name: string): readonly [Record<string, unknown>, string] {
  const [first = '', second] = name.split('.')
  const outer = entity as unknown as Record<string, Record<string, unknown>>
  return second === undefined ? [outer, first] : [outer[first]!, second]
}

describe.each(Object.keys(privateMembers))('%s', name => {
  test('is there, and nothing goes on without it', () => {
    const entity = newClient()
    expect(privateMembers[name]!(entity)).toBe(true)
    const [holder, key] = holderOf(entity, name)
    holder[key] = undefined
    expect(() => harden(entity, endpoint, 'example.org')).toThrow(name)
  })
})

/** What src/xmpp calls or reads and leaves as it is; how they work is tried against servers. */
const called = {
  connect: 'function',
  open: 'function',
  send: 'function',
  disconnect: 'function',
  'iqCaller.request': 'function',
  'iqCallee.get': 'function',
  timeout: 'number',
  jid: 'object',
  socket: 'object',
}

test.each(Object.entries(called))('%s is a %s, as src/xmpp takes it', (name, type) => {
  const [holder, key] = holderOf(newClient(), name)
  expect(key in (holder ?? {}), `@xmpp/client has no ${name}`).toBe(true)
  expect(typeof holder[key], `@xmpp/client, ${name}`).toBe(type)
})

describe('what is put in place of a member is what the client uses:', () => {
  let stop = () => {}
  afterEach(() => stop())

  /** A client, connected to a server in the clear that answers its stream header with `answer`. */
  async function connected(answer: string) {
    const sockets: Socket[] = []
    const server = createServer(socket => {
      sockets.push(socket)
      socket.on('error', () => socket.destroy())
      socket.once('data', () => socket.write(answer))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const entity = newClient()
    const errors: unknown[] = []
    entity.on('error', error => errors.push(error))
    harden(entity, { ...endpoint, port }, 'example.org')
    stop = () => {
      tearDown(entity)
      for (const socket of sockets) socket.destroy()
      server.close()
    }
    return { entity, errors, sockets, connect: () => entity.connect('xmpp://example.org') }
  }

  const header = `<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`
  const until = async (isSo: () => boolean) => {
    await expect.poll(isSo, { interval: 5 }).toBe(true)
  }

  test('socketParameters says where it connects to', async () => {
    const { connect, sockets } = await connected('')
    await connect()
    await until(() => sockets.length > 0)
    expect(sockets.map(({ remoteAddress }) => remoteAddress)).toEqual(['127.0.0.1'])
  })

  test('_onData gets what the server sends', async () => {
    const { entity, errors, connect } = await connected(`<a>${'x'.repeat(1_100_000)}`)
    await connect()
    entity.open({ domain: 'elsewhere.example' }).catch(() => undefined)
    await until(() => errors.length > 0)
    expect(String(errors[0])).toContain('flood')
  })

  test('open names the domain that the stream is for', async () => {
    const { entity, connect, sockets } = await connected('')
    await connect()
    const received = new Promise(resolve => {
      void until(() => sockets.length === 1).then(() =>
        sockets[0]!.once('data', data => resolve(String(data))),
      )
    })
    entity.open({ domain: 'elsewhere.example' }).catch(() => undefined)
    expect(await received).toContain('to="example.org"')
  })

  test('_onSeeOtherHost is where it would be sent elsewhere', async () => {
    const elsewhere = `<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>127.0.0.2</see-other-host></stream:error>`
    const { entity, errors, connect } = await connected(`${header}${elsewhere}`)
    await connect()
    entity.open({ domain: 'example.org' }).catch(() => undefined)
    await until(() => errors.length > 0)
    expect(errors[0]).toMatchObject({ condition: 'see-other-host' })
  })

  test('saslFactory._mechs are the mechanisms that it chooses from', async () => {
    const { entity } = await connected('')
    const names = entity.saslFactory._mechs.map(each => (each as { readonly name: string }).name)
    expect(names).toEqual(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'])
    const factory = entity.saslFactory as unknown as { create(names: readonly string[]): { name: string } }
    expect(factory.create(['PLAIN']).name).toBe('PLAIN')
  })

  test('iqCaller.handlers has every question that waits', async () => {
    const { entity, connect } = await connected('')
    await connect()
    const asked = entity.iqCaller.request(xml('iq', { type: 'get', id: 'q' }), 5000)
    expect([...entity.iqCaller.handlers.keys()]).toEqual(['q'])
    const [waiting] = entity.iqCaller.handlers.values()
    expect(waiting, 'an entry of iqCaller.handlers').toMatchObject({
      promise: expect.any(Promise) as unknown,
      reject: expect.any(Function) as unknown,
    })
    tearDown(entity)
    await expect(asked).rejects.toThrow('closed')
    expect(entity.iqCaller.handlers.size).toBe(0)
  })

  test('reconnect.stop keeps it from connecting again', async () => {
    const { entity, connect, sockets } = await connected('')
    const listeners = entity.listenerCount('disconnect')
    await connect()
    await until(() => sockets.length === 1)
    expect(newClient().listenerCount('disconnect')).toBeGreaterThan(listeners)
  })
})
