/* oxlint-disable no-underscore-dangle -- these are the places that the client leaves */
import { StringDecoder } from 'node:string_decoder'
import { domainToASCII } from 'node:url'
import type { Client } from '@xmpp/client'
import type { Endpoint } from './endpoint.ts'
import { mechanisms } from './mechanism.ts'
import { flaws } from './refusal.ts'

/** More than this without the end of a stanza is no XMPP: a bundle has some twenty thousand bytes. */
const LARGEST_STANZA = 1024 * 1024

/** Did the server show a certificate for the domain, whatever NODE_TLS_REJECT_UNAUTHORIZED says? */
export const isVerified = ({ socket }: Client) => socket?.socket?.authorized === true

const isFunction = (value: unknown) => typeof value === 'function'

/**
 * What `harden` and `tearDown` replace, call or read of the client without its promise, by name. A release that
 * renames one would take the replacement in silence and go on unprotected; so package.json pins the client exactly.
 */
export const privateMembers: Readonly<Record<string, (entity: Client) => boolean>> = {
  'reconnect.stop': ({ reconnect }) => isFunction(reconnect.stop),
  'saslFactory._mechs': ({ saslFactory }) => Array.isArray(saslFactory._mechs),
  socketParameters: entity => isFunction(entity.socketParameters),
  open: entity => isFunction(entity.open),
  _onSeeOtherHost: entity => isFunction(entity._onSeeOtherHost),
  'iqCaller.handlers': ({ iqCaller }) => iqCaller.handlers instanceof Map,
  _onData: entity => isFunction(entity._onData),
}

/**
 * Puts into the client of 0.14 what it lacks: the certificate of direct TLS is checked against the domain and not
 * against the host; a stanza has an end; characters that two packets share stay whole; what breaks the parser ends
 * the stream and not the program; a server cannot send us elsewhere; and a proof of the password takes no second.
 * Throws when the client is not the one whose members are known here: its dependencies have releases of their own.
 */
export function harden(entity: Client, { host, port, isDirect }: Endpoint, domain: string): void {
  const strange = Object.entries(privateMembers).flatMap(([name, isThere]) => (isThere(entity) ? [] : [name]))
  if (strange.length > 0) throw new Error(`@xmpp/client is not as 0.14.0 is: ${strange.join(', ')}`)
  entity.reconnect.stop()
  entity.saslFactory._mechs.splice(0, Infinity, ...mechanisms)
  entity.socketParameters = () =>
    isDirect
      ? {
          host,
          port,
          servername: domainToASCII(domain),
          ALPNProtocols: ['xmpp-client'],
          rejectUnauthorized: true,
        }
      : { host, port }
  const open = entity.open.bind(entity)
  entity.open = options => open({ ...options, domain })
  entity._onSeeOtherHost = error => entity.emit('error', error)

  // A refusal may come before the client has noticed that its question is sent: until then nobody would catch it.
  const { handlers } = entity.iqCaller
  const remember = handlers.set.bind(handlers)
  handlers.set = (id, waiting) => {
    waiting.promise.catch(() => undefined)
    return remember(id, waiting)
  }

  const read = entity._onData.bind(entity)
  const decoder = new StringDecoder('utf8')
  let length = 0
  entity.on('element', () => (length = 0))
  entity._onData = data => {
    length += data.length
    try {
      if (length > LARGEST_STANZA) throw new Error(flaws.flood)
      read(Buffer.from(decoder.write(Buffer.from(data))))
    } catch (error) {
      entity.emit('error', error)
      tearDown(entity)
    }
  }
}

/** Closes the socket at once, and ends everything that still waits for it, so that no timer holds the process. */
export function tearDown(entity: Client): void {
  const closed = new Error(flaws.closed)
  const { socket } = entity
  ;(socket?.socket ?? socket)?.destroy?.()
  entity.emit('error', closed)
  for (const { reject } of entity.iqCaller.handlers.values()) reject(closed)
  entity.iqCaller.handlers.clear()
}
