import { lookup as lookupAny, type LookupAddress } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Where a machine is, seen from this one. */
export type Reach = 'loopback' | 'private' | 'public'

/** Why a host is not asked. Thrown by a lookup, so that no connection is made. */
export class RefusedHost extends Error {
  readonly reach: Reach

  constructor(host: string, reach: Reach) {
    super(`${host} is a ${reach} address`)
    this.reach = reach
  }
}

const loopback = blocks('127.0.0.0/8', '::1/128')

/** The special-purpose registries of RFC 6890: what is no address of a machine on the Internet, but for loopback. */
const special = blocks(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '64:ff9b:1::/48',
  '100::/64',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
)

function blocks(...ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    list.addSubnet(address, Number(bits), familyOf(address))
  }
  return list
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

/** Of an IP address; an IPv4 address written as IPv6 is what it is as IPv4. */
export function reachOf(address: string): Reach {
  const plain = address.replace(/%.*/s, '')
  if (loopback.check(plain, familyOf(plain))) return 'loopback'
  return special.check(plain, familyOf(plain)) ? 'private' : 'public'
}

/** `[::1]` -> `::1`; undefined for a name. */
export function literalAddress({ hostname }: URL): string | undefined {
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(host) === 0 ? undefined : host
}

/** Looks a name up and gives only addresses of these reaches, so that what was judged is what is connected to. */
export function guardedLookup(mayReach: (reach: Reach) => boolean): LookupFunction {
  return (host, options, callback) => {
    lookupAny(host, { ...options, all: true }, (error, found: LookupAddress[] = []) => {
      if (error) return callback(error, '')
      const good = found.filter(({ address }) => mayReach(reachOf(address)))
      const [first] = good
      if (!first) return callback(new RefusedHost(host, reachOf(found[0]?.address ?? '0.0.0.0')), '')
      if (options.all === true) callback(null, good)
      else callback(null, first.address, first.family)
    })
  }
}

/**
 * Which machines may be asked: anyone by TLS, and only this one without. What a redirect leads to may be no nearer than where it
 * came from: a stranger is not to point into a private network.
 */
export function mayReach({ protocol }: URL, from: Reach | undefined): (reach: Reach) => boolean {
  const order: readonly Reach[] = ['public', 'private', 'loopback']
  return reach => {
    if (protocol === 'http:' && reach !== 'loopback') return false
    return from === undefined || order.indexOf(reach) <= order.indexOf(from)
  }
}
