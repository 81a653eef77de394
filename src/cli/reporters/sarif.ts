import { codes } from '../../core/codes.ts'
import type { Rule } from '../../lint/rules/rule.ts'
import { manualAddress } from '../../lint/rules/manual.ts'
import { rules } from '../../lint/rules/rules.ts'
import type { Diagnostic, Severity, SourceFile, Span } from '../../core/types.ts'
import { escapeJson } from '../../core/visible.ts'
import { position } from '../../core/source.ts'
import type { Report } from './reporter.ts'

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

/** The name that code scanning gives the folder of the repository. */
const ROOT = '%SRCROOT%'

/** SARIF 2.1.0 (OASIS), with fixes. */
export const report: Report = ({ diagnostics, version = '0.0.0' }) => {
  const used = [...new Set(diagnostics.map(({ code }) => code))].toSorted()
  const first = (code: string) => diagnostics.find(each => each.code === code) as Diagnostic
  const rules = used.map(code => describeRule(first(code)))
  const driver = { name: 'imprimatur', semanticVersion: version, rules }
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [ROOT]: { description: { text: 'The folder of the repository' } } },
    results: diagnostics.map(found => describe(found, used.indexOf(found.code))),
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${escapeJson(JSON.stringify(log, null, 2))}\n`
}

interface KnownCode {
  readonly title: string
  readonly severity?: Severity
  readonly why?: string
  readonly examples?: Rule['examples']
}

/** The registry's codes and the program's rules; of a rule in a configuration, its message. */
const known = new Map<string, KnownCode>([
  ...Object.entries(codes),
  ...rules.map(rule => [rule.code, rule] as const),
])

const titleOf = ({ code, hint, message }: Diagnostic) => known.get(code)?.title ?? hint ?? message

const describeRule = (found: Diagnostic) => ({
  id: found.code,
  shortDescription: { text: titleOf(found) },
  helpUri: manualAddress(found.code),
  ...helpOf(known.get(found.code)),
  defaultConfiguration: {
    level: levels[(known.get(found.code) ?? { severity: found.severity }).severity ?? 'warning'],
  },
})

/** What `imprimatur rules CODE` says, for the page of an alert. */
function helpOf({ why, examples = [] }: KnownCode = { title: '' }) {
  if (why === undefined) return {}
  const shown = examples
    .filter(({ before, after }) => before !== after)
    .map(({ lang, before, after }) => [lang, before, after] as const)
  const text = [why, ...shown.map(([lang, before, after]) => `${lang}: ${before} → ${after}`)].join('\n')
  const rows = shown.map(row => `| ${row.map(cellOf).join(' | ')} |`)
  const table = rows.length > 0 ? ['', '| | before | after |', '| - | - | - |', ...rows] : []
  return { help: { text, markdown: [why, ...table].join('\n') } }
}

/** A cell of a GFM table: on one line, its bars escaped. */
const cellOf = (text: string) => text.replace(/[\\`*_<>|[\]]/g, String.raw`\$&`).replaceAll('\n', '⏎')

function describe(found: Diagnostic, ruleIndex: number) {
  const { code, severity, message, hint, file, span, fix } = found
  const text = hint ? `${message}\n${hint}` : message
  const result = { ruleId: code, ruleIndex, level: levels[severity], message: { text } }
  if (!file) return result
  const artifactLocation = { uri: file.path.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT }
  const located = {
    ...result,
    locations: [{ physicalLocation: { artifactLocation, ...(span && { region: region(file, span) }) } }],
  }
  if (!fix) return located
  const replacements = fix.edits.map(edit => ({
    deletedRegion: region(file, edit.span),
    insertedContent: { text: edit.text },
  }))
  const description = { text: titleOf(found) }
  return { ...located, fixes: [{ description, artifactChanges: [{ artifactLocation, replacements }] }] }
}

function region({ text }: SourceFile, [start, end]: Span) {
  const [from, to] = [position(text, start), position(text, end)]
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: start,
    charLength: end - start,
  }
}
