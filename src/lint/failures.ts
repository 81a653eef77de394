import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, SourceFile } from '../core/types.ts'
import type { SlowPattern } from '../document/opaque/own-patterns.ts'

/** What the author wanted left alone is not known, so that nothing is set. */
export function patternFailed(file: SourceFile, { message, pattern }: SlowPattern): Diagnostic {
  const hint = `write it so that no part of it can match the same text in two ways: ${pattern}`
  return diagnostic('lint/opaque', `lint.opaque: ${message} on this page`, { hint, file, span: [0, 0] })
}

export function ruleFailed(file: SourceFile, rule: string, why: string): Diagnostic {
  const hint = 'mend it in the configuration, or leave it out of lint.rules'
  const message = `The rule ${rule} failed on this page: ${why}`
  return diagnostic('lint/rule-failed', message, { hint, file, span: [0, 0] })
}
