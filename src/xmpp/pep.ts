import { xml, type Element } from '@xmpp/client'
import type { Code } from '../core/codes.ts'
import { createGate } from '../core/gate.ts'
import { nameCondition } from './refusal.ts'
import type { XmppStream } from './stream.ts'

/** XEP-0384 in its version 0.3, which most clients speak, and in its present one. */
export const namespaces = ['eu.siacs.conversations.axolotl', 'urn:xmpp:omemo:2'] as const
export type Namespace = (typeof namespaces)[number]

/** Where each version keeps what it publishes. */
interface NodeLayout {
  readonly list: string
  readonly listElement: string
  readonly bundle: (id: number) => string
  readonly key: string
}

const layouts: Readonly<Record<Namespace, NodeLayout>> = {
  'eu.siacs.conversations.axolotl': {
    list: 'eu.siacs.conversations.axolotl.devicelist',
    listElement: 'list',
    bundle: id => `eu.siacs.conversations.axolotl.bundles:${id}`,
    key: 'identityKey',
  },
  'urn:xmpp:omemo:2': {
    list: 'urn:xmpp:omemo:2:devices',
    listElement: 'devices',
    bundle: () => 'urn:xmpp:omemo:2:bundles',
    key: 'ik',
  },
}

export const listNodes: readonly string[] = namespaces.map(namespace => layouts[namespace].list)

/** A device that a list names, with what its bundle says. */
export interface ServedDevice {
  readonly namespace: Namespace
  readonly id: number
  /** The identity key as the bundle writes it; several when several items differ, none when there is a flaw. */
  readonly keys: readonly string[]
  /** Why there is no key. */
  readonly flaw?: string | undefined
  /** What its owner calls it, where the list says so (XEP-0384, section 5.3.2): nothing vouches for it. */
  readonly label?: string | undefined
}

/** Something that kept the auditor from looking. */
export interface Obstacle {
  readonly code: Code
  readonly message: string
  readonly hint: string
}

export interface ServedAccount {
  readonly jid: string
  readonly devices: readonly ServedDevice[]
  /** With one of these, what is not in `devices` may be there all the same. */
  readonly obstacles: readonly Obstacle[]
}

export interface PepReaderOptions {
  /** The auditor’s bare JID. */
  readonly auditor: string
  readonly namespaces: readonly Namespace[]
}

/** So many questions are on their way to a server at a time: it slows down clients that ask for more. */
export const WIDTH = 16

/** Nobody has so many devices, and a list of them is an attack on who reads it. */
const MOST_DEVICES = 500

const LARGEST_ID = 2 ** 31 - 1
const PUBSUB = 'http://jabber.org/protocol/pubsub'

/** Makes a reader of what a server hands out for an account: device lists and bundles, of both versions. */
export function createReader(stream: XmppStream, { auditor, namespaces: wanted }: PepReaderOptions) {
  const pass = createGate(WIDTH)
  return async (jid: string): Promise<ServedAccount> => {
    const read = await Promise.all(wanted.map(namespace => readNamespace(namespace, jid)))
    return {
      jid,
      devices: read.flatMap(({ devices }) => devices),
      obstacles: mergeObstacles(read.flatMap(({ obstacles }) => obstacles)),
    }
  }

  async function readNamespace(namespace: Namespace, jid: string): Promise<Omit<ServedAccount, 'jid'>> {
    const { list, listElement } = layouts[namespace]
    const { items, condition } = await fetchItems(jid, list, [])
    if (condition === 'item-not-found') return { devices: [], obstacles: [] }
    if (!items) return { devices: [], obstacles: [explainObstacle(condition, { jid, node: list, auditor })] }
    const { ids, labels, flaws } = readList(items, listElement, namespace)
    const obstacles = flaws.map(flaw => malformed(`The device list ${list} of ${jid} ${flaw}`))
    const devices = ids.map(id => readBundle(namespace, jid, id, labels.get(String(id))))
    return { devices: await Promise.all(devices), obstacles }
  }

  async function readBundle(
    namespace: Namespace,
    jid: string,
    id: number,
    label: string | undefined,
  ): Promise<ServedDevice> {
    const { bundle, key } = layouts[namespace]
    // In version 0.3 the node is the device’s, and whatever lies in it is its bundle.
    const wantedIds = namespace === 'urn:xmpp:omemo:2' ? [String(id)] : []
    const { items, condition } = await fetchItems(jid, bundle(id), wantedIds)
    const flawed = (flaw: string): ServedDevice => ({ namespace, id, label, keys: [], flaw })
    if (condition === 'item-not-found' || items?.length === 0) return flawed('has no bundle')
    if (isRefusal(condition)) return flawed(`has no bundle that ${auditor} may see`)
    if (!items) return flawed(`has a bundle that cannot be read: ${describeCondition(condition)}`)
    if (items.some(item => wantedIds.length > 0 && item.attrs.id !== String(id))) {
      return flawed('has a bundle that is said to be of another device')
    }
    const keys = items.map(item =>
      item.getChild('bundle', namespace)?.getChild(key)?.text().replace(/\s/g, ''),
    )
    if (!keys.every(text => text !== undefined)) return flawed(`has a bundle without ${key}`)
    return { namespace, id, label, keys: [...new Set(keys)] }
  }

  async function fetchItems(
    to: string,
    node: string,
    ids: readonly string[],
  ): Promise<{ readonly items?: readonly Element[]; readonly condition: string }> {
    const items = xml('items', { node }, ...ids.map(id => xml('item', { id })))
    const { stanza, condition } = await pass(() =>
      stream.ask('get', to, xml('pubsub', { xmlns: PUBSUB }, items)),
    )
    if (!stanza) return { condition }
    const answer = stanza.getChild('pubsub', PUBSUB)?.getChild('items')
    return answer?.attrs.node === node
      ? { items: answer.getChildren('item'), condition: '' }
      : { condition: 'answers something else' }
  }
}

