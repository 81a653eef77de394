import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Diagnostic, Edit, RuleCode, Severity, SourceFile, Span } from '../core/types.ts'
import { writeWhole } from '../core/files.ts'
import { readRegularFile } from '../core/read-file.ts'
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
]

const HEAD = 'imprimatur lint cache 3'

/**
 * Findings by content: a page that was linted once with the same rules by the same version is not linted again, wherever it
 * lies. A line per page: its key, and its findings, which are read only when they are asked for. A cache that cannot be read
 * is an empty one, and one that cannot be written is none.
 */
export class Cache {
  private readonly file: string
  private readonly salt: string
  private readonly old = new Map<string, string>()
  private readonly kept = new Map<string, string>()

  /** `salt` stands for everything but the page itself and the program that a finding depends on. */
  constructor(root: string, salt: string, name = 'lint') {
    const folder = join(root, 'node_modules', '.cache', 'imprimatur')
    this.file = join(folder, `${name}.txt`)
    this.salt = createHash('sha256').update(`${programState()}\0${salt}`).digest('base64url')
    try {
      const [head, own, ...lines] = readRegularFile(this.file).toString('utf8').split('\n')
      if (head !== HEAD || own !== this.salt) return
      for (const line of lines) this.old.set(line.slice(0, KEY), line.slice(KEY))
    } catch {
      // None yet, or not readable.
    }
  }

  /** `variant` stands for what else a finding of this page depends on, if anything: its language, or its path. */
  key(path: string, bytes: Buffer, variant = ''): string {
    const format = path.slice(path.lastIndexOf('.'))
    return createHash('sha256').update(`${format}\0${variant}\0`).update(bytes).digest('base64url')
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
      const entries = JSON.parse(this.old.get(key) ?? '') as readonly CachedFinding[]
      return entries.map(([code, severity, message, hint, span, safe, edits, writes]) => {
        const fix = safe === null ? undefined : { safe, edits, writes: writes ?? undefined }
        return { code, severity, message, hint: hint ?? undefined, file, span, fix }
      })
    } catch {
      this.kept.delete(key)
      return undefined
    }
  }

  keep(key: string, diagnostics: readonly Diagnostic[]): void {
    const entries = diagnostics.map(({ code, severity, message, hint, span, fix }): CachedFinding => [
      code,
      severity,
      message,
      hint ?? null,
      span ?? [0, 0],
      fix?.safe ?? null,
      fix?.edits ?? [],
      fix?.writes ?? null,
    ])
    this.kept.set(key, entries.length > 0 ? JSON.stringify(entries) : '')
  }

  write(): void {
    if ([...this.kept].every(([key, line]) => this.old.get(key) === line)) return
    const lines = [...this.kept].map(([key, line]) => key + line)
    for (const [key, line] of this.old) if (!this.kept.has(key) && lines.length < MOST) lines.push(key + line)
    try {
      writeWhole(this.file, [HEAD, this.salt, ...lines].join('\n'))
    } catch {
      // The next run is slower for it, and that is all.
    }
  }
}

/** The length of a SHA-256 in base64url. */
const KEY = 43

/** Pages of today come first; what is left of yesterday's goes when there are this many. */
const MOST = 50_000
