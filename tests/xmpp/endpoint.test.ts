import { describe, expect, test } from 'vitest'
import { findEndpoints, parseServer, writeEndpoint, type LookUp } from '../../src/xmpp/endpoint.ts'

describe('--server', () => {
  test.each([
    ['example.org', 'example.org:5222'],
    ['example.org:443', 'example.org:443'],
    ['xmpp://127.0.0.1:15222', '127.0.0.1:15222'],
    ['xmpps://example.org', 'xmpps://example.org:5223'],
    ['XMPPS://[::1]:443', 'xmpps://[::1]:443'],
    ['[2001:db8::1]', '[2001:db8::1]:5222'],
    ['bücher.example.org', 'xn--bcher-kva.example.org:5222'],
  ])('%s is %s', (text, endpoint) => {
    const parsed = parseServer(text)
    expect(parsed && writeEndpoint(parsed)).toBe(endpoint)
  })

  test.each([
    '',
    ':5222',
    'a:0',
    'a:65536',
    'a:b',
    'a b',
    '::1',
    'https://a',
    'a/b',
    'u@a',
    '[x]',
    'a:1:2',
    'a..b c',
  ])('“%s” is none', text => expect(parseServer(text)).toBeUndefined())
})

describe('SRV records', () => {
  const record = (name: string, port: number, priority: number, weight = 0) => ({
    name,
    port,
    priority,
    weight,
  })
  const zone =
    (records: Readonly<Record<string, readonly ReturnType<typeof record>[]>>): LookUp =>
    name =>
      Promise.resolve(records[name] ?? [])
  const found = async (domain: string, lookUp: LookUp) =>
    (await findEndpoints(domain, lookUp)).map(writeEndpoint)

  test('of both kinds are one list, by priority, then weight', async () => {
    const lookUp = zone({
      '_xmpps-client._tcp.example.org': [record('a.example.net', 443, 10), record('b.example.net', 5223, 0)],
      '_xmpp-client._tcp.example.org': [
        record('c.example.net', 5222, 5, 1),
        record('d.example.net', 5222, 5, 9),
      ],
    })
    expect(await found('example.org', lookUp)).toEqual([
      'xmpps://b.example.net:5223',
      'd.example.net:5222',
      'c.example.net:5222',
      'xmpps://a.example.net:443',
    ])
  })

  test('are asked for in ASCII; without any it is the domain itself', async () => {
    const asked: string[] = []
    const lookUp: LookUp = name => {
      asked.push(name)
      return Promise.resolve([])
    }
    expect(await found('bücher.example.org', lookUp)).toEqual(['xn--bcher-kva.example.org:5222'])
    expect(asked).toEqual(
      ['_xmpps-client._tcp', '_xmpp-client._tcp'].map(name => `${name}.xn--bcher-kva.example.org`),
    )
  })

  test('may say that there is no service', async () => {
    const lookUp = zone({ '_xmpp-client._tcp.example.org': [record('', 0, 0)] })
    expect(await found('example.org', lookUp)).toEqual([])
    expect(
      await found('example.org', zone({ '_xmpp-client._tcp.example.org': [record('.', 0, 0)] })),
    ).toEqual([])
  })
})
