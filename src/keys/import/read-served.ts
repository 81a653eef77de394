import type { ServedKeys } from '../audit/audit.ts'
import { readIdentityKey } from '../audit/identity-key.ts'
import { checkCurve } from '../identity/curve25519.ts'
import { normalizeJid, show } from '../identity/link.ts'
import type { Claim, ReadSource } from './claim.ts'

/** What a server says of the devices of an account: the first thing to write down, and the last to believe. */
export function readServed({ jid, devices, obstacles }: ServedKeys): ReadSource {
  const source = `the server’s list of ${jid}`
  const place = { source, page: source, form: 'list', jid: normalizeJid(jid) } as const
  const claims: Claim[] = []
  const unread = obstacles.map(({ message }) => message)
  for (const { namespace, id, keys, flaw, label } of devices) {
    if (flaw !== undefined) unread.push(`Device ${id} of ${jid} ${flaw} (${namespace})`)
    for (const text of keys) {
      const key = readIdentityKey(namespace, text)
      if (key && checkCurve(key.fingerprint).value !== undefined) {
        claims.push({ ...place, id, ...key, name: nameOf(label) })
      } else unread.push(`Device ${id} of ${jid} has a bundle with something that is no key (${namespace})`)
    }
  }
  return { claims, broken: [], jids: [normalizeJid(jid)], unread }
}

/** A name that a manifest may have; anything else is left out. */
const nameOf = (label: string | undefined) =>
  label !== undefined &&
  label === show(label) &&
  /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,38}[\p{L}\p{N}])?$/u.test(label)
    ? label
    : undefined
