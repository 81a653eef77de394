import { append } from '../../core/lists/long-lists.ts'
import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { inGroups } from '../identity/fingerprint.ts'
import { looksLikeLink, normalizeJid, readLink, type XmppLink } from '../identity/link.ts'
import { describeChange } from '../manifest/changes.ts'
import type { Device } from '../manifest/manifest.ts'
import { languages } from '../page/words/languages.ts'
import { wordsOf } from '../page/words/wordbook.ts'
import type { Publication } from '../verify/verify.ts'

/** What a page shows that an app or an eye would act on. */
interface ShownPage {
  /** Text and attribute values. */
  readonly texts: readonly string[]
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** Addresses of pictures, as they are written. */
  readonly pictures: readonly string[]
}

type SignedDevice = Device & { readonly jid: string }

/**
 * What the page says and the signed file does not: links, fingerprints and signers. A page may say less; it is read as text, and
 * nothing of it runs.
 */
export function comparePage(html: string, publication: Publication): readonly string[] {
  const { texts, rows } = readPage(html)
  const devices = publication.manifest.accounts.flatMap(({ jid, devices: list }) =>
    list.map((device): SignedDevice => ({ ...device, jid })),
  )
  const found = [
    ...texts.flatMap(linksIn).flatMap(link => judgeLink(link, devices)),
    ...strangeKeys(texts, publication, devices),
    ...strangeSigners(texts, publication),
    ...rows.flatMap(row => judgeRow(row, devices)),
  ]
  return [...new Set(found)]
}

/** The pictures of a page that claim to be codes of it. */
export const codesOf = (html: string, base: URL): readonly URL[] =>
  [...new Set(readPage(html).pictures)]
    .filter(address => /(?:^|\/)qr\/[^/]+\.(?:svg|png)$/.test(address) && URL.canParse(address, base))
    .map(address => new URL(address, base))
    .filter(({ origin }) => origin === base.origin)

const blocks = /^(?:p|div|li|td|th|tr|br|pre|dd|dt|h[1-6]|section|table|ul|ol|figure|details|summary|body)$/

function readPage(html: string): ShownPage {
  const texts: string[] = []
  const rows: Record<string, string>[] = []
  const pictures: string[] = []
  let text = ''
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if (node.nodeName === '#text') text += (node as DefaultTreeAdapterTypes.TextNode).value
    if ('attrs' in node) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]))
      append(texts, Object.values(attributes))
      if ('data-fingerprint' in attributes) rows.push(attributes)
      if (node.tagName === 'img' && attributes.src !== undefined) pictures.push(attributes.src)
      if (node.tagName === 'a' && attributes.href !== undefined) pictures.push(attributes.href)
    }
    if (blocks.test(node.nodeName)) text += ' '
    if (node.nodeName === 'template' && 'content' in node) visit(node.content)
    if ('childNodes' in node && node.nodeName !== 'style') for (const child of node.childNodes) visit(child)
    if (blocks.test(node.nodeName)) text += ' '
  }
  visit(parse(html))
  return { texts: [text, ...texts], rows, pictures }
}

