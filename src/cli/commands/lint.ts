import { existsSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { loadConfig, type Config, type RuleLevel } from '../../config/config.ts'
import { diagnostic } from '../../core/diagnostic.ts'
import { canonicalLanguage, languageTag } from '../../core/value-kinds.ts'
import {
  compareWithBaseline,
  createBaseline,
  isTolerable,
  readBaseline,
  writeBaseline,
  type Baseline,
} from '../../lint/baseline.ts'
import { Cache } from '../../lint/cache.ts'
import { readDocument } from '../../document/document.ts'
import { findPages, ignoring } from '../../lint/files.ts'
import type { LintSettings } from '../../lint/lint.ts'
import { knownCodes, unknownRuleHint, unknownRules } from '../../lint/rules/rule-codes.ts'
import type { Diagnostic, Result, SourceFile } from '../../core/types.ts'
import { readRegularFile } from '../../core/read-file.ts'
import { readSource, reason } from '../../core/source.ts'
import { optimizeLate } from '../../core/v8-options.ts'
import { formatList } from '../reporters/formats.ts'
import { commonOptions, type Call, type Command, type Outcome } from '../arguments.ts'
import { summarize } from '../lint-summary.ts'
import { lintText } from '../lint-text.ts'

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
  --rule CODE=LEVEL   off, warn or error for one rule; imprimatur rules lists them
  --max-warnings N    exit 0 as long as there are no more warnings        (default: 0)
  --quiet             report errors only; the exit code stays what it is
  --write-baseline    note what is found now, so that only what is new is reported
  --prune-baseline    strike from that note what is there no more; nothing else changes it
  --no-cache          read every page again
  --root DIR          the site's folder                        (default: this folder)
  --format F          ${formatList};
                      F=FILE writes to a file; several may be given     (default: text)
  --help              this text

Exit code: 0 clean, 1 findings (with --diff: or a difference), 2 wrong call or configuration.
`,
  options: {
    ...commonOptions,
    fix: { type: 'boolean' },
    diff: { type: 'boolean' },
    stdin: { type: 'boolean' },
    'stdin-filename': { type: 'string' },
    lang: { type: 'string' },
    rule: { type: 'string', multiple: true },
    'max-warnings': { type: 'string' },
    quiet: { type: 'boolean' },
    'write-baseline': { type: 'boolean' },
    'prune-baseline': { type: 'boolean' },
    'no-cache': { type: 'boolean' },
  },
  most: Infinity,
  run,
}

/** What a run of the linter goes by. */
interface LintRun {
  readonly root: string
  readonly config: Config
  readonly settings: LintSettings
  readonly mode: 'report' | 'fix' | 'diff'
  readonly values: Call['values']
  readonly version: string
}

async function run({ values, positionals, cwd, version, stdin, env }: Call): Promise<Outcome> {
  const root = resolve(cwd, String(values.root ?? '.'))
  const misused = baselineMisuse(values, env)
  if (misused.length > 0) return { diagnostics: misused }
  const single = positionals.length > 0 || values.stdin === true
  const { value: config, diagnostics } = await loadConfig(root, {}, { folders: single ? 'any' : 'site' })
  if (!config) return { diagnostics }
  const settings = readSettings(config, values)
  if (!settings.value) return settings
  const mode = values.diff ? 'diff' : values.fix ? 'fix' : 'report'
  const job: LintRun = { root, config, settings: settings.value, mode, values, version }
  const paths = single ? positionals.map(path => resolve(cwd, path)) : [config.dirs.pages]
  const outcome = values.stdin ? await lintInput(job, cwd, stdin) : await lintPages(job, paths)
  const warnings = outcome.diagnostics.filter(({ severity }) => severity === 'warning').length
  return {
    ...outcome,
    failed: outcome.failed === true || warnings > Number(values['max-warnings'] ?? 0),
    diagnostics: values.quiet
      ? outcome.diagnostics.filter(({ severity }) => severity === 'error')
      : outcome.diagnostics,
  }
}

/** A baseline that a run wrote which saw less than all, or which nobody will commit, would hide what is there. */
function baselineMisuse(values: Call['values'], env: Call['env']): readonly Diagnostic[] {
  const writing = ['write-baseline', 'prune-baseline'].filter(name => values[name])
  const partial = ['diff', 'stdin', 'rule', 'lang'].filter(name => values[name] !== undefined)
  return writing.flatMap(name => {
    const refuse = (why: string, hint: string) => [diagnostic('usage/option', `--${name} ${why}`, { hint })]
    if (writing.length > 1)
      return refuse(`does not go with --${writing.find(other => other !== name)}`, 'give one of them')
    if (partial.length > 0)
      return refuse(
        `does not go with --${partial[0]}`,
        'a baseline holds what an ordinary run finds: write it without, and settle levels and languages in the configuration',
      )
    if (env.CI && env.CI !== 'false')
      return refuse('changes nothing in CI', 'run it on your machine, and commit .imprimatur-baseline.json')
    return []
  })
}

function readSettings(
  { site, lint, markdown }: Config,
  { rule, lang, 'max-warnings': most }: Call['values'],
): Result<LintSettings> {
  const diagnostics: Diagnostic[] = [...unknownRules(lint)]
  const rules: Record<string, RuleLevel> = { ...lint.rules }
  const known = knownCodes(lint.ownRules)
  for (const text of (rule as readonly string[] | undefined) ?? []) {
    const [, name = text, level] = /^(.*)=(off|warn|error)$/.exec(text) ?? []
    if (!level) {
      const hint = 'write --rule CODE=off, CODE=warn or CODE=error'
      diagnostics.push(diagnostic('usage/option', `--rule ${text} names no level`, { hint }))
    } else if (!known.has(name)) {
      diagnostics.push(
        diagnostic('usage/option', `There is no rule “${name}”`, { hint: unknownRuleHint(name, known) }),
      )
    } else rules[name] = level as RuleLevel
  }
  if (most !== undefined && !/^\d+$/.test(String(most))) {
    const hint = 'write --max-warnings 0, or another whole number'
    diagnostics.push(diagnostic('usage/option', `--max-warnings ${String(most)} is no number`, { hint }))
  }
  if (lang !== undefined && !languageTag.accepts(lang)) {
    diagnostics.push(
      diagnostic('usage/option', `--lang ${String(lang)} is no language`, {
        hint: 'write --lang ru, --lang en',
      }),
    )
  }
  if (diagnostics.length > 0) return { diagnostics }
  const value = {
    lang: canonicalLanguage(String(lang ?? site.lang)),
    preset: lint.preset,
    noBreakSpace: lint.noBreakSpace,
    rules,
    ownRules: lint.ownRules,
    markdown,
  }
  return { value, diagnostics }
}

async function lintInput(job: LintRun, cwd: string, stdin: Call['stdin']): Promise<Outcome> {
  const { root, config, settings, mode, values } = job
  let text: string
  try {
    text = stdin.read()
  } catch (error) {
    if (typeof (error as NodeJS.ErrnoException).syscall !== 'string') throw error
    const hint = 'pipe a page into it: imprimatur lint --stdin < page.md'
    const message = `Standard input cannot be read: ${reason(error)}`
    return { diagnostics: [diagnostic('usage/argument', message, { hint })] }
  }
  const name = resolve(cwd, String(values['stdin-filename'] ?? 'stdin.md'))
  const file = { path: relative(root, name).split(sep).join('/'), text }
  if (ignoring(config.lint.ignore)(file.path))
    return { diagnostics: [], ...(mode === 'fix' && { output: text }) }
  const { diagnostics, fixed } = await lintText(file, settings, mode)
  if (mode === 'fix') return { diagnostics, output: fixed.text }
  return mode === 'diff' ? difference(diagnostics, [[file, fixed]]) : { diagnostics }
}

/** What `--diff` prints; a difference is a finding. */
async function difference(
  diagnostics: readonly Diagnostic[],
  pages: readonly (readonly [SourceFile, SourceFile])[],
): Promise<Outcome> {
  const { unifiedDiff } = await import('../../lint/diff.ts')
  const output = pages.map(([before, after]) => unifiedDiff(before, after)).join('')
  return { diagnostics, output, failed: output !== '' }
}

async function lintPages(job: LintRun, paths: readonly string[]): Promise<Outcome> {
  const { root, config, settings, mode, values, version } = job
  const { ignore } = config.lint
  const found = findPages(root, paths, { ignore, output: config.dirs.output })
  const pages = found.value ?? []
  const baseline = readBaseline(root)
  if (!baseline.value) return baseline
  // What a rule of the configuration does cannot be known beforehand.
  const uncached = values['no-cache'] || config.lint.ownRules.length > 0 || config.markdown !== undefined
  const cache = uncached ? undefined : new Cache(root, JSON.stringify([version, settings]))
  optimizeLate()
  const diagnostics: Diagnostic[] = [...found.diagnostics]
  const changed: [SourceFile, SourceFile][] = []
  for (const path of pages) {
    const seen = await lintPage(path, job, cache)
    for (const each of seen.diagnostics) diagnostics.push(each)
    if (seen.changed) changed.push(seen.changed)
  }
  cache?.write()
  const isWithoutRules = ({ code }: Diagnostic) => code === 'lint/no-rules'
  const ruled = diagnostics.filter(each => !isWithoutRules(each))
  const unruled = diagnostics
    .filter(isWithoutRules)
    .map(({ file }) => (file && readDocument(file).lang) ?? settings.lang)
  const { fresh, pruned, gone, known } = compareWithBaseline(ruled, baseline.value, pages)
  if (values['write-baseline'])
    return changeBaseline(root, {
      next: createBaseline(ruled, baseline.value, pages),
      diagnostics: ruled.filter(({ code }) => !isTolerable(code)),
      summary: `${pages.length} pages; what was found now is the baseline`,
    })
  if (values['prune-baseline'])
    return changeBaseline(root, {
      next: Object.fromEntries(Object.entries(pruned).filter(([path]) => existsSync(join(root, path)))),
      diagnostics: fresh,
      summary: `${pages.length} pages; the baseline holds what is still there`,
    })
  if (mode === 'diff') return difference(fresh, changed)
  return {
    diagnostics: fresh,
    summary: summarize(fresh, { pages: pages.length, fixed: changed.length, unruled, known, gone }),
    checked: pages,
  }
}

interface BaselineChange {
  readonly next: Baseline
  /** What is reported; with an error of the linter's own nothing is written. */
  readonly diagnostics: readonly Diagnostic[]
  readonly summary: string
}

/** A page that could not be linted may have anything in it: no baseline is made of a run with an error. */
function changeBaseline(root: string, { next, diagnostics, summary }: BaselineChange): Outcome {
  if (diagnostics.some(({ code }) => !isTolerable(code)))
    return { diagnostics, summary: 'The baseline is left as it was: not everything could be linted' }
  const unwritten = writeBaseline(root, next)
  return unwritten.length > 0 ? { diagnostics: unwritten } : { diagnostics, summary }
}

interface Seen {
  readonly diagnostics: readonly Diagnostic[]
  readonly changed?: [before: SourceFile, after: SourceFile]
}

/** A page that the cache knows to be clean is not even decoded. */
async function lintPage(
  path: string,
  { root, settings, mode }: LintRun,
  cache: Cache | undefined,
): Promise<Seen> {
  const bytes = cache && readBytes(root, path)
  const key = bytes && cache.key(path, bytes)
  const known = key && cache.find(key)
  if (known === 'clean') return { diagnostics: [] }
  const { value: file, diagnostics } = readSource(root, path)
  if (!file) return { diagnostics }
  const remembered = known && mode === 'report' ? cache.read(key, file) : undefined
  if (remembered) return { diagnostics: remembered }

  const set = await lintText(file, settings, mode)
  if (set.fixed.text === file.text) {
    if (key && mode === 'report') cache.keep(key, set.diagnostics)
    return { diagnostics: set.diagnostics }
  }
  if (mode === 'diff') return { diagnostics: set.diagnostics, changed: [file, set.fixed] }
  const { writeSource } = await import('../../core/files.ts')
  const unwritten = writeSource(root, file, set.fixed)
  if (unwritten.length === 0) cache?.keep(cache.key(path, Buffer.from(set.fixed.text)), set.diagnostics)
  // What was not written is as it was: what was found there is.
  if (unwritten.length > 0)
    return { diagnostics: [...(await lintText(file, settings, 'report')).diagnostics, ...unwritten] }
  return { diagnostics: set.diagnostics, changed: [file, set.fixed] }
}

/** Unreadable files get their diagnostic from whoever reads them next. */
function readBytes(root: string, path: string): Buffer | undefined {
  try {
    return readRegularFile(join(root, path))
  } catch {
    return undefined
  }
}
