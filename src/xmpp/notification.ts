import { createHash } from 'node:crypto'
import { xml, type Element } from '@xmpp/client'
import { createGate } from '../core/gate.ts'
import { listNodes, WIDTH } from './pep.ts'
import type { XmppStream } from './stream.ts'

const CAPS = 'http://jabber.org/protocol/caps'
const DISCO = 'http://jabber.org/protocol/disco#info'
const PUBSUB = 'http://jabber.org/protocol/pubsub'
const NODE = 'urn:imprimatur:audit'

const features = [DISCO, ...listNodes.map(node => `${node}+notify`)].toSorted()

/** XEP-0115, section 5.1: the server asks what a hash stands for once, and then knows. */
const version = createHash('sha1')
  .update(`client/bot//imprimatur<${features.map(feature => `${feature}<`).join('')}`)
  .digest('base64')

/**
 * Calls `changed` whenever a device list of one of the accounts changes. The server sends that by itself for the
 * auditor’s own account and for contacts; for strangers it is asked to, which it may refuse. So no caller may rely on
 * it.
 */
export async function listen(
  stream: XmppStream,
  { auditor, jids }: { readonly auditor: string; readonly jids: readonly string[] },
  changed: (jid: string) => void,
): Promise<void> {
  stream.onMessage(message => {
    const [from = ''] = (message.attrs.from ?? auditor).split('/')
    const event = message.getChild('event', `${PUBSUB}#event`)
    const isList = event?.getChildElements().some(({ attrs }) => listNodes.includes(attrs.node ?? ''))
    if (isList && jids.includes(from)) changed(from)
  })
  stream.onQuestion(DISCO, 'query', describeFeatures)
  // A negative priority: what is written to the auditor goes to its real clients, and not even headlines come here
  // that are not for this very client.
  await stream.send(
    xml(
      'presence',
      {},
      xml('priority', {}, '-1'),
      xml('c', { xmlns: CAPS, hash: 'sha-1', node: NODE, ver: version }),
    ),
  )
  const pass = createGate(WIDTH)
  const nodes = jids.filter(jid => jid !== auditor).flatMap(jid => listNodes.map(node => ({ jid, node })))
  await Promise.all(
    nodes.map(({ jid, node }) => pass(() => stream.ask('set', jid, subscription(stream.jid, node)))),
  )
}

/** Does the server still say anything at all? A connection can be dead for a quarter of an hour before it breaks. */
export async function isAlive(stream: XmppStream): Promise<boolean> {
  const [domain = ''] = stream.jid.slice(stream.jid.indexOf('@') + 1).split('/')
  const { condition } = await stream.ask('get', domain, xml('ping', { xmlns: 'urn:xmpp:ping' }))
  return condition !== 'timeout' && condition !== 'lost'
}

const subscription = (jid: string, node: string) =>
  xml('pubsub', { xmlns: PUBSUB }, xml('subscribe', { node, jid }))

const describeFeatures = (): Element =>
  xml(
    'query',
    { xmlns: DISCO, node: `${NODE}#${version}` },
    xml('identity', { category: 'client', type: 'bot', name: 'imprimatur' }),
    ...features.map(feature => xml('feature', { var: feature })),
  )
