/**
 * How clients read links, as rules: written from their behaviour in 2026-11 (their sources and what is known of them), and not
 * by the grammar of ours. Where it is not certain what a client does with a strange link, its model reads more out of it, not
 * less. `link.test.ts` holds `compare` to them, and the facts in `src/keys/clients/` too.
 */
export interface WhatAClientReads {
  /** Whose keys they would be; as it stands in the link, bare and in lower case. */
  readonly jid: string
  /** Keys that it would trust, lower-case hexadecimal or whatever else stood there. */
  readonly keys: readonly string[]
  /** Monocles’ post-quantum keys. */
  readonly pq: readonly string[]
  readonly opens: 'chat' | 'nothing'
  /** As far as is known, it does nothing with the keys of this link. `whatEscapes` does not count on that. */
  readonly isDropped?: boolean
}

/** A client may refuse a link as a whole. */
export type LinkModel = (link: string) => WhatAClientReads | undefined

interface Item {
  readonly name: string
  /** Undefined where there is no `=`. */
  readonly value: string | undefined
}

const decode = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    // Java and Qt put replacement characters where the bytes are no UTF-8, and go on.
    return text.replace(/%[0-9a-f]{2}/gi, byte => String.fromCharCode(parseInt(byte.slice(1), 16)))
  }
}

function split(query: string, separators: RegExp): readonly Item[] {
  return query
    .split(separators)
    .filter(item => item !== '')
    .map(item => {
      const at = item.indexOf('=')
      return at < 0
        ? { name: item, value: undefined }
        : { name: item.slice(0, at), value: item.slice(at + 1) }
    })
}

const bare = (address: string) => (decode(address).split('/')[0] ?? '').toLowerCase()

