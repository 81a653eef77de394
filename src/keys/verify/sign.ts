import { spawnSync } from 'node:child_process'
import { homedir } from 'node:os'
import { join, posix } from 'node:path'
import { diagnostic, hasErrors } from '../../core/diagnostic.ts'
import type { Result, SourceFile } from '../../core/types.ts'
import { reason } from '../../core/source.ts'
import { readAllowedSigners, type AllowedSigner } from './allowed-signers.ts'
import { checkChain } from './history-chain.ts'
import { setKeyHash, setSignedFields, type SignedFields } from '../manifest/edit.ts'
import { writeSigned } from '../manifest/key-files.ts'
import { entryName, hashOf, type KeySources, type SignedManifest, sha256Of } from '../manifest/sources.ts'
import { readManifest, type ReadManifest } from '../manifest/manifest.ts'
import { namespace } from './ssh-signature.ts'
import { verifyManifest, type Publication, type VerifyOptions } from './verify.ts'

export interface SignOptions extends VerifyOptions {
  readonly root: string
  /** A private key, or the public half of one that the agent holds. */
  readonly key: string
  /** The day to write as `issued`, an ISO day. */
  readonly today: string
}

export interface Signing {
  readonly publication: Publication
  /** Empty when the manifest was signed already. */
  readonly written: readonly string[]
}

/**
 * Signs the manifest as the next of its history. What will be published is verified in memory, signature and all,
 * before the first byte is written; a key that may not sign, or a history that is not whole, changes nothing.
 */
export function signManifest(sources: KeySources, options: SignOptions): Result<Signing> {
  const head = readManifest(sources.manifest)
  const signers = readAllowedSigners(sources.allowedSigners)
  if (!head.value || !signers.value) return { diagnostics: [...head.diagnostics, ...signers.diagnostics] }
  const isSigned = verifyManifest(sources, options)
  if (isSigned.value) {
    return { value: { publication: isSigned.value, written: [] }, diagnostics: isSigned.diagnostics }
  }

  const tip = lastEntry(sources)
  const whole = withoutOrphan(sources, tip)
  const { file, spanOf } = head.value.document
  const chain = checkChain(whole, signers.value, { last: tip, file, span: spanOf(['serial']) })
  if (!chain.value) return { diagnostics: chain.diagnostics }
  const signed = resume(whole, tip, options) ?? signNext(whole, tip, head.value, signers.value, options)
  if ('diagnostics' in signed) return { diagnostics: signed.diagnostics }

  const verified = verifyManifest(withSigned(whole, signed), options)
  if (!verified.value || hasErrors(verified.diagnostics)) return { diagnostics: verified.diagnostics }
  const written = writeSigned(options.root, sources.paths, signed)
  if (!written.value) return { diagnostics: written.diagnostics }
  return { value: { publication: verified.value, written: written.value }, diagnostics: verified.diagnostics }
}

const lastEntry = ({ history }: KeySources) =>
  Math.max(
    0,
    ...[...history.keys()].filter(name => /^\d{4,}\.yaml$/.test(name)).map(name => parseInt(name, 10)),
  )

/** A signature without its manifest is what a signing leaves that was killed; it will be written over. */
function withoutOrphan(sources: KeySources, tip: number): KeySources {
  const history = new Map(sources.history)
  history.delete(`${entryName(tip + 1)}.sig`)
  return { ...sources, history }
}

/** A signing that was killed after it filed the entry: the draft, signed so, would be that entry, byte for byte. */
function resume(
  { manifest, history }: KeySources,
  tip: number,
  { readBeside }: SignOptions,
): SignedManifest | undefined {
  const entry = history.get(entryName(tip))
  const signature = history.get(`${entryName(tip)}.sig`)
  const draft = entry && readManifest(entry).value?.draft
  if (!entry || !signature || !draft?.issued || !draft.signer) return undefined
  const { issued, signer, previous } = draft
  const text = complete(manifest, { serial: tip, issued, previous, signer }, readBeside).value
  return text === entry.text ? { serial: tip, text, signature: signature.text } : undefined
}

function signNext(
  { manifest, history }: KeySources,
  tip: number,
  { draft, document }: ReadManifest,
  signers: readonly AllowedSigner[],
  { key, today, readBeside }: SignOptions,
): SignedManifest | Pick<Result<never>, 'diagnostics'> {
  const names = new Set(signers.map(({ principals }) => principals).filter(name => !/[*?!,]/.test(name)))
  const signer = draft.signer ?? (names.size === 1 ? [...names][0] : undefined)
  if (signer === undefined) {
    const hint = `say who signs, as allowed_signers has it: signer: ${[...names][0] ?? 'press@example.org'}`
    const rest = { hint, file: manifest, span: document.start }
    return { diagnostics: [diagnostic('keys/missing-key', '“signer” is missing', rest)] }
  }
  const before = history.get(entryName(tip))
  const previous = before && hashOf(before)
  const edited = complete(manifest, { serial: tip + 1, issued: today, previous, signer }, readBeside)
  if (edited.value === undefined) return edited
  const signature = runSshKeygen(edited.value, key, manifest)
  if (signature.value === undefined) return signature
  return { serial: tip + 1, text: edited.value, signature: signature.value }
}

/** The draft with all that signing adds: the fields of its head, and the hash of each file that it names. */
function complete(
  file: SourceFile,
  fields: SignedFields,
  readBeside: VerifyOptions['readBeside'],
): Result<string> {
  const head = setSignedFields(file, fields)
  const keys = readManifest(file).value?.draft.keys ?? []
  return [...keys.entries()].reduce((edited: Result<string>, [n, key]) => {
    if (edited.value === undefined || key.type !== 'openpgp' || key.file === undefined) return edited
    const contents = readBeside(key.file)
    return contents === undefined
      ? edited
      : setKeyHash({ ...file, text: edited.value }, n, sha256Of(contents))
  }, head)
}

/** Runs `ssh-keygen -Y sign`, which asks for a passphrase on the terminal itself and finds keys of the agent. */
function runSshKeygen(message: string, key: string, file: SourceFile): Result<string> {
  const path = key.startsWith('~/') ? join(homedir(), key.slice(2)) : key
  const run = spawnSync('ssh-keygen', ['-Y', 'sign', '-f', path, '-n', namespace], {
    input: message,
    encoding: 'utf8',
  })
  if (run.status === 0) return { value: run.stdout, diagnostics: [] }
  const isMissing = (run.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  const why = run.error ? reason(run.error) : reasonOf(run.stderr)
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
