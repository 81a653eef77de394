import Ajv from 'ajv'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { diagnostic } from '../../../src/core/diagnostic.ts'
import { applyEdits } from '../../../src/lint/fix.ts'
import { lintSource } from '../../../src/lint/lint.ts'
import type { Findings, Report } from '../../../src/cli/reporters/reporter.ts'
import { report as checkstyle } from '../../../src/cli/reporters/checkstyle.ts'
import { report as github } from '../../../src/cli/reporters/github.ts'
import { report as gitlab } from '../../../src/cli/reporters/gitlab.ts'
import { report as json } from '../../../src/cli/reporters/json.ts'
import { report as junit } from '../../../src/cli/reporters/junit.ts'
import { report as rdjson } from '../../../src/cli/reporters/rdjson.ts'
import { report as sarif } from '../../../src/cli/reporters/sarif.ts'
import { report as text } from '../../../src/cli/reporters/text.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/report/${name}`, import.meta.url), 'utf8')
const load = createRequire(import.meta.url)
const schemaOfSarif = load('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object

const file = {
  path: 'pages/a b/“é”,&<x>.md',
  text: '\ufeffIt\'s\r\nin a "box"\r\n🙂 promoted by a\r\ncompany \u0001 Сomplete "\r\n',
}
const settings = { lang: 'en', noBreakSpace: 'entity', rules: {} } as const
const found: Findings = {
  diagnostics: [
    ...lintSource(file, settings),
    diagnostic('lint/left-alone', 'A message with ]]>, "quotes", % and\na line end \ud800', {
      file,
      span: [0, 0],
      hint: 'a hint',
    }),
    diagnostic('lint/path', 'Of no file at all'),
  ],
  summary: 'a sum',
  checked: ['pages/good.md', file.path],
  version: '1.2.3',
}
const nothing: Findings = { diagnostics: [], checked: [] }

function validateJson(schema: object): (report: string) => readonly string[] {
  const ajv = new Ajv({ schemaId: 'auto', unknownFormats: 'ignore' })
  ajv.addMetaSchema(load('ajv/lib/refs/json-schema-draft-04.json') as object)
  const validate = ajv.compile(schema)
  return report =>
    validate(JSON.parse(report))
      ? []
      : (validate.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message}`)
}

const validateXmlBy = (name: string) => async (report: string) => {
  const { errors } = await validateXML({
    xml: [{ fileName: 'report.xml', contents: report }],
    schema: [fixture(name)],
  })
  return errors.map(({ message }) => message)
}

const reports: readonly [name: string, report: Report, validate: (text: string) => unknown][] = [
  ['json', json, validateJson(JSON.parse(fixture('report.schema.json')) as object)],
  ['sarif', sarif, validateJson(schemaOfSarif)],
  ['checkstyle', checkstyle, validateXmlBy('checkstyle.xsd')],
  ['junit', junit, validateXmlBy('junit.xsd')],
]

describe.each(reports)('%s', (_, report, validate) => {
  test('is what its schema says, with findings and without', async () => {
    expect(await validate(report(found, false))).toEqual([])
    expect(await validate(report(nothing, false))).toEqual([])
  })
})

test('SARIF carries fixes that lead to the fixed page', () => {
  interface Log {
    readonly runs: readonly {
      readonly results: readonly {
        readonly fixes?: readonly {
          readonly artifactChanges: readonly {
            readonly replacements: readonly {
              readonly deletedRegion: { readonly charOffset: number; readonly charLength: number }
              readonly insertedContent: { readonly text: string }
            }[]
          }[]
        }[]
      }[]
    }[]
  }
  const log = JSON.parse(sarif(found, false)) as Log
  const replacements = log.runs
    .flatMap(({ results }) => results)
    .flatMap(({ fixes = [] }) =>
      fixes.flatMap(({ artifactChanges }) => artifactChanges.flatMap(change => change.replacements)),
    )
  const edits = replacements.map(({ deletedRegion: { charOffset, charLength }, insertedContent }) => ({
    span: [charOffset, charOffset + charLength] as const,
    text: insertedContent.text,
  }))
  expect(applyEdits(file.text, edits)).toBe(
    '\ufeffIt’s\r\nin&nbsp;a&nbsp;“box”\r\n🙂 promoted\r\nby&nbsp;a&nbsp;company \u0001 Сomplete "\r\n',
  )
})

test('GitHub gets one annotation for a code and a file, on one line each, and the sum', () => {
  const lines = github(found, false).trimEnd().split('\n')
  expect(lines.at(-1)).toBe('a sum')
  const commands = lines.slice(0, -1)
  expect(commands.every(line => /^::(?:error|warning|notice) (?:\w+=[^:,\r]*,?)+::[^\r]+$/.test(line))).toBe(
    true,
  )
  expect(commands.filter(line => line.includes('afterShortWord'))).toEqual([
    expect.stringContaining('2 more of this in the file'),
  ])
  expect(commands[0]).toMatch(/^::error /)
})

test('GitLab: what its documentation asks for, and fingerprints that do not move with the text', () => {
  interface Issue {
    readonly description: string
    readonly check_name: string
    readonly fingerprint: string
    readonly severity: string
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
  }
  const issues = (text: string) =>
    JSON.parse(gitlab({ diagnostics: lintSource({ path: 'a.md', text }, settings) }, false)) as Issue[]
  const before = issues('He said "so".\n\nIt\'s a box.\n\nIt\'s a box.\n')
  expect(new Set(before.map(({ fingerprint }) => fingerprint)).size).toBe(before.length)
  const after = issues('New line.\n\nHe said "so".\n\nIt\'s a box.\n\nIt\'s a box.\n')
  expect(after.map(({ fingerprint }) => fingerprint)).toEqual(before.map(({ fingerprint }) => fingerprint))
  expect(after.map(({ location }) => location.lines.begin)).toEqual(
    before.map(({ location }) => location.lines.begin + 2),
  )
  for (const { severity, description, check_name: name } of before) {
    expect(['info', 'minor', 'major', 'critical', 'blocker']).toContain(severity)
    expect([description, name].every(each => each.length > 0)).toBe(true)
  }
})

test('rdjson: columns are bytes of UTF-8, and suggestions lead to the fixed page', () => {
  interface Place {
    readonly line: number
    readonly column: number
  }
  interface Reviewed {
    readonly diagnostics: readonly {
      readonly location?: { readonly path: string; readonly range?: { readonly start: Place } }
      readonly suggestions?: readonly {
        readonly range: { readonly start: Place; readonly end: Place }
        readonly text: string
      }[]
    }[]
  }
  const { diagnostics } = JSON.parse(rdjson(found, false)) as Reviewed
  // A byte order mark is bytes of the first line.
  const lines = file.text.split('\r\n')
  const offset = ({ line, column }: Place) =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 2, 0) +
    Buffer.from(lines[line - 1] ?? '')
      .subarray(0, column - 1)
      .toString('utf8').length
  const edits = diagnostics.flatMap(({ suggestions = [] }) =>
    suggestions.map(({ range, text: replacement }) => ({
      span: [offset(range.start), offset(range.end)] as const,
      text: replacement,
    })),
  )
  expect(applyEdits(file.text, edits)).toBe(
    '\ufeffIt’s\r\nin&nbsp;a&nbsp;“box”\r\n🙂 promoted\r\nby&nbsp;a&nbsp;company \u0001 Сomplete "\r\n',
  )
})

test('SARIF tells what each rule is for, and shows it', () => {
  const { runs } = JSON.parse(sarif(found, false)) as {
    runs: { tool: { driver: { rules: { id: string; help?: { text: string; markdown: string } }[] } } }[]
  }
  const help = runs[0]?.tool.driver.rules.find(({ id }) => id === 'common/punctuation/quote')?.help
  expect(help?.text).toContain('→')
  expect(help?.markdown).toContain('| before | after |')
})

test('text of a long line shows the part that matters', () => {
  const long = { path: 'a.md', text: `${'word '.repeat(60)}in a box ${'word '.repeat(60)}` }
  const shown = text({ diagnostics: lintSource(long, settings) }, false)
  expect(shown).toContain('  1 │ …')
  expect(Math.max(...shown.split('\n').map(line => line.length))).toBeLessThan(120)
})
