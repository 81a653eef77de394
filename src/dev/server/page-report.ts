import { frameOf } from '../../core/code-frame.ts'
import { position } from '../../core/source.ts'
import type { Diagnostic, Severity } from '../../core/types.ts'
import { excerpts } from '../../lint/excerpt.ts'
import type { PageDiagnostic, PageReport, ProposedFix } from '../client/protocol.ts'
import { fixId, NOTHING_SHOWN, versionOf } from '../fixes/page-review.ts'
import type { ShownPart } from '../marks/locate-places.ts'
import type { ServedFile } from './served-site.ts'

/** What of the server a report depends on. */
export interface ReportContext {
  /** How many changes to a source can be undone. */
  undoable(source: string): number
  /** An address that opens a place of a file, relative to the root, in an editor. */
  addressOf?(file: string, line: number, column: number): string
  /** Whether the server opens an editor when it is asked to. */
  readonly hasEditor: boolean
}

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** What is wrong with a page, the gravest first, and what of it can be fixed from there. */
export function reportOn(
  { contents, diagnostics, review, isFailed, notice }: ServedFile,
  context: ReportContext,
): PageReport {
  const found = diagnostics().toSorted((a, b) => order[a.severity] - order[b.severity])
  const reviewed = isFailed ? undefined : review?.()
  const { parts, texts } = reviewed?.shown() ?? NOTHING_SHOWN
  const isFixable = new Set(reviewed?.findings)
  return {
    isStale: isFailed && contents !== undefined,
    diagnostics: found.map(each =>
      describe(each, {
        addressOf: context.addressOf,
        fix: isFixable.has(each) ? proposedFix(each) : undefined,
        parts: parts.get(each) ?? [],
      }),
    ),
    texts: [...texts],
    source: reviewed && {
      path: reviewed.source.path,
      version: versionOf(reviewed.source),
      undoable: context.undoable(reviewed.source.path),
    },
    hasEditor: context.hasEditor,
    notice,
  }
}

function proposedFix(found: Diagnostic): ProposedFix | undefined {
  const { file, span, fix } = found
  if (!file || !span || !fix) return undefined
  const [before, after] = excerpts(file.text, span, fix.edits)
  return { id: fixId(found), isSafe: fix.safe, before, after }
}

interface InPage extends Pick<ReportContext, 'addressOf'> {
  readonly fix: ProposedFix | undefined
  readonly parts: readonly ShownPart[]
}

function describe(found: Diagnostic, { addressOf, fix, parts }: InPage): PageDiagnostic {
  const { severity, code, message, hint, file, span } = found
  const at = file && span && position(file.text, span[0])
  const href = file && addressOf?.(file.path, at?.line ?? 1, at?.column ?? 1)
  return {
    severity,
    code,
    message,
    hint,
    place: file && { file: file.path, ...at, href },
    frame: frameOf(found),
    fix,
    parts: parts.map(({ node, start, end }) => ({ node, start, end })),
  }
}
