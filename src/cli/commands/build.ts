import { resolve } from 'node:path'
import { loadConfig } from '../../config/config.ts'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { Result, Typography } from '../../core/types.ts'
import { now, today } from '../../core/dates.ts'
import type { Times } from '../../build/timings.ts'
import { openOutputFolder, type OutputFolder } from '../../build/output/output-folder.ts'
import { check, clearStages, commit } from '../../build/output/write.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../arguments.ts'
import { buildSite, type BuildResult } from '../../build/build.ts'
import { createBar, createTimes, SILENT, type Progress } from '../../build/progress.ts'
import type { BuildJob } from '../../build/workers/job.ts'

export const command: Command = {
  help: `imprimatur build: makes the site

  imprimatur build [--root DIR] [--output DIR] [--drafts] [--check] [--external-links]
                   [--typography off|warn|error|fix] [--shard I/N] [--format F]
                   [--quiet | --verbose] [--profile]

Reads the pages, layouts and assets of the site and writes its files. Only files that
changed are written; files that an earlier build wrote and this one does not are removed;
files that no build wrote are left alone. After an error the old site stands as it was.

  --root DIR      the site's folder, with pages/ in it           (default: this folder)
  --output DIR    where the site goes, from --root               (default: docs)
  --drafts        with drafts, and pages dated after today
  --typography T  off, warn, error or fix: leave the pages as they are, tell which are badly
                  set, refuse to build then, or set them on the way      (default: warn)
  --check         write nothing; list what is not in step with the sources, and exit 1
  --external-links  list the links that lead out of the site
  --shard I/N     make only part I of N; all parts together are the site, byte for byte
  --quiet         no word but what is wrong
  --verbose       how long each step took
  --profile       what took longest: pages, and layouts with all that they include
  --format F      text, or json for programs                     (default: text)
  --help          this text

SOURCE_DATE_EPOCH (seconds) stands in for the clock where it decides what is after today.
Exit code: 0 done, 1 something is wrong with the site, 2 with the call or the configuration.
`,
  options: {
    ...commonOptions,
    output: { type: 'string' },
    drafts: { type: 'boolean' },
    typography: { type: 'string' },
    check: { type: 'boolean' },
    'external-links': { type: 'boolean' },
    shard: { type: 'string' },
    quiet: { type: 'boolean' },
    verbose: { type: 'boolean' },
    profile: { type: 'boolean' },
  },
  most: 0,
  run: build,
}

const typographies: readonly string[] = ['off', 'warn', 'error', 'fix']

async function build(call: Call): Promise<Outcome> {
  const { values, cwd, env, version } = call
  const { typography } = values
  if (typography !== undefined && !typographies.includes(String(typography))) {
    const hint = `${suggestion(String(typography), typographies)}there are ${typographies.join(', ')}`
    const message = `There is no typography “${String(typography)}”`
    return { diagnostics: [diagnostic('usage/option', message, { hint })] }
  }
  const shard = values.shard === undefined ? undefined : readShard(String(values.shard))
  if (values.shard !== undefined && !shard) {
    const message = `“${String(values.shard)}” is no part of a site`
    return {
      diagnostics: [
        diagnostic('usage/option', message, { hint: 'write --shard 2/8 for the second of eight' }),
      ],
    }
  }
  const config = await loadConfig(resolve(cwd, String(values.root ?? '.')), {
    dirs: { output: values.output as string | undefined },
    build: {
      drafts: values.drafts as boolean | undefined,
      typography: typography as Typography | undefined,
    },
  })
  if (!config.value) return config

  const job: BuildJob = {
    config: config.value,
    today: today(env),
    now: now(env).getTime(),
    mode: values.check ? 'check' : 'write',
    externalLinks: values['external-links'] === true,
    profile: values.profile === true,
    shard,
    version,
  }
  const { value: target, diagnostics } = openOutputFolder(job.config)
  if (!target) return { diagnostics }
  const progress = progressFor(call)
  const quietly = (outcome: Outcome): Outcome =>
    values.quiet === true ? { diagnostics: outcome.diagnostics } : outcome
  try {
    if (job.mode === 'write') clearStages(target)
    const built = await buildSite(job, target, progress)
    progress.step('putting the files in their places')
    const end = job.mode === 'check' ? checkSite : writeSite
    return quietly(finish(built, all => end(all, target, job), job))
  } finally {
    progress.end()
    if (job.mode === 'write') clearStages(target)
  }
}

/** Programs are told nothing but the result; a log is told that something has begun. */
function progressFor({ values, env, screen }: Call): Progress {
  const isForPeople = [values.format ?? []].flat().every(format => format === 'text')
  if (values.verbose) return createTimes(screen)
  if (values.quiet || !isForPeople) return SILENT
  if (screen.isTerminal) return createBar(screen)
  if (env.CI) screen.write('imprimatur build\n')
  return SILENT
}

function finish(
  pressed: Result<BuildResult>,
  end: (pressed: BuildResult) => Outcome,
  { today: day, profile }: BuildJob,
): Outcome {
  if (!pressed.value) return { ...pressed, summary: 'Nothing was written.' }
  const { unpublished } = pressed.value
  const { diagnostics, summary } = end(pressed.value)
  const slow = profile ? `${describeTimes(pressed.value.times)}\n` : ''
  const held = unpublished > 0 ? `; ${unpublished} unpublished (drafts, or dated after ${day})` : ''
  return {
    diagnostics: [...pressed.diagnostics, ...diagnostics],
    ...(summary !== undefined && { summary: `${slow}${summary}${held}` }),
  }
}

function writeSite(
  { staged, made, saveCache: remember }: BuildResult,
  target: OutputFolder,
  { shard }: BuildJob,
): Outcome {
  const { value, diagnostics } = commit(staged, target)
  if (!value) return { diagnostics }
  remember()
  const { written, removed } = value
  const what = shard ? `${target.name}/, part ${shard.part + 1} of ${shard.of}` : `${target.name}/`
  return {
    diagnostics,
    summary: `${what}: ${written} written, ${removed} removed, ${made - written} unchanged`,
  }
}

const MOST_TOLD = 10

/** The slowest pages and layouts, a line each. */
function describeTimes(times: Times): string {
  const slowest = [...times].toSorted(([, a], [, b]) => b.ms - a.ms).slice(0, MOST_TOLD)
  return slowest
    .map(
      ([name, { count, ms }]) =>
        `${ms.toFixed(1).padStart(9)} ms  ${name}${count > 1 ? `, ${count} times` : ''}`,
    )
    .join('\n')
}

/** `2/8` */
function readShard(text: string): BuildJob['shard'] {
  const [, part = 0, of = 0] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? []
  return part >= 1 && part <= of ? { part: part - 1, of } : undefined
}

function checkSite({ staged }: BuildResult, target: OutputFolder): Outcome {
  const diagnostics = check(staged, target)
  const summary = `${target.name}/ is in step with its sources: ${staged.paths.length} files`
  return diagnostics.length > 0 ? { diagnostics } : { diagnostics, summary }
}
