import { array, constantFrom, integer, nat, oneof, tuple, type Arbitrary } from 'fast-check'

type Edit = (link: string) => string

/** Items that some client reads a key out of, or once did. */
const traps = (key: string): readonly string[] => {
  const names = [
    'omemo',
    'OMEMO',
    'omemo%2Dsid%2D7',
    'omemo-sid--7',
    'omemo-sid-+7',
    'omemo-sid-%2B7',
    'omemo-sid-7x',
    'omemo-sid-',
    'omemo-sid-x',
    'omemo-sid-٧',
    'omemo-sid-７',
    'omemo-sid-07',
    'omemo-sid-0',
    'omemo-sid-2147483648',
    'omemo-sid-99999999999',
    'OMEMO-SID-7',
    'Omemo-Sid-7',
    'omemo-sid-7',
    'omemo-pq-sid-7',
    'omemo-sid-7%20',
    ' omemo-sid-7',
    'omemo-sid%2d7',
    '%6Fmemo',
    'trust',
    'distrust',
  ]
  const values = [
    key,
    key.toUpperCase(),
    `05${key}`,
    `%20${key}`,
    `${key}%20`,
    key.replace(/^./, c => `%${c.charCodeAt(0).toString(16)}`),
    key.replace(/.{8}(?=.)/g, '$& '),
    `${key}+`,
    `"${key}"`,
    key.replaceAll('0', '٠'),
  ]
  return names.flatMap(name => values.map(value => `${name}=${value}`))
}

const words = [
  'message',
  'roster',
  'subscribe',
  'join',
  'register',
  'roster;ibr=y',
  'trust-message',
  'trust-message;encryption=urn:xmpp:omemo:2',
  'remove',
  'body=x',
  'message;body=x',
  '',
]

const separators = [';', '&', '?', '#', ';;', '&amp;', '%3B', '%26', '\n', ' ', '\u0000', '\u202e', '；']

const addresses = [
  '/phone',
  '/%2F',
  '%2Fphone',
  '@example.org',
  '%40eve.example',
  '%00',
  '\u200b',
  '.',
  ':5222',
]

/** A link and what an attacker, or an accident, may make of it: up to four changes. */
export function mutatedLinks(good: readonly string[], key: string): Arbitrary<string> {
  const trap = constantFrom(...traps(key))
  const separator = constantFrom(...separators)
  const insert =
    (at: number, text: string): Edit =>
    link => {
      const n = at % (link.length + 1)
      return link.slice(0, n) + text + link.slice(n)
    }
  /** At the beginning, between two items or at the end of the query. */
  const insertItem =
    (at: number, item: string): Edit =>
    link => {
      const ends = [...link.matchAll(/[?;&]|$/g)].map(({ index }) => index)
      const n = ends[at % ends.length] ?? link.length
      const mark = link[n] ?? (link.includes('?') ? ';' : '?')
      return `${link.slice(0, n)}${mark}${item}${n < link.length ? link.slice(n).replace(/^[?]/, ';') : ''}`
    }
  const edits: Arbitrary<Edit> = oneof(
    tuple(nat(9), trap).map(([at, item]) => insertItem(at, item)),
    tuple(nat(9), constantFrom(...words)).map(([at, item]) => insertItem(at, item)),
    tuple(nat(400), separator).map(([at, text]) => insert(at, text)),
    tuple(nat(400), separator, trap).map(([at, mark, item]) => insert(at, mark + item)),
    tuple(separator, trap).map(
      ([mark, item]): Edit =>
        link =>
          link + mark + item,
    ),
    constantFrom(...addresses).map(
      (text): Edit =>
        link =>
          link.replace('?', `${text}?`),
    ),
    nat(400).map((at): Edit => link => {
      const n = at % Math.max(1, link.length)
      return `${link.slice(0, n)}%${link.charCodeAt(n).toString(16).padStart(2, '0')}${link.slice(n + 1)}`
    }),
    tuple(nat(400), integer({ min: 0x20, max: 0x7e })).map(([at, code]): Edit => link => {
      const n = at % Math.max(1, link.length)
      return link.slice(0, n) + String.fromCharCode(code) + link.slice(n + 1)
    }),
    nat(9).map((n): Edit => link => {
      const items = link.split(/(?=[;&?])/)
      return [...items, items[n % items.length]?.replace('?', ';') ?? ''].join('')
    }),
    nat(9).map((n): Edit => link => {
      const items = link.split(/(?=[;&])/)
      return items.filter((_, i) => i !== n % items.length).join('')
    }),
    constantFrom<Edit>(
      link => link.replaceAll(';', '&'),
      link => link.replaceAll('&', ';'),
      link => link.toUpperCase(),
      link => link.replace('?', '?roster;'),
      link => link.replace('roster;', ''),
      link => link.replace('roster', 'message'),
      link => link.replace('?', '?message;'),
      link => link.replace('xmpp:', 'XMPP:'),
      link => link.replace('xmpp:', 'xmpp://'),
      link => link.replace('xmpp:', 'xmpp:///'),
      link => link.replaceAll('-', '%2D'),
      link => link.replaceAll('=', '%3D'),
      link => encodeURI(link),
      link => ` ${link}\n`,
    ),
  )
  return tuple(constantFrom(...good), array(edits, { minLength: 1, maxLength: 4 })).map(([link, each]) =>
    each.reduce((text, edit) => edit(text), link),
  )
}
