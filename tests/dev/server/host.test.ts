import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { hostCheck, isEverywhere, isLoopback } from '../../../src/dev/server/host.ts'

describe('on this machine alone', () => {
  const isKnown = hostCheck('127.0.0.1')

  test.each([
    '127.0.0.1',
    '127.0.0.1:4000',
    'localhost:4000',
    'LOCALHOST',
    '[::1]:4000',
    'blog.localhost:4000',
    '127.1.2.3',
  ])('%s is this server', host => expect(isKnown(host)).toBe(true))

  test.each([
    'evil.example.org',
    'evil.example.org:4000',
    'localhost.example.org',
    '127.0.0.1.example.org',
    'example.orglocalhost',
    '10.0.0.1:4000',
    '[::2]',
    '',
    ':4000',
    '0.0.0.0:4000',
    undefined,
  ])('%s is not', host => expect(isKnown(host)).toBe(false))
})

test('for everybody: under each address of the machine, and under no name', () => {
  const isKnown = hostCheck('0.0.0.0')
  const addresses = Object.values(networkInterfaces())
    .flatMap(each => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
  expect(addresses.filter(({ address }) => !isKnown(`${address}:4000`))).toEqual([])
  expect(isKnown('localhost')).toBe(true)
  expect(isKnown('0.0.0.0:4000')).toBe(true)
  expect(isKnown('evil.example.org')).toBe(false)
  expect(isKnown('203.0.113.9')).toBe(false)
})

test('under the name that it was given', () => {
  const isKnown = hostCheck('desk.example.org')
  expect(isKnown('desk.example.org:80')).toBe(true)
  expect(isKnown('other.example.org:80')).toBe(false)
})

test('what is everywhere is not loopback', () => {
  expect([isEverywhere('0.0.0.0'), isEverywhere('::'), isEverywhere('127.0.0.1')]).toEqual([
    true,
    true,
    false,
  ])
  expect([isLoopback('::1'), isLoopback('localhost'), isLoopback('0.0.0.0')]).toEqual([true, true, false])
})
