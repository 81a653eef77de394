import type { SourceFile } from '../../core/types.ts'
import type { Finding } from '../engine/edits.ts'

/** Whether a finding writes or takes away letters or digits. */
export function changesText({ text: source }: SourceFile, { edits }: Finding): boolean {
  const letters = (text: string) => decodeBlanks(text).replace(/[^\p{L}\p{N}]/gu, '')
  return edits.some(({ span, text }) => letters(source.slice(...span)) !== letters(text))
}

/** Every character that a finding puts or takes away. */
export const changedCharacters = ({ text }: SourceFile, { edits }: Finding): string =>
  decodeBlanks(edits.map(edit => text.slice(...edit.span) + edit.text).join(''))

const decodeBlanks = (text: string) => text.replaceAll('&nbsp;', '\u00A0').replaceAll('&#8239;', '\u202F')
