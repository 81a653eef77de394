import { generateKeyPairSync } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { xml, type Element } from '@xmpp/client'
import { openStream, type XmppStream } from '../../src/xmpp/stream.ts'
import type { KnownDevice } from './site-with-devices.ts'

const PUBSUB = 'http://jabber.org/protocol/pubsub'
export const axolotl = 'eu.siacs.conversations.axolotl'
export const omemo2 = 'urn:xmpp:omemo:2'

/** A device with a key of its own, whose private half is discarded. */
export function newDevice(id: number, name = `device ${id}`): KnownDevice {
  const { publicKey } = generateKeyPairSync('x25519')
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(12)
  return { id, name, fingerprint: key.toString('hex') }
}

/** The same for the present version of OMEMO, whose keys are in their Ed25519 form. */
export function newDevice2(id: number, name = `device ${id}`): KnownDevice & { readonly ed25519: string } {
  const { publicKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ format: 'der', type: 'spki' }).subarray(12)
  const montgomery = ed25519.utils.toMontgomery(new Uint8Array(key))
  return { id, name, ed25519: key.toString('hex'), fingerprint: Buffer.from(montgomery).toString('hex') }
}

/** Nobody reads them here, but they are what makes a bundle large: clients publish a hundred. */
const makePreKeys = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    xml('preKeyPublic', { preKeyId: String(i + 1) }, Buffer.alloc(33, i).toString('base64')),
  )

/** Fields of XEP-0060, section 7.1.5, without their prefix. */
type PublishOptions = Readonly<Record<string, string | undefined>>

/** What an owner’s client does to the account, and what somebody in the account could do. */
export interface Publisher {
  /** Replaces the device list; entries are attributes `id`. */
  list(ids: readonly (number | string)[], namespace?: string, options?: PublishOptions): Promise<void>
  bundle(device: KnownDevice, namespace?: string, options?: PublishOptions): Promise<void>
  /** Device list and bundles, the first of them in version 0.3. */
  publish(devices: readonly KnownDevice[], namespace?: string, options?: PublishOptions): Promise<void>
  put(node: string, item: Element, options?: PublishOptions): Promise<void>
  remove(node: string): Promise<void>
  send(stanza: Element): Promise<void>
  close(): Promise<void>
}

export async function logIn(
  jid: string,
  password: string,
  port: number,
  { preKeys = 1 } = {},
): Promise<Publisher> {
  const opened = await openStream({ jid, password, timeout: 5000 }, [
    { host: '127.0.0.1', port, isDirect: false },
  ])
  if (!opened.value) throw new Error(JSON.stringify(opened.diagnostics))
  return createPublisher(opened.value, jid, makePreKeys(preKeys))
}

function createPublisher(stream: XmppStream, jid: string, preKeys: readonly Element[]): Publisher {
  const ask = async (payload: Element) => {
    const { condition } = await stream.ask('set', jid, payload)
    if (condition !== undefined) throw new Error(`${jid}: ${condition}`)
  }
  const put: Publisher['put'] = (node, item, options = {}) =>
    ask(
      xml(
        'pubsub',
        { xmlns: PUBSUB },
        xml('publish', { node }, item),
        xml('publish-options', {}, form({ access_model: 'open', ...options })),
      ),
    )
  const list: Publisher['list'] = (ids, namespace = axolotl, options) => {
    const [node, name] = namespace === axolotl ? ['devicelist', 'list'] : ['devices', 'devices']
    const separator = namespace === axolotl ? '.' : ':'
    const entries = ids.map(id => xml('device', { id: String(id) }))
    return put(
      `${namespace}${separator}${node}`,
      xml('item', { id: 'current' }, xml(name, { xmlns: namespace }, ...entries)),
      options,
    )
  }
  const bundle: Publisher['bundle'] = (device, namespace = axolotl, options = {}) => {
    const id = String(device.id)
    const old = namespace === axolotl
    const key = old ? `05${device.fingerprint}` : (device.ed25519 ?? '')
    const text = Buffer.from(key, 'hex').toString('base64')
    const content = xml('bundle', { xmlns: namespace }, xml(old ? 'identityKey' : 'ik', {}, text), ...preKeys)
    return old
      ? put(`${axolotl}.bundles:${id}`, xml('item', { id: 'current' }, content), options)
      : put(`${omemo2}:bundles`, xml('item', { id }, content), { max_items: 'max', ...options })
  }
  return {
    list,
    bundle,
    put,
    async publish(devices, namespace, options) {
      await Promise.all(devices.map(device => bundle(device, namespace, options)))
      await list(
        devices.map(({ id }) => id),
        namespace,
      )
    },
    remove: node => ask(xml('pubsub', { xmlns: `${PUBSUB}#owner` }, xml('delete', { node }))),
    send: stanza => stream.send(stanza),
    close: () => stream.close(),
  }
}

function form(fields: PublishOptions): Element {
  const field = (name: string, value: string, type?: string) =>
    xml('field', { var: name, ...(type && { type }) }, xml('value', {}, value))
  return xml(
    'x',
    { xmlns: 'jabber:x:data', type: 'submit' },
    field('FORM_TYPE', `${PUBSUB}#publish-options`, 'hidden'),
    ...Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [field(`pubsub#${name}`, value)],
    ),
  )
}
