import { command } from '../../src/cli/commands/keys/audit/audit.ts'
import { parseCall, type Call, type Outcome } from '../../src/cli/arguments.ts'
import type { Diagnostic } from '../../src/core/types.ts'
import { unattended } from '../call.ts'
import { folderWith } from '../folder.ts'
import { now } from '../keys/signed-history.ts'
import { place } from '../build/built-site.ts'
import { siteOf } from './site-with-devices.ts'

/** The day of the fixtures, for the program and for those that are started. */
export const today = { SOURCE_DATE_EPOCH: String(now.getTime() / 1000) }

export interface Audited extends Outcome {
  /** Each as `code file:line:column`. */
  readonly findings: readonly string[]
}

export const callOf = (cwd: string, args: readonly string[], password?: string): Call => {
  const { value, diagnostics } = parseCall(command, args)
  if (!value) throw new Error(JSON.stringify(diagnostics))
  const env = { ...today, ...(password !== undefined && { IMPRIMATUR_XMPP_PASSWORD: password }) }
  const never = () => new Promise<never>(() => {})
  return { ...value, ...unattended, cwd, env, tell: never, interrupted: never, terminated: never }
}

/** Runs the command in this process. */
export async function audit(cwd: string, args: readonly string[], password?: string): Promise<Audited> {
  const outcome = await command.run(callOf(cwd, args, password))
  return { ...outcome, findings: outcome.diagnostics.map(place) }
}

export const messagesOf = ({ diagnostics }: { readonly diagnostics: readonly Diagnostic[] }): string =>
  diagnostics.map(({ message, hint }) => `${message}\n→ ${hint}`).join('\n')

/** A folder with a site whose signed manifest has these devices. */
export const siteWith = (accounts: Parameters<typeof siteOf>[0]): string => folderWith(siteOf(accounts))
