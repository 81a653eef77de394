import type { Readable, Writable } from 'node:stream'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findSiteRoot } from '../config/site-root.ts'
import { diagnostic, suggestion } from '../core/diagnostic.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import type { SiteCode } from '../config/config.ts'
import type { Screen } from '../build/progress.ts'

/** A command: its help, options and function. */
export interface Command {
  /** The text of `--help`, every option in it. */
  readonly help: string
  readonly options: Readonly<Record<string, Option>>
  /** Its own values of --format, when it has some: the summary is what it writes in them. */
  readonly formats?: readonly string[]
  /** How many arguments it takes that are not options. */
  readonly most: number
  /** What a shell offers for them. */
  readonly completes?: Candidates
  run(call: Call): Promise<Outcome>
}

export interface Option {
  readonly type: 'string' | 'boolean'
  readonly multiple?: boolean
  /** What a shell offers for its value; of --format it is known without. */
  readonly completes?: Candidates
}

/** What a shell offers: these words, or names that it looks up; `rule level` is `CODE=LEVEL`, `revision` a branch or tag of Git's. */
export type Candidates = readonly string[] | 'folder' | 'file' | 'page' | 'rule' | 'rule level' | 'revision'

export interface Call {
  readonly values: Readonly<Record<string, unknown>>
  readonly positionals: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: Input
  /** Standard input and output as they are, for a command that speaks a protocol on them and prints nothing. */
  pipes(): Pipes
  /** Of the program. */
  readonly version: string
  /** Every command, for what is made of all of them. */
  commands(): Promise<Readonly<Record<string, Command>>>
  /** Standard error. */
  readonly screen: Screen
  /** Prints a message while the command runs. */
  tell(outcome: Outcome): Promise<void>
  /** Resolves at Ctrl-C, or at a request to end. */
  interrupted(): Promise<void>
  /** Resolves at a request to end, but Ctrl-C: that ends the process wherever it is, in code of the site that never ends, too. */
  terminated(): Promise<void>
}

export interface Pipes {
  readonly input: Readable
  readonly output: Writable
}

/** Standard input. */
export interface Input {
  isTerminal(): boolean
  /** All of it, up to its end. */
  read(): string
}

export interface Outcome {
  readonly diagnostics: readonly Diagnostic[]
  /** What a person reads last. */
  readonly summary?: string
  /** Every file that was checked, for reports that list files without findings too. */
  readonly checked?: readonly string[]
  /** How much a text report prints: every finding, one line for what `--fix` sets of a rule and page, or the summary alone. */
  readonly detail?: 'full' | 'folded' | 'counts'
  /** Exit code 1, though nothing is an error. */
  readonly failed?: boolean
  /** For programs, beside the diagnostics: `data` of `--format json`. */
  readonly data?: unknown
  /** What the command was asked to print; the report then goes to the other stream. */
  readonly output?: string
}

/** The site’s folder, absolute: the one that is named, or the one that the working directory is in. */
export const siteRoot = ({ values, cwd }: Pick<Call, 'values' | 'cwd'>): string =>
  typeof values.root === 'string' ? resolve(cwd, values.root) : (findSiteRoot(cwd) ?? cwd)

/** Every command has these. */
export const commonOptions = {
  help: { type: 'boolean' },
  root: { type: 'string', completes: 'folder' },
  format: { type: 'string', multiple: true },
} as const satisfies Record<string, Option>

/** Of commands that read the configuration. */
export const configOptions = {
  ...commonOptions,
  'no-config': { type: 'boolean' },
} as const satisfies Record<string, Option>

/** Whether the call lets the site's own code run. */
export const siteCodeOf = ({ values }: Pick<Call, 'values'>): SiteCode =>
  values['no-config'] === true ? 'none' : 'run'

/** The formats that a call asks for, even one that is wrong in other ways. */
export function formatsOf(args: readonly string[]): readonly string[] {
  const { format } = parseArgs({ args: [...args], options: commonOptions, strict: false }).values
  return ((format ?? ['text']) as readonly (string | boolean)[]).map(String)
}

/** Checks a command line against a command. A wrong name is reported with the nearest right one. */
export function parseCall(
  { options, most }: Command,
  args: readonly string[],
): Result<Pick<Call, 'values' | 'positionals'>> {
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const diagnostics: Diagnostic[] = []
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (!option) {
      const known = Object.keys(options).map(name => `--${name}`)
      const hint = `${suggestion(token.rawName, known)}its options are ${known.join(' ')}`
      diagnostics.push(diagnostic('usage/option', `There is no option ${token.rawName}`, { hint }))
    } else if (option.type === 'string' && (token.value === undefined || token.value === '')) {
      const hint = `write ${token.rawName}=VALUE`
      diagnostics.push(diagnostic('usage/option', `${token.rawName} needs a value`, { hint }))
    } else if (option.type === 'boolean' && token.value !== undefined) {
      const hint = `write ${token.rawName} alone`
      diagnostics.push(diagnostic('usage/option', `${token.rawName} takes no value`, { hint }))
    }
  }
  for (const extra of positionals.slice(most)) {
    const hint =
      most === 0 ? 'this command takes none; folders are given with --root and --output' : 'leave it out'
    diagnostics.push(diagnostic('usage/argument', `“${extra}” is one argument too many`, { hint }))
  }
  return diagnostics.length > 0 ? { diagnostics } : { value: { values, positionals }, diagnostics }
}