const linksIn = (text: string): readonly string[] =>
  looksLikeLink(text.trim())
    ? [text.trim()]
    : (text.match(/(?:xmpp:|https:\/\/conversations\.im\/i\/)[^\s<>"'“”]+/gi) ?? [])

function judgeLink(text: string, devices: readonly SignedDevice[]): readonly string[] {
  const { link } = readLink(text)
  if (!link) {
    return /omemo|trust/i.test(text)
      ? [`it has a link that carries something that no link should: ${text.slice(0, 200)}`]
      : []
  }
  const said = (what: string) => `a link of it gives ${what} to ${link.jid}, and the signed file does not`
  return [
    ...link.devices
      .filter(
        ({ id, fingerprint }) =>
          !devices.some(
            device => isTrusted(device, link) && device.id === id && device.fingerprint === fingerprint,
          ),
      )
      .map(({ id, fingerprint }) => said(`the key ${inGroups(fingerprint)} as device ${id}`)),
    ...link.pq
      .filter(
        ({ id, fingerprint }) =>
          !devices.some(device => isTrusted(device, link) && device.id === id && device.pq === fingerprint),
      )
      .map(({ id, fingerprint }) => said(`the post-quantum key ${inGroups(fingerprint)} as device ${id}`)),
    ...link.trust
      .filter(key => !devices.some(device => isTrusted(device, link) && device.ed25519 === key))
      .map(key => said(`the key ${inGroups(key)}`)),
  ]
}

const isTrusted = ({ jid, verified, revoked }: SignedDevice, link: XmppLink) =>
  verified !== undefined && verified.how !== 'server' && !revoked && normalizeJid(jid) === link.jid

/** Sixty-four digits in a row, in groups or not, that are nothing that the signed file knows. */
function strangeKeys(
  texts: readonly string[],
  publication: Publication,
  devices: readonly SignedDevice[],
): readonly string[] {
  const { manifest, history } = publication
  const known = new Set(
    [
      ...devices.flatMap(device => Object.values(device)),
      ...history.map(({ hash }) => hash.slice('sha256:'.length)),
      ...manifest.keys.flatMap(key => Object.values(key)),
      manifest.supersedes?.slice('sha256:'.length),
    ].map(value => String(value).toLowerCase()),
  )
  const withoutHistory = historyRemover(publication)
  const runs = texts.flatMap(
    text =>
      withoutHistory(text.toLowerCase()).match(
        /(?<![0-9a-z])[0-9a-f]{8,}(?:[\s:-]+[0-9a-f]{8,})*(?![0-9a-z])/g,
      ) ?? [],
  )
  return runs.flatMap(run => {
    let digits = run.replace(/[^0-9a-f]/g, '')
    for (const key of known) if (key.length === 64) digits = digits.replaceAll(key, ' ')
    const strange = digits.match(/[0-9a-f]{64}/)?.[0]
    return strange === undefined ? [] : [`it shows ${inGroups(strange)}, which is no key of the signed file`]
  })
}

/**
 * The history tells what a key was and is, in the words of any language, its owner’s too; keys of the past are welcome there, beside
 * the key that came for them, and nowhere else.
 */
function historyRemover({ history }: Publication): (text: string) => string {
  const steps = new Set(
    history
      .flatMap(({ changes }) => changes)
      .flatMap(change => {
        if (!('before' in change)) return []
        const valuesOf = (each: object) =>
          new Map(Object.entries(each).map(([field, value]) => [field, String(value).toLowerCase()]))
        const was = valuesOf(change.before ?? {})
        const is = valuesOf('device' in change ? change.device : change.key)
        return [...was.keys(), ...is.keys()].map(field => `${was.get(field) ?? ''} ${is.get(field) ?? ''}`)
      }),
  )
  const key = String.raw`(?:[0-9a-f]{8}\s*){8}`
  const none = languages.map(language => wordsOf(language)['change.none']).join('|')
  const step = new RegExp(`(${key}|${none})([^]{1,40}?)(${key}|${none})`, 'g')
  return text =>
    text.replace(step, (whole, one, _, other) => {
      const [was, is] = [one, other]
        .map(each => String(each).replace(/\s/g, ''))
        .map(each => (/^[0-9a-f]{64}$/.test(each) ? each : ''))
      return steps.has(`${was} ${is}`) ? ' ' : whole
    })
}

function strangeSigners(texts: readonly string[], { manifest, history }: Publication): readonly string[] {
  const known = new Set([
    ...history.map(({ signerKey }) => signerKey),
    ...(manifest.signers ?? []).map(({ fingerprint }) => fingerprint),
    ...manifest.keys.flatMap(key => (key.type === 'ssh' ? [key.fingerprint] : [])),
    ...history.flatMap(({ changes }) =>
      changes.flatMap(change =>
        'phrase' in change ? (describeChange(change).match(fingerprint) ?? []) : [],
      ),
    ),
    ...history.flatMap(({ changes }) =>
      changes.flatMap(change =>
        'key' in change && change.key.type === 'ssh' ? [change.key.fingerprint] : [],
      ),
    ),
  ])
  return texts
    .flatMap(text => text.match(fingerprint) ?? [])
    .filter(key => !known.has(key))
    .map(key => `it shows ${key}, which is neither a signer nor a key of the signed file`)
}

const fingerprint = /SHA256:[A-Za-z0-9+/]{43}/g

/** The rows that the box of the page compares with. */
function judgeRow(
  row: Readonly<Record<string, string>>,
  devices: readonly SignedDevice[],
): readonly string[] {
  const device = devices.find(({ fingerprint: key }) => key === row['data-fingerprint'])
  const isSame =
    device &&
    String(device.id) === row['data-device'] &&
    device.jid === row['data-jid'] &&
    (device.revoked !== undefined) === 'data-revoked' in row
  return isSame
    ? []
    : [`its list has ${row['data-name']} (${row['data-device']}) otherwise than the signed file`]
}
