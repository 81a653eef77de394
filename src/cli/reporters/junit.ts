import type { Diagnostic } from '../../core/types.ts'
import { position } from '../../core/source.ts'
import { groupByFile } from './by-file.ts'
import type { Report } from './reporter.ts'
import { attributes, escapeXml } from './xml.ts'

/** JUnit's XML: a page is a suite, each finding a failed test of it, and a page without findings one that passed. */
export const report: Report = ({ diagnostics, checked }) => {
  const suites = [...groupByFile(diagnostics, checked)].map(([path, found], id) =>
    suite(path || 'imprimatur', found, id),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}</testsuites>\n`
}

function suite(name: string, found: readonly Diagnostic[], id: number): string {
  const failures = found.filter(({ severity }) => severity !== 'info').length
  const sums = { tests: Math.max(1, found.length), failures, errors: 0, skipped: 0 }
  // Without times, so that reports are reproducible.
  const facts = {
    name,
    id,
    package: 'imprimatur',
    timestamp: '1970-01-01T00:00:00',
    hostname: 'localhost',
    time: 0,
    ...sums,
  }
  const cases =
    found.length > 0
      ? found.map(each => testcase(name, each)).join('')
      : `    <testcase${attributes({ name: 'typography', classname: name, time: 0 })}/>\n`
  return `  <testsuite${attributes(facts)}>\n    <properties/>\n${cases}    <system-out/>\n    <system-err/>\n  </testsuite>\n`
}

function testcase(classname: string, { code, severity, message, hint, file, span }: Diagnostic): string {
  const { line, column } = file && span ? position(file.text, span[0]) : {}
  const place = [file?.path, line, column].filter(part => part !== undefined).join(':')
  const head = `    <testcase${attributes({ name: `${code} ${line ?? 0}:${column ?? 0}`, classname, time: 0 })}`
  if (severity === 'info') return `${head}/>\n`
  const said = escapeXml([place, message, hint].filter(Boolean).join('\n'))
  return `${head}>\n      <failure${attributes({ type: severity, message })}>${said}</failure>\n    </testcase>\n`
}