/** Every device that any item names: clients differ in which of several they read. */
function readList(items: readonly Element[], name: string, namespace: Namespace) {
  const flaws: string[] = []
  if (items.length > 1) flaws.push(`has ${items.length} items, and clients differ in which they read`)
  const lists = items.map(item => item.getChild(name, namespace))
  if (lists.includes(undefined)) flaws.push('has an item that is no list')
  const elements = lists.flatMap(list => list?.getChildren('device') ?? [])
  const entries = elements.map(({ attrs }) => attrs.id ?? '')
  const labels = new Map(elements.map(({ attrs }) => [attrs.id ?? '', attrs.label]))
  const isId = (text: string) => /^[1-9]\d{0,9}$/.test(text) && Number(text) <= LARGEST_ID
  const strange = entries.filter(text => !isId(text)).length
  if (strange > 0)
    flaws.push(`names ${strange === 1 ? 'a device' : `${strange} devices`} by what is no device id`)
  const ids = [...new Set(entries.filter(isId).map(Number))]
  if (ids.length > MOST_DEVICES) {
    flaws.push(`names ${ids.length} devices; the bundles of the first ${MOST_DEVICES} were read`)
  }
  return { ids: ids.slice(0, MOST_DEVICES), labels, flaws }
}

const malformed = (message: string): Obstacle => ({
  code: 'audit/malformed',
  message,
  hint: 'no client writes it so; ask the owner and whoever runs the server',
})

interface PepQuestion {
  readonly jid: string
  readonly node: string
  readonly auditor: string
}

function explainObstacle(condition: string, { jid, node, auditor }: PepQuestion): Obstacle {
  const isOwner = jid === auditor
  if (isRefusal(condition)) {
    return {
      code: 'audit/forbidden',
      message: `${auditor} may not see ${node} of ${jid}: it is hidden, or it is not there`,
      hint: 'look as the owner, --as the account itself, or make the auditor a contact of it; --namespace leaves one version of OMEMO out',
    }
  }
  if (condition === 'service-unavailable' || condition === 'feature-not-implemented') {
    return {
      code: 'audit/unavailable',
      message: isOwner
        ? `The server has no PEP for ${jid}: it cannot hand out any device`
        : `There is no account ${jid}, or its server has no PEP`,
      hint: isOwner
        ? 'ask whoever runs the server to switch PEP on'
        : 'is the address right? look as the owner, too',
    }
  }
  return {
    code: 'audit/unanswered',
    message: `What the server hands out as ${node} of ${jid} is not known: ${describeCondition(condition)}`,
    hint: 'run the audit again; as long as it cannot look, it cannot say that all is well',
  }
}

const isRefusal = (condition: string) =>
  ['forbidden', 'not-authorized', 'not-allowed', 'subscription-required'].includes(condition)

const ownConditions: Readonly<Record<string, string>> = {
  timeout: 'no answer came in time',
  lost: 'the connection was lost',
  'answers something else': 'it answers something else',
}

const describeCondition = (condition: string) =>
  ownConditions[condition] ?? `it answers ${nameCondition(condition)}`

/** An obstacle of both versions is reported once, for the first node. */
function mergeObstacles(obstacles: readonly Obstacle[]): readonly Obstacle[] {
  const merged = new Map<string, Obstacle>()
  for (const obstacle of obstacles) {
    const key = obstacle.code === 'audit/unavailable' ? obstacle.code : obstacle.message
    if (!merged.has(key)) merged.set(key, obstacle)
  }
  return [...merged.values()]
}
