import { diagnostic } from './diagnostic.ts'
import type { Diagnostic, Span } from './types.ts'

export interface Position {
  /** Both count from 1; columns are UTF-16 code units. */
  readonly line: number
  readonly column: number
}

export const unreadable = (path: string, error: unknown): Diagnostic =>
  diagnostic('file/read', `This cannot be read: ${reason(error)}`, {
    hint:
      hints[(error as NodeJS.ErrnoException | undefined)?.code ?? ''] ??
      'make it readable, or move it out of the way',
    file: { path, text: '' },
  })

const hints: Readonly<Record<string, string>> = {
  EDEADLINK: 'let it lead to what is meant, or take it away',
  ELOOP: 'let it lead to what is meant, or take it away',
  ENOTREG: 'put a file there, or move it out of the way',
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
  EDEADLINK: 'it is a symbolic link that leads to nothing',
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

/** Lets through what the system threw, such as a full disk; anything else is a fault of the program, and is thrown on. */
export function onlyOfSystem(error: unknown): void {
  const code = (error as NodeJS.ErrnoException | undefined | null)?.code
  if (typeof code !== 'string' || code.startsWith('ERR_INVALID_')) throw error
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
