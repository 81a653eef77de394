import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import type { RecalledPages } from './steps/recall-pages.ts'
import type { FoundSources } from './steps/find-sources.ts'
import type { PlannedFiles } from './steps/plan-files.ts'
import type { ReusedFiles } from './steps/reuse-unchanged.ts'
import type { BuildJob } from './workers/job.ts'

/** What somebody did, and a source that changed meanwhile, for which nothing was written. */
export interface BuildAttempt<T> extends Result<T> {
  readonly touched?: string | undefined
}

const MOST_ATTEMPTS = 3

/**
 * Does it again while sources change under it: a page is read twice, for its fields and for its text, and would be half old and half new.
 */
export async function untilUntouched<T>(attempt: () => Promise<BuildAttempt<T>>): Promise<Result<T>> {
  for (let times = 1; ; times++) {
    const { touched, ...outcome } = await attempt()
    if (touched === undefined) return outcome
    if (times === MOST_ATTEMPTS) return { diagnostics: [...outcome.diagnostics, changing(touched)] }
  }
}

const changing = (path: string): Diagnostic =>
  diagnostic('build/changing', `This changed while the site was built, ${MOST_ATTEMPTS} times in a row`, {
    hint: 'build again when nothing writes into it; what a program goes on writing into does not belong among the sources',
    file: { path, text: '' },
  })

/** The sources that were read in making a site, relative to the root. */
export function sourcesOf({
  config: { dirs },
  unread,
  due,
  prepared,
  sources,
  states,
}: Pick<BuildJob, 'config'> &
  Pick<FoundSources, 'sources' | 'states'> &
  Pick<RecalledPages, 'unread'> &
  Pick<PlannedFiles, 'prepared'> &
  Pick<ReusedFiles, 'due'>): readonly string[] {
  if (due.length === 0 && unread.length === 0) return []
  return [
    ...[...unread, ...sources.defaults].map(path => `${dirs.pages}/${path}`),
    ...due.flatMap(path => prepared.output.get(path)?.maker.source ?? []),
    ...[...states.keys()].filter(path => path.startsWith(`${dirs.layouts}/`)),
  ]
}
