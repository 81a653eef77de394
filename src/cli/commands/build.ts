import { largest } from '../../core/lists/long-lists.ts'
import { diagnostic, suggestion } from '../../core/diagnostic.ts'
import type { Diagnostic } from '../../core/types.ts'
import { escapeJson, visibleLine } from '../../core/visible.ts'
import { now } from '../../core/dates.ts'
import { build, type BuildOptions, type BuiltSite, type Typography } from '../../index.ts'
import { configOptions, siteCodeOf, siteRoot, type Call, type Command, type Outcome } from '../arguments.ts'
import { listSite } from '../../build/run-build.ts'
import type { SiteListing } from '../../build/site-listing.ts'
import { createBar, createTimes, SILENT, type Progress } from '../../build/progress.ts'

const typographies: readonly string[] = ['off', 'warn', 'error', 'fix']

export const command: Command = {
  help: `imprimatur build: makes the site

  imprimatur build [--root DIR] [--output DIR] [--drafts] [--check] [--external-links]
                   [--typography off|warn|error|fix] [--shard I/N] [--format F]
                   [--quiet | --verbose] [--profile] [--list]

Reads the pages, layouts and assets of the site and writes its files. Only files that
changed are written; files that an earlier build wrote and this one does not are removed;
files that no build wrote are left alone. After an error the old site stands as it was.

  --root DIR      the site's folder, with pages/ in it           (default: this folder)
  --no-config     run none of the site’s own code: no configuration, no template
  --output DIR    where the site goes, from --root               (default: docs)
  --drafts        with drafts, and pages of days to come or past
  --typography T  off, warn, error or fix: leave the pages as they are, tell which are badly
                  set, refuse to build then, or set them on the way      (default: warn)
  --list          make and write nothing; list every address of the site, what makes it and why,
                  which pages are held back, and what was passed over
  --check         write nothing; list what is not in step with the sources, and exit 1
  --external-links  list the links that lead out of the site
  --shard I/N     make only part I of N; all parts together are the site, byte for byte
  --quiet         no word but what is wrong
  --verbose       how long each step took, and which files were passed over
  --profile       what took longest: pages, and layouts with all that they include
  --format F      text, or json for programs                     (default: text)
  --help          this text

SOURCE_DATE_EPOCH (seconds) stands in for the clock where it decides what is still to come.
Exit code: 0 done, 1 something is wrong with the site, 2 with the call or the configuration.
`,
  options: {
    ...configOptions,
    output: { type: 'string', completes: 'folder' },
    drafts: { type: 'boolean' },
    typography: { type: 'string', completes: typographies },
    check: { type: 'boolean' },
    list: { type: 'boolean' },
    'external-links': { type: 'boolean' },
    shard: { type: 'string' },
    quiet: { type: 'boolean' },
    verbose: { type: 'boolean' },
    profile: { type: 'boolean' },
  },
  most: 0,
  run,
}

async function run(call: Call): Promise<Outcome> {
  const { values, cwd, env } = call
  const { typography } = values
  if (typography !== undefined && !typographies.includes(String(typography))) {
    const hint = `${suggestion(String(typography), typographies)}there are ${typographies.join(', ')}`
    const message = `There is no typography “${String(typography)}”`
    return { diagnostics: [diagnostic('usage/option', message, { hint })] }
  }
  const shard = values.shard === undefined ? undefined : readShard(String(values.shard))
  if (values.shard !== undefined && !shard) {
    const message = `“${String(values.shard)}” is no part of a site`
    const hint = 'write --shard 2/8 for the second of eight'
    return { diagnostics: [diagnostic('usage/option', message, { hint })] }
  }
  const options = {
    siteCode: siteCodeOf(call),
    root: siteRoot({ values, cwd }),
    config: {
      dirs: { output: values.output as string | undefined },
      build: {
        drafts: values.drafts as boolean | undefined,
        typography: typography as Typography | undefined,
      },
    },
    mode: values.check ? 'check' : 'write',
    now: now(env),
    shard,
    externalLinks: values['external-links'] === true,
    profile: values.profile === true,
    progress: progressFor(call),
  } as const
  if (values.list === true) {
    const { value, diagnostics } = await listSite(options)
    if (!value) return { diagnostics }
    return {
      diagnostics,
      output: isForPeople(values) ? describeListing(value) : `${escapeJson(JSON.stringify(value))}\n`,
    }
  }
  const { value, diagnostics, reached } = await build(options)
  if (values.quiet === true) return { diagnostics: withOptions(diagnostics, values) }
  if (value) return { diagnostics, summary: summarize(value, options, values.verbose === true) }
  return {
    diagnostics: withOptions(diagnostics, values),
    ...(reached === 'build' && { summary: 'Nothing was written.' }),
  }
}

