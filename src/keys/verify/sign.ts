import { spawnSync } from 'node:child_process'
import { posix } from 'node:path'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Result, SourceFile } from '../../core/types.ts'
import { reason } from '../../core/source.ts'
import type { AllowedSigner } from './allowed-signers.ts'
import {
  complete,
  expandHome,
  lastHash,
  makeReady,
  resume,
  unlessBegun,
  type SignOptions,
} from './prepare-signing.ts'
import { namespace } from './ssh-signature.ts'
import { replaceHistory, writeAllowedSigners, writeSigned } from '../manifest/key-files.ts'
import {
  entryName,
  hashOf,
  lastSerial,
  type KeySources,
  type SignedManifest,
  sha256Of,
} from '../manifest/sources.ts'
import type { ReadManifest } from '../manifest/manifest.ts'
import { verifyManifest, type Publication } from './verify.ts'

export interface Signing {
  readonly publication: Publication
  /** Empty when the manifest was signed already. */
  readonly written: readonly string[]
}

/**
 * Signs the manifest as the next of its history. What will be published is verified in memory, signature and all,
 * before the first byte is written; a key that may not sign, or a history that is not whole, changes nothing. The list of
 * allowed signers gets every key that the chain names.
 */
export function signManifest(sources: KeySources, given: SignOptions): Result<Signing> {
  const options = unlessBegun(sources, given)
  if (!options.supersede) {
    const isSigned = verifyManifest(sources, options)
    if (isSigned.value)
      return { value: { publication: isSigned.value, written: [] }, diagnostics: isSigned.diagnostics }
  }
  const ready = makeReady(sources, options)
  if (!ready.value) return { diagnostics: ready.diagnostics }
  const { whole, tip, head, signers } = ready.value
  const supersedes = options.supersede ? lastHash(sources) : undefined
  const signed =
    resume(whole, tip, options) ?? signNext(whole, tip, head, signers, { ...options, supersedes })
  if ('diagnostics' in signed) return { diagnostics: signed.diagnostics }

  const verified = verifyManifest(withSigned(whole, signed), options)
  if (!verified.value || hasErrors(verified.diagnostics)) return { diagnostics: verified.diagnostics }
  const old = sources.history.get(entryName(lastSerial(sources)))
  const list = whole.allowedSigners.text
  const listed =
    list === sources.allowedSigners.text
      ? { value: [], diagnostics: [] }
      : writeAllowedSigners(options.root, sources.paths, list)
  if (!listed.value) return { diagnostics: listed.diagnostics }
  const moved =
    options.supersede && old
      ? replaceHistory(options.root, sources.paths, { name: sha256Of(old.text).slice(0, 12), signed })
      : { value: [] as readonly string[], diagnostics: [] }
  if (!moved.value) return { diagnostics: moved.diagnostics }
  const written = writeSigned(options.root, sources.paths, signed)
  if (!written.value) return { diagnostics: written.diagnostics }
  return {
    value: { publication: verified.value, written: [...moved.value, ...listed.value, ...written.value] },
    diagnostics: verified.diagnostics,
  }
}

function signNext(
  { manifest, history }: KeySources,
  tip: number,
  { draft, document }: ReadManifest,
  signers: readonly AllowedSigner[],
  { key, today, readBeside, supersedes }: SignOptions & { readonly supersedes: string | undefined },
): SignedManifest | Pick<Result<never>, 'diagnostics'> {
  const names = new Set(signers.map(({ principals }) => principals).filter(name => !/[*?!,]/.test(name)))
  const signer = draft.signer ?? (names.size === 1 ? [...names][0] : undefined)
  if (signer === undefined) {
    const hint = `say who signs, as allowed_signers has it: signer: ${[...names][0] ?? 'press@example.org'}`
    const rest = { hint, file: manifest, span: document.start }
    return { diagnostics: [diagnostic('keys/missing-key', '“signer” is missing', rest)] }
  }
  const before = history.get(entryName(tip))
  const previous = before ? hashOf(before) : null
  const fields = { serial: tip + 1, issued: today, previous, supersedes, signer }
  const edited = complete(manifest, fields, readBeside)
  if (edited.value === undefined) return edited
  const signature = runSshKeygen(edited.value, key, manifest)
  if (signature.value === undefined) return signature
  return { serial: tip + 1, text: edited.value, signature: signature.value }
}

/** Runs `ssh-keygen -Y sign`, which asks for a passphrase on the terminal itself and finds keys of the agent. */
function runSshKeygen(message: string, key: string, file: SourceFile): Result<string> {
  const path = expandHome(key)
  const run = spawnSync('ssh-keygen', ['-Y', 'sign', '-f', path, '-n', namespace], {
    input: message,
    encoding: 'utf8',
  })
  if (run.status === 0) return { value: run.stdout, diagnostics: [] }
  const isMissing = (run.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  // One that ends before it reads what it is to sign leaves a broken pipe: what it says itself is the reason.
  const said = reasonOf(run.stderr ?? '')
  const why = said === '' && run.error ? reason(run.error) : said
  const hint = isMissing
    ? 'install it: apt install openssh-client'
    : 'name a private key with --key, or the .pub file of a key that ssh-agent holds (ssh-add -l lists them)'
  return {
    diagnostics: [diagnostic('keys/sign', `ssh-keygen did not sign: ${why}`, { hint, file, span: [0, 0] })],
  }
}

/** All that ssh-keygen says but the frame around a warning: its last line is often not the reason. */
const reasonOf = (stderr: string) =>
  stderr
    .split(/[\r\n]+/)
    .filter(line => /\S/.test(line) && !line.startsWith('@'))
    .map(line => line.trim().replace(/[.!]$/, ''))
    .join('; ')

/** The sources as they will be once the files are written. */
function withSigned(sources: KeySources, { serial, text, signature }: SignedManifest): KeySources {
  const { paths } = sources
  const path = posix.join(paths.history, entryName(serial))
  const history = new Map(sources.history)
  history.set(entryName(serial), { path, text })
  history.set(`${entryName(serial)}.sig`, { path: `${path}.sig`, text: signature })
  return {
    ...sources,
    manifest: { path: paths.manifest, text },
    signature: { path: paths.signature, text: signature },
    history,
  }
}
