import { isAscii, isUtf8, transcode } from 'node:buffer'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
  type Stats,
} from 'node:fs'
import { join } from 'node:path'
import { diagnostic } from './diagnostic.ts'
import { unreadable } from './source.ts'
import type { Diagnostic, Result, SourceFile } from './types.ts'

/** A larger page is a data file by mistake: one this long takes a browser seconds to lay out. */
const LARGEST_PAGE = 16 * 1024 * 1024

/**
 * What a file holds. Throws what the system throws, and of anything but a file that it is none: a pipe, a socket or a device may
 * never end, and to open one may already wait for ever.
 */
export const readRegularFile = (path: string): Buffer =>
  readOpened(path, descriptor => readFileSync(descriptor))

/** The same of its beginning, so many bytes at most. */
export const readFileStart = (path: string, length: number): Buffer =>
  readOpened(path, descriptor => {
    const start = Buffer.alloc(length)
    return start.subarray(0, readSync(descriptor, start, 0, length, 0))
  })

function readOpened(path: string, read: (descriptor: number, size: number) => Buffer): Buffer {
  const descriptor = naming(path, () => openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)))
  try {
    const stats = fstatSync(descriptor)
    // To read a folder is an error of the system's own.
    if (!stats.isFile() && !stats.isDirectory())
      throw Object.assign(new Error('this is no file'), { code: 'ENOTREG' })
    return read(descriptor, stats.size)
  } finally {
    closeSync(descriptor)
  }
}

/**
 * Whether something stands at a path, be it a link that leads to nothing, or what may not be looked at: to read it then fails, and says
 * why. What is sought with `existsSync` and is such a link is taken for absent, in silence.
 */
export function isPresent(path: string): boolean {
  try {
    // An error costs ten times what the look does, and most of what is sought is not there.
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    return !/^(?:ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')
  }
}

/** What a path leads to. Throws what the system throws, and of a link that leads to nothing, that it is one. */
export const statTarget = (path: string): Stats => naming(path, () => statSync(path))

/** Of a link that leads to nothing the system says the same as of what is not there. */
function naming<T>(path: string, look: () => T): T {
  try {
    return look()
  } catch (error) {
    const isLink = (error as NodeJS.ErrnoException).code === 'ENOENT' && isPresent(path)
    throw isLink ? Object.assign(new Error('the link leads to nothing'), { code: 'EDEADLINK' }) : error
  }
}

/** Most sources fit into it: one memory for all of them, since each is made a text at once. */
const sourceMemory = Buffer.allocUnsafeSlow(64 * 1024)

/** What a file holds; of a small one only until the next is read so. Throws as `readRegularFile` does. */
const readForNow = (path: string): Buffer =>
  readOpened(path, (descriptor, size) => {
    // One without a size may hold something all the same, as in /proc.
    if (size === 0 || size > sourceMemory.length) return readFileSync(descriptor)
    let length = 0
    for (let read = -1; read !== 0 && length < size; length += read)
      read = readSync(descriptor, sourceMemory, length, size - length, null)
    return sourceMemory.subarray(0, length)
  })

/** Text of valid UTF-8, as `toString` gives it, which takes twice as long for what is not ASCII. */
const textOf = (bytes: Buffer): string =>
  isAscii(bytes) ? bytes.toString('latin1') : transcode(bytes, 'utf8', 'utf16le').toString('utf16le')

/** What an author has open and has not saved yet, by absolute path. */
const unsaved = new Map<string, string>()

/** From now on a source is read as this text, whatever its file holds; without a text, as its file again. */
export function overlaySource(file: string, text: string | undefined): void {
  if (text === undefined) unsaved.delete(file)
  else unsaved.set(file, text)
}

export const overlayOf = (file: string): string | undefined => unsaved.get(file)

/**
 * Reads a text source. `path` is relative to `root`, with `/` between segments.
 * The text is what the file holds, byte order mark and line endings included; or what `overlaySource` has put over it.
 */
export function readSource(root: string, path: string): Result<SourceFile> {
  const file = join(root, path)
  const text = unsaved.get(file)
  if (text !== undefined) return { value: { path, text }, diagnostics: [] }
  try {
    const bytes = readForNow(file)
    if (bytes.length > LARGEST_PAGE) return { diagnostics: [tooLarge(path, bytes.length)] }
    if (!isUtf8(bytes)) return { diagnostics: [notUtf8(path, bytes)] }
    return { value: { path, text: textOf(bytes) }, diagnostics: [] }
  } catch (error) {
    return { diagnostics: [unreadable(path, error)] }
  }
}

const tooLarge = (path: string, size: number): Diagnostic =>
  diagnostic(
    'file/too-large',
    `The page is ${megabytes(size)} MB long; a page may have ${megabytes(LARGEST_PAGE)} MB`,
    {
      hint: 'split it; if it is data, give it a name that does not end in .md, .ejs or .html, and it is copied as it is',
      file: { path, text: '' },
    },
  )

const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024)

/** Points at the first byte that is not UTF-8: the first U+FFFD of the decoded text that the file does not hold itself. */
function notUtf8(path: string, bytes: Buffer): Diagnostic {
  const text = bytes.toString('utf8')
  let offset = text.indexOf('\ufffd')
  let at = Buffer.byteLength(text.slice(0, offset))
  while (bytes.toString('latin1', at, at + 3) === '\xef\xbf\xbd') {
    const next = text.indexOf('\ufffd', offset + 1)
    at += Buffer.byteLength(text.slice(offset, next))
    offset = next
  }
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0')
  return diagnostic('file/encoding', `The file is not UTF-8: there is a byte 0x${byte} at offset ${at}`, {
    hint: 'save it as UTF-8; an older Russian text is often windows-1251: iconv -f windows-1251 -t utf-8',
    file: { path, text },
    span: [offset, offset + 1],
  })
}
