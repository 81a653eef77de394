import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** Whether a server at this address can be reached from this machine alone. */
export const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|::1)$/.test(host)

/** Whether a server at this address answers at every address that the machine has. */
export const isEverywhere = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** The addresses of this machine in its networks. */
export const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap(each => each ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address)

/** An address as it stands in a URL. */
export const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host)

/**
 * Whether a request's `Host` names this server. The page of another site whose name was made to resolve to this
 * machine (DNS rebinding) has its own name there; the port does not matter, since a tunnel may change it.
 */
export function hostCheck(listening: string): (header: string | undefined) => boolean {
  const known = new Set([listening, ...(isEverywhere(listening) ? ownAddresses() : [])].map(inUrl))
  return header => {
    // A dot at the end says that the name is whole, and names the same machine.
    const name = header
      ?.toLowerCase()
      .replace(/:\d*$/, '')
      .replace(/(?<=[a-z])\.$/, '')
    if (name === undefined) return false
    return isLoopback(name.replace(/^\[|\]$/g, '')) || name.endsWith('.localhost') || known.has(name)
  }
}
