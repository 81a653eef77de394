import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Range, TextEdit } from 'vscode-languageserver'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Edit, SourceFile, Span } from '../core/types.ts'
import { partAt, partFile } from '../theme/parts.ts'

/** A file as an editor speaks of it: lines and columns from 0, columns in UTF-16 code units. */
export const documentOf = ({ path, text }: SourceFile): TextDocument =>
  TextDocument.create(path, 'plaintext', 0, text)

/** The URI of a file of the site, by its path from the root, or of its theme. */
export const uriOf = (root: string, path: string): string => {
  const part = partAt(path)
  return pathToFileURL((part === undefined ? undefined : partFile(part)) ?? join(root, path)).href
}

export const rangeOf = (document: TextDocument, [start, end]: Span): Range => ({
  start: document.positionAt(start),
  end: document.positionAt(end),
})

export const spanOf = (document: TextDocument, { start, end }: Range): Span => [
  document.offsetAt(start),
  document.offsetAt(end),
]

export const textEdits = (document: TextDocument, edits: readonly Edit[]): TextEdit[] =>
  edits.map(({ span, text }) => ({ range: rangeOf(document, span), newText: text }))

/** Whether two spans have a character or a place in common. */
export const touches = ([a, b]: Span, [c, d]: Span): boolean => a <= d && c <= b
