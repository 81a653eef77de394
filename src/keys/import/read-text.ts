import { clients } from '../clients/clients.ts'
import { checkCurve, toCurve25519 } from '../identity/curve25519.ts'
import { compareWords, fillWords } from '../identity/compare-words.ts'
import { checkJid } from '../identity/jid.ts'
import { largestDeviceId, normalizeJid, readLink, show, type StrangePart } from '../identity/link.ts'
import { nothingRead, type Claim, type ReadSource } from './claim.ts'
import { findKeys } from './find-keys.ts'

/** Where a text stands; `page` where it is part of something that was named. */
export interface ReadingPlace {
  readonly source: string
  readonly page?: string
}

const links = /(?:xmpp:|https:\/\/conversations\.im\/i\/)[^\s<>"'“”«»]+/gi

/** What a link says of devices: of a place where it is tapped, or of a code that is scanned. */
export function readLinkText(text: string, place: ReadingPlace, form: Claim['form'] = 'link'): ReadSource {
  const { source, page = source } = place
  const { link, strange } = readLink(text)
  if (strange !== undefined) {
    // A room, or a chat that is opened, is none of ours.
    if (!/omemo|trust/i.test(text)) return nothingRead
    return {
      ...nothingRead,
      unread: [
        `The link ${show(text)} in ${source} has something that none should have: ${describe(strange)}`,
      ],
    }
  }
  const { jid } = link
  const isKey = (fingerprint: string) => checkCurve(fingerprint).value !== undefined
  const trusted = link.trust.flatMap(ed25519 => {
    const fingerprint = toCurve25519(ed25519).value
    return fingerprint === undefined ? [] : [{ source, page, form, jid, fingerprint, ed25519 }]
  })
  return {
    claims: [
      ...link.devices
        .filter(({ fingerprint }) => isKey(fingerprint))
        .map(({ id, fingerprint }): Claim => {
          const pq = link.pq.find(key => key.id === id && isKey(key.fingerprint))?.fingerprint
          return { source, page, form, jid, id, fingerprint, pq }
        }),
      ...trusted,
    ],
    broken: [...link.devices, ...link.pq]
      .filter(({ fingerprint }) => !isKey(fingerprint))
      .map(({ fingerprint }) => ({ source, digits: fingerprint })),
    jids: [jid],
    unread: link.pq
      .filter(({ id }) => !link.devices.some(device => device.id === id))
      .map(({ id }) => `A link of ${source} has the post-quantum key of device ${id}, and not its key`),
  }
}

const describe = ({ kind, text }: StrangePart) =>
  fillWords(
    {
      address: compareWords.strangeAddress,
      item: compareWords.strangeItem,
      device: compareWords.strangeDevice,
      key: compareWords.strangeKey,
    }[kind],
    { text },
  )

/**
 * Links and fingerprints in a piece of text that belongs together: a row of a table, an item, a line of a client. Where it has one
 * fingerprint, one number that it calls that of a device, and one address, they are of one device.
 */
export function readText(text: string, place: ReadingPlace): ReadSource {
  const { source, page = source } = place
  const found = (text.match(links) ?? []).map(link =>
    readLinkText(link.replace(/(?<![.,;:!?)])[.,;:!?)]+$/, ''), place),
  )
  const rest = text.replace(links, ' ')
  const keys = findKeys(rest)
  const good = keys.filter(({ isKey }) => isKey)
  const ids = [...new Set([...rest.matchAll(deviceId)].map(([, id]) => Number(id)))].filter(
    id => id > 0 && id <= largestDeviceId,
  )
  const jids = [...new Set(rest.match(address) ?? [])].map(normalizeJid).filter(isAddress)
  const single = good.length === 1
  const claims = good.map(({ digits, span: [start] }, n): Claim => {
    const before = rest.slice(good[n - 1]?.span[1] ?? 0, start)
    const own = single ? rest : before
    return {
      source,
      page,
      form: 'text',
      jid: jids.length === 1 ? jids[0] : undefined,
      id: ids.length === 1 && single ? ids[0] : undefined,
      fingerprint: digits,
      client: clientIn(own),
      name: nameIn(before),
    }
  })
  return {
    claims: [...found.flatMap(each => each.claims), ...claims],
    broken: [
      ...found.flatMap(each => each.broken),
      ...keys.filter(({ isKey }) => !isKey).map(({ digits }) => ({ source, digits })),
    ],
    jids: [...new Set([...found.flatMap(each => each.jids), ...jids])],
    unread: found.flatMap(each => each.unread),
  }
}

/** “Device ID is 1204387561”, “Device ID: 1204387561”, “device 1204387561”, “omemo-sid-1204387561”. */
const deviceId =
  /(?:\bdevice(?:\s*id)?|\bid|\bsid|устройств\p{L}{0,10})[\s:=#№-]*(?:is\s+)?([1-9]\d{0,9})(?![0-9a-f])/giu

const address = /(?<![\p{L}\p{N}._%~+@-])[\p{L}\p{N}._~+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu

const isAddress = (jid: string) => checkJid(jid, { allowUnicode: true }).value !== undefined

const clientNames = clients.flatMap(({ names }) => names)

function clientIn(text: string): string | undefined {
  const named = clientNames.filter(name => new RegExp(`(?<!\\p{L})${name}(?!\\p{L})`, 'iu').test(text))
  return named.length === 1 ? named[0] : undefined
}

/** What stands in front of a fingerprint, where it may well be the name of the device. */
function nameIn(text: string): string | undefined {
  const label =
    text
      .split(/[\n:(,;|–—]/)
      .map(part => part.trim())
      .find(part => part !== '') ?? ''
  const isName = /^\p{L}[\p{L}\p{N} ._+'’-]{0,38}[\p{L}\p{N}]$/u.test(label)
  const isOther =
    /omemo|fingerprint|отпечат|ключ|\bkeys?\b|device|устройств|xmpp|@|^\/|\b(?:the|is|this|my|your)\b/i.test(
      label,
    )
  return isName && !isOther && clientIn(label) === undefined ? label : undefined
}
