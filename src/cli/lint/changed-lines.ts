import { append } from '../../core/lists/long-lists.ts'
import { execFileSync } from 'node:child_process'
import { diagnostic } from '../../core/diagnostic.ts'
import type { Diagnostic, Result, Span } from '../../core/types.ts'
import { position } from '../../core/source.ts'

/** Lines from 1, both included. */
type Lines = readonly [first: number, last: number]

/** What is new in a work tree, by paths from the root of the site. */
export interface ChangedLines {
  readonly lines: ReadonlyMap<string, readonly Lines[]>
  /** Files that git does not track: they are new as a whole. */
  readonly untracked: ReadonlySet<string>
}

/**
 * What is new in the work tree of a site since a revision: since the last commit that both have, so that what others did to the branch
 * meanwhile is not this one’s.
 */
export function changedLines(
  root: string,
  revision: string,
  env: Readonly<Record<string, string | undefined>>,
): Result<ChangedLines> {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'core.quotePath=false', ...args], {
      cwd: root,
      env: { ...env, LC_ALL: 'C' },
      encoding: 'utf8',
      maxBuffer: Infinity,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  try {
    const commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`).trim()
    const options = [
      '--unified=0',
      '--no-color',
      '--no-ext-diff',
      '--no-textconv',
      '--relative',
      '--merge-base',
    ]
    const diff = git('diff', ...options, '--src-prefix=a/', '--dst-prefix=b/', commit, '--', '.')
    const untracked = git('ls-files', '--others', '--exclude-standard', '-z', '--', '.').split('\0')
    return { value: { lines: readDiff(diff), untracked: new Set(untracked) }, diagnostics: [] }
  } catch (error) {
    return { diagnostics: [unusable(revision, error)] }
  }
}

function unusable(revision: string, error: unknown): Diagnostic {
  const { code, stderr } = error as { readonly code?: unknown; readonly stderr?: unknown }
  const said = String(stderr ?? '')
    .trim()
    .split('\n')[0]
  const why = code === 'ENOENT' ? 'there is no git here' : said === '' ? 'git knows no such commit' : said
  return diagnostic('usage/option', `--since ${revision}: ${why}`, {
    hint: 'name a commit, a branch or a tag; CI needs the whole history: fetch-depth: 0',
  })
}

/** The lines that each file has new, by its path (the format of `diff -u`: GNU diffutils, 2.2.2.2). */
export function readDiff(diff: string): ReadonlyMap<string, readonly Lines[]> {
  const files = new Map<string, Lines[]>()
  let lines: Lines[] = []
  let [left, right] = [0, 0]
  for (const line of diff.split('\n')) {
    // What was taken away or put in may look like anything.
    if (left > 0 && line.startsWith('-')) left--
    else if (right > 0 && line.startsWith('+')) right--
    else if (line.startsWith('+++ ')) files.set(pathIn(line.slice(4)), (lines = []))
    else {
      const [, before = '1', start, after = '1'] =
        /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? []
      if (start === undefined) continue
      left = Number(before)
      right = Number(after)
      // Where lines were only taken away, those around them have a new neighbour.
      lines.push(
        right === 0 ? [Number(start), Number(start) + 1] : [Number(start), Number(start) + right - 1],
      )
    }
  }
  return files
}

/** `b/a.md`, or `"b/a \"b\".md"` with the escapes of C. */
function pathIn(line: string): string {
  // Behind a name with blanks there is a tab.
  const written = line.replace(/\t$/, '')
  if (!written.startsWith('"')) return written.slice(2)
  const bytes: number[] = []
  const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 }
  for (const [, octal, escaped, plain = ''] of written.slice(1, -1).matchAll(/\\(\d{3})|\\(.)|([^\\]+)/gs)) {
    if (octal !== undefined) bytes.push(parseInt(octal, 8))
    else if (escaped !== undefined) bytes.push(escapes[escaped] ?? escaped.charCodeAt(0))
    else append(bytes, Buffer.from(plain))
  }
  return Buffer.from(bytes).toString('utf8').slice(2)
}

/**
 * Whether a finding stands on a line that has changed. One with two ends, such as a pair of quotation marks, is new when either of them is.
 */
export function isOnChangedLine({ lines: changed, untracked }: ChangedLines): (found: Diagnostic) => boolean {
  return ({ file, span, fix }) => {
    if (!file || untracked.has(file.path)) return true
    const lines = changed.get(file.path)
    if (!lines) return false
    if (!span) return true
    const ends: readonly Span[] = fix ? fix.edits.map(edit => edit.span) : [span]
    return ends.some(([start, end]) => {
      const [first, last] = [position(file.text, start).line, position(file.text, end).line]
      return lines.some(([from, to]) => first <= to && from <= last)
    })
  }
}