/** The parts of an xmpp: URI as any URI library gives them: a fragment ends the query, the scheme has no case. */
function parts(link: string): { readonly address: string; readonly query: string } | undefined {
  const [, address = '', query = ''] = /^\s*xmpp:(?:\/\/[^/?#]*\/?)?([^?#]*)(?:\?([^#]*))?/is.exec(link) ?? []
  return address === '' ? undefined : { address, query }
}

/** Java’s `Integer.parseInt`: a sign, and digits of any script. */
function parseJavaInt(text: string): number | undefined {
  const [, sign, digits = ''] = /^([+-]?)(\p{Nd}+)$/u.exec(text) ?? []
  if (digits === '') return undefined
  // The value does not matter to the model: which id it is, the client ignores.
  return sign === '-' ? -1 : 1
}

/**
 * Conversations, Cheogram, Quicksy and Snikket for Android: `XmppUri.parseParameters` and `parseFingerprints`. The query is decoded before it is split, at `;`,
 * or at `&` in an https: invitation; names are lower-cased, values decoded again. It reads `omemo=` and any `omemo-sid-INT`; a name
 * that occurs twice throws. With a name that is, by its Latin letters, `message`, `join` or `register`, or with `roster` and `ibr=y`,
 * keys are dropped.
 */
const readLikeConversations =
  (repeated: 'throws' | 'first counts'): LinkModel =>
  link => {
    const [, invited, inviteQuery] =
      /^\s*https:\/\/conversations\.im\/i\/([^?#]*)(?:\?([^#]*))?/is.exec(link) ?? []
    const xmpp = parts(link)
    const address = invited ?? xmpp?.address
    if (address === undefined) return undefined
    const query = decode(invited === undefined ? (xmpp?.query ?? '') : (inviteQuery ?? ''))
    const values = new Map<string, string>()
    for (const { name, value = '' } of split(query, invited === undefined ? /;/ : /&/)) {
      const key = name.toLowerCase()
      if (values.has(key) && repeated === 'throws') return undefined
      if (!values.has(key)) values.set(key, decode(value.replaceAll('+', ' ')).toLowerCase())
    }
    const idBehind = (prefix: string, name: string) =>
      name.startsWith(prefix) && parseJavaInt(name.slice(prefix.length)) !== undefined
    const read = [...values]
    const letters = new Set([...values.keys()].map(name => name.replace(/[^a-z]/g, '')))
    const isInvitation = letters.has('roster') && values.get('ibr') === 'y'
    return {
      jid: bare(address),
      keys: read.filter(([name]) => name === 'omemo' || idBehind('omemo-sid-', name)).map(([, key]) => key),
      pq:
        repeated === 'throws'
          ? []
          : read.filter(([name]) => idBehind('omemo-pq-sid-', name)).map(([, key]) => key),
      opens: 'chat',
      isDropped: isInvitation || ['message', 'join', 'register'].some(action => letters.has(action)),
    }
  }

/** Monal: query items of NSURLComponents, `;` like `&`; names that begin so, the id by `longLongValue`, so whatever follows. */
const monal: LinkModel = link => {
  const uri = parts(link)
  if (!uri) return undefined
  const items = split(uri.query, /[;&]/)
  const keys = items
    .filter(({ name, value }) => decode(name).startsWith('omemo-sid-') && value !== undefined)
    .map(({ value = '' }) => decode(value).toLowerCase())
  return { jid: bare(uri.address), keys, pq: [], opens: 'chat' }
}

/** Gajim: the first item is the action, and it has handlers for some; it reads no keys out of links. */
const gajim: LinkModel = link => {
  const uri = parts(link)
  if (!uri) return undefined
  const [first] = uri.query.split(';')
  const opens = ['', 'message', 'roster', 'subscribe', 'join'].includes(first ?? '') ? 'chat' : 'nothing'
  return { jid: bare(uri.address), keys: [], pq: [], opens }
}

/**
 * Kaidan, by `QXmppUri::fromString`: a first item with a value is an error; keys come in a trust message only, and values are
 * fully decoded. Keys in hexadecimal; whether the encryption is the right one is not counted on.
 */
const kaidan: LinkModel = link => {
  const uri = parts(link)
  if (!uri) return undefined
  const items = split(uri.query, /;/)
  const [first] = items
  if (first?.value !== undefined) return undefined
  const isTrust = first !== undefined && decode(first.name) === 'trust-message'
  const keys = items
    .filter(({ name }) => isTrust && decode(name) === 'trust')
    .map(({ value = '' }) => decode(value))
  return { jid: bare(uri.address), keys: keys.map(key => key.toLowerCase()), pq: [], opens: 'chat' }
}

/** Dino: the first item is the action, and `join` and `message` are the ones it knows. */
const dino: LinkModel = link => {
  const uri = parts(link)
  if (!uri) return undefined
  const [first] = uri.query.split(/[;&]/)
  const opens = first === 'join' || first === 'message' ? 'chat' : 'nothing'
  return { jid: bare(uri.address), keys: [], pq: [], opens }
}

/** Converse, registered for xmpp: links: opens the chat, whatever the query. */
const converse: LinkModel = link => {
  const uri = parts(link)
  return uri && { jid: bare(uri.address), keys: [], pq: [], opens: 'chat' }
}

/** Siskin and its relatives: a first item without `=` is the action; without one they ask what to do. They read no keys. */
const siskin: LinkModel = link => {
  const uri = parts(link)
  if (!uri) return undefined
  const [first] = split(uri.query, /;/)
  const isUnknown =
    first?.value === undefined && !['message', 'join', 'roster', undefined].includes(first?.name)
  return { jid: bare(uri.address), keys: [], pq: [], opens: isUnknown ? 'nothing' : 'chat' }
}

/** Movim, registered for xmpp: links: shares the address, which opens the contact, whatever the query. */
const movim: LinkModel = link => {
  const uri = parts(link)
  return uri && { jid: bare(uri.address), keys: [], pq: [], opens: 'chat' }
}

/** A terminal: nobody hands it a link. */
const profanity: LinkModel = () => undefined

/** By the name of the client or fork. */
export const models: Readonly<Record<string, LinkModel>> = {
  Conversations: readLikeConversations('throws'),
  Cheogram: readLikeConversations('throws'),
  Quicksy: readLikeConversations('throws'),
  'Snikket (Android)': readLikeConversations('throws'),
  Monocles: readLikeConversations('first counts'),
  Monal: monal,
  Gajim: gajim,
  Kaidan: kaidan,
  Dino: dino,
  Siskin: siskin,
  Beagle: siskin,
  'Snikket (iPhone)': siskin,
  Movim: movim,
  Converse: converse,
  Profanity: profanity,
}
