import { programState } from '../../config/program-state.ts'
import type { BuildJob } from '../workers/job.ts'
import { isPlainData } from './plain-data.ts'

/**
 * All that a build depends on beside its files, as one text; undefined when it may neither use a cache nor leave one. A check looks at
 * everything anew; listing the links that lead out of the site takes reading every page; what functions in a configuration do
 * cannot be known.
 */
export function cacheKey({
  config,
  now,
  mode,
  externalLinks,
  profile,
  shard,
  version,
}: BuildJob): string | undefined {
  if (mode === 'check' || externalLinks || profile || shard || !isPlainData(config)) return undefined
  // Templates may ask what day it is.
  const today = new Date(now).toISOString().slice(0, 10)
  return JSON.stringify([version, programState(), today, config])
}
