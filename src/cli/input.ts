import { loadConfig, type Config } from '../config/config.ts'
import { diagnostic } from '../core/diagnostic.ts'
import type { Diagnostic, Result } from '../core/types.ts'
import { siteCodeOf, siteRoot, type Call } from './arguments.ts'

/** The configuration of the site that the call is about. */
export const callConfig = (call: Call): Promise<Result<Config>> =>
  loadConfig(siteRoot(call), {}, { siteCode: siteCodeOf(call) })

/** An option's text, or undefined where it is not given. */
export const optionText = ({ values }: Call, name: string): string | undefined => {
  const given = values[name]
  const value: unknown = Array.isArray(given) ? given.at(-1) : given
  return typeof value === 'string' ? value : undefined
}

/** Arguments and options without which a command can do nothing; each that is missing is named. */
export function missingInput(
  { positionals, values }: Call,
  wanted: readonly string[],
  options: readonly string[],
): readonly Diagnostic[] {
  const missing = [
    ...wanted.slice(positionals.length).map(name => name),
    ...options.filter(name => values[name] === undefined).map(name => `--${name}`),
  ]
  return missing.map(name =>
    diagnostic('usage/argument', `${name} is missing`, { hint: '--help says what it is' }),
  )
}
