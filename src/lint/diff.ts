import type { SourceFile } from '../core/types.ts'

/** Lines, counted from 0, half-open. */
interface Hunk {
  readonly from: number
  to: number
}

const CONTEXT = 3

/**
 * What `before` would become, as a unified diff that `patch` and `git apply` take; empty when nothing would. Fixes move
 * words between lines but never change how many lines there are, so that line stands against line.
 */
export function unifiedDiff(before: SourceFile, after: SourceFile): string {
  const [old, fresh] = [linesOf(before.text), linesOf(after.text)]
  if (old.length !== fresh.length)
    throw new Error(`${before.path} would have ${fresh.length} lines instead of ${old.length}`)
  const hunks: Hunk[] = []
  for (let i = 0; i < old.length; i++) {
    if (old[i] === fresh[i]) continue
    const last = hunks.at(-1)
    if (last && i - CONTEXT <= last.to) last.to = Math.min(old.length, i + 1 + CONTEXT)
    else hunks.push({ from: Math.max(0, i - CONTEXT), to: Math.min(old.length, i + 1 + CONTEXT) })
  }
  if (hunks.length === 0) return ''
  const head = `--- ${quoted(`a/${before.path}`)}\n+++ ${quoted(`b/${before.path}`)}\n`
  return (
    head + hunks.map(({ from, to }) => hunkText(old.slice(from, to), fresh.slice(from, to), from)).join('')
  )
}

/** With their ends; one at least. */
function linesOf(text: string): readonly string[] {
  const lines: string[] = []
  let start = 0
  do {
    const end = text.indexOf('\n', start) + 1 || text.length
    lines.push(text.slice(start, end))
    start = end
  } while (start < text.length)
  return lines
}

/** As git writes a name (`core.quotePath`), and `git apply` and GNU patch read it: what is not plain stands as its octal number. */
function quoted(path: string): string {
  if (!/["\\\0-\x1F\x7F-\x9F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/.test(path)) return path
  const octal = (byte: number) => `\\${byte.toString(8).padStart(3, '0')}`
  const written = path.replace(
    /["\\\0-\x1F\x7F-\x9F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g,
    character =>
      character === '"' || character === '\\'
        ? `\\${character}`
        : [...Buffer.from(character)].map(octal).join(''),
  )
  return `"${written}"`
}

function hunkText(old: readonly string[], fresh: readonly string[], from: number): string {
  const range = `${from + 1},${old.length}`
  let text = `@@ -${range} +${range} @@\n`
  for (let i = 0; i < old.length;) {
    if (old[i] === fresh[i]) {
      text += line(' ', old[i++] as string)
      continue
    }
    let end = i
    while (end < old.length && old[end] !== fresh[end]) end++
    for (let k = i; k < end; k++) text += line('-', old[k] as string)
    for (let k = i; k < end; k++) text += line('+', fresh[k] as string)
    i = end
  }
  return text
}

const line = (mark: string, text: string) =>
  text.endsWith('\n') ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`
