import { TextDocument, type TextEdit } from 'vscode-languageserver-textdocument'

/** A text with an editor's edits made. */
export const edited = (text: string, edits: readonly TextEdit[]): string =>
  TextDocument.applyEdits(TextDocument.create('', '', 0, text), [...edits])
