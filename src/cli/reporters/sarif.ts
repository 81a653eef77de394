import { codes, type Code } from '../../core/codes.ts'
import type { Diagnostic, Severity, SourceFile, Span } from '../../core/types.ts'
import { position } from '../../core/source.ts'
import type { Report } from './reporter.ts'

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

/** The name that code scanning gives the folder of the repository. */
const ROOT = '%SRCROOT%'

/** SARIF 2.1.0 (OASIS), with fixes. */
export const report: Report = ({ diagnostics, version = '0.0.0' }) => {
  const used = [...new Set(diagnostics.map(({ code }) => code))].toSorted()
  const driver = { name: 'imprimatur', semanticVersion: version, rules: used.map(describeRule) }
  const run = {
    tool: { driver },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [ROOT]: { description: { text: 'The folder of the site' } } },
    results: diagnostics.map(found => describe(found, used.indexOf(found.code))),
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${JSON.stringify(log, null, 2)}\n`
}

const describeRule = (code: Code) => ({
  id: code,
  shortDescription: { text: codes[code].title },
  defaultConfiguration: { level: levels[codes[code].severity] },
})

function describe({ code, severity, message, hint, file, span, fix }: Diagnostic, ruleIndex: number) {
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
  const description = { text: codes[code].title }
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
