import { resolve } from 'node:path'
import { loadConfig } from '../../config/config.ts'
import { languages } from '../../document/language.ts'
import { formatList } from '../reporters/formats.ts'
import { configOptions, siteCodeOf, siteRoot, type Call, type Command, type Outcome } from '../arguments.ts'
import { changedLines } from '../lint/changed-lines.ts'
import { lintInput } from '../lint/input.ts'
import { lintPages } from '../lint/pages.ts'
import { baselineMisuse, readSettings, type LintRun } from '../lint/run.ts'

export const command: Command = {
  help: `imprimatur lint: finds what is badly set in Markdown, HTML and EJS, and sets it

  imprimatur lint [PATH…] [--fix | --diff] [--rule CODE=LEVEL]… [--format F]…
  imprimatur lint --stdin [--stdin-filename F] [--fix | --diff]

Without PATH it reads the pages of the site; a folder stands for the pages in it.

  --fix               set what can be set, in place; what is left is reported
  --diff              print what --fix would do, as a unified diff, and write nothing
  --stdin             read one page from standard input; --fix then prints it
  --stdin-filename F  its name, which tells Markdown from HTML and EJS  (default: stdin.md)
  --lang L            the language of pages that name none      (default: the site's)
  --rule CODE=LEVEL   off, warn or error for one rule; imprimatur rules lists them;
                      FAMILY/*=LEVEL for several, en:CODE=LEVEL for one language
  --since REV         only what is on lines that have changed since a commit, branch or tag;
                      --fix then sets nothing else
  --max-warnings N    exit 0 as long as there are no more warnings        (default: 0)
  --quiet             report errors only; the exit code stays what it is
  --verbose           every finding in full; without it, what --fix sets is a line
                      per rule and page, or per rule when those are many, and so
                      is what is for you to decide
  --statistics        how many findings each rule has, and not where
  --all               also what a build sets by itself with build.typography: 'fix'
  --write-baseline    note what is found now, so that only what is new is reported
  --prune-baseline    strike from that note what is there no more; nothing else changes it
  --no-cache          read every page again
  --root DIR          the site's folder                        (default: this folder)
  --no-config         read no configuration: nothing of the site’s own code runs
  --format F          ${formatList};
                      F=FILE writes to a file; several may be given     (default: text)
  --help              this text

Exit code: 0 clean, 1 findings (with --diff: or a difference), 2 wrong call or configuration.
`,
  options: {
    ...configOptions,
    fix: { type: 'boolean' },
    diff: { type: 'boolean' },
    stdin: { type: 'boolean' },
    'stdin-filename': { type: 'string', completes: 'page' },
    lang: { type: 'string', completes: languages },
    rule: { type: 'string', completes: 'rule level', multiple: true },
    since: { type: 'string', completes: 'revision' },
    'max-warnings': { type: 'string' },
    quiet: { type: 'boolean' },
    verbose: { type: 'boolean' },
    statistics: { type: 'boolean' },
    all: { type: 'boolean' },
    'write-baseline': { type: 'boolean' },
    'prune-baseline': { type: 'boolean' },
    'no-cache': { type: 'boolean' },
  },
  most: Infinity,
  completes: 'page',
  run,
}

async function run({ values, positionals, cwd, version, stdin, env }: Call): Promise<Outcome> {
  const root = siteRoot({ values, cwd })
  const misused = baselineMisuse(values, env)
  if (misused.length > 0) return { diagnostics: misused }
  const single = positionals.length > 0 || values.stdin === true
  const { value: config, diagnostics } = await loadConfig(
    root,
    {},
    {
      folders: single ? 'any' : 'site',
      siteCode: siteCodeOf({ values }),
    },
  )
  if (!config) return { diagnostics }
  const settings = readSettings(config, values)
  if (!settings.value) return settings
  const { since } = values
  const changed = typeof since === 'string' ? changedLines(root, since, env) : undefined
  if (changed && !changed.value) return changed
  const mode = values.diff ? 'diff' : values.fix ? 'fix' : 'report'
  const job: LintRun = {
    root,
    config,
    settingsOf: settings.value,
    mode,
    since: changed?.value,
    values,
    version,
  }
  const paths = single ? positionals.map(path => resolve(cwd, path)) : [config.dirs.pages]
  const outcome = values.stdin ? await lintInput(job, cwd, stdin) : await lintPages(job, paths)
  const warnings = outcome.diagnostics.filter(({ severity }) => severity === 'warning').length
  return {
    ...outcome,
    detail: values.statistics ? 'counts' : values.verbose ? 'full' : 'folded',
    failed: outcome.failed === true || warnings > Number(values['max-warnings'] ?? 0),
    diagnostics: values.quiet
      ? outcome.diagnostics.filter(({ severity }) => severity === 'error')
      : outcome.diagnostics,
  }
}
