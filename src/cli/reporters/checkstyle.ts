import type { Diagnostic } from '../../core/types.ts'
import { position } from '../../core/source.ts'
import { groupByFile } from './by-file.ts'
import type { Report } from './reporter.ts'
import { attributes } from './xml.ts'

/** The XML of Checkstyle, which most servers that show findings can read. */
export const report: Report = ({ diagnostics, checked }) => {
  const files = [...groupByFile(diagnostics, checked)].map(
    ([path, found]) =>
      `  <file${attributes({ name: path || '.' })}>\n${found.map(describe).join('')}  </file>\n`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`
}

function describe({ code, severity, message, hint, file, span }: Diagnostic): string {
  const { line = 0, column } = file && span ? position(file.text, span[0]) : {}
  const said = hint ? `${message} (${hint})` : message
  return `    <error${attributes({ line, column, severity, message: said, source: `imprimatur.${code}` })}/>\n`
}
