import type { Report } from './reporter.ts'

interface Reporter {
  /** Imported on demand. */
  readonly load: () => Promise<{ report: Report }>
  /**
   * Reports for people have paths relative to the working directory, those for services relative to the repository. JSON has the
   * paths of the site, as its configuration does.
   */
  readonly pathsFrom: 'working directory' | 'repository' | 'site'
}

/** The formats of `--format` and their reporters. */
export const reports = {
  text: { load: () => import('./text.ts'), pathsFrom: 'working directory' },
  concise: { load: () => import('./concise.ts'), pathsFrom: 'working directory' },
  json: { load: () => import('./json.ts'), pathsFrom: 'site' },
  github: { load: () => import('./github.ts'), pathsFrom: 'repository' },
  gitlab: { load: () => import('./gitlab.ts'), pathsFrom: 'repository' },
  rdjson: { load: () => import('./rdjson.ts'), pathsFrom: 'repository' },
  sarif: { load: () => import('./sarif.ts'), pathsFrom: 'repository' },
  checkstyle: { load: () => import('./checkstyle.ts'), pathsFrom: 'repository' },
  junit: { load: () => import('./junit.ts'), pathsFrom: 'repository' },
} satisfies Record<string, Reporter>

export type ReportFormat = keyof typeof reports

export const formats = Object.keys(reports) as readonly ReportFormat[]

/** For `--help`: “text, json or junit”. */
export const formatList = formats.join(', ').replace(/, ([^,]*)$/, ' or $1')
