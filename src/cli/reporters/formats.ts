import type { Report } from './reporter.ts'

/** The formats of `--format` and their reporters, which are imported on demand. */
export const reports = {
  text: () => import('./text.ts'),
  concise: () => import('./concise.ts'),
  json: () => import('./json.ts'),
  github: () => import('./github.ts'),
  sarif: () => import('./sarif.ts'),
  checkstyle: () => import('./checkstyle.ts'),
  junit: () => import('./junit.ts'),
} satisfies Record<string, () => Promise<{ report: Report }>>

export type ReportFormat = keyof typeof reports

export const formats = Object.keys(reports) as readonly ReportFormat[]

/** For `--help`: “text, json or junit”. */
export const formatList = formats.join(', ').replace(/, ([^,]*)$/, ' or $1')
