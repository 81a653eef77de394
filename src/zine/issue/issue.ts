import { join, posix } from 'node:path'
import { diagnostic } from '../../core/diagnostic.ts'
import { isPresent, readSource } from '../../core/read-file.ts'
import type { Code } from '../../core/codes.ts'
import type { Diagnostic, Result, SourceFile } from '../../core/types.ts'
import { formFaults } from '../../keys/manifest/form.ts'
import { readDocument, type LocatedDocument, type Path } from '../../keys/manifest/yaml-document.ts'
import { ISSUE_KIND, type WrittenIssue } from './form.ts'
import { PAPERS, type Paper } from './paper.ts'

/** The folder of zines, from the root of the site. */
export const ZINES = 'zines'

/** An issue of a zine, as its file says. */
export interface ZineIssue extends Omit<WrittenIssue, 'paper' | 'issue' | 'language'> {
  readonly file: SourceFile
  /** Its name in addresses: that of its file. */
  readonly name: string
  readonly number: string | undefined
  readonly lang: string
  readonly paper: Paper
  /** About something that stands in its file. */
  report(code: Code, path: Path, message: string, hint: string): Diagnostic
}

/** Reads the file of a zine, by its path from the root. */
export function readIssue(root: string, written: string, siteLang: string): Result<ZineIssue> {
  const path = posix.normalize(written)
  const refuse = (message: string, hint: string) => ({
    diagnostics: [diagnostic('zine/file', message, { hint, file: { path, text: '' } })],
  })
  const name = posix.basename(path).replace(/\.ya?ml$/, '')
  if (posix.dirname(path) !== ZINES || name === posix.basename(path))
    return refuse('This is no file of a zine', `a zine is a file such as ${ZINES}/01.yaml`)
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,60}$/u.test(name))
    return refuse('A zine of this name has no address', 'name it with letters, digits, - and _ alone')
  if (!isPresent(join(root, path)))
    return refuse('There is no such file', 'write into it: title, date, posts')
  const { value: file, diagnostics } = readSource(root, path)
  return file ? parseIssue(file, name, siteLang) : { diagnostics }
}

export function parseIssue(file: SourceFile, name: string, siteLang: string): Result<ZineIssue> {
  const naming = { code: 'zine/yaml', name: 'The zine', why: 'it is read by people, too' } as const
  const { value: document, diagnostics } = readDocument(file, naming)
  if (!document) return { diagnostics }
  const faults = formFaults(document, ISSUE_KIND, { value: 'zine/value', unknownKey: 'zine/unknown-key' })
  if (faults.length > 0) return { diagnostics: faults }
  const written = withoutNulls(document.value as WrittenIssue)
  const report = reporter(document)
  const empty = emptyChoices(written, report)
  if (empty.length > 0) return { diagnostics: empty }
  const { issue, language, paper, ...rest } = written
  const value: ZineIssue = {
    ...rest,
    file,
    name,
    number: issue === undefined ? undefined : String(issue),
    lang: language ?? siteLang,
    paper: PAPERS[paper ?? 'a5'],
    report,
  }
  return { value, diagnostics: [] }
}

const withoutNulls = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null)) as T

const reporter =
  ({ file, spanOf }: LocatedDocument): ZineIssue['report'] =>
  (code, path, message, hint) =>
    diagnostic(code, message, { hint, file, span: spanOf(path) })

function emptyChoices({ posts }: WrittenIssue, report: ZineIssue['report']): readonly Diagnostic[] {
  if (posts.length === 0) return [report('zine/value', ['posts'], 'There are no posts', 'name some')]
  return posts.flatMap((post, n) =>
    typeof post === 'string' || Object.keys(post).length > 0
      ? []
      : [report('zine/value', ['posts', n], 'This says nothing of posts', 'write { tag: NAME }')],
  )
}
