import { existsSync } from 'node:fs'
import { dirname, extname, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { readRegularFile } from '../../core/read-file.ts'
import { reason } from '../../core/source.ts'
import { createParser } from '../../document/markdown.ts'
import {
  createRetriever,
  isSafe,
  printable,
  usualLimits,
  type Limits,
  type Retrieve,
} from '../follow/retrieve.ts'
import { looksLikeLink, show } from '../identity/link.ts'
import { largestPicture, readQrPicture } from '../qr/read-picture.ts'
import { joinSources, nothingRead, type ReadSource } from './claim.ts'
import { readPage } from './read-page.ts'
import { readLinkText, readText, type ReadingPlace } from './read-text.ts'

/** Pictures are larger than signed files, and a page has no more that could be codes of devices. */
const limits: Limits = { ...usualLimits, bytes: largestPicture.bytes }
const mostPictures = 60

/** Reads whatever may say which devices are whose: a link, a line, a picture of a code, a page, a file. Never throws. */
export async function readSource(given: string, cwd: string): Promise<ReadSource> {
  const text = given.trim()
  if (/^https?:\/\//i.test(text) && !looksLikeLink(text)) return readAddress(text)
  const path = resolve(cwd, text)
  if (!/\n/.test(text) && text.length < 1000 && existsSync(path)) return readFile(path, text)
  if (looksLikeLink(text) && !/\s/.test(text)) return readLinkText(text, { source: 'what was given' })
  return readText(text, { source: 'what was given' })
}

async function readAddress(text: string): Promise<ReadSource> {
  const unread = (why: string): ReadSource => ({
    ...nothingRead,
    unread: [`${printable(text)} cannot be read: ${printable(why)}`],
  })
  if (!URL.canParse(text)) return unread('it is no address')
  const address = new URL(text)
  if (!isSafe(address)) return unread('over plain http anybody on the way can change it')
  const retrieve = createRetriever(limits)
  const answer = await retrieve(address)
  if (answer.kind !== 'found') {
    return unread(answer.kind === 'failed' ? answer.why : `the host answers ${answer.status}`)
  }
  return readBytes(answer.bytes, { source: address.href, base: address, read: readOver(retrieve) })
}

/** A picture of the same host, or one that is in the page itself. */
const readOver =
  (retrieve: Retrieve): Origin['read'] =>
  async address => {
    const answer = await retrieve(address)
    if (answer.kind === 'found') return answer.bytes
    throw new Error(answer.kind === 'failed' ? answer.why : `the host answers ${answer.status}`)
  }

function readFile(path: string, name: string): Promise<ReadSource> {
  const read = (address: URL) => Promise.resolve(readRegularFile(fileURLToPath(address)))
  const base = pathToFileURL(path)
  try {
    return readBytes(readRegularFile(path), { source: name, base, read })
  } catch (error) {
    return Promise.resolve({ ...nothingRead, unread: [`${name} cannot be read: ${reason(error)}`] })
  }
}

interface Origin {
  /** As it was named. */
  readonly source: string
  readonly base: URL
  readonly read: (address: URL) => Promise<Buffer>
}

/** Of a page also its pictures; of a file by itself what it is. */
async function readBytes(bytes: Buffer, origin: Origin): Promise<ReadSource> {
  const { source, base } = origin
  if (bytes.subarray(1, 4).toString('latin1') === 'PNG') return readPicture(bytes, { source })
  if (bytes.includes(0)) {
    return { ...nothingRead, unread: [`${source} is neither a text nor a PNG: ${pictureAdvice}`] }
  }
  const text = bytes.toString('utf8')
  const kind = extname(base.pathname).toLowerCase()
  const isMarkdown = kind === '.md' || kind === '.markdown'
  const isPage =
    isMarkdown ||
    ['.html', '.htm', '.ejs', '.xhtml'].includes(kind) ||
    /<(?:!doctype|html|body|p|a|table|pre|code)\b/i.test(text)
  if (!isPage) return joinSources(text.split(/\n\s*\n/).map(part => readText(part, { source })))
  const { read, pictures } = readPage(isMarkdown ? createParser().render(text) : text, source)
  const codes: ReadSource[] = []
  for (const picture of pictures.slice(0, mostPictures)) codes.push(await readPictureOf(picture, origin))
  const most = `${source} has ${pictures.length} pictures, and ${mostPictures} are looked at`
  const tooMany = pictures.length > mostPictures ? [{ ...nothingRead, unread: [most] }] : []
  return joinSources([read, ...codes, ...tooMany])
}

const pictureAdvice = 'give a QR code as a PNG, or what it says'

async function readPictureOf(picture: string, { base, read, source }: Origin): Promise<ReadSource> {
  const inline = /^data:image\/png;base64,([A-Za-z0-9+/=\s]+)$/i.exec(picture)?.[1]
  const name = `${inline === undefined ? show(picture) : 'a picture'} of ${source}`
  const other = (why: string): ReadSource =>
    looksLikeCode(picture)
      ? { ...nothingRead, unread: [`The picture ${name} may be a code and is not read: ${why}`] }
      : nothingRead
  if (inline !== undefined) return readPicture(Buffer.from(inline, 'base64'), { source: name, page: source })
  if (!URL.canParse(picture, base)) return nothingRead
  const address = new URL(picture, base)
  const isLocal = base.protocol === 'file:' && address.protocol === 'file:' && isBelow(address, base)
  if (!isLocal && address.origin !== base.origin) return other('it is on another host')
  if (base.protocol === 'file:' && !isLocal) return other('it is not in the folder of the page')
  if (!/\.png$/i.test(address.pathname)) return other(pictureAdvice)
  try {
    return readPicture(await read(address), { source: name, page: source })
  } catch (error) {
    return other(reason(error))
  }
}

/** A page of a site names pictures from the top of the site, or from its own folder. */
const isBelow = (address: URL, base: URL) => {
  const folder = dirname(fileURLToPath(base))
  return fileURLToPath(address).startsWith(`${folder}/`)
}

const looksLikeCode = (address: string) => /qr|code|omemo|xmpp|keys?|finger/i.test(address)

/** A picture of a page may be anything; one that was named itself is meant to be a code. */
function readPicture(bytes: Buffer, place: ReadingPlace): ReadSource {
  const { text, why } = readQrPicture(bytes)
  const isMeant = place.page === undefined || looksLikeCode(place.source)
  if (text === undefined) {
    return isMeant
      ? { ...nothingRead, unread: [`The picture ${place.source} is not read: ${why}`] }
      : nothingRead
  }
  return looksLikeLink(text.trim()) ? readLinkText(text.trim(), place, 'code') : readText(text, place)
}
