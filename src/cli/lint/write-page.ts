import { readDocument } from '../../document/document.ts'
import type { LintedPage, PageLinter } from './page.ts'
import type { LintRun } from './run.ts'
import { lintText } from './text.ts'

/** A page that was linted, and written if there was something to write. */
export interface WrittenPage extends Omit<LintedPage, 'change'> {
  readonly isFixed: boolean
}

/** Writes what is to be written of a page. One that is not written still has its findings. */
export async function writePage(
  { root, settingsOf }: LintRun,
  linter: PageLinter,
  { change, ...page }: LintedPage,
): Promise<WrittenPage> {
  if (!change) return { ...page, isFixed: false }
  const [before] = change
  const { writeSource } = await import('../../core/files.ts')
  const unwritten = writeSource(root, ...change)
  if (unwritten.length === 0) return { ...page, isFixed: true }
  const { diagnostics: found } = await lintText(readDocument(before), settingsOf(before.path), 'report')
  return { ...linter.sort(before, [...found, ...unwritten]), isFixed: false }
}
