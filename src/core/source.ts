import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import { diagnostic } from './diagnostic.ts'
import { readRegularFile } from './read-file.ts'
import type { Diagnostic, Result, SourceFile, Span } from './types.ts'

/** A larger page is a data file by mistake: one this long takes a browser seconds to lay out. */
const LARGEST_PAGE = 16 * 1024 * 1024

export interface Position {
  /** Both count from 1; columns are UTF-16 code units. */
  readonly line: number
  readonly column: number
}

/**
 * Reads a text source. `path` is relative to `root`, with `/` between segments.
 * The text is what the file holds, byte order mark and line endings included.
 */
export function readSource(root: string, path: string): Result<SourceFile> {
  const file = join(root, path)
  try {
    const bytes = readRegularFile(file)
    if (bytes.length > LARGEST_PAGE) return { diagnostics: [tooLarge(path, bytes.length)] }
    if (!isUtf8(bytes)) return { diagnostics: [notUtf8(path, bytes)] }
    return { value: { path, text: bytes.toString('utf8') }, diagnostics: [] }
  } catch (error) {
    return { diagnostics: [unreadable(path, error)] }
  }
}

export const unreadable = (path: string, error: unknown): Diagnostic =>
  diagnostic('file/read', `This cannot be read: ${reason(error)}`, {
    hint: 'make it readable, or move it out of the way',
    file: { path, text: '' },
  })

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

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder',
  ENOTREG: 'it is a pipe, a socket or a device',
  ENXIO: 'it is a pipe, a socket or a device',
  EEXIST: 'a file is in its way',
  ELOOP: 'symbolic links lead round in a circle',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'its name is too long for the file system',
  EMFILE: 'too many files are open',
  EXDEV: 'it is on another file system',
}

/** What went wrong, in words, from whatever the system threw. */
export function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | undefined | null)?.code
  return (code && reasons[code]) ?? (error instanceof Error ? error.message : String(error))
}

/** Line and column of an offset. `\n`, `\r\n` and a lone `\r` end a line; a byte order mark has no column. */
export function position(text: string, offset: number): Position {
  const starts = lineStarts(text)
  let low = 0
  let high = starts.length
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle
  }
  return { line: low + 1, column: Math.max(0, offset - (starts[low] as number)) + 1 }
}

/** Findings come file by file, so that the last text is the one that is asked for. */
let lastText: { readonly text: string; readonly starts: readonly number[] } | undefined

function lineStarts(text: string): readonly number[] {
  if (lastText?.text === text) return lastText.starts
  const starts = [text.charCodeAt(0) === 0xfeff ? 1 : 0]
  const breaks = /\r\n|\n|\r/g
  while (breaks.exec(text)) starts.push(breaks.lastIndex)
  lastText = { text, starts }
  return starts
}

/** The span of a whole line (from 1), without its line break. */
export function lineSpan(text: string, line: number): Span {
  const starts = lineStarts(text)
  const start = line === 1 ? 0 : (starts[line - 1] ?? text.length)
  const next = starts[line]
  if (next === undefined) return [start, text.length]
  return [start, text.startsWith('\r\n', next - 2) ? next - 2 : next - 1]
}
