import { createHash } from 'node:crypto'
import type { Diagnostic, Edit, RuleCode, Severity, SourceFile, Span } from '../core/types.ts'
import { cacheFile, type CacheFile } from '../config/cache-folder.ts'
import { programState } from '../config/program-state.ts'

/** What is stored of a finding, apart from the page's text. */
type CachedFinding = readonly [
  RuleCode,
  Severity,
  message: string,
  hint: string | null,
  Span,
  safe: boolean | null,
  readonly Edit[],
  writes: string | null,
  isWithheld: boolean,
]

/** To the leaves: what a cache holds is acted upon. */
const areFindings = (value: unknown, length: number): value is readonly CachedFinding[] =>
  Array.isArray(value) && value.every(each => isFinding(each, length))

function isFinding(value: unknown, length: number): boolean {
  if (!Array.isArray(value) || value.length !== 9) return false
  const [code, severity, message, hint, span, safe, edits, writes, isWithheld] = value as readonly unknown[]
  const isText = (each: unknown) => typeof each === 'string'
  const isSpan = (each: unknown) =>
    Array.isArray(each) &&
    each.length === 2 &&
    Number.isInteger(each[0]) &&
    Number.isInteger(each[1]) &&
    0 <= each[0] &&
    each[0] <= each[1] &&
    each[1] <= length
  const isEdit = (each: unknown) =>
    typeof each === 'object' && each !== null && isSpan((each as Edit).span) && isText((each as Edit).text)
  return (
    [code, message].every(isText) &&
    ['error', 'warning', 'info'].includes(severity as string) &&
    [hint, writes].every(each => each === null || isText(each)) &&
    isSpan(span) &&
    [true, false, null].includes(safe as boolean) &&
    Array.isArray(edits) &&
    edits.every(isEdit) &&
    typeof isWithheld === 'boolean'
  )
}

const HEAD = 'imprimatur lint cache 4'

/** Stands for a page's content, however it is called; `variant` for what else a finding of it depends on, if anything: its language, or its path. */
export function pageKey(path: string, contents: Uint8Array | string, variant = ''): string {
  const format = path.slice(path.lastIndexOf('.'))
  return createHash('sha256').update(`${format}\0${variant}\0`).update(contents).digest('base64url')
}

/** What is kept of a page. */
export interface CachedPage {
  /** Of `pageKey`. */
  readonly key: string
  /** What was found, as a line. */
  readonly findings: string
}

/** Findings of one page as a line of the cache; empty when there are none. */
export function cacheLine(diagnostics: readonly Diagnostic[]): string {
  const entries = diagnostics.map(
    ({ code, severity, message, hint, span, fix, isWithheld }): CachedFinding => [
      code,
      severity,
      message,
      hint ?? null,
      span ?? [0, 0],
      fix?.safe ?? null,
      fix?.edits ?? [],
      fix?.writes ?? null,
      isWithheld === true,
    ],
  )
  return entries.length > 0 ? JSON.stringify(entries) : ''
}

/**
 * Findings by content: a page that was linted once with the same rules by the same version is not linted again, wherever it
 * lies. A line per page: its key, and its findings, which are read only when they are asked for. A cache that cannot be read
 * is an empty one, and one that cannot be written is none.
 */
export class Cache {
  private readonly file: CacheFile
  private readonly salt: string
  private readonly old = new Map<string, string>()
  private readonly kept = new Map<string, string>()

  /** `salt` stands for everything but the page itself and the program that a finding depends on. */
  constructor(root: string, salt: string, name = 'lint') {
    this.file = cacheFile(root, `${name}.txt`)
    this.salt = createHash('sha256').update(`${programState()}\0${salt}`).digest('base64url')
    const [head, own, ...lines] = new TextDecoder().decode(this.file.read()).split('\n')
    if (head !== HEAD || own !== this.salt) return
    for (const line of lines) this.old.set(line.slice(0, KEY), line.slice(KEY))
  }

  /** Why findings are not remembered from run to run, if there is a reason. */
  get problem(): string | undefined {
    return this.file.problem
  }

  /** Undefined when the page is not known; otherwise whether it has findings at all. */
  find(key: string): 'clean' | 'findings' | undefined {
    const line = this.old.get(key)
    if (line === undefined) return undefined
    this.kept.set(key, line)
    return line === '' ? 'clean' : 'findings'
  }

  /** The findings of a known page; undefined when the line is damaged. */
  read(key: string, file: SourceFile): readonly Diagnostic[] | undefined {
    try {
      const entries: unknown = JSON.parse(this.old.get(key) ?? '')
      if (!areFindings(entries, file.text.length)) throw new TypeError('The line is damaged')
      return entries.map(([code, severity, message, hint, span, safe, edits, writes, isWithheld]) => {
        const fix = safe === null ? undefined : { safe, edits, writes: writes ?? undefined }
        return { code, severity, message, hint: hint ?? undefined, file, span, fix, isWithheld }
      })
    } catch {
      this.kept.delete(key)
      return undefined
    }
  }

  keep(key: string, diagnostics: readonly Diagnostic[]): void {
    this.keepPage({ key, findings: cacheLine(diagnostics) })
  }

  /** The same of what was made a line before, in another thread perhaps. */
  keepPage({ key, findings }: CachedPage): void {
    this.kept.set(key, findings)
  }

  write(): void {
    if ([...this.kept].every(([key, line]) => this.old.get(key) === line)) return
    const lines = [...this.kept].map(([key, line]) => key + line)
    for (const [key, line] of this.old) if (!this.kept.has(key) && lines.length < MOST) lines.push(key + line)
    this.file.write([HEAD, this.salt, ...lines].join('\n'))
  }
}

/** The length of a SHA-256 in base64url. */
const KEY = 43

/** Pages of today come first; what is left of yesterday's goes when there are this many. */
const MOST = 50_000