/** Options that decide what is built. */
const DECIDING = ['root', 'no-config', 'output', 'drafts', 'typography', 'shard']

/** The build that is the remedy of a check that failed is one with the same options. */
function withOptions(diagnostics: readonly Diagnostic[], values: Call['values']): readonly Diagnostic[] {
  const options = DECIDING.flatMap(name => {
    const value = values[name]
    return value === undefined || value === false
      ? []
      : [value === true ? ` --${name}` : ` --${name} ${quoteWord(String(value))}`]
  }).join('')
  if (options === '') return diagnostics
  return diagnostics.map(each =>
    each.code === 'output/stale' && each.hint
      ? { ...each, hint: each.hint.replace('imprimatur build', () => `imprimatur build${options}`) }
      : each,
  )
}

/** As a shell takes it. */
const quoteWord = (word: string) =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`

const isForPeople = (values: Call['values']) =>
  [values.format ?? []].flat().every(format => format === 'text')

/** Machine-readable formats get the result alone; a log also gets a line at the start. */
function progressFor({ values, env, screen }: Call): Progress {
  if (values.verbose) return createTimes(screen)
  if (values.quiet || !isForPeople(values)) return SILENT
  if (screen.isTerminal) return createBar(screen)
  if (env.CI) screen.write('imprimatur build\n')
  return SILENT
}

function summarize(site: BuiltSite, { mode, shard, profile }: BuildOptions, verbose: boolean): string {
  const { output, files, written, removed, unchanged, unpublished } = site
  const part = shard ? `, part ${shard.part} of ${shard.of}` : ''
  const done =
    mode === 'check'
      ? `${output}/ is in step with its sources: ${files} files`
      : `${output}/${part}: ${written} written, ${removed} removed, ${unchanged} unchanged`
  const slow = profile ? `${describeTimes(site.times)}\n` : ''
  const held = unpublished > 0 ? `; ${unpublished} unpublished (drafts, or of days to come or past)` : ''
  return `${slow}${verbose ? describeLeftOut(site) : ''}${done}${held}`
}

/** Why there is no cache; what lies among the sources and is not published, and what is published though it looks like a private key. */
function describeLeftOut({ passedOver, notSecret, cacheProblem }: BuiltSite): string {
  const lines = [
    ...passedOver.map(path => `passed over: ${path}`),
    ...(cacheProblem === undefined ? [] : [`nothing is remembered for the next build: ${cacheProblem}`]),
    ...notSecret.map(path => `let through by build.notSecret: ${path}`),
  ]
  return lines.map(line => `${line}\n`).join('')
}

function describeListing({ files, heldBack, passedOver }: SiteListing): string {
  const width = largest(files.map(({ address }) => address.length))
  const rows = files.map(({ address, kind, source, why }) =>
    `${address.padEnd(width)}  ${kind.padEnd(12)}  ${[source, why].filter(Boolean).join(': ')}`.trimEnd(),
  )
  const held = heldBack.map(({ source, why }) => `held back: ${source} (${why})`)
  const over = passedOver.map(path => `passed over: ${path}`)
  return [...rows, ...held, ...over].map(line => `${visibleLine(line)}\n`).join('')
}

const MOST_SHOWN = 10

/** The slowest pages and layouts, a line each. */
function describeTimes(times: BuiltSite['times']): string {
  const slowest = [...times].toSorted(([, a], [, b]) => b.ms - a.ms).slice(0, MOST_SHOWN)
  return slowest
    .map(
      ([name, { count, ms }]) =>
        `${ms.toFixed(1).padStart(9)} ms  ${name}${count > 1 ? `, ${count} times` : ''}`,
    )
    .join('\n')
}

/** `2/8` */
function readShard(text: string): BuildOptions['shard'] {
  const [, part = 0, of = 0] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? []
  return part >= 1 && part <= of ? { part, of } : undefined
}
